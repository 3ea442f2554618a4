"""What waits for one person, by whose turn it is and nothing else; a page of it in a constant number of statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, literal_column, or_, select

from workflow.case import Case, DocumentFacts, Progress
from workflow.engine import NONE, Asking, Prepared, Work, ask_ahead
from workflow.loading import Here, case_of, document_columns, kept_facts, text_asked
from workflow.models import Approval, Document, Withdrawal
from workflow.past import pasts
from workflow.people import Actor, Seat
from workflow.progress import progress_of
from workflow.queries.earlier import seen_texts
from workflow.queries.inbox_page import ID, PAGE, VISIBLE, Place, first_page_asked, place_of, waiting_rows
from workflow.queries.inbox_rows import Row, kept_row, made, rows_of
from workflow.queries.reporting import REPORTERS
from workflow.queries.tallies import Awaited, awaited_asked, reports_awaited
from workflow.queries.trail import trail_asked
from workflow.queries.turns import Turn, turn_of
from workflow.queries.visibility import one_of, visible_to_seats
from workflow.workdays import vn_midnight

Opens = Callable[[Sequence[int]], int | None]
"""Of the documents of a list, in their order, the one that is opened."""

_SIGNED = Prepared(
    select(func.count())
    .select_from(Approval)
    .outerjoin(Withdrawal, Withdrawal.approval_id == Approval.id)
    .where(
        Approval.person_id == bindparam("person_id"),
        Approval.kind == "signature",
        Approval.at >= bindparam("midnight"),
        Withdrawal.approval_id.is_(None),
    )
)


@dataclass(frozen=True)
class Inbox:
    """
    A page of it, the longest waiting first; `next` where there is more. What the actor may do with a row is worked
    out when it is asked for: most rows of a list only say that they wait.
    """

    rows: tuple[Row, ...]
    next: Place | None
    signed_today: int
    reports: Awaited
    actor: Actor
    here: Here
    progress: Mapping[int, Progress]

    def of(self, *kinds: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind in kinds)

    def case(self, row: Row) -> Case:
        return case_of(row.document, row.past, self.here, progress=self.progress.get(row.id))

    def turn(self, row: Row) -> Turn:
        return turn_of(row.flow, self.case(row), self.actor)


def inbox(w: Work, *, after: Place | None = None, opens: Opens = lambda ids: None) -> Inbox:
    """
    The waiting rows of the actor's posts (decisions.md 14), and the numbers he is asked to void. `opens` says which
    document the page will open beside them.
    """
    if not w.engine.database.is_sqlite:
        _ask(w, after)
    found = waiting_rows(w, after)
    shown, more = found[:PAGE], found[PAGE:]
    _ask_of_opened(w, shown, opens)
    voids = [] if after else _voids(w, {raw[ID] for raw in shown})
    here = Here(w.directory, w.now, w.today)
    rows = rows_of(w, [raw for raw in shown if raw[VISIBLE]], here)
    if voids:
        past, seen = pasts(w, [item.id for item in voids]), seen_texts(w, [item.id for item in voids])
        rows += [made(w, item, past[item.id], here, item.last_at, "", seen.get(item.id)) for item in voids]
    last = shown[-1] if more else None
    return Inbox(
        rows=tuple(row for row in rows if row.kind),
        next=place_of(last) if last else None,
        signed_today=_signed_today(w),
        reports=_reports_awaited(w),
        actor=w.actor,
        here=here,
        progress=progress_of(w, [row.document for row in rows]),
    )


def _ask(w: Work, after: Place | None) -> None:
    """What the inbox will ask whatever it finds, in one round trip."""
    actor, units = w.actor, _own_units(w.actor)
    asked = [_signed_asked(w)]
    if units:
        asked.append(awaited_asked(w, units))
    if not after:
        asked.append(first_page_asked(actor))
        asked.append((_voids_of(actor.person_id, actor.seats), NONE))
    ask_ahead(w.db, *asked)


def _ask_of_opened(w: Work, shown: Sequence[Any], opens: Opens) -> None:
    """Its text and its trail come with whatever else must be read of the list, if its row is known."""
    opened = opens([raw[ID] for raw in shown])
    row = next((kept_row(w, raw) for raw in shown if raw[ID] == opened), None)
    if row:
        ask_ahead(w.db, text_asked(row.document), trail_asked(row.id))


def _voids(w: Work, known: set[int]) -> list[DocumentFacts]:
    """Numbers whose cancelling waits for a yes: the signer's or the director's (decisions.md 22)."""
    rows = _voids_of(w.actor.person_id, w.actor.seats).raw(w.db)
    return [found for row in rows if (found := kept_facts(w, row)).id not in known]


@lru_cache(maxsize=1024)
def _voids_of(person_id: int, seats: tuple[Seat, ...]) -> Prepared:
    leads = {seat.post.agency_id for seat in seats if "director" in seat.post.roles}
    return Prepared(
        document_columns()
        .where(
            Document.state == "numbered",
            Document.void_requested == literal_column("1"),  # as its index says it
            or_(Document.signer_id == person_id, one_of(Document.agency_id, leads)),
            visible_to_seats(person_id, seats),
        )
        .order_by(Document.id)
        .limit(PAGE)
    )


def _signed_today(w: Work) -> int:
    statement, values = _signed_asked(w)
    return statement.scalar(w.db, values) or 0


def _signed_asked(w: Work) -> Asking:
    return _SIGNED, {"person_id": w.actor.person_id, "midnight": vn_midnight(w.today)}


def _reports_awaited(w: Work) -> Awaited:
    """Reports that the actor's own units owe and whose time has begun, those on their way left out."""
    units = _own_units(w.actor)
    return reports_awaited(w, units) if units else Awaited()


def _own_units(actor: Actor) -> frozenset[int]:
    return frozenset(seat.unit.id for seat in actor.seats if seat.post.roles & set(REPORTERS))
