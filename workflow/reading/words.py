"""
How Vietnamese words are compared while reading: one lower form that keeps every position of the text.

Nothing here is shown to anyone; values are always cut from the text itself.
"""

import unicodedata

from workflow.patterns import expression

# The capitals of Vietnamese, for character classes: a range would take small letters too.
UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"

_OLD_TONES = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
_NEW_TONES = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
_TONES = dict(zip(_OLD_TONES, _NEW_TONES, strict=True))
# Only at the end of a syllable ("hoà", "uỷ", not "hoàn"), and never after q, where u belongs to the consonant ("quý").
# The letters come first and what must not stand before them last: so the search runs from letter to letter.
_TONE = expression(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)(?<!q..)")
_YEARLY = expression(r"\bhằng(?= (?:năm|quý|tháng|tuần|ngày))")
_ABBREVIATION = expression(r"(?:^|[\s(])(?:TP|TX|TT|KT|TM|TL|TUQ|Q|P|Tr|St|Mr|\d{1,2}|[IVX]{1,4}|[A-Za-zđ])$")
_STOP = expression(r"[.!?…](?:/\.)?[\"”’)]*\s+(?=[\"“‘(]?\w)")


def low(text: str) -> str:
    """Lower case with one way of writing: "Uỷ" as "ủy", "hằng năm" as "hàng năm"; as long as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    lowered = lowered.replace("qúy", "quý")
    lowered = _TONE.sub(lambda match: _TONES[match[0]], lowered)
    return _YEARLY.sub("hàng", lowered) if "hằng" in lowered else lowered


def bare(text: str) -> str:
    """`low` without any mark, đ as d: for what a scan may have damaged. As long as `text` when that is NFC."""
    return text.lower().translate(_BARE)


class _Unmarked(dict[int, str]):
    """By the code of a letter, the letter alone; every letter of Vietnamese is known beforehand."""

    def __missing__(self, code: int) -> str:
        return "d" if code == ord("đ") else unicodedata.normalize("NFD", chr(code))[0]


_BARE = _Unmarked()
_BARE.update({code: _BARE[code] for code in (*range(0x250), *range(0x1EA0, 0x1F00))})


def squeeze(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    return " ".join(text.split())


def bare_end(text: str) -> str:
    """Without the punctuation that only ends an item, or a dash that began the next."""
    text = squeeze(text)
    before = None
    while text != before:
        before = text
        text = text.strip(" \t;,.:…").removesuffix("./").removesuffix(" -").removesuffix(" –")
    return text


def is_upper(text: str, *, letters: int = 2) -> bool:
    """All capitals, with at least so many letters."""
    count = 0
    for char in text:
        if char.isalpha():
            if char.islower():
                return False
            count += 1
    return count >= letters


def starts_lower(text: str) -> bool:
    for char in text:
        if char.isalnum():
            return char.islower()
    return False


def starts_upper(text: str) -> bool:
    for char in text:
        if char.isalnum():
            return char.isupper()
    return False


def sentences(text: str) -> list[tuple[int, str]]:
    """(position, sentence) in order; an abbreviation or a number before the stop does not end one."""
    found: list[tuple[int, str]] = []
    start = 0
    for match in _STOP.finditer(text):
        following = text[match.end()]
        if text[match.start()] == "." and (
            _ABBREVIATION.search(text[max(start, match.start() - 8) : match.start()]) or following.islower()
        ):
            continue
        found.append((start, text[start : match.end()].strip()))
        start = match.end()
    if text[start:].strip():
        found.append((start, text[start:].strip()))
    return found
