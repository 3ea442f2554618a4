"""What a text was returned for, as far as the words of the return say it; words it does not know stay unclassified."""

import re

from workflow.folding import fold
from workflow.lint.points import POINTS
from workflow.patterns import expression

UNCLASSIFIED = "unclassified"
ERASED = "erased"

PHRASES: dict[str, tuple[str, ...]] = {
    "subject": ("trich yeu", "ten loai"),
    "bases": ("can cu", "vien dan", "co so phap ly"),
    "outline": ("bo cuc", "danh so muc", "so thu tu", "trinh tu cac muc", "tach muc", "gop muc"),
    "tasks": ("chu tri", "don vi thuc hien", "phan cong", "don vi phoi hop", "phoi hop thuc hien"),
    "deadlines": ("thoi han", "thoi gian", "tien do", "han bao cao", "han gui", "han hoan thanh", "ngay hoan thanh"),
    "recipients": ("noi nhan",),
    "signature": ("khoi chu ky", "tham quyen ky", "quyen han ky", "chuc vu nguoi ky", "nguoi ky khong"),
    "spelling": ("chinh ta", "loi go", "go nham", "viet sai", "viet hoa", "dau cau"),
    "layout": ("the thuc", "ky thuat trinh bay", "can le", "phong chu", "co chu"),
    "figures": ("so lieu", "ket qua", "minh chung", "so bai", "ty le"),
    "money": ("kinh phi", "du toan", "nguon von"),
    "annexes": ("phu luc", "dinh kem", "kem theo"),
}  # fmt: skip
"""Folded phrases of the readers, by group; those that share a name with a point of the lint mean the same."""

GROUPS = (*PHRASES, UNCLASSIFIED, ERASED)

_PATTERNS = {
    group: expression(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")
    for group, phrases in PHRASES.items()
}
_POINT_OF = {code: point for point, codes in POINTS.items() if point in PHRASES for code in codes}
_CODE = expression(r"\b[a-z]+(?:_[a-z]+)+\b")


def groups_of(words: str | None) -> tuple[str, ...]:
    """
    Every group the words of one return speak of, in the order of GROUPS; a code of the lint counts as its point.

    None, for words that were lawfully erased, gives `erased`; words that fit nowhere give `unclassified`. No
    group is guessed from anything but the words.
    """
    if words is None:
        return (ERASED,)
    folded = fold(words)
    named = {_POINT_OF[code] for code in _CODE.findall(folded) if code in _POINT_OF}
    found = tuple(group for group, pattern in _PATTERNS.items() if group in named or pattern.search(folded))
    return found or (UNCLASSIFIED,)
