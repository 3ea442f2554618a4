"""What the words for a party mean: a unit, several units at once, the agency, an outside body. No guesses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from workflow.agency import AgencyFile
from workflow.folding import fold

PartyKind = Literal["unit", "group", "agency", "outside", "unknown"]


@dataclass(frozen=True)
class Party:
    """
    What a text names. `codes`: the unit, the units a group means that day, the outside body; else empty.

    A unit that no longer stands is `ended`: its code is still its own, its successor is the caller's affair.
    `heads` says that a group speaks of the heads of its units.
    """

    kind: PartyKind
    text: str
    codes: tuple[str, ...] = ()
    ended: bool = False
    heads: bool = False


@dataclass(frozen=True)
class KnownUnit:
    code: str
    names: tuple[str, ...]
    tags: frozenset[str] = frozenset()
    valid_from: date = date.min
    valid_to: date | None = None

    def stands(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class KnownGroup:
    phrases: tuple[str, ...]
    tags: frozenset[str]
    heads: bool = False


@dataclass(frozen=True)
class Known:
    """
    All that an agency's texts can name. `outside` holds (code, names).

    `aggregator` is the unit left out of groups, since it collects what the others report (decisions.md 23).
    """

    units: tuple[KnownUnit, ...]
    groups: tuple[KnownGroup, ...] = ()
    agency: tuple[str, ...] = ()
    outside: tuple[tuple[str, tuple[str, ...]], ...] = ()
    aggregator: str | None = None

    @cached_property
    def unit_of(self) -> dict[str, KnownUnit]:
        return {key: unit for unit in reversed(self.units) for key in map(party_key, unit.names)}

    @cached_property
    def group_of(self) -> dict[str, KnownGroup]:
        return {key: group for group in self.groups for key in map(party_key, group.phrases)}

    @cached_property
    def outside_of(self) -> dict[str, str]:
        return {key: code for code, names in self.outside for key in map(party_key, names)}

    @cached_property
    def agency_keys(self) -> frozenset[str]:
        return frozenset(map(party_key, self.agency))


def known_in(agency: AgencyFile) -> Known:
    """What the texts of this agency can name, by name, short name and alias."""
    return Known(
        units=tuple(
            KnownUnit(
                unit.code,
                (unit.name, unit.short_name, *unit.aliases),
                frozenset(unit.tags),
                unit.valid_from,
                unit.valid_to,
            )
            for unit in agency.units
        ),
        groups=tuple(KnownGroup(item.phrases, frozenset(item.tags), item.heads) for item in agency.groups),
        agency=(agency.name, agency.short_name, *agency.aliases),
        outside=tuple((body.code, (body.name, *body.aliases)) for body in agency.outside),
        aggregator=agency.aggregator,
    )


def expand_group(phrase: str, known: Known, *, on: date) -> tuple[str, ...] | None:
    """Codes of the units that the phrase means that day, in the agency's order; None if it is no group."""
    group = known.group_of.get(party_key(phrase))
    if group is None:
        return None
    meant = (unit for unit in known.units if unit.tags & group.tags and unit.stands(on))
    return tuple(unit.code for unit in meant if unit.code != known.aggregator)


def resolve_party(text: str, known: Known, *, on: date) -> Party | None:
    """The one party that the whole text names; None if it names none, or more than one."""
    key = party_key(text)
    if unit := known.unit_of.get(key):
        return Party("unit", text, (unit.code,), ended=not unit.stands(on))
    if group := known.group_of.get(key):
        return Party("group", text, expand_group(text, known, on=on) or (), heads=group.heads)
    if key in known.agency_keys:
        return Party("agency", text)
    if code := known.outside_of.get(key):
        return Party("outside", text, (code,))
    return None


def resolve_parties(text: str, known: Known, *, on: date) -> tuple[Party, ...]:
    """
    Every party of a list such as "Văn phòng Sở và các đơn vị thuộc Sở", in order.

    The longest known name wins, so that commas and "và" inside a name do not cut it. Words that name nobody
    known come back as `unknown`.
    """
    pieces = re.split(r"(\s*;\s*|\s*,\s*|\s+và\s+)", text.strip().rstrip(".;,"))
    return tuple(_joined(_pieces(pieces, known, on), text))


def party_key(text: str) -> str:
    """What names are compared by: folded, no bullet before, no stop after, no spaces around a dash."""
    return re.sub(r"\s*[-–—]\s*", "-", fold(text).strip(" .;,:+*").removeprefix("- "))


def _pieces(pieces: list[str], known: Known, on: date) -> Iterator[Party]:
    at = 0
    while at < len(pieces):
        for end in range(len(pieces), at, -2):
            words = "".join(pieces[at:end]).strip()
            party = resolve_party(words, known, on=on)
            if party is not None:
                break
        if words:
            yield party or Party("unknown", words)
        at = end + 1


def _joined(found: Iterable[Party], text: str) -> Iterator[Party]:
    """Neighbouring unknown pieces become one again, as they stood in the text."""
    run: list[Party] = []
    for party in found:
        if party.kind == "unknown":
            run.append(party)
            continue
        yield from _rejoined(run, text)
        run = []
        yield party
    yield from _rejoined(run, text)


def _rejoined(run: list[Party], text: str) -> Iterator[Party]:
    if run:
        start = text.find(run[0].text)
        end = text.find(run[-1].text, start + len(run[0].text) if len(run) > 1 else start) + len(run[-1].text)
        yield Party("unknown", text[start:end])
