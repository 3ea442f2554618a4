"""What the page draws and the files hold alike: tables of cells, charts of bars, and the sections they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["a", "b", "c", "d"]
"""Of a bar: a done, b running, c overdue, d neither."""


@dataclass(frozen=True)
class Cell:
    """A number or words; `url` leads to the list behind it, `below` is a smaller line under it."""

    value: int | str
    url: str = ""
    below: str = ""

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int)


@dataclass(frozen=True)
class Table:
    """`widths` in signs, for the files; the first cell of a row is its name."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Bar:
    """One bar: its name, what is said of it, its parts against `whole`; `short` stands at its end, else `said`."""

    name: str
    said: str
    parts: tuple[tuple[Tone, int], ...]
    whole: int
    short: str = ""


@dataclass(frozen=True)
class Column:
    """One column of the chart of months; `value` None where there is nothing to draw, `short` the number beside it."""

    label: str
    value: float | None
    high: float | None
    short: str
    said: str


@dataclass(frozen=True)
class Section:
    """
    One finding: the sentence, the chart with its full text, the table under it. `note` says how it was counted;
    `more` is a link below, as (words, address).
    """

    id: str
    title: str
    sentence: str
    table: Table
    note: str = ""
    bars: Sequence[Bar] = ()
    columns: Sequence[Column] = ()
    chart_text: str = ""
    more: tuple[str, str] = ("", "")


def counted(count: int, url: str) -> Cell:
    """A number that leads to what it counts; nothing lies behind a nought."""
    return Cell(count, url if count else "")
