"""
The chain of one document: each entry holds the hash of the one before it, inside its own hashed bytes.

It shows change, removal in the middle, insertion and reordering. It cannot show that the newest entries are
missing or that all of it was written anew; the tree and a checkpoint kept outside show that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from workflow.log.entry import BadEntry, entry_hash, parse_entry

GENESIS = "0" * 64  # the `prev` of a document's first entry

Kind = Literal["hash", "unreadable", "prev", "document", "version", "time"]


@dataclass(frozen=True)
class Break:
    """
    One place where a chain does not hold. `position` counts from 0.

    `hash` and `unreadable`: expected is the recorded hash, found the one the bytes give.
    `prev`: expected is the hash of the entry before, found what this entry remembers of it.
    `document`, `version`, `time`: the values in words.
    """

    position: int
    kind: Kind
    expected: str
    found: str


def check_chain(entries: Iterable[tuple[bytes, bytes]], *, document: object = None) -> list[Break]:
    """
    Every break in one document's entries, given in order as (stored bytes, recorded 32-byte hash).

    Hashes are computed from the bytes, never taken from the record. `version` rises by one with each entry,
    `at` (ISO 8601 with an offset) never decreases. With `document`, every body must name that document, so
    that rows cannot be carried to another. An empty list means the chain holds.
    """
    breaks: list[Break] = []
    prev = GENESIS
    version: int | None = None
    at: datetime | None = None
    for position, (stored, recorded) in enumerate(entries):
        computed = entry_hash(stored).hex()
        if recorded.hex() != computed:
            breaks.append(Break(position, "hash", recorded.hex(), computed))
        try:
            body = parse_entry(stored)
        except BadEntry:
            breaks.append(Break(position, "unreadable", recorded.hex(), computed))
            prev, version = computed, None
            continue
        if body["prev"] != prev:
            breaks.append(Break(position, "prev", prev, body["prev"]))
        if document is not None and body.get("document") != document:
            breaks.append(Break(position, "document", str(document), str(body.get("document"))))
        this_version = _version(body)
        if this_version is None or (version is not None and this_version != version + 1):
            wanted = "a number" if version is None else str(version + 1)
            breaks.append(Break(position, "version", wanted, str(body.get("version"))))
        this_at = _instant(body)
        if this_at is None or (at is not None and this_at < at):
            wanted = "a time" if at is None else f"not before {at.isoformat()}"
            breaks.append(Break(position, "time", wanted, str(body.get("at"))))
        prev, version, at = computed, this_version, this_at or at
    return breaks


def _version(body: dict[str, Any]) -> int | None:
    value = body.get("version")
    return value if type(value) is int else None


def _instant(body: dict[str, Any]) -> datetime | None:
    """Compared as instants: as text, "…:00.5Z" would sort before "…:00Z"."""
    try:
        instant = datetime.fromisoformat(body.get("at", ""))
    except (TypeError, ValueError):
        return None
    return instant if instant.tzinfo is not None else None
