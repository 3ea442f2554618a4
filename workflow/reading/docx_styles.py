"""
What the styles of a DOCX say of a paragraph: heading, bold, capitals, hidden, and the list it numbers.

Only what the words depend on, and italic type; nothing of how they look otherwise.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from workflow.patterns import expression
from workflow.reading.docx_parts import W, is_on, value
from workflow.writing.docx_styles import MARK, PLAIN, STYLES

_HEADING = expression(r"(?:heading|tiêu đề|đề mục)\s*([1-9])$", re.I)
_OURS = {style.name: style.id for style in (*STYLES, MARK, PLAIN)}
_CONTENTS = expression(r"(?:toc|mục lục|table of figures)\s*\d*$", re.I)


@dataclass(frozen=True)
class Style:
    """`heading` from 1, 0 for none; `numbering` is (numId, level). None where the style says nothing."""

    name: str = ""
    heading: int | None = None
    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    number: str | None = None
    level: int | None = None
    italic: bool | None = None

    @property
    def is_contents(self) -> bool:
        """A line of a table of contents repeats a heading."""
        return bool(_CONTENTS.match(self.name))


class Styles:
    """The styles by id, each with what it takes from those it is based on."""

    def __init__(self, root: Any | None) -> None:
        self._own: dict[str, Style] = {}
        self._based: dict[str, str] = {}
        self._whole: dict[str, Style] = {"": Style()}
        self._ours: dict[str, str] = {}
        self.usual = ""
        for style in root.findall(f"{W}style") if root is not None else ():
            name = value(style, "styleId")
            self._own[name] = _style(style)
            self._ours[name] = _OURS.get(self._own[name].name, name)
            self._based[name] = value(style.find(f"{W}basedOn"))
            if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on"):
                self.usual = name
        self.ours = {"TKNoiDung", "TKTrichYeu"} <= set(self._ours.values())
        """Whether `workflow.writing.docx` made the file: its styles tell more than the words alone."""

    def own_id(self, name: str) -> str:
        """The id we gave a style: an office that saves the file again keeps names and may write other ids."""
        return self._ours.get(name, name)

    def of(self, name: str) -> Style:
        if name not in self._whole:
            self._whole[name] = self._found(name)
        return self._whole[name]

    def _found(self, name: str) -> Style:
        whole = self._own.get(name, Style())
        above = self._based.get(name, "")
        for _ in range(20):
            if not above:
                break
            base = self._own.get(above, Style())
            missing = {
                key: getattr(base, key)
                for key in ("heading", "bold", "caps", "hidden", "number", "level", "italic")
                if getattr(whole, key) is None
            }
            whole, above = replace(whole, **missing), self._based.get(above, "")
        return whole


def _style(style: Any) -> Style:
    name = value(style.find(f"{W}name"))
    words, place = style.find(f"{W}rPr"), style.find(f"{W}pPr")
    heading = outline_of(place)
    named = _HEADING.match(name)
    if heading is None and named:
        heading = int(named[1])
    number, level = numbering_of(place)
    return Style(name, heading, *look_of(words), number, level, slant_of(words))


def outline_of(place: Any) -> int | None:
    """The heading level a w:pPr gives itself, from 1; 0 where it says "body text"; None where it is silent."""
    said = value(place.find(f"{W}outlineLvl")) if place is not None else ""
    return None if not said.isdigit() else int(said) + 1 if int(said) < 9 else 0


def look_of(words: Any) -> tuple[bool | None, bool | None, bool | None]:
    """(bold, capitals, hidden) of a w:rPr."""
    if words is None:
        return None, None, None
    return is_on(words.find(f"{W}b")), is_on(words.find(f"{W}caps")), is_on(words.find(f"{W}vanish"))


def slant_of(words: Any) -> bool | None:
    """Whether a w:rPr sets italic type; no word depends on it, but the decree asks for it in căn cứ."""
    return None if words is None else is_on(words.find(f"{W}i"))


def numbering_of(place: Any) -> tuple[str | None, int | None]:
    """(numId, level) of a w:pPr; numId "0" takes a style's numbering away."""
    listed = place.find(f"{W}numPr") if place is not None else None
    if listed is None:
        return None, None
    number, level = value(listed.find(f"{W}numId")), value(listed.find(f"{W}ilvl"))
    return number or None, int(level) if level.isdigit() else None
