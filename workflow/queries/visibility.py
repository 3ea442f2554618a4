"""What an actor may see: one condition, used by every list, page and command (decisions.md 15)."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from workflow.case import DocumentFacts
from workflow.engine import Work
from workflow.models import Document, Waiting
from workflow.models.base import Instant
from workflow.people import Actor, Seat, StandIn
from workflow.workdays import vn_midnight

ALWAYS = {"director", "chief_of_office"}
CLERKS = ("signed", "numbered")
"""States in which a document lies on the clerk's desk, whose work passes to nobody by an absence."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """
    Before signing: the drafting unit, the posts it waits or waited for, the chosen signer, Giám đốc, Chánh
    Văn phòng. From signing: the agency. Auditors: from signing, within scope and dates of their decision. Whoever
    acts for somebody away: also what waits for that one since he went.
    """
    if actor.is_system:
        return Document.id.is_not(None)
    return visible_to_seats(actor.person_id, actor.seats, actor.stands_for)


@lru_cache(maxsize=1024)
def visible_to_seats(
    person_id: int, seats: tuple[Seat, ...], stands: tuple[StandIn, ...] = ()
) -> ColumnElement[bool]:
    """
    `visible_to`, for statements that are themselves kept by person and seats. Built once for the same seats: a
    page asks several times, and building costs more than running.
    """
    parts: list[ColumnElement[bool]] = []
    inside = [seat for seat in seats if "auditor" not in seat.post.roles]
    workers = [seat for seat in inside if seat.post.roles != {"admin"}]
    if inside:
        agencies = {seat.post.agency_id for seat in inside}
        parts.append(and_(one_of(Document.agency_id, agencies), Document.audience == "agency"))
    if workers:
        units = {seat.unit.id for seat in workers}
        posts = {seat.post.id for seat in workers}
        parts.append(one_of(Document.unit_id, units))
        parts.append(
            and_(
                Document.signer_id == person_id,
                one_of(Document.agency_id, {s.post.agency_id for s in workers}),
            )
        )
        parts.append(
            exists(
                select(Waiting.id).where(Waiting.document_id == Document.id, one_of(Waiting.post_id, posts))
            )
        )
        everywhere = {seat.post.agency_id for seat in workers if seat.post.roles & ALWAYS}
        if everywhere:
            parts.append(one_of(Document.agency_id, everywhere))
        parts += [_passed_by(stand) for stand in stands]
    for seat in seats:
        if "auditor" in seat.post.roles:
            parts.append(_audited(seat))
    return or_(*parts) if parts else false()


def _passed_by(stand: StandIn) -> ColumnElement[bool]:
    """What waits for somebody away, or did since he went: his substitute sees no more of his work than that."""
    return exists(
        select(Waiting.id).where(
            Waiting.document_id == Document.id,
            awaits(Waiting, stand),
            or_(Waiting.left_at.is_(None), Waiting.left_at >= vn_midnight(stand.absence.first_day)),
        )
    )


def awaits(table: Any, stand: StandIn) -> ColumnElement[bool]:
    """That this row of `waiting` is for the absent person, by a post or by name, and may pass to another."""
    posts = {seat.post.id for seat in stand.seats}
    return and_(
        one_of(table.post_id, posts),
        or_(table.person_id.is_(None), table.person_id == stand.person_id),
        *(table.state != state for state in CLERKS),
    )


def one_of(column: Any, values: Iterable[int] | Iterable[str]) -> ColumnElement[bool]:
    """
    `column IN values` for a few, such as the seats of one person. Written as equalities, so that a kept statement is
    run as it is: SQLAlchemy writes an IN out anew with every execution.
    """
    return or_(false(), *(column == value for value in sorted(values)))


def plainly_visible(actor: Actor, document: DocumentFacts) -> bool:
    """
    True where three of the reasons of `visible_to` show it without asking the record: unit, signer, agency.

    False says nothing: the posts a document waited for are known to the record only.
    """
    for seat in actor.seats:
        roles = seat.post.roles
        if "auditor" in roles or roles == {"admin"} or seat.post.agency_id != document.agency_id:
            continue
        if (
            seat.unit.id == document.unit_id
            or actor.person_id == document.signer_id
            or document.audience == "agency"
        ):
            return True
    return False


def may_see(w: Work, person_id: int, document: DocumentFacts) -> bool:
    """Whether this person sees the document today; one statement where his seats alone do not show it."""
    actor = w.directory.actor(person_id, w.today)
    if plainly_visible(actor, document):
        return True
    return w.db.scalar(select(Document.id).where(Document.id == document.id, visible_to(actor))) is not None


def _audited(seat: Seat) -> ColumnElement[bool]:
    """What was signed in the agency, dated within the decision: by its issue, else signing, else last step."""
    conditions = [Document.agency_id == seat.post.agency_id, Document.audience == "agency"]
    moment = func.coalesce(Document.signed_at, Document.state_since, type_=Instant)
    if (since := seat.holding.covers_from) is not None:
        undated = and_(Document.issued_on.is_(None), moment >= vn_midnight(since))
        conditions.append(or_(Document.issued_on >= since, undated))
    if (until := seat.holding.covers_to) is not None:
        undated = and_(Document.issued_on.is_(None), moment < vn_midnight(until + timedelta(days=1)))
        conditions.append(or_(Document.issued_on <= until, undated))
    return and_(*conditions)
