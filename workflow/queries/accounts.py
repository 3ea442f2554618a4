"""The people of an agency as accounts: what they hold, whether they may sign in, when they last did."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workflow.engine import Work
from workflow.errors import NotYourStep
from workflow.folding import fold
from workflow.models import Person as PersonRow
from workflow.models import WebSession
from workflow.people import Actor, Holding, Person, Post, Seat, Unit

MAY_SEE_ACCOUNTS = ("admin", "auditor")


@dataclass(frozen=True)
class Past:
    """A post that is held no longer, or not yet."""

    post: Post
    unit: Unit
    holding: Holding


@dataclass(frozen=True)
class AccountLine:
    person: Person
    seats: tuple[Seat, ...]
    others: tuple[Past, ...]
    has_password: bool
    last_sign_in: datetime | None


def may_see_accounts(actor: Actor, agency_id: int) -> bool:
    return actor.has(*MAY_SEE_ACCOUNTS, agency_id=agency_id) is not None


def accounts(w: Work, agency_id: int) -> list[AccountLine]:
    """Everyone of the agency by name; raises NotYourStep for whoever is neither administrator nor auditor of it."""
    if not may_see_accounts(w.actor, agency_id):
        raise NotYourStep("accounts", MAY_SEE_ACCOUNTS)
    rows = w.db.execute(
        select(PersonRow.id, PersonRow.password_hash, func.max(WebSession.created_at).label("last"))
        .outerjoin(WebSession, WebSession.person_id == PersonRow.id)
        .where(PersonRow.agency_id == agency_id)
        .group_by(PersonRow.id, PersonRow.password_hash)
    )
    known = {row.id: (bool(row.password_hash), row.last) for row in rows}
    found = []
    for person in w.directory.people.values():
        if person.id in known:
            has_password, last = known[person.id]
            seats = w.directory.seats_of(person.id, w.today)
            others = _others(w, person, w.today)
            found.append(AccountLine(person, seats, others, has_password, last))
    return sorted(found, key=_place)


def _place(line: AccountLine) -> tuple[bool, list[str]]:
    """By the given name, which is the last word; whoever was deactivated comes at the end."""
    return not line.person.active, fold(line.person.name).split()[::-1]


def _others(w: Work, person: Person, day: date) -> tuple[Past, ...]:
    mine = [holding for holding in w.directory.holdings if holding.person_id == person.id]
    posts = w.directory.posts
    return tuple(
        Past(posts[holding.post_id], w.directory.units[posts[holding.post_id].unit_id], holding)
        for holding in mine
        if not holding.on(day)
    )
