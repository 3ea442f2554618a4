"""The form in which words are compared: no case, no diacritics; it is for finding, never for printing."""

import unicodedata
from functools import lru_cache

SHORT = 120
"""Characters; names and titles, which come again and again."""


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d, each run of white space one space: "Hòa  An" and "HOÀ AN" agree."""
    return _of_short(text) if len(text) <= SHORT else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    parts = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(bare.lower().split())


_of_short = lru_cache(maxsize=4096)(_folded)
