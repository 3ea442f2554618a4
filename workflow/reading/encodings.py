"""
Which encoding a text was written in, told by whether its words come out as Vietnamese syllables; and the text meant.

It guesses only where one reading is clearly right; a text that two readings fit is left as it is, or refused.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from workflow.errors import Unreadable
from workflow.patterns import expression
from workflow.reading.legacy import TCVN3, VNI, from_tcvn3, from_vni
from workflow.reading.syllables import is_syllable

NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1258": "Windows-1258",
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI-Windows",
}

_C1 = {code: chr(code) for code in range(0x80, 0xA0)} | {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
# A letter alone is a syllable too often to prove anything.
_TOKEN = expression("[A-Za-z\u00a1-\u00ff]{2,}")
_UNICODE_WORD = expression(r"[^\W\d_][\w\u0300-\u036f]+")
_CONTROL = expression(rb"[\x00-\x08\x0e-\x1f\x7f]")
# Letters only Unicode can have given: where they stand, a line is what it looks like.
_UNICODE = expression(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_LATIN = expression("[\u00a1-\u00ff]")
_VNI_LEFT = expression("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_ENOUGH = 4  # distinct words: fewer prove nothing
_SURE, _DOUBT = 0.8, 0.5
_MOST_WORDS = 4_000


@dataclass(frozen=True)
class Decoded:
    """A text in Unicode, what it was written in, and whether only some of its lines were."""

    text: str
    encoding: str
    partly: bool = False


def decoded(data: bytes) -> Decoded:
    """
    The text of a file's bytes. Unreadable: binary; encoding, where no reading gives Vietnamese or two do.

    UTF-8 (with or without its mark) and UTF-16 are exact; a UTF-8 text whose letters were typed in an old font is
    put right as well (`mended`).
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return mended(_exact(data, "utf-16"), "utf-16")
    if order := _without_mark(data):
        return mended(_exact(data, order), "utf-16")
    if b"\x00" in data:
        raise Unreadable("binary")
    try:
        return mended(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as error:
        return _of_one_byte(data, error.start)


def _exact(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", at=error.start) from error


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of nearly every ASCII letter is zero."""
    head = data[:4000]
    if len(head) < 40 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd == 0 else None


def _of_one_byte(data: bytes, at: int) -> Decoded:
    if len(_CONTROL.findall(data)) * 20 > len(data):
        raise Unreadable("binary")
    printed = data.decode("latin-1").translate(_C1)
    words = _words(printed)
    meant: list[tuple[float, str, str]] = [
        (_share(words, convert), name, "") for name, convert in _CONVERTERS.items()
    ]
    try:
        unicode = data.decode("cp1258")
    except UnicodeDecodeError:
        pass
    else:
        found = {word for word in _UNICODE_WORD.findall(unicode) if not word.isascii()}
        some = sorted(found)[:_MOST_WORDS]
        share = sum(map(is_syllable, some)) / len(some) if len(some) >= _ENOUGH else 0.0
        meant.append((share, "cp1258", unicode))
    meant.sort(reverse=True)
    best, second = meant[0], meant[1]
    if len(words) < _ENOUGH or best[0] < _SURE or second[0] > best[0] - 0.25:
        raise Unreadable("encoding", at=at)
    return Decoded(best[2] or _CONVERT[best[1]](printed), best[1])


def mended(text: str, encoding: str) -> Decoded:
    """
    The text with the lines that were typed in TCVN3 or VNI put right; `encoding` is kept where there are none.

    A line is judged by itself, so that a text may hold both; what is Vietnamese, English or anything else as it
    stands is never touched.
    """
    if not _LATIN.search(text):
        return Decoded(text, encoding)
    lines = text.split("\n")
    suspects = {
        place: found
        for place, line in enumerate(lines)
        if _LATIN.search(line) and not _UNICODE.search(line) and (found := _words(line))
    }
    told: Counter[str] = Counter()
    distinct: dict[str, set[str]] = {name: set() for name in _CONVERTERS}
    for found in suspects.values():
        if len(found) >= 2 and _share(found, _as_it_is) <= _DOUBT:
            for name, convert in _CONVERTERS.items():
                if _share(found, convert) >= _SURE:
                    told[name] += len(found)
                    distinct[name] |= found
    ranked = told.most_common(2)
    if not ranked or len(distinct[ranked[0][0]]) < _ENOUGH:
        return Decoded(text, encoding)
    name = ranked[0][0]
    every = set().union(*suspects.values())
    if len(ranked) > 1 and _share(every, _CONVERTERS[ranked[1][0]]) > _share(every, _CONVERTERS[name]) - 0.25:
        return Decoded(text, encoding)
    whole = not _UNICODE.search(text)
    if whole and _share(every, _CONVERTERS[name]) < _SURE - 0.2:
        return Decoded(text, encoding)
    convert = _CONVERTERS[name]
    for place, found in suspects.items():
        gain = _share(found, convert) - _share(found, _as_it_is)
        if gain > 0 or (gain == 0 and whole and _share(found, convert) > 0):
            lines[place] = _CONVERT[name](lines[place])
    return Decoded("\n".join(lines), name, partly=not whole)


def reads_better(before: str, after: str) -> bool:
    """Whether letters put right are Vietnamese at least as much as they were; for a text that a font points to."""
    words = {word for word in re.findall(r"[^\W\d_]+", after) if not word.isascii()}
    share = sum(map(is_syllable, words)) / len(words) if words else 1.0
    return share >= max(_DOUBT, _share(_words(before), _as_it_is))


def _words(text: str) -> set[str]:
    """The words that have a letter beyond ASCII: only they can tell one encoding from another."""
    found = {word for word in _TOKEN.findall(text) if not word.isascii()}
    return set(sorted(found)[:_MOST_WORDS]) if len(found) > _MOST_WORDS else found


def _share(words: set[str], meant: Callable[[str], str | None]) -> float:
    if not words:
        return 0.0
    return sum(1 for word in words if (as_meant := meant(word)) and is_syllable(as_meant)) / len(words)


def _as_it_is(word: str) -> str | None:
    return "".join(char for char in word if char.isalpha()) or None


def _tcvn3_word(word: str) -> str | None:
    return from_tcvn3(word) if all(char.isascii() or char in TCVN3 for char in word) else None


def _vni_word(word: str) -> str | None:
    return from_vni(word) if _VNI_LEFT.sub("", word).isascii() else None


_CONVERTERS: dict[str, Callable[[str], str | None]] = {"tcvn3": _tcvn3_word, "vni": _vni_word}
_CONVERT: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}
