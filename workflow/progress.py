"""Where the reporting of plans and reports stands: counted from rows, never stored (decisions.md 24)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, union_all

from workflow.case import DocumentFacts, Outstanding, Progress
from workflow.content import parse
from workflow.engine import Work
from workflow.inputs import inputs_of_reports, left_out
from workflow.models import Document, Instance, Obligation, Owed, Revision
from workflow.models.base import Day

RUNNING = {"issued", "reported"}
BEFORE_SIGNING = {"draft", "returned", "dept_review", "format_check", "awaiting_signature"}


@dataclass(frozen=True)
class Counted:
    """How many instances of a duty share a period, and whether they are done and have begun."""

    year: int
    tier: int
    done: bool
    begun: bool
    count: int
    period: str
    reporter: str
    receiver: str
    recurrence: str
    inclusive: bool
    last_on_time: date

    def bars_the_end(self, running: int) -> bool:
        """
        Whether it may still fall due in the year that runs. A report that is due once only is never dropped; what comes
        again in a later year is what the end of a plan ends.
        """
        return not self.done and (self.begun or self.year <= running or self.recurrence == "once")


def progress_of(w: Work, documents: Sequence[DocumentFacts]) -> dict[int, Progress]:
    """At most four statements for any number of documents; none for those that have nothing to report."""
    found: dict[int, Progress] = {}
    plans = [item for item in documents if item.state in RUNNING and item.definition_id == "ke_hoach"]
    reports = [item for item in documents if item.definition_id == "bao_cao" and item.state in BEFORE_SIGNING]
    if plans:
        found |= _of_plans(w, plans)
    if reports:
        found |= _of_reports(w, reports)
    return found


def settled() -> ColumnElement[bool]:
    """SQL: this instance is done with: fulfilled, waived, handed over, or its unit's report was accepted."""
    return or_(
        Instance.stands == "accepted",
        Instance.stands == "fulfilled",
        Instance.stands == "waived",
        Instance.handed_over_to.is_not(None),
    )


def still_counts() -> ColumnElement[bool]:
    """
    SQL over Instance and its plan (Document): a plan that ended owes nothing any more. Of it only what was settled
    before remains to be told; the rest is neither due nor late, and nobody can do anything about it.
    """
    return or_(runs(), settled())


def runs() -> ColumnElement[bool]:
    """SQL over Document: reports are owed under this plan. Equalities, so that the statement can be prepared."""
    return or_(*(Document.state == state for state in sorted(RUNNING)))


def owed_by_nobody() -> ColumnElement[bool]:
    """SQL: a duty towards the agency that was opened with no unit, and that a calendar is to wait for."""
    return and_(
        Obligation.tier == 1,
        Obligation.status != "ad_hoc",
        ~exists(select(Owed.unit_id).where(Owed.obligation_id == Obligation.id)),
    )


def date_may_change() -> ColumnElement[bool]:
    """SQL over Obligation: somebody found its day, which its text does not state, and nobody has reported by it."""
    by_it = exists(
        select(Instance.id).where(
            Instance.obligation_id == Obligation.id,
            or_(*(Instance.stands == sent for sent in ("submitted", "returned", "accepted", "fulfilled"))),
        )
    )
    return and_(Obligation.status == "active", Obligation.resolved_by_document != "", ~by_it)


def _of_plans(w: Work, plans: list[DocumentFacts]) -> dict[int, Progress]:
    ids = [plan.id for plan in plans]
    rows = _counted(w, ids)
    left = _left_undecided(w, ids)
    found = {}
    for plan in plans:
        mine = rows.get(plan.id, [])
        last_tier = max((row.tier for row in mine), default=0)
        final = [row for row in mine if row.tier == last_tier]
        this_year = [row for row in final if row.year == plan.report_year]
        later = [row.year for row in final if plan.report_year is not None and row.year > plan.report_year]
        next_year = min(later, default=None)
        running = max(plan.report_year or w.today.year, w.today.year)
        found[plan.id] = Progress(
            year_settled=bool(this_year) and all(row.done for row in this_year),
            needs_date=left.get((plan.id, "needs_date"), 0),
            open_instances=sum(row.count for row in mine if row.begun and not row.done),
            outstanding=_outstanding(row for row in mine if row.bars_the_end(running)),
            unowed=left.get((plan.id, "unowed"), 0),
            under_way=left.get((plan.id, "under_way"), 0),
            next_year=next_year,
            next_year_due=next_year is not None and w.today.year >= next_year,
        )
    return found


def _counted(w: Work, ids: Sequence[int]) -> dict[int, list[Counted]]:
    """
    By plan, the nearest day first. Counted over the instances alone, from their index, and only then given the words of
    their duty: there may be tens of thousands of them, and a few duties.
    """
    counted = (
        select(
            Instance.obligation_id,
            Instance.year,
            Instance.period,
            settled().label("done"),
            (Instance.opens_on <= w.today).label("begun"),
            func.count().label("many"),
            func.min(Instance.last_on_time, type_=Day).label("last"),
        )
        .where(Instance.obligation_id.in_(select(Obligation.id).where(Obligation.document_id.in_(ids))))
        .group_by(Instance.obligation_id, Instance.year, Instance.period, "done", "begun")
        .subquery()
    )
    of = counted.c
    rows = w.db.execute(
        select(
            Obligation.document_id,
            of.year,
            Obligation.tier,
            of.done,
            of.begun,
            of.many,
            of.period,
            Obligation.reporter,
            Obligation.receiver,
            Obligation.recurrence,
            Obligation.inclusive,
            of.last,
        )
        .join(counted, of.obligation_id == Obligation.id)
        .order_by(of.last, Obligation.id)
    )
    found: dict[int, list[Counted]] = {}
    for plan_id, *said in rows:
        found.setdefault(plan_id, []).append(Counted(*said))
    return found


def _outstanding(rows: Iterable[Counted]) -> tuple[Outstanding, ...]:
    return tuple(
        Outstanding(
            row.reporter, row.receiver, row.year, row.period, row.last_on_time, row.inclusive, row.count
        )
        for row in rows
    )


def _left_undecided(w: Work, ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """By plan: its duties without a date, those that no unit owes, and the agency's reports on their way."""
    kinds = case((Obligation.status == "needs_date", literal("needs_date")), else_=literal("unowed"))
    duties = select(Obligation.document_id.label("plan"), kinds.label("kind")).where(
        Obligation.document_id.in_(ids), or_(Obligation.status == "needs_date", owed_by_nobody())
    )
    reports = select(Document.plan_id, literal("under_way")).where(
        Document.plan_id.in_(ids),
        Document.definition_id == "bao_cao",
        Document.state.not_in(("issued", "rejected", "cancelled", "voided")),
    )
    each = union_all(duties, reports).subquery()
    counted = select(each.c.plan, each.c.kind, func.count()).group_by(each.c.plan, each.c.kind)
    return {(plan_id, kind): count for plan_id, kind, count in w.db.execute(counted)}


def _of_reports(w: Work, reports: list[DocumentFacts]) -> dict[int, Progress]:
    ids = [report.id for report in reports]
    texts = w.db.execute(
        select(Document.id, Document.source_reference, Revision.content)
        .join(Revision, and_(Revision.document_id == Document.id, Revision.no == Document.revision_no))
        .where(Document.id.in_(ids))
    ).all()
    inputs, units = inputs_of_reports(w, ids), w.directory.units
    return {
        row.id: left_out(parse(row.content), inputs[row.id], row.source_reference, units)
        for row in texts
        if row.id in inputs
    }
