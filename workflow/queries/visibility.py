"""What an actor may see: one condition, used by every list, page and command (decisions.md 15)."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from workflow.models import Document, Waiting
from workflow.people import Actor

ALWAYS = {"director", "chief_of_office"}


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """
    Before signing: the drafting unit, the posts it waits or waited for, the chosen signer, Giám đốc, Chánh
    Văn phòng. From signing: the agency. Auditors: from signing, within scope and dates of their decision.
    """
    parts: list[ColumnElement[bool]] = []
    inside = [seat for seat in actor.seats if "auditor" not in seat.post.roles]
    workers = [seat for seat in inside if seat.post.roles != {"admin"}]
    if inside:
        agencies = {seat.post.agency_id for seat in inside}
        parts.append(and_(Document.agency_id.in_(agencies), Document.audience == "agency"))
    if workers:
        units = {seat.unit.id for seat in workers}
        posts = {seat.post.id for seat in workers}
        parts.append(Document.unit_id.in_(units))
        parts.append(and_(Document.signer_id == actor.person_id, Document.agency_id.in_({s.post.agency_id for s in workers})))
        parts.append(
            exists(select(Waiting.id).where(Waiting.document_id == Document.id, Waiting.post_id.in_(posts)))
        )
        everywhere = {seat.post.agency_id for seat in workers if seat.post.roles & ALWAYS}
        if everywhere:
            parts.append(Document.agency_id.in_(everywhere))
    for seat in actor.seats:
        if "auditor" in seat.post.roles:
            parts.append(_audited(seat.post.agency_id, seat.holding.covers_from, seat.holding.covers_to))
    if actor.is_system:
        return Document.id.is_not(None)
    return or_(*parts) if parts else false()


def _audited(agency_id: int, covers_from: object, covers_to: object) -> ColumnElement[bool]:
    # A document is dated by its issue where it has one, else by its signing.
    conditions = [Document.agency_id == agency_id, Document.audience == "agency"]
    if covers_from is not None:
        conditions.append(or_(Document.issued_on.is_(None), Document.issued_on >= covers_from))
    if covers_to is not None:
        conditions.append(or_(Document.issued_on.is_(None), Document.issued_on <= covers_to))
    return and_(*conditions)
