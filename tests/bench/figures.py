"""A figure is the product beside its floor: measured in turns, told as the median and its ratio."""

import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5
WOBBLE = 1.25
"""A floor whose fastest round is this much faster than its slowest says that the machine was busy."""


@dataclass(frozen=True)
class Figure:
    name: str
    unit: str
    floor: float
    product: float
    wobble: float
    paired: float | None = None
    """The median of the rounds' own ratios, where floor and product shared the moments of each."""

    @property
    def ratio(self) -> float:
        if self.paired is not None:
            return self.paired
        return self.product / self.floor if self.floor else float("nan")


def in_turns(name: str, unit: str, floor: Callable[[], float], product: Callable[[], float]) -> Figure:
    """A B A B …: each callable measures one round."""
    return in_rounds(name, unit, lambda: (floor(), product()))


def in_rounds(name: str, unit: str, both: Callable[[], tuple[float, float]]) -> Figure:
    """Each round measures the floor and the product; a wobbling floor is measured once more."""
    for attempt in (1, 2):
        floors, products = [], []
        for _ in range(ROUNDS):
            floor, product = both()
            floors.append(floor)
            products.append(product)
        wobble = max(floors) / min(floors)
        if wobble <= WOBBLE or attempt == 2:
            break
    paired = statistics.median(ours / theirs for theirs, ours in zip(floors, products, strict=True))
    figure = Figure(name, unit, statistics.median(floors), statistics.median(products), wobble, paired)
    tell(figure)
    return figure


def tell(figure: Figure) -> None:
    told = {
        "figure": figure.name,
        "unit": figure.unit,
        "floor": round(figure.floor, 3),
        "product": round(figure.product, 3),
        "ratio": round(figure.ratio, 3),
        "floor_max_over_min": round(figure.wobble, 2),
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)


def table(figures: list[Figure]) -> str:
    lines = [f"{'figure':<52}{'floor':>10}{'product':>10}{'ratio':>8}  unit"]
    for item in figures:
        lines.append(
            f"{item.name:<52}{item.floor:>10.2f}{item.product:>10.2f}{item.ratio:>8.2f}  {item.unit}"
        )
    return "\n".join(lines)


def note(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
