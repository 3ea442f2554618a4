"""Who can sign in to the demonstration, and what waits for each."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from web.messages.acts import WHO
from workflow.engine import Work
from workflow.people import Person, Seat
from workflow.queries.console import waited_for
from workflow.queries.periods_of import OwedPeriod, periods_of

ALWAYS = {"director", "deputy_director", "chief_of_office", "clerk", "auditor", "admin"}
"""Roles that are shown even where nothing waits."""


@dataclass(frozen=True)
class Login:
    """A line of the table; `waiting` holds what waits, in words."""

    login: str
    name: str
    agency: str
    title: str
    roles: tuple[str, ...]
    waiting: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def logins(w: Work, *, everybody: bool = False) -> list[Login]:
    """Those with a post today, by agency; without `everybody` only those who lead, check, or have work waiting."""
    owed = periods_of(w)
    waiting = _waiting(w)
    found = []
    for agency in sorted(w.directory.agencies.values(), key=lambda item: item.id):
        for person in w.directory.people.values():
            seats = w.directory.seats_of(person.id, w.today)
            if person.agency_id != agency.id or not seats:
                continue
            said = [
                f"{count} {label[0].lower()}{label[1:]}"
                for label, count in waiting.get(person.id, Counter()).items()
            ]
            said += _duties(w, person, seats, owed)
            roles = {role for seat in seats for role in seat.post.roles}
            if everybody or said or roles & ALWAYS:
                names = tuple(WHO[role] for role in WHO if role in roles)
                found.append(
                    Login(
                        person.login, person.name, agency.short_name, seats[0].post.title, names, tuple(said)
                    )
                )
    return found


def _waiting(w: Work) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    seen = set()
    for item in waited_for(w):
        holders = w.directory.holders([w.directory.posts[item.post_id]], w.today)
        for person_id in [item.person_id] if item.person_id else [person.id for person in holders]:
            if (item.document_id, person_id) not in seen:
                seen.add((item.document_id, person_id))
                found.setdefault(person_id, Counter())[item.state_label] += 1
    return found


def _duties(w: Work, person: Person, seats: tuple[Seat, ...], owed: list[OwedPeriod]) -> list[str]:
    units = {seat.unit.id for seat in seats if "unit_reporter" in seat.post.roles}
    mine = [
        item
        for item in owed
        if item.unit_id in units and item.opens_on <= w.today and not item.answered and item.tier == 1
    ]
    said = [f"{len(mine)} báo cáo phải lập"] if mine else []
    if any("chief_of_office" in seat.post.roles for seat in seats):
        late = {
            item.unit_id
            for item in owed
            if item.tier == 1
            and not item.answered
            and item.last_on_time < w.today
            and w.directory.units[item.unit_id].agency_id == person.agency_id
        }
        said += [f"{len(late)} đơn vị chậm báo cáo"] if late else []
    return said
