"""A page of what waits for one person, as the database gives it: cut before its documents are looked at."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from workflow.engine import NONE, Asking, Prepared, Work
from workflow.models import Document, Seen, Waiting
from workflow.models.base import instant
from workflow.people import Actor, Seat, StandIn
from workflow.queries.visibility import awaits, one_of, visible_to_seats

PAGE = 50

Place = tuple[int, datetime, int]
"""Where a page ends: rank (drafts come last), since when it waits, the id of the waiting row."""

SINCE, ESCALATED, ID, SEEN, VISIBLE = 1, 3, 4, slice(6, 9), 9
"""
Where a raw row holds them. Its first is the rank, its third the id of the waiting row, its sixth the head of the
document's chain: whatever is changed, approved or remarked of a document lengthens that.
"""

# Aliased, so that `visible_to` may ask about all rows of a document and not only about this one.
_row_ = aliased(Waiting)


def waiting_rows(w: Work, after: Place | None) -> Sequence[Any]:
    """
    One raw row a document, though it may wait for two posts of one person; one more than a page where there is more.
    """
    if not after:
        statement, _ = first_page_asked(w.actor)
        return statement.raw(w.db)
    order, since, waiting_id = after
    first = _first_of(w.actor.person_id, w.actor.seats, w.actor.stands_for)
    further = or_(
        first.c.rank > order,
        and_(first.c.rank == order, first.c.since > since),
        and_(first.c.rank == order, first.c.since == since, first.c.id > waiting_id),
    )
    return Prepared(_page_of(w.actor.person_id, w.actor.seats, w.actor.stands_for, further)).raw(w.db)


def first_page_asked(actor: Actor) -> Asking:
    """What `waiting_rows` asks for the first page."""
    return _first_page(actor.person_id, actor.seats, actor.stands_for), NONE


def place_of(raw: Any) -> Place:
    """Of a page that ends with this row."""
    return raw[0], instant(raw[SINCE]), raw[2]


@lru_cache(maxsize=1024)
def _first_of(person_id: int, seats: tuple[Seat, ...], stands: tuple[StandIn, ...]) -> Subquery:
    """Of each document that waits the first row: rows of one document were all written by the step that brought it."""
    posts = {seat.post.id for seat in seats}
    for_me = or_(_row_.person_id.is_(None), _row_.person_id == person_id)
    for_absent = [awaits(_row_, stand) for stand in stands]
    return (
        select(
            func.min(case((_row_.state == "draft", 1), else_=0)).label("rank"),
            func.min(_row_.since).label("since"),
            func.min(_row_.id).label("id"),
            func.max(_row_.escalated_to).label("escalated_to"),
            _row_.document_id,
        )
        .where(or_(and_(one_of(_row_.post_id, posts), for_me), *for_absent), _row_.left_at.is_(None))
        .group_by(_row_.document_id)
        .subquery("first")
    )


def _page_of(
    person_id: int, seats: tuple[Seat, ...], stands: tuple[StandIn, ...], *further: ColumnElement[bool]
) -> Select[Any]:
    """The page is cut before its documents are looked at; a row that this person may not see says so."""
    first = _first_of(person_id, seats, stands)
    order = (first.c.rank, first.c.since, first.c.id)
    page = select(first).where(*further).order_by(*order).limit(PAGE + 1).subquery("page")
    return (
        select(page.c.rank, page.c.since, page.c.id, page.c.escalated_to, Document.id, Document.head_hash)
        .add_columns(Seen.revision_no, Seen.digest, Seen.at)
        .add_columns(case((visible_to_seats(person_id, seats, stands), 1), else_=0))
        .select_from(page)
        .join(Document, Document.id == page.c.document_id)
        .outerjoin(Seen, and_(Seen.document_id == Document.id, Seen.person_id == person_id))
        .order_by(page.c.rank, page.c.since, page.c.id)
    )


_first_page = lru_cache(maxsize=1024)(lambda *mine: Prepared(_page_of(*mine)))
