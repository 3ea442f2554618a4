"""
Whether a document can still go its whole way with the people there will be, and where it will stop if not.

It imagines each step to come as `machine` would judge it that day and takes none: no rule is written a second time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from workflow.authority import who_may_sign
from workflow.case import Asked, Case
from workflow.definition import State, Step
from workflow.errors import Refused
from workflow.imagined import after_step, on_day, undisturbed
from workflow.machine import Flow
from workflow.people import Actor, Person
from workflow.relations import people_of
from workflow.workdays import add_workdays, is_workday

PACE = 5
"""Working days for a state that has no time of its own, such as a draft."""

STAYING = frozenset({"record_seal", "return_to_drafter"})
"""Effects of steps that lead on though the state stays the same."""


@dataclass(frozen=True)
class Planned:
    """Who can take which step on which day, at the latest one for all that follows: one way through of several."""

    step: Step
    person_id: int
    day: date
    signer_id: int | None = None


@dataclass(frozen=True)
class Obstacle:
    """
    Why one person cannot take the step in its time. `reason` is away (until a day), refused (`why` says it as the
    gate would), leaves (his post, after a day) or nobody (holds the post at all).
    """

    reason: str
    person: Person | None = None
    day: date | None = None
    why: Refused | None = None
    absence_id: int | None = None


@dataclass(frozen=True)
class Stall:
    """The step at which it stops: its state and when it should be taken; `case` is as it stands then."""

    step: Step
    state: State
    since: date
    until: date
    case: Case
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True)
class Outlook:
    """`way` is as far as it goes; `stall` is None where that is to the end."""

    way: tuple[Planned, ...]
    stall: Stall | None


@dataclass
class _Search:
    flow: Flow
    deepest: tuple[tuple[Planned, ...], Stall] | None = None
    way: list[Planned] = field(default_factory=list)

    def fail(self, stall: Stall) -> None:
        """Keeps the one furthest on; of two there, the one that somebody stands in the way of."""
        if self.deepest is None or self._weight(stall, len(self.way)) > self._weight(
            self.deepest[1], len(self.deepest[0])
        ):
            self.deepest = (tuple(self.way), stall)

    @staticmethod
    def _weight(stall: Stall, reached: int) -> tuple[int, bool]:
        return reached, bool(stall.obstacles)


def outlook(flow: Flow, case: Case) -> Outlook:
    """
    The way of this document from today to where it waits for nobody, each state taking the working days it has.

    A step is covered where on some working day of its time somebody is there (not away), entitled, and kept apart
    from what the others did or are planned to do. Whether the text is complete is not asked: that is no matter
    of people. Pure; it reads what the case has.
    """
    search = _Search(flow)
    begun = undisturbed(case)
    start = case.today if is_workday(case.today) else add_workdays(case.today, 1)
    if _walk(search, begun, start, _until(flow, begun, start)):
        return Outlook(tuple(search.way), None)
    assert search.deepest is not None
    return Outlook(*search.deepest)


def onward(flow: Flow, case: Case) -> list[Step]:
    """The steps that lead on from here: those back, out of it, or by the system left out."""
    return [
        step
        for step in flow.steps_here(case)
        if not step.by_system
        and not step.new_round
        and step.note != "required"
        and (step.target != step.source or STAYING & set(step.effects))
    ]


def _walk(search: _Search, case: Case, since: date, until: date) -> bool:
    flow = search.flow
    state = flow.definition.states[case.document.state]
    if not state.waits_for:
        return True
    for step in onward(flow, case):
        able = list(_able(flow, step, case, since, until))
        if not able:
            search.fail(Stall(step, state, since, until, case, _obstacles(flow, step, case, since, until)))
        for planned in able:
            after = after_step(case, step, planned.person_id, planned.day, planned.signer_id)
            search.way.append(planned)
            stays = step.target == step.source
            next_since = planned.day if stays else until
            if _walk(search, after, next_since, until if stays else _until(flow, after, next_since)):
                return True
            search.way.pop()
    return False


def _able(flow: Flow, step: Step, case: Case, since: date, until: date) -> Iterator[Planned]:
    """Each person once, on the first day he can; with each signer he could name, the chosen one first."""
    found: set[tuple[int, int | None]] = set()
    for day in _workdays(since, until):
        there = on_day(case, day)
        for actor in _present(step, there):
            for signer_id in _signers(step, there):
                asked = replace(there, asked=Asked(signer_id=signer_id, paper_signed=True))
                if (actor.person_id, signer_id) not in found and flow.refusal(step, asked, actor) is None:
                    found.add((actor.person_id, signer_id))
                    yield Planned(step, actor.person_id, day, signer_id)


def _present(step: Step, case: Case) -> Iterator[Actor]:
    for person in _concerned(step, case):
        if case.directory.absence_of(person.id, case.today) is None:
            yield case.directory.actor(person.id, case.today, channel="cli")


def _concerned(step: Step, case: Case) -> list[Person]:
    people = {person.id: person for relation in step.by for person in people_of(relation, case)}
    return list(people.values())


def _signers(step: Step, case: Case) -> list[int | None]:
    if "signer_may_sign" not in step.needs:
        return [None]
    able = [person.id for person, _ in who_may_sign(case.directory, case.document.signable, case.today)]
    chosen = case.document.signer_id
    return [*(item for item in able if item == chosen), *(item for item in able if item != chosen)] or [None]


def _obstacles(flow: Flow, step: Step, case: Case, since: date, until: date) -> tuple[Obstacle, ...]:
    """Of everybody whose step it would be; empty where it is nobody's because the document is another's own."""
    first, last = on_day(case, since), on_day(case, until)
    found: dict[int, Obstacle] = {}
    for person in [*_concerned(step, first), *_concerned(step, last)]:
        found.setdefault(person.id, _obstacle(flow, step, case, person, since, until))
    for person in _concerned(step, case):
        if person.id not in found:
            ends = [seat.holding.valid_to for seat in case.directory.seats_of(person.id, case.today)]
            found[person.id] = Obstacle("leaves", person, max((end for end in ends if end), default=None))
    refusals = [item.why for item in found.values() if item.why is not None]
    if (
        found
        and len(refusals) == len(found)
        and all(getattr(why, "need", "") in _OTHERS_WAY for why in refusals)
    ):
        return ()
    return tuple(found.values()) or (Obstacle("nobody"),)


_OTHERS_WAY = ("own_text", "with_head", "with_drafter", "not_sealed", "sealed")
"""Needs that tell two arrows out of one state apart: that the other one is to be taken is no obstacle."""


def _obstacle(flow: Flow, step: Step, case: Case, person: Person, since: date, until: date) -> Obstacle:
    directory = case.directory
    days = list(_workdays(since, until))
    there = [day for day in days if directory.absence_of(person.id, day) is None]
    if not there:
        absence = directory.absence_of(person.id, days[-1])
        assert absence is not None
        return Obstacle("away", person, absence.last_day, absence_id=absence.id)
    on = on_day(case, there[0])
    asked = replace(on, asked=Asked(signer_id=_signers(step, on)[0], paper_signed=True))
    actor = directory.actor(person.id, there[0], channel="cli")
    return Obstacle("refused", person, why=flow.refusal(step, asked, actor))


def _until(flow: Flow, case: Case, since: date) -> date:
    return add_workdays(since, flow.definition.states[case.document.state].due_workdays or PACE)


def _workdays(since: date, until: date) -> Iterator[date]:
    day = since
    while day <= until:
        if is_workday(day):
            yield day
        day += timedelta(days=1)
