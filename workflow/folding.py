"""The form in which words are compared: no case, no diacritics; it is for finding, never for printing."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d, each run of white space one space: "Hòa  An" and "HOÀ AN" agree."""
    parts = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(bare.lower().split())
