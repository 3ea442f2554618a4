"""The labels of an outline: in which count each stands, at which place, and how that place is printed."""

import re
from dataclasses import dataclass

from workflow.writing.paper import BULLETS

ALPHABET = "abcdđeghiklmnopqrstuvxy"
ROMAN = re.compile(r"[IVX]+")
_NAMED = re.compile(r"(phần|chương|mục|điều)\s+(?:thứ\s+)?(\d+|[ivx]+)\b")


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
        return Label(named[1], int(named[2]) if named[2].isdigit() else _roman(named[2].upper()))
    bare = label.strip("().")
    if bare.isdigit():
        return Label("digit", int(bare))
    if romans and ROMAN.fullmatch(bare):
        return Label("roman", _roman(bare))
    if len(bare) == 1 and bare in ALPHABET:
        return Label("letter", ALPHABET.index(bare) + 1)
    if len(bare) == 1 and bare.isupper() and bare.lower() in ALPHABET:
        return Label("capital", ALPHABET.index(bare.lower()) + 1)
    if re.fullmatch(r"\d+(?:\.\d+)+", bare):
        return Label(f"multi{bare.count('.')}", int(bare.rpartition(".")[2]))
    return None


def printed(style: str, value: int) -> str:
    """The label at this place of a count."""
    if style == "roman":
        return _romans(value)
    if style in ("letter", "capital"):
        letter = ALPHABET[min(value, len(ALPHABET)) - 1]
        return letter.upper() if style == "capital" else letter
    if style in ("phần", "chương", "mục", "điều"):
        return f"{style.capitalize()} {value}"
    return str(value)


def _roman(text: str) -> int:
    total, last = 0, 0
    for char in reversed(text):
        value = {"I": 1, "V": 5, "X": 10}[char]
        total, last = (total - value, last) if value < last else (total + value, value)
    return total


def _romans(value: int) -> str:
    said = ""
    for number, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= number:
            said, value = said + sign, value - number
    return said
