"""Whose picture it is: the agency's for its leaders and auditors, a unit's for its head, nobody else's."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from workflow.engine import Work
from workflow.errors import NotYourStep
from workflow.models import Document
from workflow.people import Actor, Seat
from workflow.queries.visibility import one_of, visible_to_seats

LEADERS = ("director", "deputy_director", "chief_of_office", "auditor")
HEADS = ("dept_head", "dept_deputy")


@dataclass(frozen=True)
class Scope:
    """One agency, or of it the units of which the reader is the head. Either way only what he may see anyway."""

    agency_id: int
    unit_ids: frozenset[int] = frozenset()

    @property
    def whole(self) -> bool:
        return not self.unit_ids

    def has_unit(self, unit_id: int) -> bool:
        return self.whole or unit_id in self.unit_ids


def scope_of(w: Work) -> Scope:
    """NotYourStep, with the names of the leaders, for those who have no picture of their own."""
    seat = w.actor.has(*LEADERS)
    if seat is not None:
        return Scope(seat.post.agency_id)
    head = w.actor.has(*HEADS)
    if head is None:
        posts = w.directory.posts_with(w.actor.agency_id, "director", "chief_of_office")
        able = [person.name for person in w.directory.holders(posts, w.today)]
        raise NotYourStep("overview", ("director", "chief_of_office"), able)
    led = {
        seat.unit.id
        for seat in w.actor.seats
        if seat.post.roles & set(HEADS) and seat.post.agency_id == head.post.agency_id
    }
    return Scope(head.post.agency_id, frozenset(led))


def in_scope(person_id: int, seats: tuple[Seat, ...], scope: Scope) -> ColumnElement[bool]:
    """SQL over Document: visible to this person, of this agency, and of these units where it is a head's picture."""
    found = visible_to_seats(person_id, seats) & (Document.agency_id == scope.agency_id)
    return found if scope.whole else found & one_of(Document.unit_id, scope.unit_ids)


def names_person(actor: Actor, *, unit_id: int, roles: frozenset[str]) -> bool:
    """
    Whether the reader is the head of whoever holds a post: only then may the picture name that person (ux.md 8).

    A unit's people have its head, heads and deputy directors have the director.
    """
    if roles & {"dept_head", "deputy_director"}:
        return actor.has("director") is not None
    return actor.has("dept_head", unit_id=unit_id) is not None
