"""The calendars of a person, and what one of them shows: with that person's rights of today and no other."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select

from workflow.engine import Identity, Work
from workflow.models import Feed, Instance, Obligation
from workflow.people import Actor, Agency
from workflow.queries.reporting import REPORTERS, standings
from workflow.queries.standing import Standing
from workflow.queries.visibility import one_of
from workflow.succession import answered_for, ended_into

BACK, AHEAD = timedelta(days=92), timedelta(days=400)
"""How far a calendar reaches from today."""

ANSWERING = ("chief_of_office", "director")
"""Who answers for what the agency itself owes."""


@dataclass(frozen=True)
class FeedLine:
    feed_id: int
    unit_name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class FoundFeed:
    """A calendar that stands, with the rights its person has today."""

    feed_id: int
    actor: Actor
    unit_id: int | None
    used_at: datetime | None


@dataclass(frozen=True)
class Calendar:
    """What one address shows; `title` names the unit or the person."""

    title: str
    agency: Agency
    today: date
    items: tuple[Standing, ...]


def feeds_of(w: Work) -> list[FeedLine]:
    """The actor's own that stand, the newest first."""
    rows = w.db.execute(
        select(Feed.id, Feed.unit_id, Feed.created_at, Feed.used_at)
        .where(Feed.person_id == w.actor.person_id, Feed.revoked_at.is_(None))
        .order_by(Feed.id.desc())
    )
    units = w.directory.units
    return [FeedLine(r.id, units[r.unit_id].name if r.unit_id else "", r.created_at, r.used_at) for r in rows]


def feed_of(w: Work, token_hash: str) -> FoundFeed | None:
    """
    Whose calendar this is; None for an address that is unknown or revoked, of somebody who was deactivated or
    sits in the unit no longer: the four are told apart to nobody. One statement.
    """
    row = w.db.execute(
        select(Feed.id, Feed.person_id, Feed.unit_id, Feed.used_at).where(
            Feed.token_hash == token_hash, Feed.revoked_at.is_(None)
        )
    ).first()
    if row is None:
        return None
    actor = Identity(person_id=row.person_id).actor(w.directory, w.today)
    if not actor.seats or (row.unit_id is not None and row.unit_id not in _reported_for(actor)):
        return None
    return FoundFeed(row.id, actor, row.unit_id, row.used_at)


def calendar_of(w: Work, feed: FoundFeed) -> Calendar:
    """What it shows today, as its person could see it on the pages; two statements."""
    units = _reported_for(feed.actor)
    if feed.unit_id is not None:
        owed = answered_for([feed.unit_id], ended_into(w.directory, [feed.unit_id], w.today))
    else:
        led = {seat.post.agency_id for seat in feed.actor.seats if seat.post.roles & set(ANSWERING)}
        owed = or_(
            answered_for(units, ended_into(w.directory, units, w.today)),
            and_(one_of(Instance.agency_id, led), Obligation.tier == 2),
        )
    items = standings(
        replace(w, actor=feed.actor),
        owed,
        Instance.handed_over_to.is_(None),
        Instance.last_on_time >= w.today - BACK,
        Instance.last_on_time <= w.today + AHEAD,
    )
    title = units[feed.unit_id] if feed.unit_id is not None else feed.actor.name
    return Calendar(title, w.directory.agencies[feed.actor.agency_id], w.today, tuple(items))


def _reported_for(actor: Actor) -> dict[int, str]:
    return {seat.unit.id: seat.unit.name for seat in actor.seats if seat.post.roles & set(REPORTERS)}
