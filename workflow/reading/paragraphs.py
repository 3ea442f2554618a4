"""
Printed lines to paragraphs: wrapped lines are joined, the furniture of pages is dropped.

A line is joined only where the text asks for it; two paragraphs are never joined to make one fact.
"""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace

from workflow.patterns import expression
from workflow.reading.cleaning import GAP, Row
from workflow.reading.labels import begins_label
from workflow.reading.marks import read_mark
from workflow.reading.words import UPPER, bare, is_upper, low, squeeze, starts_lower

_PAGE = expression(r"[-–—\s]*(?:(?:trang|page)\s*:?\s*)?\d{1,3}(?:\s*(?:/|trên|of)\s*\d{1,3})?[-–—\s]*", re.I)
_PAGED = expression(r".{0,120}\b(?:trang|page)\s*:?\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*", re.I)
_SEAL = expression(
    r"(?:người ký|ký bởi|được ký bởi|email|e-mail|cơ quan|ngày ký|thời gian ký|signed by|signature valid)\s*:.*",
    re.I,
)
_TERMINAL = expression(r"[.;:!?…][\"”’)\s]*$")
_DANGLING = expression(
    r"(?:[,(–-]|\b(?:của|và|về|các|những|ngày|tháng|năm|số|theo|tại|do|cho|với|từ|đến|trong|trên|bởi|hoặc|ở|để|được"
    r"|là|thuộc|điều|khoản|quý|giữa|như|có|không|đã|sẽ|bằng|qua|việc|sự|cùng|trước|sau|khi|nghị định số|luật))$"
)
# Half a name: "của Ban ⏎ Chấp hành Trung ương".
_HALF_NAME = expression(
    r"\s(?:Ban|Bộ|Ủy|Uỷ|Hội|Phòng|Trung|Văn|Thủ|Chính|Nghị|Quyết|Kế|Chỉ|Thông|Chủ|Giám|Chi|Tỉnh|Trường|Thanh)$"
)
_LABEL_LINE = expression(r"[^:]{2,60}:\s*\S")
_NEW = expression(
    r"(?:nơi nhận|kính gửi|căn cứ |trên đây là|ghi chú\s*:|phụ lục(?: [ivx\d]{1,4})?\s*$|\(kèm theo)"
)
# A signer's lines are never joined to anything, whatever their letters.
_SIGNATURE = expression(rf"(?:(?:TM|KT|TL|TUQ|Q)\s?\.\s*|(?:T/M|K/T|T/L)[.\s]\s*)[{UPPER}]")


@dataclass(frozen=True)
class Wrapping:
    """How a text is wrapped: the usual length of a full line (0: it is not), and blanks between wrapped lines."""

    width: int = 0
    spaced: bool = False


def is_page_sign(text: str) -> bool:
    """Whether a line looks like a page number, a running foot or the box of a digital seal."""
    return bool(_PAGE.fullmatch(text) or _PAGED.fullmatch(text) or _SEAL.fullmatch(text))


def without_pages(rows: list[Row]) -> list[Row]:
    """Page numbers, running heads and the box of a digital seal out; the lines around them meet."""
    seals = [place for place, row in enumerate(rows) if not row.whole and _SEAL.fullmatch(row.flat)]
    sealed = set(seals) if len(seals) >= 3 else set()
    shapes = Counter(_shape(row) for row in rows if _may_run(row))
    kept: list[Row] = []
    blanks = 0
    torn = False
    for place, row in enumerate(rows):
        if place in sealed or _is_furniture(rows, place, shapes):
            blanks += row.blanks
            torn = True
            continue
        kept.append(replace(row, blanks=max(row.blanks, blanks), page=row.page or torn))
        blanks, torn = 0, False
    return kept


def _shape(row: Row) -> str:
    return re.sub(r"\d+", "#", bare(row.flat))


def _may_run(row: Row) -> bool:
    text = row.flat
    return (
        4 <= len(text) <= 120
        and not text.startswith(("|", "-", "+"))
        and not _TERMINAL.search(text)
        and ":" not in text
        and read_mark(text) is None
    )


def _is_furniture(rows: list[Row], place: int, shapes: Counter[str]) -> bool:
    if rows[place].whole or rows[place].plain:
        return False
    text = rows[place].flat
    if rows[place].heading and _NEW.match(low(text)):
        return False
    before = rows[place - 1].flat if place else ""
    if _PAGE.fullmatch(text):
        return not before.endswith("|")
    if _PAGED.fullmatch(text) and len(text) < 120 and place:
        return True
    if not _may_run(rows[place]):
        return False
    after = rows[place + 1] if place + 1 < len(rows) else None
    if after is None or (place and rows[place - 1].whole):
        return False
    numbered_after = not after.whole and bool(_PAGE.fullmatch(after.flat))
    beside_number = bool(place and _PAGE.fullmatch(before)) or numbered_after
    tears = bool(before) and not _TERMINAL.search(before) and len(before) > 30
    follower = after
    if numbered_after and place + 2 < len(rows):
        follower = rows[place + 2]
    if place and _PAGE.fullmatch(before) and place > 1:
        before = rows[place - 2].flat
        tears = not _TERMINAL.search(before) and len(before) > 30
    torn = tears and starts_lower(follower.flat) and not starts_lower(text)
    apart = rows[place].blanks > 0 or rows[place].page or beside_number
    repeated = shapes[_shape(rows[place])] > 1
    return torn and ((repeated and apart) or (beside_number and len(text) < 90))


