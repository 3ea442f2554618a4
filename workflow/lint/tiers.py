"""
Who sends on what he collects, and whether each deadline falls before the one it feeds (domain.md 4.6).

It knows duties and parties, no text; where it cannot tell, it says so and never "in order".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from workflow.content import Obligation
from workflow.lint.stating import months_of
from workflow.parties import Known, party_key, resolve_parties
from workflow.periods import last_on_time, periods

Why = Literal["parties", "undated", "rhythm"]
Actor = tuple[str, str]
"""A kind and a code: ("unit", "VP"), ("outside", "UBND"); ("said", words) of whom the agency does not know."""
Pair = tuple[int, int]
"""A lower duty and an upper one, by their places."""
AGENCY: Actor = ("agency", "")
SENT_ON_WITHIN = timedelta(days=92)
"""How long after the year's units a report of that year may go out in the next one."""


@dataclass(frozen=True)
class Unclear:
    """Two duties by their places, of which it cannot be said whether the lower comes first."""

    lower: int
    upper: int
    why: Why


@dataclass(frozen=True)
class Tiers:
    """
    `wrong` are (lower, upper) by their places: the lower is not due before the upper that is made of it.
    `compared`: there were two tiers with days to compare.
    """

    wrong: tuple[Pair, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    compared: bool = False


@dataclass(frozen=True)
class _Ends:
    """Who sends a duty and who hears it."""

    senders: frozenset[Actor]
    heard: frozenset[Actor]


def tiers_of(duties: Sequence[Obligation], known: Known, *, on: date) -> Tiers:
    """
    Each lower duty has an upper one that falls after it, each upper one a lower that falls before it. The names
    are those of `on`, and so is the year in which days are compared.
    """
    ends, own, house = [_ends(duty, known, on) for duty in duties], _own(known), _house(known)
    fed = _fed(ends, own, house)
    judged = {pair: in_order(duties[pair[0]], duties[pair[1]], on.year) for pair in sorted(fed)}
    answered = {lower for (lower, _), answer in judged.items() if isinstance(answer, bool)}
    unclear: dict[int, Unclear] = {}
    for (lower, upper), answer in judged.items():
        if isinstance(answer, str) and lower not in answered:
            unclear.setdefault(lower, Unclear(lower, upper, answer))
    for lower, upper in _untold(duties, ends, own, fed):
        unclear.setdefault(lower, Unclear(lower, upper, "parties"))
    return Tiers(_wrong(judged), tuple(unclear[lower] for lower in sorted(unclear)), bool(answered))


def _wrong(judged: Mapping[Pair, bool | Why | None]) -> tuple[Pair, ...]:
    """For each duty of which no pair is right, the first that is wrong."""
    found: set[Pair] = set()
    for side in (0, 1):
        rows: dict[int, list[Pair]] = {}
        for pair, answer in judged.items():
            if isinstance(answer, bool):
                rows.setdefault(pair[side], []).append(pair)
        found |= {pairs[0] for pairs in rows.values() if not any(judged[pair] for pair in pairs)}
    return tuple(sorted(found))


def _fed(ends: Sequence[_Ends], own: frozenset[Actor], house: frozenset[Actor]) -> set[Pair]:
    """(lower, upper) wherever the receiver of the one is the sender of the other."""
    places = range(len(ends))
    fed = {
        (at, to)
        for at in places
        for to in places
        if at != to and (ends[at].heard & ends[to].senders or _through(ends[at], ends[to], house))
    }
    # An own unit that sends nothing on itself collects for what the agency reports to others.
    sending = {at for at, _ in fed}
    outward = [to for to in places if ends[to].senders & house and not ends[to].heard & own]
    for at in places:
        if at not in sending and ends[at].heard & own and not ends[at].senders & house:
            fed |= {(at, to) for to in outward if at != to}
    return fed


def _through(lower: _Ends, upper: _Ends, house: frozenset[Actor]) -> bool:
    """The agency and the office that collects for it are one, save in what the office lays before the agency."""
    return bool(lower.heard & house and upper.senders & house and not lower.senders & house)


def _untold(
    duties: Sequence[Obligation], ends: Sequence[_Ends], own: frozenset[Actor], fed: set[Pair]
) -> Iterator[Pair]:
    """Pairs that could be two tiers for all one knows: somebody in between is named by words of nobody known."""
    sending = {at for at, _ in fed}
    dated = [at for at, duty in enumerate(duties) if duty.due_day is not None]
    for at, to in ((at, to) for at in dated if at not in sending for to in dated if at != to):
        lower, upper = ends[at], ends[to]
        if (to, at) in fed or duties[at].recurrence != duties[to].recurrence or upper.heard & own:
            continue
        if lower.heard & upper.heard or lower.senders & upper.senders:
            continue
        if _unknown(lower.heard) or (_unknown(upper.senders) and lower.heard & own):
            yield at, to


def in_order(lower: Obligation, upper: Obligation, year: int) -> bool | Why | None:
    """Whether the lower comes first, or why that cannot be said; None where nobody asks for an order."""
    if "ad_hoc" in (lower.recurrence, upper.recurrence):
        return None
    if lower.due_day is None or upper.due_day is None:
        return "undated"
    if lower.recurrence != upper.recurrence:
        return "rhythm"
    before, after = _windows(lower, year), _windows(upper, year)
    both = before.keys() & after.keys()
    if both and all(timedelta() < after[key] - before[key] <= SENT_ON_WITHIN for key in both):
        return True
    ours, theirs = sorted(months_of(lower)), sorted(months_of(upper))
    if ours and len(ours) == len(theirs):
        return all(
            _last(lower, first, year) < _last(upper, then, year)
            for first, then in zip(ours, theirs, strict=True)
        )
    return False if both else "rhythm"


def _windows(duty: Obligation, year: int) -> dict[str, date]:
    """The last good day of each window of data (`workflow.periods`), so that one turn meets the same turn."""
    try:
        found = periods(
            duty.recurrence,
            due_month=duty.due_month,
            due_day=duty.due_day,
            inclusive=duty.inclusive,
            first_after=date(year - 1, 12, 31),
            until=date(year + 2, 12, 31),
        )
    except ValueError:
        return {}
    return {period.key: period.last_on_time for period in found}


def _last(duty: Obligation, month: int, year: int) -> date:
    assert duty.due_day is not None
    return last_on_time(month, duty.due_day, year, inclusive=duty.inclusive)


def _ends(duty: Obligation, known: Known, on: date) -> _Ends:
    heard = _actors((duty.to, duty.via), known, on)
    senders = _actors((duty.from_,), known, on)
    # What goes out of the agency with no sender said is its own.
    if not senders and heard and all(kind == "outside" for kind, _ in heard):
        senders = frozenset({AGENCY})
    return _Ends(senders, heard)


def _actors(names: tuple[str | None, ...], known: Known, on: date) -> frozenset[Actor]:
    found: set[Actor] = set()
    for name in names:
        for party in resolve_parties(name, known, on=on) if name and name.strip() else ():
            if party.kind == "agency":
                found.add(AGENCY)
            elif party.kind == "unknown":
                found.add(("said", party_key(party.text)))
            else:
                kind = "outside" if party.kind == "outside" else "unit"
                found |= {(kind, code) for code in party.codes}
    return frozenset(found)


def _unknown(actors: frozenset[Actor]) -> bool:
    return not actors or any(kind == "said" for kind, _ in actors)


def _house(known: Known) -> frozenset[Actor]:
    return frozenset({AGENCY, ("unit", known.aggregator or "")})


def _own(known: Known) -> frozenset[Actor]:
    return frozenset({AGENCY, *(("unit", unit.code) for unit in known.units)})
