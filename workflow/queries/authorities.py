"""Who may do what in an agency on a day: posts and their holders, rights to sign, and who can sign in each field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import msgspec
from sqlalchemy import select

from workflow.authority import ORDER, Capacity, Signable, capacities, who_may_sign
from workflow.engine import Work
from workflow.models import Entry
from workflow.people import Authority, Directory, Holding, Person, Post, Unit
from workflow.workdays import vn_date

When = Literal["upcoming", "running", "ended"]


@dataclass(frozen=True)
class Held:
    """A post and who holds it that day; nobody where it is vacant."""

    post: Post
    holders: tuple[tuple[Person, Holding], ...]


@dataclass(frozen=True)
class Right:
    """
    A right to sign, as it stands on the day. `effective` is false where it runs but its holder has no post
    that carries it, so that nothing can be signed by it.
    """

    authority: Authority
    person: Person
    title: str
    when: When
    effective: bool


@dataclass(frozen=True)
class Field:
    """Who may sign what falls in this field, by type of document."""

    name: str
    signers: Mapping[str, tuple[tuple[Person, Capacity], ...]]


@dataclass(frozen=True)
class Standing:
    """The whole of it for one day. `units` are those that exist on it, with their posts."""

    day: date
    units: tuple[tuple[Unit, tuple[Held, ...]], ...]
    rights: Mapping[When, tuple[Right, ...]]
    fields: tuple[Field, ...]
    doc_types: tuple[str, ...]


DOC_TYPES = ("KH", "BC")
"""The types that run through a procedure with a signature."""


def standing(w: Work, agency_id: int, day: date) -> Standing:
    """Answers for a past day too, from dated facts; a person deactivated since then counts as he did then."""
    directory = _directory_on(w, agency_id, day)
    return Standing(
        day=day,
        units=tuple(_units(directory, agency_id, day)),
        rights=_rights(directory, agency_id, day),
        fields=tuple(_fields(directory, agency_id, day)),
        doc_types=DOC_TYPES,
    )


def _units(directory: Directory, agency_id: int, day: date) -> list[tuple[Unit, tuple[Held, ...]]]:
    holders: dict[int, list[tuple[Person, Holding]]] = {}
    for holding in directory.holdings:
        person = directory.people[holding.person_id]
        if person.active and holding.on(day):
            holders.setdefault(holding.post_id, []).append((person, holding))
    found = []
    for unit in directory.units_of(agency_id):
        posts = [post for post in directory.posts.values() if post.unit_id == unit.id]
        if unit.exists_on(day) and posts:
            found.append((unit, tuple(Held(post, tuple(holders.get(post.id, ()))) for post in posts)))
    return found


def _rights(directory: Directory, agency_id: int, day: date) -> dict[When, tuple[Right, ...]]:
    found: dict[When, list[Right]] = {"upcoming": [], "running": [], "ended": []}
    mine = [item for item in directory.authorities if item.agency_id == agency_id]
    for item in sorted(mine, key=lambda one: (ORDER.index(one.kind), one.valid_from, one.id)):
        when: When = "running" if item.on(day) else "upcoming" if day < item.valid_from else "ended"
        person = directory.people[item.person_id]
        title = directory.title_of(person.id, agency_id, day)
        found[when].append(
            Right(item, person, title, when, when == "running" and _carries(directory, item, day))
        )
    return {when: tuple(rights) for when, rights in found.items()}


def _carries(directory: Directory, item: Authority, day: date) -> bool:
    about = Signable(
        id=item.document_id or 0,
        agency_id=item.agency_id,
        doc_type=item.doc_types[0] if item.doc_types else "",
        field=item.fields[0] if item.fields else "",
    )
    return any(one.authority_id == item.id for one in capacities(directory, item.person_id, about, day))


def _fields(directory: Directory, agency_id: int, day: date) -> list[Field]:
    found = []
    for code, name in directory.agencies[agency_id].fields.items():
        signers = {
            doc_type: tuple(who_may_sign(directory, Signable(0, agency_id, doc_type, code), day))
            for doc_type in DOC_TYPES
        }
        found.append(Field(name, signers))
    return found


def _directory_on(w: Work, agency_id: int, day: date) -> Directory:
    """
    `active` bears no date; the log does. Only for people deactivated since, and only then one statement.
    """
    gone = {p.login: p for p in w.directory.people.values() if p.agency_id == agency_id and not p.active}
    if not gone or day >= w.today:
        return w.directory
    rows = w.db.execute(
        select(Entry.at, Entry.body).where(
            Entry.agency_id == agency_id, Entry.stream == "act", Entry.action == "disable_person"
        )
    )
    back = {login for at, body in rows if vn_date(at) > day and (login := _login(body)) in gone}
    people = {p.id: replace(p, active=True) if p.login in back else p for p in w.directory.people.values()}
    return replace(w.directory, people=people)


def _login(stored: bytes) -> str:
    try:
        body: dict[str, Any] = msgspec.json.decode(stored)
        return str(body["facts"]["login"])
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError):
        return ""
