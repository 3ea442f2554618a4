"""Who sees one document, asked of everybody at once: `visible_to` turned round, for choosing a colleague to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workflow.case import DocumentFacts
from workflow.engine import Work
from workflow.models import Waiting
from workflow.people import Actor, StandIn
from workflow.queries.visibility import ALWAYS, CLERKS, plainly_visible
from workflow.relations import works_on_documents
from workflow.workdays import vn_midnight


@dataclass(frozen=True)
class Reader:
    """A colleague who sees the document today, with his leading title; `away_until` where he is away."""

    person_id: int
    name: str
    title: str
    unit: str
    away_until: date | None


def readers_of(w: Work, document: DocumentFacts) -> list[Reader]:
    """
    Everybody of its agency who works on documents and sees this one, by unit and name; the actor left out. One
    statement, however many people there are.
    """
    waited = w.db.execute(
        select(Waiting.post_id, Waiting.person_id, Waiting.state, Waiting.left_at).where(
            Waiting.document_id == document.id
        )
    ).all()
    found = []
    for person in w.directory.people.values():
        actor = w.directory.actor(person.id, w.today) if person.active else None
        if actor is None or person.id == w.actor.person_id or not _reads(actor, document, waited):
            continue
        absence = w.directory.absence_of(person.id, w.today)
        seat = next(seat for seat in actor.seats if seat.post.agency_id == document.agency_id)
        found.append(
            Reader(
                person.id, person.name, seat.post.title, seat.unit.name, absence.last_day if absence else None
            )
        )
    order = list(w.directory.units)
    place = {w.directory.units[unit_id].name: order.index(unit_id) for unit_id in order}
    return sorted(found, key=lambda item: (place[item.unit], item.name))


def _reads(actor: Actor, document: DocumentFacts, waited: Sequence[Any]) -> bool:
    seats = [
        seat
        for seat in actor.seats
        if seat.post.agency_id == document.agency_id
        and "auditor" not in seat.post.roles
        and seat.post.roles != {"admin"}
    ]
    if not seats or not works_on_documents(actor):
        return False
    posts = {seat.post.id for seat in seats}
    return (
        plainly_visible(actor, document)
        or any(seat.post.roles & ALWAYS for seat in seats)
        or any(row.post_id in posts for row in waited)
        or any(_passed(stand, waited) for stand in actor.stands_for)
    )


def _passed(stand: StandIn, waited: Sequence[Any]) -> bool:
    """As `visibility.awaits`: what waits for somebody away, or did since he went, but for a clerk's desk."""
    posts = {seat.post.id for seat in stand.seats}
    since = vn_midnight(stand.absence.first_day)
    return any(
        row.post_id in posts
        and row.person_id in (None, stand.person_id)
        and row.state not in CLERKS
        and (row.left_at is None or row.left_at >= since)
        for row in waited
    )
