"""The filter of a list by unit: a choice where the agency has few, a name that is typed where it has many."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.filters import vi_number
from workflow.folding import fold
from workflow.people import Unit

OFFERED = 200
"""More units than this are no choice to scroll through: of twenty thousand the page would weigh a megabyte."""
SEVERAL = 50
"""Units that one name may mean at once; beyond, it says too little to narrow a list by."""


@dataclass(frozen=True)
class Named:
    """What was typed, and the units it means: those of exactly this name, else all whose name holds it."""

    typed: str
    units: tuple[Unit, ...]

    @property
    def too_many(self) -> bool:
        return len(self.units) > SEVERAL

    @property
    def ids(self) -> frozenset[int] | None:
        """What to narrow by; None narrows nothing."""
        return None if self.too_many or not self.typed else frozenset(unit.id for unit in self.units)

    @property
    def chip(self) -> str:
        if not self.typed:
            return ""
        if len(self.units) == 1:
            return self.units[0].name
        if not self.units:
            return f"Đơn vị “{self.typed}”: không có đơn vị nào tên như vậy"
        count = f"{vi_number(len(self.units))} đơn vị"
        return f"Đơn vị “{self.typed}”: {count}" + (", chưa lọc; gõ rõ tên hơn" if self.too_many else "")


def named(units: Sequence[Unit], typed: str) -> Named:
    """Diacritics and case do not matter; the short name and the code count as names."""
    words = fold(typed)
    if not words:
        return Named("", ())
    exact = tuple(
        unit for unit in units if words in (fold(unit.name), fold(unit.short_name), fold(unit.code))
    )
    return Named(typed, exact or tuple(unit for unit in units if words in fold(unit.name)))
