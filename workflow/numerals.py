"""How an outline counts: I, II, III · a, b, c, d, đ, e, g; places and their signs, nothing of the labels around them."""

ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""The Vietnamese order: đ after d, and no f, j, w, z."""
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_VALUES = {sign: value for value, sign in _ROMAN if len(sign) == 1}


def roman(value: int) -> str:
    """In capitals; "" for what is below one."""
    said = ""
    for size, sign in _ROMAN:
        while value >= size:
            said, value = said + sign, value - size
    return said


def romans(count: int) -> tuple[str, ...]:
    """I, II, III … as far as that."""
    return tuple(roman(value) for value in range(1, count + 1))


def roman_value(text: str) -> int:
    """Of capitals, in whatever order they stand; KeyError for a sign that is none of these."""
    total, last = 0, 0
    for sign in reversed(text):
        value = _VALUES[sign]
        total, last = (total - value, last) if value < last else (total + value, value)
    return total


def letter(value: int) -> str:
    """The letter at this place, from 1; the last one for all that would come after it."""
    return ALPHABET[min(value, len(ALPHABET)) - 1]


def letter_value(sign: str) -> int:
    """
    The place of a small letter. One that Vietnamese lacks has none of its own: it gets that of the letter before
    it, so that what follows it is still counted right.
    """
    while sign not in ALPHABET:
        sign = chr(ord(sign) - 1)
    return ALPHABET.index(sign) + 1
