"""
Words a scan may have damaged and names close to a known unit: proposed to a person, never changed.
"""

import difflib
import itertools
from collections.abc import Iterable

from workflow.patterns import expression
from workflow.reading.pairs import GOOD, MEANT
from workflow.reading.words import bare, low, squeeze

_WORDS = expression(r"[^\W\d_]+")
_PHRASES = (
    (expression(r"nghiên cứu, chuyên gia(?= công nghệ)"), "Nghiên cứu, Chuyển giao"),
    (expression(r"(?<!\w)gd(?=,? (?:và )?các p)"), "GĐ"),
    (expression(r"(?<=các )pgd(?!\w)"), "PGĐ"),
    (expression(r"(?<!\w)(?:úy|ũy|ùy) ban(?= nhân dân)"), "ủy ban"),
)


def suspects(text: str) -> list[tuple[str, str]]:
    """(words as printed, words probably meant), each pair once, at most fifty."""
    found: dict[str, str] = {}
    lowered = low(text)
    for pattern, meant in _PHRASES:
        for match in pattern.finditer(lowered):
            found.setdefault(text[match.start() : match.end()], meant)
    words = list(_WORDS.finditer(lowered))
    unmarked = {word: bare(word) for word in {each[0] for each in words}}
    for first, second in itertools.pairwise(words):
        if second.start() - first.end() != 1 or lowered[first.end()] not in " \n":
            continue
        without = f"{unmarked[first[0]]} {unmarked[second[0]]}"
        right = MEANT.get(without)
        if right is None:
            continue
        pair = f"{first[0]} {second[0]}"
        if pair not in GOOD and pair != without:
            found.setdefault(squeeze(text[first.start() : second.end()]), right)
        if len(found) >= 50:
            break
    return list(found.items())


def closest(name: str, units: Iterable[str]) -> str | None:
    """The known unit a name most likely means, where it is close but not the same; None where it is known or far."""
    key = bare(squeeze(name))
    if len(key) < 6 or len(key) > 200:
        return None
    best, score = None, 0.0
    for unit in units:
        other = bare(squeeze(unit))
        if low(unit) == low(name):
            return None
        if abs(len(other) - len(key)) > max(4, len(key) // 5):
            continue
        matcher = difflib.SequenceMatcher(None, key, other, autojunk=False)
        if matcher.real_quick_ratio() < 0.86 or matcher.quick_ratio() < 0.86:
            continue
        ratio = matcher.ratio()
        if ratio > score:
            best, score = unit, ratio
    # Two units that differ in a word ("Phòng Y tế", "Phòng Kinh tế") are not one: most words must agree.
    if best is None or score < 0.88:
        return None
    mine, theirs = set(key.split()), set(bare(best).split())
    return (
        best
        if len(mine & theirs) * 3 >= 2 * max(len(mine), len(theirs)) and not _other_unit(key, bare(best))
        else None
    )


def _other_unit(key: str, other: str) -> bool:
    """Whether the differing words are whole other words rather than slips of the same."""
    mine, theirs = key.split(), other.split()
    if len(mine) != len(theirs):
        return False
    return any(
        a != b and difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() < 0.5
        for a, b in zip(mine, theirs, strict=True)
    )
