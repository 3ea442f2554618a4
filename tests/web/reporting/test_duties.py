"""What the office decides about a duty: its date, that it has none, or that a unit is freed of one period."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.reporting.conftest import Year
from workflow.content import Node, Obligation
from workflow.engine import Identity
from workflow.models import Instance
from workflow.models import Obligation as Duty

BY_REFERENCE = Obligation(
    from_="Văn phòng Sở",
    to="UBND tỉnh",
    by_reference=True,
    raw="Báo cáo theo Phụ lục Công văn số 339/UBND-NC.",
)


@pytest.fixture
def undated(sqlite_record: Record) -> int:
    section = Node(
        label="III",
        title="TỔ CHỨC THỰC HIỆN",
        paragraphs=("Báo cáo theo quy định.",),
        obligations=(BY_REFERENCE,),
    )
    sqlite_record.bring_to(sqlite_record.draft(content=plan(sections=(section,))), "issue")
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        return w.db.scalars(select(Duty.id)).one()


def duty_of(record: Record, duty_id: int):
    with record.engine.reading(Identity(rule="test")) as w:
        row = w.db.execute(select(Duty.__table__).where(Duty.id == duty_id)).one()
        days = w.db.scalars(select(Instance.last_on_time).where(Instance.obligation_id == duty_id)).all()
    return row, sorted(day.isoformat() for day in days)


def test_a_duty_without_a_date_stands_on_top_until_it_has_one(sign_in, sqlite_record: Record, undated):
    hung = sign_in("hung")
    words = text_of(hung.get("/han"))
    assert words.index("Chưa có hạn 1") < words.index("Báo cáo theo Phụ lục Công văn số 339/UBND-NC.")
    hung.get(f"/han/{undated}")
    given = {
        "due_day": "1",
        "due_month": "12",
        "inclusive": "0",
        "source": "Công văn số 339/UBND-NC ngày 06/02/2023",
    }
    hung.submit(f"/han/{undated}/xac-dinh", given)
    assert hung.page.status_code == 200
    row, days = duty_of(sqlite_record, undated)
    assert (row.status, row.resolved_by_document) == ("active", given["source"])
    assert days == ["2026-11-30", "2027-11-30"]
    words = text_of(hung.page.text)
    assert "Đã xác định hạn báo cáo." in words
    assert "trước ngày 01/12, muộn nhất hết ngày 30/11" in words
    assert given["source"] in words
    assert "Chưa có hạn" not in text_of(hung.get("/han"))


def test_a_wrong_day_is_corrected_on_the_page_of_the_duty(sign_in, sqlite_record: Record, undated):
    hung = sign_in("hung")
    hung.get(f"/han/{undated}")
    given = {"due_day": "1", "due_month": "12", "inclusive": "0", "source": "Công văn số 339/UBND-NC"}
    hung.submit(f"/han/{undated}/xac-dinh", given)
    hung.submit(f"/han/{undated}/sua-han", given | {"due_day": "20"})
    assert hung.page.status_code == 422
    assert "Ghi lý do" in hung.page.text
    hung.submit(
        f"/han/{undated}/sua-han", given | {"due_day": "20", "reason": "Đọc nhầm ngày trong công văn"}
    )
    assert "Đã sửa hạn báo cáo" in text_of(hung.page.text)
    assert duty_of(sqlite_record, undated)[1] == ["2026-12-19", "2027-12-19"]
    assert "/sua-han" not in sign_in("viet").get(f"/han/{undated}")


def test_at_latest_on_a_day_includes_that_day(sign_in, sqlite_record: Record, undated):
    hung = sign_in("hung")
    hung.get(f"/han/{undated}")
    given = {
        "due_day": "15",
        "due_month": "12",
        "inclusive": "1",
        "source": "Công văn số 12/SNV-TH ngày 03/3/2026",
    }
    hung.submit(f"/han/{undated}/xac-dinh", given)
    assert duty_of(sqlite_record, undated)[1] == ["2026-12-15", "2027-12-15"]
    assert "chậm nhất là ngày 15/12" in text_of(hung.page.text)


@pytest.mark.parametrize(
    ("wrong", "said", "field"),
    [
        ({"due_day": "31", "due_month": "11"}, "Chọn ngày của hạn từ 1 đến 30", "due_day"),
        ({"due_month": "13"}, "Chọn tháng từ 1 đến 12", "due_month"),
        ({"source": " "}, "Ghi văn bản quy định hạn này", "source"),
        ({"due_day": ""}, "Ghi ngày của hạn", "due_day"),
    ],
)
def test_a_wrong_date_is_said_at_its_field_and_nothing_typed_is_lost(
    sign_in, sqlite_record: Record, undated, wrong, said, field
):
    hung = sign_in("hung")
    hung.get(f"/han/{undated}")
    given = {
        "due_day": "10",
        "due_month": "12",
        "inclusive": "1",
        "source": "Công văn số 339/UBND-NC",
    } | wrong
    hung.submit(f"/han/{undated}/xac-dinh", given)
    assert hung.page.status_code == 422
    page = hung.page.text
    assert "<title>Lỗi:" in page
    assert f'href="#{field}">{said}' in page
    assert 'value="1" checked' in page
    if "source" not in wrong:
        assert 'value="Công văn số 339/UBND-NC"' in page
    assert duty_of(sqlite_record, undated)[0].status == "needs_date"


def test_a_page_that_is_out_of_date_decides_nothing(sign_in, sqlite_record: Record, undated):
    hung = sign_in("hung")
    hung.get(f"/han/{undated}")
    given = {
        "due_day": "10",
        "due_month": "12",
        "inclusive": "1",
        "source": "Công văn số 339/UBND-NC",
        "seen_version": "1",
    }
    hung.submit(f"/han/{undated}/xac-dinh", given)
    assert hung.page.status_code == 409
    assert duty_of(sqlite_record, undated)[0].status == "needs_date"


def test_a_duty_may_be_kept_as_one_that_is_answered_when_asked_for(sign_in, sqlite_record: Record, undated):
    hung = sign_in("hung")
    hung.get(f"/han/{undated}")
    hung.submit(f"/han/{undated}/khi-co-yeu-cau", {"reason": "ngắn"})
    assert hung.page.status_code == 422
    assert "ít nhất 10 ký tự" in text_of(hung.page.text)
    hung.submit(f"/han/{undated}/khi-co-yeu-cau", {"reason": "UBND tỉnh yêu cầu khi cần, không định kỳ"})
    assert "Đã ghi: báo cáo khi có yêu cầu" in text_of(hung.page.text)
    assert duty_of(sqlite_record, undated)[0].status == "ad_hoc"


@pytest.mark.parametrize("login", ["lan", "viet", "minh"])
def test_only_the_head_of_the_office_dates_a_duty(sign_in, sqlite_record: Record, undated, login):
    person = sign_in(login)
    assert "/xac-dinh" not in person.get(f"/han/{undated}")
    given = {"due_day": "10", "due_month": "12", "inclusive": "1", "source": "Công văn số 339/UBND-NC"}
    assert person.post(f"/han/{undated}/xac-dinh", given).status_code == 403
    assert duty_of(sqlite_record, undated)[0].status == "needs_date"


def test_a_unit_is_freed_with_a_reason_and_the_page_says_so(sign_in, year: Year):
    viet = sign_in("viet")
    viet.get(f"/han/{year.duty(1)}")
    viet.get(f"/han/ky/{year.instance('QLKH')}/mien?ve=/han/{year.duty(1)}")
    viet.submit("/mien", {"reason": "ngắn"})
    assert viet.page.status_code == 422
    viet.submit("/mien", {"reason": "Lồng ghép trong báo cáo của Văn phòng Sở"})
    assert viet.page.request.path == f"/han/{year.duty(1)}"
    words = text_of(viet.page.text)
    assert "Miễn Lồng ghép trong báo cáo của Văn phòng Sở (Đoàn Quốc Việt)" in words
    assert "Đã gửi 0/8" in words
    for page in ("/han", "/tong-hop"):  # neither sent nor to be sent, wherever it is counted
        assert "0/8" in text_of(viet.get(page))
        assert "/9" not in text_of(viet.get(page))
    again = viet.post(
        f"/han/ky/{year.instance('QLKH')}/mien",
        {"reason": "Lồng ghép lần nữa", "seen_version": year.state(year.plan_id).version},
    )
    assert again.status_code == 422


@pytest.mark.parametrize("login", ["nhung", "mai", "minh", "lan"])
def test_nobody_else_frees_a_unit(sign_in, year: Year, login):
    person = sign_in(login)
    path = f"/han/ky/{year.instance('QLKH')}/mien"
    person.get(path, status=403)
    version = str(year.state(year.plan_id).version)
    assert (
        person.post(path, {"reason": "Tự miễn cho đơn vị mình", "seen_version": version}).status_code == 403
    )


def test_the_way_back_stays_on_this_host(sign_in, year: Year):
    viet = sign_in("viet")
    page = viet.get(f"/han/ky/{year.instance('QLKH')}/mien?ve=//example.org/x")
    assert "example.org" not in page


def test_one_duty_shows_received_late_and_missing_units(sign_in, year: Year):
    year.send("QLKH")
    year.record.clock.now = datetime(2026, 11, 12, 3, 0, tzinfo=UTC)
    year.send("TDC")
    words = text_of(sign_in("mai").get(f"/han/{year.duty(1)}"))
    assert "Đã gửi 2/9 Nộp muộn 1 Quá hạn, chưa gửi 7" in words
    assert "Đã gửi, nộp muộn 3 ngày" in words
    assert "Gửi ngày 20/10/2026, trước hạn 20 ngày" in words
    assert words.count("Quá hạn 3 ngày") == 7


def test_of_a_monthly_duty_the_page_says_which_month_it_speaks_of(sign_in, sqlite_record: Record):
    monthly = Obligation(
        from_="Phòng Quản lý khoa học", to="Văn phòng Sở", recurrence="monthly", due_day=20,
        raw="Phòng Quản lý khoa học báo cáo Văn phòng Sở trước ngày 20 hằng tháng.",
    )  # fmt: skip
    node = Node(label="I", title="TỔ CHỨC THỰC HIỆN", paragraphs=(monthly.raw,), obligations=(monthly,))
    sqlite_record.bring_to(sqlite_record.draft(content=plan(sections=(node,))), "issue")
    hung = sign_in("hung")
    for page in ("/han", "/tong-hop"):
        assert "tháng 5 năm 2026: trước ngày 20/05, muộn nhất hết ngày 19/05" in text_of(hung.get(page))


def test_what_was_sent_offers_no_waiver_and_a_page_that_still_does_is_refused(sign_in, year: Year):
    hung, path = sign_in("hung"), f"/han/ky/{year.instance('QLKH')}/mien"
    page = hung.get("/tong-hop")
    assert f'href="{path}' in page
    hung.get(path)
    year.send("QLKH")
    answer = hung.submit("/mien", {"reason": "Theo Công văn số 12/SKHCN-VP"})
    assert answer.status_code == 422
    assert "Chưa miễn báo cáo: đơn vị đã gửi báo cáo của kỳ này nên kỳ không còn miễn được." in text_of(
        hung.page.text
    )
    assert f'href="{path}' not in hung.get("/tong-hop")
