"""The middle and the ninth decile of a list, and how long what still waits will take; values in, values out."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")

FEWEST = 5
"""Cases a forecast rests on at least; fewer say nothing."""


def nearest_rank(ordered: Sequence[T], percent: int) -> T:
    """
    The smallest value that at least `percent` of a hundred do not exceed (the nearest-rank rule).

    Always one of the values themselves, so that a page can show the case. `ordered` ascends; ValueError for an
    empty one or a percent outside 1–100.
    """
    if not ordered or not 1 <= percent <= 100:
        raise ValueError("a rank needs values, and a percent from 1 to 100")
    return ordered[-(-percent * len(ordered) // 100) - 1]


@dataclass(frozen=True)
class Spread:
    """Median and ninth decile of `cases` spans; both None where there are none."""

    median: timedelta | None
    p90: timedelta | None
    cases: int


def spread(spans: Sequence[timedelta]) -> Spread:
    ordered = sorted(spans)
    if not ordered:
        return Spread(None, None, 0)
    return Spread(nearest_rank(ordered, 50), nearest_rank(ordered, 90), len(ordered))


def outlasting(ordered: Sequence[timedelta], elapsed: timedelta) -> Sequence[timedelta]:
    """The spans longer than what has passed already; only these can say how long the rest takes. `ordered` ascends."""
    return ordered[bisect_right(ordered, elapsed) :]


def forecast(ordered: Sequence[timedelta], elapsed: timedelta) -> Spread:
    """
    The whole span, from its beginning, of something that has lasted `elapsed` so far.

    It rests on the spans of the past that lasted longer than that; with fewer than `FEWEST` of them there is no
    median, only how many there are. `ordered` ascends.
    """
    rest = outlasting(ordered, elapsed)
    if len(rest) < FEWEST:
        return Spread(None, None, len(rest))
    return Spread(nearest_rank(rest, 50), nearest_rank(rest, 90), len(rest))
