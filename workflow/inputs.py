"""Which unit reports go into a report of the agency, and what of them its text does not say (domain.md §4.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, not_, or_, select
from sqlalchemy.orm import aliased

from workflow.case import Progress
from workflow.content import Content
from workflow.engine import Work
from workflow.folding import fold
from workflow.models import Document, Instance, Obligation, ReportPeriod
from workflow.people import Unit
from workflow.report_words import said_received

WITHIN_A_YEAR = ("half_yearly", "quarterly", "monthly")
COLLECTED = "collected"
"""Under this name the source of a document lists the unit reports that its text was written from."""


@dataclass
class Inputs:
    """The accepted reports of each unit, and by period the units that still owe theirs."""

    accepted: dict[int, list[int]] = field(default_factory=dict)
    owing: dict[int, int] = field(default_factory=dict)

    def has(self, unit_id: int) -> bool:
        """Whether this unit reported or still owes its report."""
        return unit_id in self.accepted or unit_id in self.owing.values()

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.owing.values()))

    @property
    def complete(self) -> tuple[int, ...]:
        """The units of which everything is in: one that owes a period yet is missing, whatever else it sent."""
        missing = set(self.missing)
        return tuple(unit for unit in self.accepted if unit not in missing)


def feeds(lower: Any, fed: Any, upper: Any, own: Any) -> ColumnElement[bool]:
    """
    SQL: this unit's instance goes into that instance of the agency. Duties of one rhythm within the year meet
    period by period; all others year by year, so that four quarters go into one yearly report.
    """
    one_rhythm = and_(fed.recurrence == own.recurrence, own.recurrence.in_(WITHIN_A_YEAR))
    by_period = and_(one_rhythm, lower.period == upper.period)
    return or_(by_period, and_(not_(one_rhythm), lower.year == upper.year))


def inputs_of_reports(w: Work, report_ids: Sequence[int]) -> dict[int, Inputs]:
    """For reports of an agency that answer a period, by their ids. One statement."""
    answers, upper = aliased(ReportPeriod), aliased(Instance)
    periods = select(answers.report_id.label("key"), upper.id, upper.obligation_id, upper.period, upper.year)
    periods = periods.join(upper, upper.id == answers.instance_id).where(answers.report_id.in_(report_ids))
    return _inputs(w, periods.subquery())


def inputs_of_instance(w: Work, instance_id: int) -> Inputs:
    """For one period of a duty of the agency. One statement."""
    upper = aliased(Instance)
    period = select(upper.id.label("key"), upper.id, upper.obligation_id, upper.period, upper.year)
    return _inputs(w, period.where(upper.id == instance_id).subquery())[instance_id]


def _inputs(w: Work, upper: Any) -> dict[int, Inputs]:
    own, fed, lower = aliased(Obligation), aliased(Obligation), aliased(Instance)
    link, report = aliased(ReportPeriod), aliased(Document)
    free = func.coalesce(lower.waived_reason, cast(lower.handed_over_to, Text))
    rows = w.db.execute(
        select(upper.c.key, lower.id, lower.unit_id, free.label("free"), report.id.label("report_id"))
        .select_from(upper)
        .join(own, own.id == upper.c.obligation_id)
        .outerjoin(fed, fed.feeds_id == own.id)
        .outerjoin(lower, and_(lower.obligation_id == fed.id, feeds(lower, fed, upper.c, own)))
        .outerjoin(link, link.instance_id == lower.id)
        .outerjoin(report, and_(report.id == link.report_id, report.state == "accepted"))
        .order_by(upper.c.key, lower.unit_id, lower.id, link.report_id)
    ).all()
    found: dict[int, Inputs] = {}
    received = {(row.key, row.id) for row in rows if row.report_id is not None}
    for row in rows:
        one = found.setdefault(row.key, Inputs())
        if row.id is None:  # no unit owes anything for this period
            continue
        if row.report_id is not None:
            of_unit = one.accepted.setdefault(row.unit_id, [])
            if row.report_id not in of_unit:
                of_unit.append(row.report_id)
        elif row.free is None and (row.key, row.id) not in received:
            one.owing[row.id] = row.unit_id
    return found


def left_out(content: Content, inputs: Inputs, source: Any, units: Mapping[int, Unit]) -> Progress:
    """
    What came in and is not in the text, or is not as the text says, by the names of the units. `source` is the
    document's own: a text that does not say from which reports it was written was written from those it has rows of.
    """
    collected = source.get(COLLECTED) if isinstance(source, dict) else None
    told = {name for row in content.results for name in _named(row.unit)}
    missing = {fold(item.unit): bool(item.reason.strip()) for item in content.missing_units}
    newer, rowless = [], []
    for unit_id, reports in inputs.accepted.items():
        names = names_of(units[unit_id])
        fresh = collected is not None and not set(reports) <= set(collected)
        in_vain = unit_id in inputs.complete and any(name in missing for name in names)
        if fresh or in_vain:
            newer.append(units[unit_id].name)
        elif not any(name in told for name in names):
            rowless.append(units[unit_id].name)
    counted = (len(inputs.complete), len(inputs.complete) + len(content.missing_units))
    wrong = next((said for said in said_received(content) if said != counted), None)
    return Progress(
        unaccounted_units=tuple(
            units[unit_id].name
            for unit_id in inputs.missing
            if not any(missing.get(name) for name in names_of(units[unit_id]))
        ),
        newer_units=tuple(newer),
        rowless_units=tuple(rowless),
        miscounted=(f"{wrong[0]}/{wrong[1]}", f"{counted[0]}/{counted[1]}") if wrong else None,
    )


def names_of(unit: Unit) -> frozenset[str]:
    """What a text may call it, folded."""
    return frozenset(fold(name) for name in (unit.name, unit.short_name, *unit.aliases) if name)


def _named(written: str) -> set[str]:
    """The units of a row: one, or several with marks between them; a name may itself hold a comma."""
    parts = [written, *written.split(";"), *written.split(",")]
    return {fold(part.strip()) for part in parts}
