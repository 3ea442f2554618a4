"""The words of a text as they are found: bare of marks, with their marks, and in pairs of neighbours."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workflow.folding import fold

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
LONGEST = 60
"""Letters of a word that count; no Vietnamese word has a fifth of it."""

# The kinds of tokens by their first sign; a bare word is a word anywhere in the document.
PAIR, MARKED, IN_TITLE, NUMERAL, FACET, BLOCK = "_", "^", ".", "#", "@", "="

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


@dataclass(frozen=True)
class Word:
    """A word bare of marks, and as it was spelt: with its marks, the tone as a digit behind ("hoa1" for hòa, hoà)."""

    bare: str
    spelt: str

    @property
    def has_marks(self) -> bool:
        return self.spelt != self.bare


def words_of(text: str) -> list[Word]:
    """The words in their order, one for each that stands there; what is neither letter nor digit parts them."""
    return [word_of(found) for found in WORD.findall(unicodedata.normalize("NFC", text))]


@lru_cache(maxsize=65_536)
def word_of(written: str) -> Word:
    """One word, however it is written; "07" is "7", so that "09/4" and "9/4" are the same day."""
    bare = fold(written)[:LONGEST] or written[:LONGEST]
    if bare.isdigit():
        bare = bare.lstrip("0") or "0"
        return Word(bare, bare)
    apart = unicodedata.normalize("NFD", written.lower())
    tones = "".join(_TONES[sign] for sign in apart if sign in _TONES)
    rest = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _TONES))
    return Word(bare, f"{rest[:LONGEST]}{tones}")


def tokens_of(words: Sequence[Word]) -> Iterator[str]:
    """
    Each word, its spelling if it has marks, each pair of neighbours, and each number with the two words behind it.

    Most words of Vietnamese are two syllables written apart: a pair says what the two alone do not. Of "52/KH-SKHCN"
    it does not: thousands of documents hold "kh skhcn", so a number is one token to its end.
    """
    earlier = before = ""
    for word in words:
        yield word.bare
        if word.has_marks:
            yield f"{MARKED}{word.spelt}"
        if before:
            yield pair(before, word.bare)
        if is_number(earlier):
            yield numbered(earlier, before, word.bare)
        earlier, before = before, word.bare


def pair(first: str, second: str) -> str:
    return f"{PAIR}{first}{PAIR}{second}"


def numbered(number: str, second: str, third: str) -> str:
    return f"{NUMERAL}{number}{PAIR}{second}{PAIR}{third}"


def block(number: int) -> str:
    return f"{BLOCK}{number}"


def is_number(bare: str) -> bool:
    return bare[:1].isdigit()
