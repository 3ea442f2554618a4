"""What a verification found, in numbers and by name; it holds no sentence for a screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KEPT = 1000
"""Broken things named in a report; beyond it they are counted."""


@dataclass(frozen=True)
class Broken:
    """
    One thing that does not hold. `recorded` is what stands there, `computed` what it should be.

    `kind`: hash, unreadable, prev, document, version, time (log.chain); columns, note, state, head, revision,
    approval, withdrawal, delivery, register, void, attachment, remark, progress, numbered,
    missing (a row the log speaks of), foreign (a row it does not know); file (bytes that are not those of their hash);
    standing (kept of a report otherwise than it says); roster (a row of the agency's order, which the last act on it
    left otherwise);
    leaf, nodes, unsealed, size, frontier, checkpoint, signature, root, bracket; gap, counter.
    """

    kind: str
    entry_id: int | None = None
    document_id: int | None = None
    action: str = ""
    recorded: str = ""
    computed: str = ""
    where: str = ""


@dataclass(frozen=True)
class Count:
    """How many were checked and how many of them hold; printed as "1284/1284"."""

    good: int
    total: int

    def __str__(self) -> str:
        return f"{self.good}/{self.total}"


@dataclass(frozen=True)
class Report:
    """
    `counts` by what was checked: documents, entries, revisions, approvals, numbers, attachments, remarks, progress,
    numbered, notes, files, leaves, checkpoints, books, roster, standings. `broken` names the first thousand. `size`
    and `root` are the tree's, computed anew.
    """

    counts: Mapping[str, Count]
    broken: tuple[Broken, ...]
    broken_total: int
    size: int
    root: str
    at: datetime

    @property
    def holds(self) -> bool:
        return self.broken_total == 0

    def facts(self) -> dict[str, Any]:
        """The same in the plain values an entry takes."""
        counts = {name: str(count) for name, count in sorted(self.counts.items())}
        return {"counts": counts, "broken": self.broken_total, "size": self.size, "root": self.root}


class Tally:
    """Counts while a verification runs."""

    def __init__(self) -> None:
        self._good: dict[str, int] = {}
        self._total: dict[str, int] = {}
        self._broken: list[Broken] = []
        self._broken_total = 0

    def add(self, what: str, faults: Sequence[Broken] = ()) -> None:
        """One more of `what`, with what is wrong about it."""
        self._total[what] = self._total.get(what, 0) + 1
        self._good[what] = self._good.get(what, 0) + (not faults)
        self.broken(faults)

    def add_good(self, what: str, many: int) -> None:
        """So many of `what` that hold."""
        self._total[what] = self._total.get(what, 0) + many
        self._good[what] = self._good.get(what, 0) + many

    def broken(self, faults: Sequence[Broken]) -> None:
        self._broken_total += len(faults)
        self._broken += faults[: max(0, KEPT - len(self._broken))]

    def report(self, size: int, root: bytes, at: datetime) -> Report:
        counts = {what: Count(self._good[what], total) for what, total in self._total.items()}
        return Report(counts, tuple(self._broken), self._broken_total, size, root.hex(), at)
