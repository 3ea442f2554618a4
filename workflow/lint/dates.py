"""Days as they are written in a text: the zeros the decree asks for."""

import re

from workflow.patterns import expression

_LONG = expression(r"\b([Nn]gày\s+)(\d{1,2})(\s+tháng\s+)(\d{1,2})(?!\d)")
_SHORT = expression(r"(?<![\d/.])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_BARE = expression(r"\b([Nn]gày\s+)(\d{1,2})/(\d{1,2})(?![\d/])")
_THIN = expression(r"gày\s+(?:\d(?!\d)|\d\d(?:/|\s+tháng\s+)[12](?!\d))")
_THIN_SHORT = expression(r"/[12]/(?:19|20)|(?<!\d)[1-9]/\d{1,2}/(?:19|20)")


def padded(text: str) -> str:
    """ "ngày 5 tháng 2" → "ngày 05 tháng 02": days under ten, and months 1 and 2 (Phụ lục I, mục II.4)."""
    text = _LONG.sub(lambda m: f"{m[1]}{_two(m[2])}{m[3]}{_month(m[4])}", text)
    text = _SHORT.sub(lambda m: m[0] if _numbered(text, m) else f"{_two(m[1])}/{_month(m[2])}/{m[3]}", text)
    return _BARE.sub(lambda m: f"{m[1]}{_two(m[2])}/{_month(m[3])}", text)


def unpadded(text: str) -> bool:
    """Whether `padded` may have something to do; cheap, for long texts."""
    return bool(_THIN.search(text) or _THIN_SHORT.search(text))


def _two(number: str) -> str:
    return number if int(number) == 0 else number.zfill(2)


def _month(number: str) -> str:
    return f"0{number}" if number in ("1", "2") else number


def _numbered(text: str, match: re.Match[str]) -> bool:
    """ "số 5/2/2024" is some number, no day."""
    return text[max(0, match.start() - 8) : match.start()].rstrip().lower().endswith("số")
