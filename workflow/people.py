"""Who there is and what each holds on a day: read once, frozen, shared by every request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from workflow.folding import fold
from workflow.known_names import known_names
from workflow.parties import Known
from workflow.seats import Seat as Seat
from workflow.seats import StandIn as StandIn
from workflow.staff import Absence as Absence
from workflow.staff import Agency as Agency
from workflow.staff import Authority as Authority
from workflow.staff import Holding as Holding
from workflow.staff import Person as Person
from workflow.staff import Post as Post
from workflow.staff import Unit as Unit

T = TypeVar("T")


@dataclass(frozen=True)
class Actor:
    """
    A person with the seats of one day, or the system with the rule it acts by.

    `proof_at` is the last time this person proved who he is, `proved_here` that it was with this very act;
    `channel` says by which door the act came; `stands_for` are those away today who named him.
    """

    person_id: int
    name: str
    agency_id: int
    seats: tuple[Seat, ...] = ()
    stands_for: tuple[StandIn, ...] = ()
    rule: str = ""
    proof_at: datetime | None = None
    proved_here: bool = False
    channel: str = "web"
    ip: str = ""
    user_agent: str = ""
    request_id: str = ""

    @property
    def is_system(self) -> bool:
        return bool(self.rule)

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(role for seat in self.seats for role in seat.post.roles)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(seat.unit.id for seat in self.seats)

    @cached_property
    def post_ids(self) -> frozenset[int]:
        return frozenset(seat.post.id for seat in self.seats)

    def has(self, *roles: str, agency_id: int | None = None, unit_id: int | None = None) -> Seat | None:
        """The first seat with one of these roles, in this agency and unit where they are given."""
        for seat in self.seats:
            if (
                seat.post.roles & set(roles)
                and (agency_id is None or seat.post.agency_id == agency_id)
                and (unit_id is None or seat.unit.id == unit_id)
            ):
                return seat
        return None


SYSTEM_NAME = "hệ thống"


def system_actor(rule: str) -> Actor:
    """Acts by a named rule and never for a person (decisions.md 17)."""
    return Actor(person_id=0, name=SYSTEM_NAME, agency_id=0, rule=rule, channel="system")


@dataclass(frozen=True)
class Directory:
    """All agencies, units, posts, people, holdings, authorities and absences of one version of the record."""

    version: int
    agencies: Mapping[int, Agency]
    units: Mapping[int, Unit]
    posts: Mapping[int, Post]
    people: Mapping[int, Person]
    holdings: tuple[Holding, ...]
    authorities: tuple[Authority, ...]
    absences: tuple[Absence, ...] = ()

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What others worked out from this very directory; it is forgotten with it."""
        return {}

    @cached_property
    def _holdings_of_person(self) -> dict[int, list[Holding]]:
        return _group(self.holdings, "person_id")

    @cached_property
    def _holdings_of_post(self) -> dict[int, list[Holding]]:
        return _group(self.holdings, "post_id")

    @cached_property
    def _posts_of_agency(self) -> dict[int, list[Post]]:
        return _group(self.posts.values(), "agency_id")

    @cached_property
    def _posts_of_unit(self) -> dict[int, list[Post]]:
        return _group(self.posts.values(), "unit_id")

    @cached_property
    def _authorities_of_person(self) -> dict[int, list[Authority]]:
        return _group(self.authorities, "person_id")

    @cached_property
    def _absences_of_person(self) -> dict[int, list[Absence]]:
        return _group(self.absences, "person_id")

    @cached_property
    def _absences_of_substitute(self) -> dict[int | None, list[Absence]]:
        return _group(self.absences, "substitute_id")

    @cached_property
    def by_login(self) -> dict[str, Person]:
        return {person.login: person for person in self.people.values()}

    @cached_property
    def _units_of_agency(self) -> dict[int, list[Unit]]:
        return _group(self.units.values(), "agency_id")

    @cached_property
    def _unit_by_code(self) -> dict[tuple[int, str], Unit]:
        return {(unit.agency_id, unit.code): unit for unit in self.units.values()}

    @cached_property
    def agency_by_code(self) -> dict[str, Agency]:
        return {agency.code: agency for agency in self.agencies.values()}

    def units_of(self, agency_id: int) -> list[Unit]:
        return self._units_of_agency.get(agency_id, [])

    @cached_property
    def _folded(self) -> dict[int, str]:
        return {unit.id: fold(f"{unit.name} {unit.short_name} {unit.code}") for unit in self.units.values()}

    def units_named(self, agency_id: int, words: str) -> list[Unit]:
        """Those whose name, short name or code has these words in it, whatever their case and marks."""
        sought = fold(words)
        return [unit for unit in self.units_of(agency_id) if sought in self._folded[unit.id]]

    @cached_property
    def _known(self) -> dict[int, Known]:
        return {}

    def known_in(self, agency_id: int) -> Known:
        """What the texts of this agency can name (`workflow.parties` resolves it)."""
        if agency_id not in self._known:
            self._known[agency_id] = known_names(self.agencies[agency_id], self.units_of(agency_id))
        return self._known[agency_id]

    def unit_by_code(self, agency_id: int, code: str) -> Unit | None:
        return self._unit_by_code.get((agency_id, code))

    def standing_unit(self, agency_id: int, code: str, day: date) -> Unit | None:
        """The unit of this code, or whoever followed it, as it stands on this day; None if nobody does."""
        unit = self.unit_by_code(agency_id, code)
        passed: set[int] = set()
        while unit is not None and not unit.exists_on(day) and unit.id not in passed:
            passed.add(unit.id)
            unit = self.units[unit.successor_id] if unit.successor_id else None
        return unit if unit is not None and unit.exists_on(day) else None

    def seats_of(self, person_id: int, day: date) -> tuple[Seat, ...]:
        """What this person holds on this day, in units that exist on it; none if he was deactivated."""
        person = self.people.get(person_id)
        if person is None or not person.active:
            return ()
        seats = []
        for holding in self._holdings_of_person.get(person_id, []):
            post = self.posts[holding.post_id]
            unit = self.units[post.unit_id]
            if holding.on(day) and unit.exists_on(day):
                seats.append(Seat(post, unit, holding))
        return tuple(seats)

    def actor(self, person_id: int, day: date, **how: object) -> Actor:
        person = self.people[person_id]
        return Actor(
            person_id=person.id,
            name=person.name,
            agency_id=person.agency_id,
            seats=self.seats_of(person_id, day),
            stands_for=self.stands_for(person_id, day),
            **how,  # type: ignore[arg-type]
        )

    def absence_of(self, person_id: int, day: date) -> Absence | None:
        """The absence of this person that runs on this day."""
        return next((item for item in self._absences_of_person.get(person_id, []) if item.on(day)), None)

    def absences_of(self, person_id: int) -> list[Absence]:
        return self._absences_of_person.get(person_id, [])

    def stands_for(self, person_id: int, day: date) -> tuple[StandIn, ...]:
        """Those away on this day who named this person. Whom they stand in for themselves is not passed on."""
        found = []
        for absence in self._absences_of_substitute.get(person_id, []):
            if absence.on(day) and (seats := self.seats_of(absence.person_id, day)):
                name = self.people[absence.person_id].name
                found.append(StandIn(absence, name, seats[0].post.title, seats))
        return tuple(found)

    def posts_with(self, agency_id: int, *roles: str, unit_id: int | None = None) -> list[Post]:
        """By unit where one is given: an agency may have thousands of them, and a page asks for many."""
        wanted = set(roles)
        if unit_id is None:
            return [post for post in self._posts_of_agency.get(agency_id, []) if post.roles & wanted]
        posts = self._posts_of_unit.get(unit_id, [])
        return [post for post in posts if post.agency_id == agency_id and post.roles & wanted]

    def holders(self, posts: Iterable[Post], day: date) -> list[Person]:
        """The active people who hold any of these posts on this day, each once."""
        found: dict[int, Person] = {}
        for post in posts:
            for holding in self._holdings_of_post.get(post.id, []):
                person = self.people[holding.person_id]
                if person.active and holding.on(day) and self.units[post.unit_id].exists_on(day):
                    found.setdefault(person.id, person)
        return list(found.values())

    def authorities_of(self, person_id: int) -> list[Authority]:
        return self._authorities_of_person.get(person_id, [])

    def title_of(self, person_id: int, agency_id: int, day: date) -> str:
        """The person's leading title in this agency on this day, or nothing."""
        seats = [seat for seat in self.seats_of(person_id, day) if seat.post.agency_id == agency_id]
        return seats[0].post.title if seats else ""


def _group(items: Iterable[T], key: str) -> dict[Any, list[T]]:
    grouped: dict[Any, list[T]] = {}
    for item in items:
        grouped.setdefault(getattr(item, key), []).append(item)
    return grouped
