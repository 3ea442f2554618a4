"""Who is away and who will be, as far as it concerns the actor; whom he may tell of, and who could be named."""

from dataclasses import dataclass

from workflow.engine import Work
from workflow.errors import NotYourStep
from workflow.people import Absence, Person
from workflow.relations import LEADERS, may_be_named, may_tell_absence

SEES_ALL = ("chief_of_office", "director", "deputy_director")


@dataclass(frozen=True)
class Named:
    """A person with his leading title today."""

    person: Person
    title: str


@dataclass(frozen=True)
class Away:
    """
    An absence that runs or is to come. `runs`: today. `mine` says that the actor may end or change it, `reads` that
    the reason is for his eyes; `could` are those who may be named.
    """

    absence: Absence
    who: Named
    substitute: Named | None
    runs: bool
    mine: bool
    reads: bool
    could: tuple[Named, ...]


@dataclass(frozen=True)
class Absences:
    """The page: for whom it is told, who could be named for him, for whom else the actor may tell, who is away."""

    about: Named
    could: tuple[Named, ...]
    others: tuple[Named, ...]
    away: tuple[Away, ...]


def absences_of(w: Work, person_id: int) -> Absences:
    """
    No statement: the directory has it all. Who is away is told to leaders and the office, else to those it
    concerns. Raises NotYourStep for a person whose absence the actor may not tell of.
    """
    directory, agency_id, day = w.directory, w.actor.agency_id, w.today
    if person_id not in directory.people or not may_tell_absence(w.actor, directory, person_id, day):
        raise NotYourStep("set_absence", ("chief_of_office",))
    leaders = directory.holders(directory.posts_with(agency_id, *LEADERS), day)
    others = [
        p for p in leaders if may_tell_absence(w.actor, directory, p.id, day) and p.id != w.actor.person_id
    ]
    if w.actor.has("chief_of_office") is None:
        others = []
    himself = [directory.people[w.actor.person_id]] if others else []
    away = [
        _away(w, absence)
        for absence in directory.absences
        if absence.agency_id == agency_id and _still_counts(w, absence) and _concerns(w, absence)
    ]
    return Absences(
        about=_named(w, person_id),
        could=could_be_named(w, person_id),
        others=tuple(_named(w, person.id) for person in [*himself, *others]),
        away=tuple(sorted(away, key=lambda item: (item.absence.first_day, item.absence.id))),
    )


def could_be_named(w: Work, person_id: int) -> tuple[Named, ...]:
    """Those who could take at least a part of this person's work by the posts of today."""
    directory, day = w.directory, w.today
    seats = directory.seats_of(person_id, day)
    units = {seat.unit.id for seat in seats}
    posts = [post for post in directory.posts.values() if post.unit_id in units]
    posts += [post for seat in seats for post in directory.posts_with(seat.post.agency_id, *LEADERS)]
    people = directory.holders(posts, day)
    return tuple(
        _named(w, person.id)
        for person in people
        if person.id != person_id and may_be_named(directory, person_id, person.id, day)
    )


def _still_counts(w: Work, absence: Absence) -> bool:
    return absence.ended_on is None and absence.last_day >= w.today


def _concerns(w: Work, absence: Absence) -> bool:
    me = w.actor.person_id
    return me in (absence.person_id, absence.substitute_id) or w.actor.has(*SEES_ALL) is not None


def _away(w: Work, absence: Absence) -> Away:
    mine = may_tell_absence(w.actor, w.directory, absence.person_id, w.today)
    return Away(
        absence=absence,
        who=_named(w, absence.person_id),
        substitute=_named(w, absence.substitute_id) if absence.substitute_id else None,
        runs=absence.on(w.today),
        mine=mine,
        reads=mine or w.actor.has("chief_of_office") is not None,
        could=could_be_named(w, absence.person_id) if mine else (),
    )


def _named(w: Work, person_id: int) -> Named:
    person = w.directory.people[person_id]
    return Named(person, w.directory.title_of(person_id, person.agency_id, w.today))
