"""Absences: who is away and who acts meanwhile. It gives nobody a right he does not hold, and ends with its day."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import insert, select

from workflow import people
from workflow.commands.governing import reorder
from workflow.commands.keys import claim_key, first_result
from workflow.content import canonical
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotFound, NotYourStep
from workflow.models import Absence, AbsenceEnded, Person
from workflow.relations import may_be_named, may_tell_absence

REASON_MINIMUM = 5
LONGEST = 366
"""Days: whoever is away longer leaves the post, and another is seated."""


def set_absence(
    w: Work,
    *,
    person_id: int,
    first_day: date,
    last_day: date,
    reason: str,
    substitute_id: int | None = None,
    key: str = "",
) -> int:
    """
    Note that a person is away, both days included, and who acts for him; returns its id. The same `key` again gives the
    first one's.

    By the person himself, or by Chánh Văn phòng for the agency's leaders. The reason stands in the record and,
    as a commitment, in the log. Raises NotFound, NotYourStep, Invalid: days in the past, out of order, too many,
    meeting another absence; no reason; a substitute who could take no part of the work, or is away all the time.
    """
    person = _person(w, person_id)
    _refuse_unless_his(w, person)
    # Two absences of one person are told in turn: the second waits here, and then sees the first.
    w.db.execute(select(Person.id).where(Person.id == person_id).with_for_update()).one()
    days = [first_day.isoformat(), last_day.isoformat()]
    request = canonical(["set_absence", person_id, *days, reason, substitute_id])
    if key and (earlier := first_result(w, key, request)):
        return int(earlier["absence"])
    faults = [
        *_faulty_days(w, person_id, first_day, last_day),
        *_faulty_substitute(w, person_id, substitute_id, first_day, last_day),
    ]
    if len(reason.strip()) < REASON_MINIMUM:
        faults.append(Fault("reason", "too_short", {"minimum": REASON_MINIMUM}))
    if faults:
        raise Invalid(faults)
    values = {
        "agency_id": person.agency_id, "person_id": person_id, "substitute_id": substitute_id,
        "first_day": first_day, "last_day": last_day, "reason": reason.strip(), "set_by": w.actor.person_id,
        "set_at": w.now,
    }  # fmt: skip
    absence_id: int = w.db.execute(insert(Absence).values(**values)).inserted_primary_key[0]  # type: ignore[index]
    facts = {"absence": absence_id, "person": person.name}
    facts |= dict(zip(("from", "to"), days, strict=True))
    if substitute_id is not None:
        facts["substitute"] = w.directory.people[substitute_id].name
    touched = (("absence", absence_id),)
    reorder(w, "set_absence", "Ghi vắng mặt", person.agency_id, facts, touched=touched, note=reason.strip())
    if key:
        claim_key(w, key, request, {"absence": absence_id})
    return absence_id


def end_absence(w: Work, *, absence_id: int) -> None:
    """
    The person is back from today on, or will not go; his substitute acts for him no more.

    By the same who may set it. Raises NotFound, NotYourStep, Invalid where it is over already.
    """
    absence = next((item for item in w.directory.absences if item.id == absence_id), None)
    if absence is None:
        raise NotFound(f"absence {absence_id}")
    person = _person(w, absence.person_id)
    _refuse_unless_his(w, person)
    w.db.execute(select(Person.id).where(Person.id == person.id).with_for_update()).one()
    over = w.db.scalar(select(AbsenceEnded.absence_id).where(AbsenceEnded.absence_id == absence_id))
    if over is not None or absence.last_day < w.today:
        raise Invalid([Fault("absence", "over")])
    values = {"absence_id": absence_id, "ended_on": w.today, "ended_by": w.actor.person_id, "ended_at": w.now}
    w.db.execute(insert(AbsenceEnded).values(**values))
    facts = {"absence": absence_id, "person": person.name, "from": absence.first_day.isoformat()}
    facts["to"] = absence.last_day.isoformat()
    touched = (("absence_ended", absence_id),)
    reorder(w, "end_absence", "Kết thúc vắng mặt", person.agency_id, facts, touched=touched)


def change_substitute(w: Work, *, absence_id: int, substitute_id: int | None) -> int:
    """
    From today on another acts, or nobody: the absence is ended and noted anew for the days left, two entries.

    Returns the new one's id. Raises as `end_absence` and `set_absence`.
    """
    absence = next((item for item in w.directory.absences if item.id == absence_id), None)
    if absence is None:
        raise NotFound(f"absence {absence_id}")
    if absence.substitute_id == substitute_id:
        raise Invalid([Fault("substitute", "unchanged")])
    end_absence(w, absence_id=absence_id)
    return set_absence(
        w,
        person_id=absence.person_id,
        first_day=max(absence.first_day, w.today),
        last_day=absence.last_day,
        reason=absence.reason,
        substitute_id=substitute_id,
    )


def _faulty_days(w: Work, person_id: int, first_day: date, last_day: date) -> Iterator[Fault]:
    if first_day < w.today:
        yield Fault("away_from", "past")
    if last_day < first_day:
        yield Fault("away_to", "before_first")
    elif (last_day - first_day).days >= LONGEST:
        yield Fault("away_to", "too_far", {"most": LONGEST})
    # Read behind the lock, not from the directory, which another may have changed since this Work began.
    meets = (
        select(Absence.id)
        .outerjoin(AbsenceEnded, AbsenceEnded.absence_id == Absence.id)
        .where(
            Absence.person_id == person_id,
            Absence.first_day <= last_day,
            Absence.last_day >= first_day,
            AbsenceEnded.absence_id.is_(None),
        )
    )
    if w.db.scalar(meets.limit(1)) is not None:
        yield Fault("away_from", "overlaps")


def _faulty_substitute(
    w: Work, person_id: int, substitute_id: int | None, first_day: date, last_day: date
) -> Iterator[Fault]:
    if substitute_id is None:
        return
    known = substitute_id in w.directory.people and substitute_id != person_id
    if not known or not may_be_named(w.directory, person_id, substitute_id, max(first_day, w.today)):
        yield Fault("substitute", "not_fit")
    elif any(
        item.ended_on is None and item.first_day <= first_day and last_day <= item.last_day
        for item in w.directory.absences_of(substitute_id)
    ):
        yield Fault("substitute", "away_too")


def _refuse_unless_his(w: Work, person: people.Person) -> None:
    if not may_tell_absence(w.actor, w.directory, person.id, w.today):
        raise NotYourStep("set_absence", ("chief_of_office",), (person.name,))


def _person(w: Work, person_id: int) -> people.Person:
    person = w.directory.people.get(person_id)
    if person is None:
        raise NotFound(f"person {person_id}")
    return person
