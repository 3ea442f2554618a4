"""
Automatic numbers of a DOCX as Word prints them: "I.", "1.", "1.2.", "a)", "-".

A count goes on through the whole document in reading order; a level begins anew below a higher one.
"""

from dataclasses import dataclass
from typing import Any

from workflow.numerals import roman
from workflow.patterns import expression
from workflow.reading.docx_parts import W, is_on, value

_PLACE = expression(r"%([1-9])")
_MOST = 5_000  # past it a count is a trick, and a roman number would fill the page


@dataclass(frozen=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None


class Numbering:
    """The lists of numbering.xml and how far each has counted."""

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._of: dict[str, str] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._linked: dict[str, str] = {}
        self._style_of: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        for item in root.findall(f"{W}abstractNum") if root is not None else ():
            name = value(item, "abstractNumId")
            self._abstract[name] = {_level(one): _read(one) for one in item.findall(f"{W}lvl")}
            if linked := value(item.find(f"{W}numStyleLink")):
                self._linked[name] = linked
            if style := value(item.find(f"{W}styleLink")):
                self._style_of[style] = name
        for item in root.findall(f"{W}num") if root is not None else ():
            name = value(item, "numId")
            self._of[name] = value(item.find(f"{W}abstractNumId"))
            for change in item.findall(f"{W}lvlOverride"):
                start, own = value(change.find(f"{W}startOverride")), change.find(f"{W}lvl")
                if start.isdigit():
                    self._starts.setdefault(name, {})[_level(change)] = int(start)
                if own is not None:
                    self._own.setdefault(name, {})[_level(change)] = _read(own)

    def label(self, number: str, level: int) -> str:
        """The next label of a list at a level, "" where it prints none. Counts it."""
        if number not in self._of:
            return ""
        shared = self._shared(number)
        found = self._levels(number, shared).get(level)
        if found is None:
            return ""
        counts = self._counts.setdefault(shared, {})
        if number not in self._begun:
            self._begun.add(number)
            for place in self._starts.get(number, {}):
                counts.pop(place, None)
        start = self._starts.get(number, {}).get(level, found.start)
        counts[level] = min(counts[level] + 1 if level in counts else start, _MOST)
        for deeper in [place for place in counts if place > level]:
            restart = self._levels(number, shared).get(deeper, Level()).restart
            if restart is None or level < restart:
                del counts[deeper]
        if found.format == "bullet":
            return "+" if found.text.strip() == "+" else "-"
        if found.format == "none" and "%" not in found.text:
            return found.text.strip()
        return _PLACE.sub(
            lambda match: self._shown(number, shared, int(match[1]) - 1, found), found.text
        ).strip()

    def _shared(self, number: str) -> str:
        """The list that counts: one abstract list for all that use it, through a link by style where there is one."""
        shared = self._of[number]
        return self._style_of.get(self._linked.get(shared, ""), shared)

    def _levels(self, number: str, shared: str) -> dict[int, Level]:
        return {**self._abstract.get(shared, {}), **self._own.get(number, {})}

    def _shown(self, number: str, shared: str, place: int, at: Level) -> str:
        level = self._levels(number, shared).get(place, Level())
        count = self._counts.get(shared, {}).get(place)
        if count is None:
            count = self._starts.get(number, {}).get(place, level.start)
            self._counts.setdefault(shared, {})[place] = count
        return counted(count, "decimal" if at.legal else level.format)


def counted(count: int, form: str) -> str:
    """One number in a form of Word's; a form we do not know counts in digits."""
    if form == "lowerLetter" and count > 0:
        return _letter(count)
    if form == "upperLetter" and count > 0:
        return _letter(count).upper()
    if form == "lowerRoman" and count > 0:
        return roman(count).lower()
    if form == "upperRoman" and count > 0:
        return roman(count)
    if form == "decimalZero":
        return f"{count:02d}"
    return "" if form == "none" else str(count)


def _letter(count: int) -> str:
    """a … z, aa, bb …: Word doubles the letter."""
    return chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 20)


def _level(element: Any) -> int:
    said = value(element, "ilvl")
    return int(said) if said.isdigit() and len(said) < 3 else 0


def _read(element: Any) -> Level:
    start, restart = value(element.find(f"{W}start")), value(element.find(f"{W}lvlRestart"))
    return Level(
        min(int(start), _MOST) if start.isdigit() else 1,
        value(element.find(f"{W}numFmt")) or "decimal",
        value(element.find(f"{W}lvlText")),
        bool(is_on(element.find(f"{W}isLgl"))),
        int(restart) if restart.isdigit() else None,
    )
