"""Which units a page of reports shows: of thousands those that are wanted, and fifty at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from wtforms import Form, SelectField, StringField

from web.numbers import whole
from workflow.engine import Work
from workflow.queries.duties import PlanYear
from workflow.queries.tallies import Wanted, units_owing

UNITS = 50
"""Units on one page."""
ALL = "tat-ca"
STANDS: dict[str, tuple[str, Wanted | None]] = {
    ALL: ("Mọi tình trạng", None),
    "con-thieu": ("Còn thiếu: chưa gửi hoặc phải bổ sung", "missing"),
    "qua-han": ("Quá hạn, chưa gửi", "overdue"),
    "cho-nhan": ("Đã gửi, chờ Văn phòng nhận", "submitted"),
    "bo-sung": ("Phải bổ sung", "returned"),
    "nop-muon": ("Nộp muộn", "late"),
}


class UnitFilter(Form):
    """What is asked of the units; the names stand in the address."""

    state = SelectField(
        "Có báo cáo", name="tinh-trang", choices={key: words for key, (words, _) in STANDS.items()}
    )
    unit = StringField("Tên đơn vị", name="don-vi", description="Một phần của tên là đủ.")

    @property
    def words(self) -> str:
        return STANDS[self.state.data][0]

    def kept(self) -> dict[str, str]:
        """As they stand in an address; what nobody asked for stays out of it."""
        asked = {"tinh-trang": self.state.data, "don-vi": (self.unit.data or "").strip()}
        return {name: value for name, value in asked.items() if value and name in request.args}


@dataclass(frozen=True)
class Chosen:
    """The units of one page, by id and after `after`; `more` follow. `many`: the agency fills more than a page."""

    unit_ids: tuple[int, ...]
    after: int
    more: bool
    many: bool


def choose(w: Work, form: UnitFilter, plans: Iterable[PlanYear]) -> Chosen:
    """
    Where there are more units than a page holds and nobody asked for anything, those with a report that is missing:
    they are what the office looks for. One statement.
    """
    shown = list(plans)
    units = w.directory.units_of(w.actor.agency_id)
    many = len(units) > UNITS
    if form.state.data not in STANDS:
        named = bool((form.unit.data or "").strip())
        missing = any(duty.owing(period) for plan in shown for duty in plan.dated for period in duty.periods)
        form.state.data = "con-thieu" if many and missing and not named else ALL
    after = request.args.get("sau", 0, type=whole)
    duties = [duty.id for plan in shown for duty in plan.dated if duty.tier == 1]
    if not duties:
        return Chosen((), 0, False, many)
    wanted = STANDS[form.state.data][1]
    counted = [item for plan in shown for duty in plan.dated if duty.tier == 1 for item in duty.tallies]
    if wanted is not None and not any(item.is_wanted(wanted) for item in counted):
        return Chosen((), 0, False, many)  # nobody is looked for who was not counted
    among = None
    if sought := (form.unit.data or "").strip():
        among = [unit.id for unit in w.directory.units_named(w.actor.agency_id, sought)]
    found = units_owing(w, duties, shown[0].year, wanted=wanted, among=among, after=after, limit=UNITS + 1)
    return Chosen(tuple(found[:UNITS]), after, len(found) > UNITS, many)
