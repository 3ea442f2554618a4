"""How the parts of a text are numbered: I, II · 1, 2 · 1.1, 1.2 · a, b, c, d, đ · -; and the next in order."""

import re
from collections.abc import Sequence

from workflow.numerals import ALPHABET, roman

ALPHABETS = (ALPHABET, "abcdefghijklmnopqrstuvwxyz")
"""The Vietnamese order first: after d comes đ."""


def style_of(labels: Sequence[str]) -> str | None:
    """
    The style in which these labels run on in order, None where they do not: "I", "1", "4." (4.1, 4.2 …), one of
    the alphabets, "-", "+", or "" for parts without a mark.
    """
    if not labels:
        return None
    styles = ["I", "1", *ALPHABETS, "-", "+", ""]
    if prefix := re.fullmatch(r"(.+\.)\d+", labels[0]):
        styles.append(prefix[1])
    return next(
        (
            style
            for style in styles
            if all(label == relabelled(style, place) for place, label in enumerate(labels))
        ),
        None,
    )


def relabelled(style: str, place: int) -> str:
    """The label of the part at `place`, counted from 0."""
    if style in ("-", "+", ""):
        return style
    if style == "I":
        return roman(place + 1)
    if style in ALPHABETS:
        return style[place] if place < len(style) else ""
    return f"{'' if style == '1' else style}{place + 1}"


def style_below(label: str | None) -> str:
    """How parts below one with this label are usually numbered; None for those that stand below nothing."""
    if label is None or (re.fullmatch(r"[A-ZĐ]", label) and label not in "IVX"):
        return "I"
    if re.fullmatch(r"[IVX]+", label):
        return "1"
    return ALPHABETS[0] if re.fullmatch(r"\d+(\.\d+)*", label) else "-"
