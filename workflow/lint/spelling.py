"""
Typing: spaces, zeros, repeated words, quotes, ways of writing the tones, and words a scan has damaged.

Each rule looks at one line and gives that line mended; mending twice changes nothing more.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflow.lint.dates import padded, unpadded
from workflow.lint.finding import Finding, Fix
from workflow.lint.slip_words import SLIPS
from workflow.lint.text import Text
from workflow.patterns import expression
from workflow.reading.words import UPPER

_SPACES = expression(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)")
_BEFORE = expression(r"(?<=\w)[ \t\u00a0]+(?=(?:[,;:.!?]|\./\.)(?:\s|$))")
_AFTER = expression(r"(?<=[^\W\d_][^\W\d_])([,;])(?=[^\W\d_]{2})")
_TIGHT = expression(r"[,;](?=[^\W\d_])")
_TWICE = expression(
    r"\b(và|của|các|những|được|cho|trong|với|về|tại|theo|để|tổ chức|thực hiện|triển khai)([ \u00a0]+\1)+(?!\w)"
)
_STOPS = expression(r"(?:[,;:]\s*)+(?=\.(?:\s|$))|([,;:])(?:\s*\1)+")
_NUMBER = expression(rf"\b([Ss]ố\s+)([1-9])(?=/(?:(?:19|20)\d\d/|[{UPPER}]{{2}}))")
_STRAIGHT = expression(r'"([^"\n]*)"')
_OLD = expression(r"(?<![qQ])(?:[oO][àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?!\w)")
_NEW = expression(r"(?:[òóỏõọÒÓỎÕỌ][aeAE]|[ùúủũụÙÚỦŨỤ][yY])(?!\w)")
_SLIP = expression(
    rf"(?<!\w)(?:{'|'.join(re.escape(words) for words in sorted(SLIPS, key=len, reverse=True))})(?!\w)"
)
AROUND = 16


@dataclass(frozen=True)
class Rule:
    """`mend` gives the line set right; where it changes nothing there is nothing to find. `roots` it leaves alone."""

    code: str
    mend: Callable[[str], str]
    likely: Callable[[str], bool] = bool
    but: tuple[str, ...] = ()


def mended(line: str) -> str:
    """With the known slips of scans and keyboards set right, in the case in which they stand."""
    lowered = line.lower()
    if len(lowered) != len(line):
        return line
    parts, at = [], 0
    for found in _SLIP.finditer(lowered):
        parts += [line[at : found.start()], _cased(line[found.start() : found.end()], SLIPS[found[0]])]
        at = found.end()
    return "".join([*parts, line[at:]])


def _cased(printed: str, meant: str) -> str:
    """In the case of what is printed: word by word where there are as many, small letters staying small."""
    if printed.isupper():
        return meant.upper()
    old, new = printed.split(), meant.split()
    if len(old) != len(new):
        return meant[:1].upper() + meant[1:] if printed[:1].isupper() else meant
    return " ".join(
        b.upper() if a.isupper() and len(a) > 1 else b[:1].upper() + b[1:] if a[:1].isupper() else b
        for a, b in zip(old, new, strict=True)
    )


def _spaced(whole: str) -> bool:
    return any(two in whole for two in ("  ", "\t", "\u00a0"))


def _parted(whole: str) -> bool:
    return any(f"{space}{stop}" in whole for space in " \t\u00a0" for stop in ",;:.!?")


def _any_slip(whole: str) -> bool:
    lowered = whole.lower()
    return any(words in lowered for words in SLIPS)


RULES = (
    Rule("not_nfc", lambda line: unicodedata.normalize("NFC", line), lambda w: not unicodedata.is_normalized("NFC", w)),
    Rule("double_space", lambda line: _SPACES.sub(" ", line), _spaced, ("annexes",)),
    Rule("space_before", lambda line: _BEFORE.sub("", line), _parted, ("annexes",)),
    Rule("space_after", lambda line: _AFTER.sub(r"\1 ", line), lambda w: bool(_TIGHT.search(w)), ("archive_line",)),
    Rule("repeated_word", lambda line: _TWICE.sub(r"\1", line), lambda w: bool(_TWICE.search(w))),
    Rule("doubled_stop", lambda line: _STOPS.sub(r"\1", line), lambda w: bool(_STOPS.search(w)),
         ("bases", "recipients", "archive_line")),
    Rule("day_zero", padded, unpadded),
    Rule("cited_zero", lambda line: _NUMBER.sub(r"\g<1>0\2", line), lambda w: bool(_NUMBER.search(w))),
    Rule("mixed_quotes", lambda line: _STRAIGHT.sub(r"“\1”", line), lambda w: bool(_STRAIGHT.search(w))),
    Rule("scan_slip", mended, _any_slip),
)  # fmt: skip


def typing(text: Text) -> Iterator[Finding]:
    """One finding a rule and place, with the first spot where it shows."""
    for rule in RULES:
        if not rule.likely(text.whole) or (rule.code == "mixed_quotes" and "“" not in text.whole):
            continue
        for spot in text.spots:
            if spot.root in rule.but:
                continue
            wrong = next((line for line in spot.texts if rule.likely(line) and rule.mend(line) != line), None)
            if wrong is not None:
                before, after = around(wrong, rule.mend(wrong))
                yield text.found(rule.code, spot, fix=Fix(before, after), before=before, after=after)


def tones(text: Text) -> Iterator[Finding]:
    """ "hoà" beside "hòa": both are read, one text keeps to one; which of the two is the agency's to say."""
    old, new = _OLD.search(text.whole), _NEW.search(text.whole)
    if not (old and new):
        return
    for spot in text.spots:
        for line in spot.texts:
            if found := _OLD.search(line):
                yield text.found("tone_style", spot, old=_word(line, found), new=_word(text.whole, new))
                return


def around(before: str, after: str) -> tuple[str, str]:
    """The words that differ with a few on each side, from both lines."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    left = max(0, start - AROUND)
    left = before.rfind(" ", 0, left + 1) + 1 if left else 0
    tail = max(0, end - AROUND)
    cut = before.find(" ", len(before) - tail) if tail else -1
    tail = len(before) - cut if cut >= 0 else 0
    return before[left : len(before) - tail].strip(), after[left : len(after) - tail].strip()


def _word(line: str, found: re.Match[str]) -> str:
    start = max(line.rfind(" ", 0, found.start()), line.rfind("\n", 0, found.start())) + 1
    return re.split(r"[\s.,;:]", line[start : found.end() + 1])[0]


CHECKS = (typing, tones)
