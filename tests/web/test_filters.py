"""How times, numbers, codes and faults are told."""

import datetime as dt

import pytest
from werkzeug.datastructures import MultiDict

from tests.web.gallery import DraftForm, build
from tests.web.samples import DIGEST, NOW
from web import filters


@pytest.fixture(scope="module")
def gallery():
    app = build()
    app.testing = True
    return app


def test_form_errors_name_rows_groups_and_nothing_twice(gallery):
    with gallery.test_request_context(method="POST"):
        form = DraftForm(
            MultiDict({"subject": "a", "lead": "vp", "secret": "y", "due": "31/02/2026", "bases-0-raw": "x"})
        )
        form.validate()
        found = dict(filters.form_errors(form))
    assert found["kind-0"] == "Chọn thời gian thực hiện cho mục II.4"
    assert found["bases-1-raw"] == "Ghi căn cứ thứ hai"
    assert found["due"].startswith("Ghi ngày theo mẫu")
    assert set(found) == {"kind-0", "bases-1-raw", "due", "csrf_token"}


@pytest.mark.parametrize("typed", ["9/2/2026", "09/02/2026", "9-2-2026", "2026-02-09", " 9/2/2026 "])
def test_a_day_is_read_however_it_is_typed(gallery, typed):
    with gallery.test_request_context(method="POST"):
        form = DraftForm(MultiDict({"due": typed}))
        assert form.due.data == dt.date(2026, 2, 9)
        assert "due" not in {name for name in form.errors}


def test_times_are_shown_on_the_clock_of_viet_nam():
    late = dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC)
    assert filters.vi_datetime(late) == "01/01/2027 00:30"
    assert filters.vi_datetime(NOW, seconds=True) == "24/4/2026 09:41:07"
    assert filters.short_datetime(NOW) == "24/4 09:41"
    assert filters.weekday_date(NOW) == "Thứ Sáu, 24/4/2026"
    assert filters.long_date("2026-04-24T20:00:00+00:00") == "ngày 25 tháng 4 năm 2026"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2026, 11, 3), "03/11/2026"),
        (dt.date(2026, 4, 24), "24/4/2026"),
        (dt.date(2026, 2, 5), "05/02/2026"),
        (dt.date(2026, 1, 31), "31/01/2026"),
        (dt.date(2026, 9, 9), "09/9/2026"),
    ],
)
def test_days_in_figures_have_the_noughts_that_papers_have(day, said):
    assert filters.vi_date(day) == said
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=filters.HANOI)
    assert filters.vi_datetime(noon) == f"{said} 12:00"
    assert filters.short_datetime(noon) == f"{said.removesuffix('/2026')} 12:00"


def test_a_moment_without_a_zone_is_not_guessed():
    with pytest.raises(ValueError, match="time zone"):
        filters.vi_datetime(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-04-24", "ngày 24 tháng 4 năm 2026"),
        ("2026-02-05", "ngày 05 tháng 02 năm 2026"),
        ("2026-01-10", "ngày 10 tháng 01 năm 2026"),
        ("2026-10-09", "ngày 09 tháng 10 năm 2026"),
        (None, ""),
    ],
)
def test_dates_on_paper_have_a_zero_where_the_decree_wants_it(day, said):
    assert filters.long_date(day) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "dưới 1 phút"),
        (40, "40 phút"),
        (120, "2 giờ"),
        (125, "2 giờ 5 phút"),
        (1560, "1 ngày 2 giờ"),
        (1445, "1 ngày"),
    ],
)
def test_an_age_is_told_in_its_two_largest_units(minutes, said):
    assert filters.age(dt.timedelta(minutes=minutes)) == said
    assert filters.age(NOW - dt.timedelta(minutes=minutes), NOW) == said


def test_numbers_and_digests_are_grouped():
    assert filters.vi_number(1284) == "1.284"
    assert filters.vi_number(1234567) == "1.234.567"
    assert filters.short_digest(DIGEST) == "8f3a 19c2 d07e"
    assert len(filters.short_digest(DIGEST, 16).replace(" ", "")) == 64


def test_types_are_named_by_code_and_by_abbreviation():
    assert filters.doc_type_name("ke_hoach") == filters.doc_type_name("KH") == "Kế hoạch"
    assert filters.doc_type_name("bao_cao_don_vi") == "Báo cáo"
    assert filters.doc_type_name("bao_cao_don_vi", in_lists=True) == "Báo cáo đơn vị"
    assert filters.doc_type_name("lạ") == "lạ"
