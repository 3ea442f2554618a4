"""How long signed documents took from trình to ký, and what that says of those that still wait for their signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from workflow.engine import Work
from workflow.models import Document, Waiting
from workflow.people import Seat
from workflow.queries.overview_flow import Stopped
from workflow.queries.overview_scope import Scope, in_scope
from workflow.ranks import Spread, forecast, outlasting
from workflow.workdays import VN
from workflow.working_clock import day_after_working, working_time

MONTHS = 6
"""How far back the times from trình to ký are told, the present month included."""
HISTORY = 400
"""Signed documents, the last ones, that forecasts rest on."""


@dataclass(frozen=True)
class Signing:
    """One signed document: from its first Trình to its signature, the time it lay with its drafter included."""

    id: int
    subject: str
    reference_no: str | None
    unit_id: int
    submitted_at: datetime
    signed_at: datetime
    took: timedelta

    @property
    def month(self) -> tuple[int, int]:
        here = self.signed_at.astimezone(VN)
        return here.year, here.month


@dataclass(frozen=True)
class Case:
    """One visit of a signed document to a step: from entering it to the signature."""

    document_id: int
    subject: str
    reference_no: str | None
    definition_id: str
    state: str
    since: datetime
    signed_at: datetime
    took: timedelta


@dataclass(frozen=True)
class Outlook:
    """When a document may be signed; both days None where `cases` are too few to say (`ranks.FEWEST`)."""

    item: Stopped
    cases: int
    middle: date | None
    late: date | None


def signings(w: Work, scope: Scope, since: datetime) -> list[Signing]:
    """Every document signed since then, the latest first. One statement."""
    rows = w.db.execute(
        _signed(w.actor.person_id, w.actor.seats, scope, _drafting_states(w)), {"start": since}
    )
    return [
        Signing(
            id=row.id,
            subject=row.subject,
            reference_no=row.reference_no,
            unit_id=row.unit_id,
            submitted_at=row.submitted_at,
            signed_at=row.signed_at,
            took=working_time(row.submitted_at, row.signed_at),
        )
        for row in rows
    ]


def first_of_months(today: date) -> list[tuple[int, int]]:
    """The last `MONTHS` months as (year, month), the oldest first, the present one last."""
    count = today.year * 12 + today.month - 1
    return [(n // 12, n % 12 + 1) for n in range(count - MONTHS + 1, count + 1)]


def history(w: Work, scope: Scope) -> list[Case]:
    """Every step that the last signed documents of the agency went through. One statement."""
    rows = w.db.execute(_history(w.actor.person_id, w.actor.seats, Scope(scope.agency_id)))
    return [
        Case(
            document_id=row.id,
            subject=row.subject,
            reference_no=row.reference_no,
            definition_id=row.definition_id,
            state=row.state,
            since=row.since,
            signed_at=row.signed_at,
            took=working_time(row.since, row.signed_at),
        )
        for row in rows
    ]


def outlooks(items: Iterable[Stopped], cases: Iterable[Case]) -> list[Outlook]:
    """Of each document that still waits for its signature, the longest wait first. Pure."""
    spans: dict[tuple[str, str], list[timedelta]] = {}
    for case in cases:
        spans.setdefault((case.definition_id, case.state), []).append(case.took)
    for found in spans.values():
        found.sort()
    told = []
    for item in items:
        if not _before_signature(item):
            continue
        seen = forecast(
            spans.get((item.definition.id, item.state.id), []), working_time(item.since, item.now)
        )
        told.append(Outlook(item, seen.cases, _day(item, seen, "median"), _day(item, seen, "p90")))
    return told


def cases_behind(item: Stopped, cases: Iterable[Case]) -> list[Case]:
    """The visits that the forecast of this document rests on, the shortest first."""
    like = [case for case in cases if (case.definition_id, case.state) == (item.definition.id, item.state.id)]
    like.sort(key=lambda case: (case.took, case.document_id))
    spans = [case.took for case in like]
    count = len(outlasting(spans, working_time(item.since, item.now)))
    return like[len(like) - count :]


def _before_signature(item: Stopped) -> bool:
    signs = any(step.signature and step.source == "awaiting_signature" for step in item.definition.steps)
    return signs and item.state.phase in ("drafting", "review", "signing")


def _day(item: Stopped, seen: Spread, which: str) -> date | None:
    span: timedelta | None = getattr(seen, which)
    return None if span is None else day_after_working(item.since, span)


def _drafting_states(w: Work) -> tuple[str, ...]:
    definitions = [flow.definition for flow in w.engine.flows.values()]
    return tuple(sorted({state.id for one in definitions for state in one.states.values() if state.editable}))


@lru_cache(maxsize=256)
def _signed(person_id: int, seats: tuple[Seat, ...], scope: Scope, drafting: tuple[str, ...]) -> Select[Any]:
    row_of = aliased(Waiting)
    columns: tuple[Any, ...] = (
        Document.id, Document.subject, Document.reference_no, Document.unit_id, Document.signed_at,
    )  # fmt: skip
    return (
        select(*columns, func.min(row_of.since).label("submitted_at"))
        .join(row_of, row_of.document_id == Document.id)
        .where(
            in_scope(person_id, seats, scope),
            Document.signed_at >= bindparam("start"),
            row_of.state.not_in(drafting),
            row_of.since <= Document.signed_at,
        )
        .group_by(*columns)
        .order_by(Document.signed_at.desc(), Document.id.desc())
    )


@lru_cache(maxsize=256)
def _history(person_id: int, seats: tuple[Seat, ...], scope: Scope) -> Select[Any]:
    row_of = aliased(Waiting)
    last = (
        select(
            Document.id, Document.subject, Document.reference_no, Document.definition_id, Document.signed_at
        )
        .where(in_scope(person_id, seats, scope), Document.signed_at.is_not(None))
        .order_by(Document.signed_at.desc(), Document.id.desc())
        .limit(HISTORY)
        .subquery()
    )
    columns: tuple[Any, ...] = (*last.c, row_of.state)
    return (
        select(*columns, func.min(row_of.since).label("since"))
        .join(last, row_of.document_id == last.c.id)
        .where(row_of.since < last.c.signed_at)
        .group_by(*columns)
        .order_by(last.c.id, row_of.state)
    )
