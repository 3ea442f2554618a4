"""
How wide bold words of Times New Roman are, for the rules under them: Word has no rule "as long as the text".

A letter with marks is as wide as without; what is not in the list counts as an average letter.
"""

import unicodedata

# Thousandths of the type size, of the bold face.
_WIDTHS = {
    **dict.fromkeys("BELTZ", 667), **dict.fromkeys("ACDNRUVXY", 722), **dict.fromkeys("GHKOQ", 778),
    **dict.fromkeys("FP", 611), "I": 389, "J": 500, "M": 944, "S": 556, "W": 1000,
    **dict.fromkeys("agovxy0123456789", 500), **dict.fromkeys("bdhknpqu", 556), **dict.fromkeys("cerz", 444),
    "f": 333, **dict.fromkeys("ilj", 278), "m": 833, "s": 389, "t": 333, "w": 722,
    **dict.fromkeys(" .,", 250), **dict.fromkeys("-():;", 333), "/": 278, "–": 500, "đ": 556, "Đ": 722,
}  # fmt: skip


def bold_width(text: str, size: float) -> int:
    """Twips of one line of bold text, `size` in points."""
    return round(sum(_WIDTHS.get(_base(char), 520) for char in text) * size * 20 / 1000)


def rule_length(text: str, size: float, room: int, share: float) -> int:
    """The rule under a text that may need several lines of `room` twips: a share of its longest line."""
    whole = bold_width(text, size)
    lines = -(-whole // room)
    return round(min(room, whole / max(1, lines)) * share)


def balanced(text: str, size: float, room: int) -> int:
    """The narrowest width, in twips, that needs no more lines than `room`: no word is left alone on the last one."""
    words = [bold_width(word, size) for word in text.split()]
    blank = bold_width(" ", size)
    wanted = _lines(words, blank, room)
    if wanted <= 1:
        return room
    low, high = room // 2, room
    while high - low > 20:
        middle = (low + high) // 2
        low, high = (middle, high) if _lines(words, blank, middle) > wanted else (low, middle)
    return min(room, high + 2 * blank)  # fonts of other makers are a little wider


def _lines(words: list[int], blank: int, room: int) -> int:
    count, filled = 1, 0
    for word in words:
        if filled and filled + blank + word > room:
            count, filled = count + 1, word
        else:
            filled += word + (blank if filled else 0)
    return count


def _base(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0]
