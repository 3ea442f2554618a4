"""The office says who reports where the text of a plan names no unit of ours; a duty never stays silently nobody's."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.workflow.acts import REASON, history, issued_plan, looking, row, working
from workflow.commands.duties import accept_as_ad_hoc, resolve_date
from workflow.commands.naming_reporters import name_reporters
from workflow.content import Node, Obligation
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale
from workflow.models import Instance, Notice
from workflow.models import Obligation as Duty
from workflow.queries.duties import plan_years
from workflow.queries.plan_duties import duties_active

UNNAMED = Obligation(
    to="Văn phòng Sở",
    recurrence="yearly",
    due_month=11,
    due_day=10,
    raw="Báo cáo kết quả về Văn phòng Sở trước ngày 10/11 hằng năm.",
)
ORDER = "Ý kiến của Giám đốc tại cuộc họp ngày 20/4/2026"


def unnamed(record: Record, duty: Obligation = UNNAMED) -> tuple[int, int]:
    whole = Node(label="I", paragraphs=(duty.raw,), obligations=(duty,))
    plan_id = issued_plan(record, content=plan(sections=(whole,)))
    with looking(record) as w:
        return plan_id, w.db.scalars(select(Duty.id)).one()


def name(record: Record, duty_id: int, *units: str, login: str = "hung", named_by: str = ORDER, **how: int):
    with looking(record) as w:
        agency = w.directory.agency_by_code["so_khcn"].id
        ids = [w.directory.unit_by_code(agency, code).id for code in units]
        version = w.db.scalar(select(Duty.document_id).where(Duty.id == duty_id)) or 0
    with working(record, login) as w:
        how.setdefault("seen_version", row(record, version).version if version else 0)
        name_reporters(w, obligation_id=duty_id, unit_ids=ids, named_by=named_by, **how)


def owed(record: Record, duty_id: int) -> list[tuple[str, date]]:
    with looking(record) as w:
        rows = w.db.execute(
            select(Instance.unit_id, Instance.last_on_time)
            .where(Instance.obligation_id == duty_id)
            .order_by(Instance.last_on_time, Instance.unit_id)
        ).all()
        return [(w.directory.units[unit_id].code, day) for unit_id, day in rows]


def test_a_duty_that_names_no_unit_is_told_wherever_the_plan_is_looked_at(record: Record):
    plan_id, duty_id = unnamed(record)
    with looking(record, "hung") as w:
        [year] = plan_years(w, w.actor.agency_id, 2026)
        assert [duty.id for duty in year.unowed] == [duty_id]
        assert [duty.nobody for duty in duties_active(w, plan_id)] == [True]
    assert owed(record, duty_id) == []


def test_the_office_names_the_units_and_their_periods_begin(record: Record):
    plan_id, duty_id = unnamed(record)
    assert row(record, plan_id).report_year is None
    name(record, duty_id, "QLKH", "CDS")
    days = [date(2026, 11, 9), date(2027, 11, 9)]
    assert sorted(owed(record, duty_id)) == [(code, day) for code in ("CDS", "QLKH") for day in days]
    assert row(record, plan_id).report_year == 2026
    entry = history(record, plan_id)[-1]
    assert entry["action"] == "name_reporters"
    assert entry["facts"]["source"] == ORDER
    assert len(entry["facts"]["to_units"]) == 2
    with looking(record, "hung") as w:
        [year] = plan_years(w, w.actor.agency_id, 2026)
        assert year.unowed == ()


def test_a_duty_without_a_date_has_its_periods_once_both_are_known(record: Record):
    plan_id, duty_id = unnamed(
        record,
        Obligation(to="Văn phòng Sở", by_reference=True, recurrence="yearly", raw="Theo Công văn số 9."),
    )
    name(record, duty_id, "QLKH")
    assert owed(record, duty_id) == []
    with working(record, "hung") as w:
        resolve_date(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, due_month=12, due_day=5,
                     inclusive=True, source="Công văn số 9")  # fmt: skip
    assert [code for code, _ in owed(record, duty_id)] == ["QLKH", "QLKH"]


def test_the_office_may_say_instead_that_it_is_answered_when_asked_for(record: Record):
    plan_id, duty_id = unnamed(record)
    with working(record, "hung") as w:
        accept_as_ad_hoc(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, note=REASON)
    with looking(record, "hung") as w:
        assert not any(year.unowed for year in plan_years(w, w.actor.agency_id, 2026))
    with pytest.raises(NeedUnmet):
        name(record, duty_id, "QLKH")


def test_a_duty_that_units_owe_is_neither_named_again_nor_set_aside(record: Record):
    plan_id, duty_id = unnamed(record)
    name(record, duty_id, "QLKH")
    with pytest.raises(NeedUnmet):
        name(record, duty_id, "CDS")
    with pytest.raises(NeedUnmet), working(record, "hung") as w:
        accept_as_ad_hoc(w, obligation_id=duty_id, seen_version=row(record, plan_id).version, note=REASON)


@pytest.mark.parametrize("login", ["lan", "thu", "khoi", "viet", "van", "huy", "minh"])
def test_only_the_chanh_van_phong_names_them(record: Record, login):
    _, duty_id = unnamed(record)
    with pytest.raises(NotYourStep):
        name(record, duty_id, "QLKH", login=login)


def test_another_agency_finds_nothing(record: Record):
    _, duty_id = unnamed(record)
    with pytest.raises(NotFound):
        name(record, duty_id, "QLKH", login="an")
    with pytest.raises(NotFound):
        name(record, 0, "QLKH")


@pytest.mark.parametrize(
    ("units", "named_by", "place"),
    [((), ORDER, "units"), (("VP",), ORDER, "units"), (("QLKH",), "  ", "named_by")],
)
def test_units_and_ground_have_to_be_told(record: Record, units, named_by, place):
    _, duty_id = unnamed(record)
    with pytest.raises(Invalid) as refused:
        name(record, duty_id, *units, named_by=named_by)
    assert [fault.place for fault in refused.value.faults] == [place]
    assert owed(record, duty_id) == []


def test_a_page_that_is_out_of_date_names_nobody(record: Record):
    plan_id, duty_id = unnamed(record)
    with pytest.raises(Stale):
        name(record, duty_id, "QLKH", seen_version=row(record, plan_id).version - 1)


def test_the_units_that_were_named_are_told_so_and_by_which_order(record: Record):
    _, duty_id = unnamed(record)
    name(record, duty_id, "QLKH", "CDS")
    with looking(record) as w:
        rows = w.db.execute(select(Notice.__table__).where(Notice.kind == "named")).all()
    assert {item.facts["unit"] for item in rows} == {"Phòng Quản lý khoa học", "Phòng Chuyển đổi số"}
    assert {(item.facts["receiver"], item.facts["source"]) for item in rows} == {("Văn phòng Sở", ORDER)}
