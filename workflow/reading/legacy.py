"""
The encodings Vietnamese offices wrote in before Unicode, as tables: TCVN3 (ABC) and VNI for Windows.

Both put Vietnamese letters where Latin-1 has others, so text in them looks like "Céng hßa" or "Coäng hoøa". The
positions are those of TCVN 5712:1993 (VN3) and of the VNI fonts.
"""

import re

from workflow.patterns import expression

_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TCVN3 = {chr(start + place): letter for start, row in _TCVN3.items() for place, letter in enumerate(row)}
"""Each Latin-1 letter of a TCVN3 text and the letter it was meant as."""

# On these letters VNI sets its marks: the mark follows the letter, in the letter's own case.
_VNI_MARKS = {
    "a": {"ù": "á", "ø": "à", "û": "ả", "õ": "ã", "ï": "ạ", "ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ",
          "ë": "ặ", "â": "â", "á": "ấ", "à": "ầ", "å": "ẩ", "ã": "ẫ", "ä": "ậ"},
    "e": {"ù": "é", "ø": "è", "û": "ẻ", "õ": "ẽ", "ï": "ẹ", "â": "ê", "á": "ế", "à": "ề", "å": "ể", "ã": "ễ",
          "ä": "ệ"},
    "o": {"ù": "ó", "ø": "ò", "û": "ỏ", "õ": "õ", "ï": "ọ", "â": "ô", "á": "ố", "à": "ồ", "å": "ổ", "ã": "ỗ",
          "ä": "ộ"},
    "u": {"ù": "ú", "ø": "ù", "û": "ủ", "õ": "ũ", "ï": "ụ"},
    "y": {"ù": "ý", "ø": "ỳ", "û": "ỷ", "õ": "ỹ"},
    "ô": {"ù": "ớ", "ø": "ờ", "û": "ở", "õ": "ỡ", "ï": "ợ"},
    "ö": {"ù": "ứ", "ø": "ừ", "û": "ử", "õ": "ữ", "ï": "ự"},
}  # fmt: skip
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni_pairs() -> dict[str, str]:
    pairs = {}
    for base, marks in _VNI_MARKS.items():
        for mark, letter in marks.items():
            pairs[base + mark] = letter
            pairs[base.upper() + mark.upper()] = pairs[base.upper() + mark] = letter.upper()
    for sign, letter in _VNI_ALONE.items():
        pairs[sign], pairs[sign.upper()] = letter, letter.upper()
    return pairs


VNI = _vni_pairs()
"""One or two Latin-1 letters of a VNI text and the letter they were meant as."""

_VNI_SIGN = expression("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_TABLE = str.maketrans(TCVN3)
_WORD = expression(r"[^\W\d_]+")
# What a TCVN3 font shows as a capital only in its capital cut (.VnTimeH) has one code for both cases.
_CASELESS = frozenset(TCVN3.values()) - frozenset("ĂÂÊÔƠƯĐăâêôơưđ")


def from_vni(text: str) -> str:
    return _VNI_SIGN.sub(lambda found: VNI[found[0]], text)


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """
    The text meant. `capitals` for words set in a capital cut. TCVN3 has no toned capitals of its own: in a word
    whose other letters are capitals, or that stands between such words, they are taken to be meant.
    """
    meant = text.translate(_TCVN3_TABLE)
    if capitals:
        return meant.upper()
    return "\n".join(_recased(line) for line in meant.split("\n"))


def _recased(line: str) -> str:
    words = list(_WORD.finditer(line))
    cases = [_case(word[0]) for word in words]
    if True not in cases:
        return line
    pieces, at = [], 0
    for place, word in enumerate(words):
        pieces.append(line[at : word.start()])
        at = word.end()
        capital = cases[place]
        if capital is None:
            near = [case for case in (*cases[max(0, place - 1) : place], *cases[place + 1 : place + 2])]
            capital = True in near and False not in near
        pieces.append(word[0].upper() if capital else word[0])
    return "".join([*pieces, line[at:]])


def _case(word: str) -> bool | None:
    """Whether a word is all capitals; None where only its first letter, or none, can tell."""
    told = [char for char in word if char not in _CASELESS]
    if any(char.islower() for char in told):
        return False
    if len(told) < 2 and not (told and word[0] in _CASELESS):
        return None
    return True
