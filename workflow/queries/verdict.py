"""What the last verification of the record came to: how many events hold, and which is the first that does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from workflow.engine import Work
from workflow.log.entry import BadEntry, entry_hash, parse_entry
from workflow.models import Entry, Leaf, LogHead
from workflow.queries.verification import ACTION
from workflow.verification import Broken, Report

NAMED = 20
"""Broken things that an entry names; the rest are counted."""

CHAIN_KINDS = frozenset(
    {"hash", "unreadable", "prev", "document", "version", "time", "leaf", "nodes", "missing"}
)
"""What breaks an event itself, as against a row beside the log that tells another story."""


@dataclass(frozen=True)
class Verdict:
    """
    What a verification came to. `good` of `total` events matched their hashes; `broken` names what did not.

    `first` is the earliest event whose place in the log does not hold: {number, recorded, computed}; None
    where all events hold or where what broke lies beside them. `since` counts the events after `size`.
    """

    holds: bool
    good: int
    total: int
    size: int
    root: str
    at: datetime
    by: str
    number: int | None
    since: int
    first: Mapping[str, Any] | None
    broken: tuple[Mapping[str, Any], ...]
    broken_total: int


def located(w: Work, report: Report) -> dict[str, Any]:
    """Facts for the entry of a verification that found faults: events by their public numbers, the earliest first."""
    if report.holds:
        return {}
    ids = {item.entry_id for item in report.broken if item.entry_id is not None}
    rows = w.db.execute(select(Leaf.entry_id, Leaf.position).where(Leaf.entry_id.in_(ids))) if ids else ()
    numbers = {row.entry_id: row.position + 1 for row in rows}
    last = max(numbers.values(), default=0) + 1
    named = sorted(
        report.broken, key=lambda item: (numbers.get(item.entry_id or 0, last), item.kind != "hash")
    )
    facts: dict[str, Any] = {"named": [_said(item, numbers) for item in named[:NAMED]]}
    # Only where all that broke is known does every event with a lower number hold.
    if report.broken_total == len(report.broken) and (first := _first(named, numbers)):
        facts["first"] = first
    return facts


def last_verification(w: Work) -> Verdict | None:
    """
    The newest result from its own entry; None before the first, or if that entry itself was changed.

    The entries of verifications belong to no agency: the index over (agency, stream, id) finds them at once.
    """
    row = w.db.execute(
        select(Entry.body, Entry.hash, Entry.at, Leaf.position)
        .outerjoin(Leaf, Leaf.entry_id == Entry.id)
        .where(Entry.agency_id.is_(None), Entry.stream == "access", Entry.action == ACTION)
        .order_by(Entry.id.desc())
        .limit(1)
    ).first()
    if row is None or entry_hash(row.body) != row.hash:
        return None
    size = w.db.scalar(select(LogHead.size)) or 0
    try:
        return _verdict(parse_entry(row.body), row.at, row.position, size)
    except (BadEntry, KeyError, TypeError, ValueError, AttributeError):
        return None


def _verdict(body: dict[str, Any], at: datetime, position: int | None, size: int) -> Verdict:
    facts = body["facts"]
    good, total = (int(part) for part in str(facts["counts"].get("entries", "0/0")).split("/"))
    return Verdict(
        holds=facts["broken"] == 0,
        good=good,
        total=total,
        size=facts["size"],
        root=facts["root"],
        at=at,
        by=str(body["actor"]["name"]),
        number=None if position is None else position + 1,
        since=max(0, size - facts["size"]),
        first=facts.get("first"),
        broken=tuple(facts.get("named", ())),
        broken_total=facts["broken"],
    )


def _first(named: list[Broken], numbers: Mapping[int, int]) -> dict[str, Any] | None:
    for item in named:
        number = numbers.get(item.entry_id or 0)
        if item.kind in CHAIN_KINDS and number is not None:
            recorded, computed = _values(item)
            return {"number": number, "recorded": recorded, "computed": computed}
    return None


def _values(item: Broken) -> tuple[str, str]:
    """What stands there and what it should be; of a link, what the entry remembers and what the one before it gives."""
    values = (item.recorded, item.computed)
    return values[::-1] if item.kind == "prev" else values


def _said(item: Broken, numbers: Mapping[int, int]) -> dict[str, Any]:
    recorded, computed = _values(item)
    return {
        "kind": item.kind,
        "number": numbers.get(item.entry_id or 0),
        "document": item.document_id,
        "recorded": recorded,
        "computed": computed,
        "where": item.where,
    }
