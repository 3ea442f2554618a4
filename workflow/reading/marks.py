"""
The marks that begin a part of a text: I., A., 1., 1.1., a), -, Phần, Chương, Mục, Điều.

It says what a mark is, not where it belongs; `outline` decides that.
"""

from dataclasses import dataclass

from workflow.numerals import letter_value, roman_value
from workflow.patterns import expression
from workflow.reading.words import UPPER

_ROMAN = expression(
    rf"(?=[IVX])(X{{0,3}}(?:IX|IV|V?I{{0,3}}))(?:\s?[.):]\s*|\s?/\s+|/(?=[{UPPER}])|\s?[-–]\s+)(?=\S)"
)
_NAMED = expression(
    rf"((?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU)\s+"
    rf"(?:thứ\s+\w{{1,5}}|THỨ\s+\w{{1,5}}|[IVX]{{1,5}}|\d{{1,3}}))(?:\s?[.:)\-–]\s*|\s+(?=[{UPPER}])|$)"
)
_MULTI = expression(
    rf"((?:\d{{1,2}}|[IVX]{{1,4}})(?:\.\d{{1,2}}){{1,3}})(?:[.)]\s*(?=[^\d\s/%])|\.\s+(?=\d)|\s+(?=[{UPPER}]))"
)
_DIGIT = expression(
    rf"(\d{{1,2}})(?:\s?[.)]\s*(?=[^\d\s.,/])|\s?/\s+(?=[^\d\s])|/(?=[{UPPER}][^{UPPER}\W])|\s?[-–]\s+(?=[{UPPER}])|\.\s+(?=\S))"
)
_PAREN = expression(r"\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s+(?=\S)")
_LETTER = expression(r"([a-zđ])(?:\s?\)\s*|[./]\s+)(?=\S)")
_CAPITAL = expression(r"([A-HĐ])(?:[.)]\s*|/\s+|\s[-–]\s)(?=\S)")
_BULLET = expression(r"([-+])\s*(?=[^\s\-+\d]|\d)")


@dataclass(frozen=True)
class Mark:
    """`label` is bare ("I", "1.1", "a", "-"); `value` its place in its own count, 0 where it has none."""

    style: str
    label: str
    value: int
    rest: str


def read_mark(text: str) -> Mark | None:
    """The mark a line begins with, or None."""
    found = _NAMED.match(text)
    if found:
        word = found[1].split()
        return Mark(word[0].lower(), found[1], _number(word[-1]), text[found.end() :].strip())
    found = _MULTI.match(text)
    if found and not _is_date(text):
        parts = found[1].split(".")
        return Mark(f"multi{len(parts)}", found[1], int(parts[-1]), text[found.end() :].strip())
    found = _ROMAN.match(text)
    if found and found[1]:
        return Mark("roman", found[1], roman_value(found[1]), text[found.end() :].strip())
    found = _DIGIT.match(text)
    if found and not _is_date(text):
        return Mark("digit", found[1].lstrip("0") or found[1], int(found[1]), text[found.end() :].strip())
    found = _PAREN.match(text)
    if found:
        inner = found[1]
        return Mark("paren", f"({inner})", int(inner) if inner.isdigit() else 0, text[found.end() :].strip())
    found = _LETTER.match(text)
    if found:
        return Mark("letter", found[1], letter_value(found[1]), text[found.end() :].strip())
    found = _CAPITAL.match(text)
    if found:
        return Mark("capital", found[1], letter_value(found[1].lower()), text[found.end() :].strip())
    found = _BULLET.match(text)
    if found:
        return Mark("dash" if found[1] == "-" else "plus", found[1], 0, text[found.end() :].strip())
    return None


_DATE = expression(r"\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?\b")


def _is_date(text: str) -> bool:
    """ "30/6/2024" and "15.11.2024 …" begin a date, not a part."""
    found = _DATE.match(text)
    if not found:
        return False
    return "/" in found[0] or (found[0].count(".") == 2 and len(found[0]) > 7)


_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    lowered = word.lower()
    if lowered in _ORDINALS:
        return _ORDINALS.index(lowered) + 1
    return roman_value(word) if set(word) <= set("IVX") else 0
