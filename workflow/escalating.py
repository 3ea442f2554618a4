"""
When a step has waited too long, and who above hears of it: first the head, then the deputy director.

It names people and times, pure over a case. It moves no document and gives nobody a right: nothing consents because
nobody answered (guarantees.md P3), and whoever the document waited for is still the one it waits for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.agency import AgencySettings
from workflow.authority import who_may_sign
from workflow.case import Case
from workflow.definition import State
from workflow.people import Person
from workflow.relations import people_of, posts_of
from workflow.working_clock import DAY, working_time

HEAD, DEPUTY = 1, 2
RULES = {HEAD: "escalate_head", DEPUTY: "escalate_deputy"}
"""The name each level stands under in the log."""


@dataclass(frozen=True)
class Wait:
    """Since when a document waits where it is, and the last level that was told of it, with the moment."""

    since: datetime
    level: int = 0
    told_at: datetime | None = None


def level_due(state: State, settings: AgencySettings, wait: Wait, now: datetime) -> int | None:
    """
    The level to tell at this moment; None where none is due, and for states that have no time of their own.

    All in working hours: the head hears `escalate_head_hours` after the state's time is over, the deputy director
    `escalate_deputy_hours` after the head did, never both at once however long nothing ran.
    """
    if state.due_workdays is None or wait.level >= DEPUTY:
        return None
    if wait.level < HEAD:
        limit = state.due_workdays * DAY + timedelta(hours=settings.escalate_head_hours)
        return HEAD if working_time(wait.since, now) >= limit else None
    limit = timedelta(hours=settings.escalate_deputy_hours)
    return DEPUTY if working_time(wait.told_at or wait.since, now) >= limit else None


def told_at_level(level: int, case: Case, state: State) -> list[Person]:
    """
    Who hears of it; nobody where the one it waits for is himself the last above.

    The head is that of the unit where it lies, or Chánh Văn phòng, who follows up the work of the others, where it
    waits for that head alone or the unit has none. The deputy director is the one who is to sign it, else those in
    charge of its field, else all; where it waits for him, the director.
    """
    if level == HEAD:
        awaited = set(_himself(case, state))
        units = {post.unit_id for relation in state.waits_for for post, _ in posts_of(relation, case)}
        heads = [item for unit_id in sorted(units) for item in _holding(case, "dept_head", unit_id)]
        found = [item for item in heads if {item.id} != awaited]
        return _each(found or _others(_holding(case, "chief_of_office"), awaited))
    everybody = {person.id for relation in state.waits_for for person in people_of(relation, case)}
    return leaders_of(case, everybody)


def leaders_of(case: Case, awaited: Iterable[int] = ()) -> list[Person]:
    """The deputy director this document belongs to, or the director; never one of those it waits for."""
    waiting = set(awaited)
    deputies = _others(_holding(case, "deputy_director"), waiting)
    document = case.document
    chosen = [item for item in deputies if item.id in (document.signed_by, document.signer_id)]
    able = {person.id for person, _ in who_may_sign(case.directory, document.signable, case.today)}
    if document.signer_id in waiting:  # it is the deputy in charge who keeps it
        deputies = []
    found = chosen or [item for item in deputies if item.id in able] or deputies
    return _each(found or _others(_holding(case, "director"), waiting))


def _himself(case: Case, state: State) -> list[int]:
    """Those it waits for by their own posts, whoever stands in for them."""
    found = []
    for relation in state.waits_for:
        for post, person_id in posts_of(relation, case):
            found += (
                [person_id]
                if person_id is not None
                else [person.id for person in case.directory.holders([post], case.today)]
            )
    return found


def _holding(case: Case, role: str, unit_id: int | None = None) -> list[Person]:
    posts = case.directory.posts_with(case.document.agency_id, role, unit_id=unit_id)
    return case.directory.holders(posts, case.today)


def _others(people: Iterable[Person], awaited: set[int]) -> list[Person]:
    return [person for person in people if person.id not in awaited]


def _each(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())
