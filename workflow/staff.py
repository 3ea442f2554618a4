"""Agencies, units, posts, people and their dated rights: the record's own values, with no look-up among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workflow.agency import AgencySettings, Group, Outside


@dataclass(frozen=True)
class Agency:
    """
    An agency as the record has it. `printed_*` and the titles stand in capitals, as on the paper;
    `aggregator` is the unit that collects reports; `body` the collective that heads print after "TM.".
    """

    id: int
    code: str
    name: str
    short_name: str
    printed_name: str
    parent_name: str
    printed_parent: str
    symbol: str
    place: str
    regime: str
    head_title: str
    deputy_title: str
    body: str = ""
    aggregator: str = ""
    aliases: tuple[str, ...] = ()
    settings: AgencySettings = field(default_factory=AgencySettings)
    fields: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    outside: tuple[Outside, ...] = ()


@dataclass(frozen=True)
class Unit:
    id: int
    agency_id: int
    code: str
    name: str
    short_name: str
    symbol: str
    kind: str
    tags: frozenset[str]
    fields: tuple[str, ...]
    aliases: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    successor_id: int | None

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Post:
    """A seat in a unit. Roles hang on it, never on a person (decisions.md 14)."""

    id: int
    agency_id: int
    unit_id: int
    code: str
    title: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Person:
    id: int
    agency_id: int
    name: str
    login: str
    active: bool


@dataclass(frozen=True)
class Holding:
    """A person in a post between two days, both included; `covers_*` bound what an auditor may see."""

    id: int
    person_id: int
    post_id: int
    valid_from: date
    valid_to: date | None
    basis: str = ""
    covers_from: date | None = None
    covers_to: date | None = None

    def on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Authority:
    """
    A dated right to sign: KT. by field or for one document, TL. by type, TUQ. by decision, Q. (NĐ 30 Điều 13).

    `fields` empty with kind KT and no `document_id` means every field (phó phụ trách, điều hành).
    """

    id: int
    agency_id: int
    kind: str
    person_id: int
    fields: tuple[str, ...]
    doc_types: tuple[str, ...]
    document_id: int | None
    base_document: str
    valid_from: date
    valid_to: date | None
    revoked_on: date | None = None

    def on(self, day: date) -> bool:
        ended = self.revoked_on is not None and day >= self.revoked_on
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to) and not ended


@dataclass(frozen=True)
class Absence:
    """
    A person away between two days, both included, or until the day before it was ended.

    Whoever is named stands in with his own rights only, and cannot pass it on.
    """

    id: int
    agency_id: int
    person_id: int
    substitute_id: int | None
    first_day: date
    last_day: date
    reason: str
    ended_on: date | None = None

    def on(self, day: date) -> bool:
        ended = self.ended_on is not None and day >= self.ended_on
        return self.first_day <= day <= self.last_day and not ended
