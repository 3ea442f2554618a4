"""The labels of an outline: in which count each stands, at which place, and how that place is printed."""

import re
from dataclasses import dataclass

from workflow.numerals import letter, letter_value, roman, roman_value
from workflow.patterns import expression
from workflow.writing.paper import BULLETS

ROMAN = expression(r"[IVX]+")
_LETTER = expression(r"[a-zđ]")
_NAMED = expression(r"(phần|chương|mục|điều)\s+(?:thứ\s+)?(\d+|[ivx]+)\b")


@dataclass(frozen=True)
class Label:
    """What a label counts in, and its place in that count; 0 where it has none."""

    style: str
    value: int


def label_of(label: str, *, romans: bool = True) -> Label | None:
    """None for bullets and plain paragraphs, and for what counts in no way we know."""
    if not label or label in BULLETS:
        return None
    named = _NAMED.match(" ".join(label.lower().split()))
    if named:
        return Label(named[1], int(named[2]) if named[2].isdigit() else roman_value(named[2].upper()))
    bare = label.strip("().")
    if bare.isdigit():
        return Label("digit", int(bare))
    if romans and ROMAN.fullmatch(bare):
        return Label("roman", roman_value(bare))
    if _LETTER.fullmatch(bare):
        return Label("letter", letter_value(bare))
    if _LETTER.fullmatch(bare.lower()):
        return Label("capital", letter_value(bare.lower()))
    if re.fullmatch(r"\d+(?:\.\d+)+", bare):
        return Label(f"multi{bare.count('.')}", int(bare.rpartition(".")[2]))
    return None


def printed(style: str, value: int) -> str:
    """The label at this place of a count."""
    if style == "roman":
        return roman(value)
    if style in ("letter", "capital"):
        return letter(value).upper() if style == "capital" else letter(value)
    if style in ("phần", "chương", "mục", "điều"):
        return f"{style.capitalize()} {value}"
    return str(value)