def wrapping(rows: list[Row]) -> Wrapping:
    """Read from the lines that are surely torn: no stop at the end, a small letter on the next."""
    lengths: list[int] = []
    blanks = 0
    for before, after in itertools.pairwise(rows):
        if _surely_torn(before, after):
            lengths.append(len(before.flat))
            blanks += after.blanks > 0
    if len(lengths) < 4 or len(lengths) * 10 < len(rows):
        return Wrapping()
    lengths.sort()
    width = lengths[len(lengths) // 2]
    return Wrapping(width if 25 <= width <= 180 else 0, blanks * 2 > len(lengths))


def _surely_torn(before: Row, after: Row) -> bool:
    return (
        not (before.whole or after.plain)
        and not _TERMINAL.search(before.flat)
        and (
            starts_lower(after.flat)
            or (after.flat[:1].isdigit() and bool(_DANGLING.search(low(before.flat))))
        )
        and not after.flat.startswith("|")
        and read_mark(after.flat) is None
        and not is_upper(before.flat)
    )


def continues(before: str, last: Row, row: Row, wrap: Wrapping) -> bool:
    """Whether `row` goes on with the paragraph `before`, whose last printed line is `last`."""
    text, ended = row.flat, bool(_TERMINAL.search(last.flat))
    if (
        not before
        or text.startswith("|")
        or last.flat.startswith("|")
        or row.heading
        or row.plain
        or last.whole
        or _SIGNATURE.match(text)
    ):
        return False
    full = wrap.width > 0 and len(last.flat) >= 0.8 * wrap.width
    mark = read_mark(text)
    if mark is not None:
        return not ended and mark.style == "dash" and _inside(mark.rest, last, row, wrap, full=full)
    lowered = low(text)
    if not starts_lower(text) and begins_label(text):
        return False
    if _NEW.match(lowered) and not starts_lower(text):
        return False
    if is_upper(last.flat) != is_upper(text) and (
        is_upper(last.flat, letters=4) or is_upper(text, letters=4)
    ):
        return starts_lower(text) and not is_upper(before, letters=4)
    if is_upper(last.flat, letters=4) and is_upper(text, letters=4):
        return not ended and not row.blanks
    if starts_lower(text):
        alike = bool(row.blanks) == wrap.spaced
        return not ended or (last.flat.endswith((";", ":")) and full and alike)
    if ended:
        # A stop at the very end of a full line: the paragraph goes on, unless the text parts paragraphs otherwise.
        alike = bool(row.blanks) == wrap.spaced and not low(before[:8]).startswith(("căn cứ", "theo đề"))
        return alike and full and len(last.flat) >= 0.95 * wrap.width
    if (_DANGLING.search(low(last.flat)) or _HALF_NAME.search(last.flat)) and len(last.flat) > 20:
        return True
    if not wrap.width:
        return False
    if row.blanks and not wrap.spaced and not row.page:
        return False
    return full or (len(last.flat) >= 0.6 * wrap.width and _is_open(before))


# What follows the dash of a pair: "kinh tế - xã hội", "quốc phòng - an ninh".
_HALF_PAIR = expression(
    r"(?:an ninh|xã hội(?! h[oó][aá])|chính trị|kỹ thuật|công nghệ|nghề nghiệp|môi trường|du lịch|thể thao)(?!\w)"
)


def _inside(rest: str, last: Row, row: Row, wrap: Wrapping, *, full: bool) -> bool:
    """
    "quốc phòng ⏎ - an ninh", "2021 ⏎ - 2025": a dash inside a wrapped sentence. An item in small letters ("- phối hợp
    …") looks the same, but does not stand at the end of a full line.
    """
    if len(last.flat) < 40 or _LABEL_LINE.match(row.flat):
        return False
    if wrap.width and bool(row.blanks) != wrap.spaced and not row.page:
        return False
    if rest[:1].isdigit():
        return last.flat[-1].isdigit()
    return starts_lower(rest) and (full or bool(_HALF_PAIR.match(low(rest))))


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("“") > text.count("”")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as one line; `heading` is the number of # it was printed with."""

    text: str
    heading: int = 0
    alone: bool = False
    row: int = 0
    whole: bool = False
    plain: bool = False


def join(rows: list[Row], wrap: Wrapping) -> list[Paragraph]:
    """Paragraphs of the body. A row of a table is a paragraph of its own, its bars or gaps kept."""
    found: list[Paragraph] = []
    parts: list[str] = []
    first, tail = 0, ""
    for place, row in enumerate(rows):
        if parts and continues(tail, rows[place - 1], row, wrap):
            parts.append(row.flat)
            tail = f"{tail[-400:]} {row.flat}"
            continue
        if parts:
            found.append(_paragraph(rows[first], parts, first, whole=rows[place - 1].whole))
        parts, first, tail = [row.text], place, row.flat
    if parts:
        found.append(_paragraph(rows[first], parts, first, whole=rows[-1].whole))
    return found


def _paragraph(row: Row, parts: list[str], place: int, *, whole: bool) -> Paragraph:
    how = {"whole": whole, "plain": row.plain}
    if len(parts) == 1 and (GAP in parts[0] or parts[0].startswith("|")):
        return Paragraph(parts[0], row.heading, row.alone, place, **how)
    return Paragraph(squeeze(" ".join(parts)), row.heading, row.alone and len(parts) == 1, place, **how)
