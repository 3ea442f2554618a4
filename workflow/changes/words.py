"""
The words of one paragraph that went and came. Lossless: what stayed and went is the old text, letter by letter.

A syllable, a number or a reference such as "15/11" or "52/KH-SKHCN" is one word; so is every sign. A letter is
never parted from the marks that stand on it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal

Op = Literal["same", "del", "ins"]
Piece = tuple[Op, str]

LONG = 1_500
"""Words of a paragraph up to which it is compared as a whole; between the equal ends of a longer one, in bulk."""

_JOINED = r"\w(?:[\w\u0300-\u036f]|[/\-–](?=\w)|(?<=\d)[.,:](?=\d))*"
_TOKEN = re.compile(rf"{_JOINED}|\s+|.", re.DOTALL)


def tokens(text: str) -> list[str]:
    """Words, runs of white space and single signs; joined they are the text."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if found and _clings(token[0]):
            found[-1] += token
        else:
            found.append(token)
    return found


def _clings(letter: str) -> bool:
    """Marks that stand on what came before, joiners and variation signs; nothing that is read alone."""
    return letter > "\u02ff" and (unicodedata.category(letter)[0] == "M" or letter in "\u200c\u200d")


def words(old: str, new: str) -> tuple[Piece, ...]:
    """
    In reading order, at each place what went before what came. Empty for two empty texts.

    A single word or a sign that stayed between two changed stretches is told with them: a sentence whose every
    second word is marked cannot be read.
    """
    a, b = tokens(old), tokens(new)
    return tuple(_merged(_readable(list(_compared(a, b)))))


Stretch = tuple[list[str], list[str]]
"""Old and new tokens of one stretch; the same list twice where nothing changed."""


def _compared(a: list[str], b: list[str]) -> Iterator[Stretch]:
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    if start:
        yield a[:start], a[:start]
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    if len(left) > LONG or len(right) > LONG:
        yield left, right
    else:
        for op, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            yield (left[i:j], left[i:j]) if op == "equal" else (left[i:j], right[k:m])
    if end:
        yield a[len(a) - end :], a[len(a) - end :]


def _readable(found: list[Stretch]) -> list[Stretch]:
    """With the slight stretches that stayed joined to the changes on their two sides: first the spaces and signs
    between two changes, then a word between two changes that are longer by now."""
    return _joined(_joined(found, words=0), words=1)


def _joined(found: list[Stretch], *, words: int) -> list[Stretch]:
    kept: list[Stretch] = []
    for at, (old, new) in enumerate(found):
        if old != new:
            joins = bool(kept) and kept[-1][0] != kept[-1][1]
        else:
            joins = 0 < at < len(found) - 1 and _count(old) == words
            joins = joins and all(_length(found[beside]) > words for beside in (at - 1, at + 1))
        if joins:
            kept[-1] = (kept[-1][0] + old, kept[-1][1] + new)
        else:
            kept.append((old, new))
    return kept


def _length(change: Stretch) -> int:
    """In words, of the longer side; a change of a sign alone counts as one."""
    return max(_count(change[0]), _count(change[1]), 1)


def _count(stretch: Iterable[str]) -> int:
    return sum(token[0].isalnum() for token in stretch)


def _merged(found: list[Stretch]) -> Iterator[Piece]:
    for old, new in found:
        if old == new:
            if old:
                yield "same", "".join(old)
            continue
        if old:
            yield "del", "".join(old)
        if new:
            yield "ins", "".join(new)
