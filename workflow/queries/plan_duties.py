"""The reporting duties one plan's text states, and how each year of them went."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from workflow.content import Content, Obligation, obligations
from workflow.engine import Work
from workflow.models import Document
from workflow.models import Obligation as Row
from workflow.progress import owed_by_nobody, runs
from workflow.queries.tallies import Tally, tallies


@dataclass(frozen=True)
class YearOf:
    """
    Of `total` reports of one year, those waived apart: how many are in, of those how many came late, how many are
    overdue.
    """

    year: int
    total: int
    sent: int
    late: int
    overdue: int


@dataclass(frozen=True)
class StatedDuty:
    """As the text has it. `id`, `nobody` and `years` only once the plan is issued and the duty is active."""

    ref: str
    reporter: str
    receiver: str
    via: str
    recurrence: str
    inclusive: bool
    due_months: tuple[int, ...]
    due_day: Any
    by_reference: bool
    raw: str
    id: int | None = None
    status: str = ""
    nobody: bool = False
    years: tuple[YearOf, ...] = ()


def duties_stated(content: Content) -> tuple[StatedDuty, ...]:
    """Straight from the text, for a document that is not issued yet."""
    return tuple(stated(ref, item) for ref, item in obligations(content))


def stated(ref: str, item: Obligation) -> StatedDuty:
    """One duty as the paragraph with this reference states it."""
    return StatedDuty(
        ref=ref,
        reporter=item.from_ or "",
        receiver=item.to or "",
        via=item.via or "",
        recurrence=item.recurrence,
        inclusive=item.inclusive,
        due_months=_months(item.due_month),
        due_day=item.due_day,
        by_reference=item.by_reference,
        raw=item.raw,
    )


def duties_active(w: Work, document_id: int) -> tuple[StatedDuty, ...]:
    """
    The duties a plan's issue has opened; empty before. Two statements, whatever the number of years and units. Once the
    plan has ended nothing is asked about them any more: they have no `status`, and what was settled is counted.
    """
    rows = w.db.execute(
        select(*Row.__table__.c, and_(runs(), owed_by_nobody()).label("nobody"), runs().label("runs"))
        .join(Document, Document.id == Row.document_id)
        .where(Row.document_id == document_id)
        .order_by(Row.tier, Row.id)
    ).all()
    if not rows:
        return ()
    found: Mapping[tuple[int, int], list[Tally]] = defaultdict(list)
    for item in tallies(w, {row.id: row.inclusive for row in rows}):
        found[item.obligation_id, item.year].append(item)
    return tuple(
        StatedDuty(
            ref=row.ref,
            reporter=row.reporter,
            receiver=row.receiver,
            via=row.via,
            recurrence=row.recurrence,
            inclusive=row.inclusive,
            due_months=_months(row.due_month),
            due_day=row.due_day,
            by_reference=row.by_reference,
            raw=row.raw,
            id=row.id,
            status=row.status if row.runs else "",
            nobody=bool(row.nobody),
            years=tuple(
                _year(year, items) for (duty, year), items in sorted(found.items()) if duty == row.id
            ),
        )
        for row in rows
    )


def _year(year: int, items: list[Tally]) -> YearOf:
    return YearOf(
        year=year,
        total=sum(item.count for item in items if item.is_owed),
        sent=sum(item.count for item in items if item.is_sent),
        late=sum(item.count for item in items if item.late),
        overdue=sum(item.count for item in items if item.is_overdue),
    )


def _months(value: Any) -> tuple[int, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, int) else tuple(value)
