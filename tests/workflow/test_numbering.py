"""The next number of a register: in order, without gaps, of its year in Việt Nam, never given twice."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from tests.record import Record, plan
from tests.workflow.acts import REASON, at, broken_off, count, looking, row, set_agency, working
from workflow.commands.setup import set_first_number
from workflow.commands.steps import take_step
from workflow.errors import Invalid, NeedUnmet
from workflow.models import NumberBook, RegisterRow, RegisterVoid
from workflow.numbering import next_number, reference_no, series_of


def signed(record: Record, **how) -> int:
    plan_id = record.draft(**how)
    record.bring_to(plan_id, "sign")
    return plan_id


def number(record: Record, plan_id: int) -> str:
    found = record.step("van", plan_id, "assign_number", paper_signed=True).reference_no
    assert found is not None
    return found


def test_numbers_follow_one_another_and_stand_in_the_register_with_the_words_of_the_moment(record: Record):
    first, second = signed(record), signed(record)
    assert [number(record, first), number(record, second)] == ["01/KH-SKHCN", "02/KH-SKHCN"]
    with looking(record) as w:
        lines = w.db.execute(select(RegisterRow.__table__).order_by(RegisterRow.number)).all()
    assert [line.number for line in lines] == [1, 2]
    line = lines[0]
    assert (line.dated, line.doc_type, line.signer_name) == (date(2026, 4, 20), "KH", "Trần Thị Ngọc Mai")
    assert line.subject == "Thực hiện dân chủ trong cơ quan"
    assert line.recipients == "Sở Nội vụ; Các phòng, đơn vị thuộc Sở"
    assert line.archive_unit == "Lưu: VT, VP."
    assert line.given_by == record.person("van")


def test_a_number_under_ten_has_its_nought():
    assert [reference_no(n, "KH-SYT") for n in (1, 9, 10, 100)] == [
        "01/KH-SYT", "09/KH-SYT", "10/KH-SYT", "100/KH-SYT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "series"),
    [("per_type", ["KH", "BC", "QĐ"]), ("grouped", ["*", "*", "QĐ"]), ("single", ["*", "*", "*"])],
)
def test_the_series_follows_the_agencys_scope(record: Record, scope, series):
    set_agency(record, number_scope=scope)
    agency = record.directory.agency_by_code["so_khcn"]
    assert [series_of(agency, doc_type) for doc_type in ("KH", "BC", "QĐ")] == series


def test_a_rolled_back_step_gives_its_number_back(record: Record):
    first, second = signed(record), signed(record)

    def number_it(w):
        take_step(w, document_id=first, step_id="assign_number", seen_version=None, paper_signed=True)
        assert next_number(w, w.directory.agency_by_code["so_khcn"], "KH") == 2

    broken_off(record, "van", number_it)
    assert row(record, first).state == "signed"
    assert number(record, second) == "01/KH-SKHCN"
    assert number(record, first) == "02/KH-SKHCN"


def test_the_year_turns_at_midnight_in_viet_nam_and_not_in_utc(record: Record):
    at(record, 2026, 12, 31, 17)
    plan_id, other = signed(record), signed(record)
    at(record, 2026, 12, 31, 23, 59)
    assert number(record, other) == "01/KH-SKHCN"
    at(record, 2027, 1, 1, 0, 0)
    assert record.clock.now.year == 2026
    assert number(record, plan_id) == "01/KH-SKHCN"
    assert [row(record, i).issued_on for i in (other, plan_id)] == [date(2026, 12, 31), date(2027, 1, 1)]
    with looking(record) as w:
        years = list(w.db.scalars(select(NumberBook.year).order_by(NumberBook.year)))
    assert years == [2026, 2027]


def test_signed_on_the_last_day_and_numbered_in_the_new_year(record: Record):
    at(record, 2026, 12, 31, 17)
    plan_id = signed(record)
    at(record, 2027, 1, 2, 8)
    assert number(record, plan_id) == "01/KH-SKHCN"
    assert row(record, plan_id).issued_on == date(2027, 1, 2)


def test_no_date_goes_backwards_even_if_the_clock_does(record: Record):
    first, second = signed(record), signed(record)
    number(record, first)
    record.clock.now -= timedelta(days=3)
    assert number(record, second) == "02/KH-SKHCN"
    assert row(record, second).issued_on == row(record, first).issued_on


@pytest.mark.tampered
def test_a_book_with_a_later_date_gives_no_earlier_one(record: Record):
    plan_id = signed(record)
    other = signed(record)
    number(record, other)
    with working(record) as w:
        w.db.execute(update(NumberBook).values(last_date=date(2026, 5, 1)))
    with pytest.raises(NeedUnmet) as refused:
        number(record, plan_id)
    assert refused.value.need == "date_in_order"
    assert row(record, plan_id).number is None


def test_agencies_and_types_count_for_themselves(record: Record):
    assert number(record, signed(record)) == "01/KH-SKHCN"
    with looking(record) as w:
        assert next_number(w, w.directory.agency_by_code["so_y_te"], "KH") == 1
        assert next_number(w, w.directory.agency_by_code["so_khcn"], "BC") == 1
        assert next_number(w, w.directory.agency_by_code["so_khcn"], "KH") == 2


def test_a_void_keeps_its_number_and_the_next_goes_on(record: Record):
    plan_id = signed(record)
    number(record, plan_id)
    record.step("van", plan_id, "request_void", note=REASON)
    record.step("mai", plan_id, "void", note=REASON)
    after = row(record, plan_id)
    assert (after.state, after.reference_no) == ("voided", "01/KH-SKHCN")
    assert count(record, RegisterRow) == count(record, RegisterVoid) == 1
    assert number(record, signed(record)) == "02/KH-SKHCN"


def test_the_first_number_at_go_live_is_set_once_and_logged(record: Record):
    def set_to(first: int) -> None:
        with working(record) as w:
            agency_id = w.directory.agency_by_code["so_khcn"].id
            set_first_number(w, agency_id=agency_id, year=2026, series="KH", first_number=first)

    with pytest.raises(Invalid):
        set_to(0)
    set_to(53)
    assert number(record, signed(record)) == "53/KH-SKHCN"
    with pytest.raises(Invalid):
        set_to(80)


def test_the_number_is_taken_of_the_text_as_it_was_signed(record: Record):
    plan_id = signed(record, content=plan(subject="Chuyển đổi số"))
    number(record, plan_id)
    with looking(record) as w:
        assert w.db.scalar(select(RegisterRow.subject)) == "Chuyển đổi số"
