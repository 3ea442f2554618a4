"""The papers that go beside a document (phiếu trình, biên bản phê duyệt) as plain text in the order it is read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.workdays import VN, in_figures

GROUP = 8


Cell = tuple[str, ...]
"""Its lines, one under the other."""


@dataclass(frozen=True)
class Grid:
    """`shares` are the widths of the columns in parts of the whole; every row has as many cells."""

    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Section:
    """Its `facts` (name, value) come first, then its lines, then its table; any of them may be missing."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True)
class Signature:
    """`stamp` are the lines of the mark of approval; empty where a hand is to sign."""

    lines: tuple[str, ...]
    name: str = ""
    stamp: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slip:
    """
    `number` and `day` are "" where they are to be written in by hand, `number` None where the paper has none.
    `opinion` names the box somebody writes into, "" for none. `dated` (ISO) is the date the file tells.
    """

    title: str
    subject: str
    parent_name: str
    agency_name: str
    number: str | None
    symbol: str
    place: str
    day: str
    addressee: str
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    opinion: str
    footer: str
    dated: str


def moment_words(at: datetime) -> str:
    """04/02/2026 09:41:07, in Việt Nam."""
    here = at.astimezone(VN)
    return f"{in_figures(here)} {here:%H:%M:%S}"


def whole_digest(digest: str) -> str:
    """All of a hex digest, in groups that may stand on several lines."""
    return " ".join(digest[start : start + GROUP] for start in range(0, len(digest), GROUP))


def numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Those that say anything, counted from 1."""
    told = [part for part in sections if part.facts or part.lines or part.grid]
    return tuple(replace(part, title=f"{place}. {part.title}") for place, part in enumerate(told, 1))
