"""
The lines of a DOCX as the text people see and `cleaning` reads: Markdown's signs for headings, bold and tables.

Signs of the text itself are escaped. "¶" says what Word knows and a line cannot: at its end, that a paragraph ends
here and heads nothing; before it, that it begins with words and no mark.
"""

from collections.abc import Iterator

from workflow.reading.cleaning import ENDS, WHOLE, Row, escaped, escaped_cell, rows
from workflow.reading.closings import closes
from workflow.reading.docx_blocks import Line
from workflow.reading.marks import Mark, read_mark
from workflow.reading.paragraphs import Wrapping, continues, is_page_sign
from workflow.reading.words import is_upper, low, squeeze, starts_lower

_SILENT = frozenset(("TKKe", "TKDauTrang", "TKKyDuyet"))
_BODY = frozenset(("TKNoiDung", "TKCanCu", "TKKet", "TKTenPhuLuc"))
_CLOSING = "TKKet"
_FOOT = frozenset(("TKNoiNhan", "TKChucVu", "TKHoTen"))
_RECIPIENT = "TKNhan"
_LOOKED_AT = 8
_TASK_LINE = "TKDong"
_SUBJECT = "TKTrichYeu"
_ANNEX = "TKPhuLuc"
_PARAGRAPHS = _BODY | {_TASK_LINE, _SUBJECT, _ANNEX, "TKKinhGui"}
_BULLETS = ("dash", "plus")
_AHEAD = 200


def text_of(lines: list[Line]) -> str:
    """The whole text; lines of our own files that are rules and marks, not words, are left out."""
    shown = _gathered([line for line in lines if line.role not in _SILENT])
    over = _over(shown)
    if over is None:
        return "\n".join(_written(shown))
    return "\n".join((*_written(shown[:over]), WHOLE, *_written(shown[over:])))


def _gathered(lines: list[Line]) -> list[Line]:
    """Recipients that go on below the signature, for want of room, stand again with the others."""
    places = [place for place, line in enumerate(lines) if line.role == _RECIPIENT]
    if not places or places[-1] - places[0] + 1 == len(places):
        return lines
    named = [lines[place] for place in places]
    others = [line for line in lines[places[0] :] if line.role != _RECIPIENT]
    return [*lines[: places[0]], *named, *others]


def _over(lines: list[Line]) -> int | None:
    """Where the parts of one of our own texts end, if the words alone would not say so."""
    foot = next((place for place, line in enumerate(lines) if line.role in _FOOT), None)
    if foot is None:
        return None
    first = next((place for place, line in enumerate(lines[:foot]) if line.role == _CLOSING), foot)
    parted = any(line.mark or line.heading for line in lines[:first])
    trailing = [
        line.text
        for line in lines[max(0, first - _LOOKED_AT) : first]
        if line.role in _BODY and not line.mark
    ]
    closing = [line.text for line in lines[first:foot]]
    if closing and parted and len(closing) <= 4 and low(closing[0]).startswith("trên đây"):
        return first if any(low(text).startswith("trên đây") for text in trailing) else None
    return first if closing or any(map(closes, trailing)) else None


def _written(lines: list[Line]) -> Iterator[str]:
    in_table = False
    for place, line in enumerate(lines):
        if line.cells is not None:
            if not in_table and place:
                yield ""
            in_table = True
            yield f"| {' | '.join(map(escaped_cell, line.cells))} |"
            continue
        if in_table or line.gap:
            yield ""
        in_table = False
        yield _line(lines, place)


def _line(lines: list[Line], place: int) -> str:
    line = lines[place]
    text = escaped(line.text)
    if not line.role:
        if line.heading:
            return f"{'#' * min(line.heading, 6)} {text}"
        return f"**{text}**" if line.bold and 3 <= len(line.text) <= 160 and "\t" not in text else text
    heading = 1 if line.role == _ANNEX else min(line.heading, 6)
    before = "#" * heading + " " if heading else ""
    if line.role in _BODY and line.plain:
        before = f"{WHOLE} "
    return f"{before}{text}{ENDS if _must_end(lines, place) else ''}"


def seems_marked(text: str) -> bool:
    """Whether a line would be read as a mark and words, or its first sign as another."""
    return read_mark(text) is not None or [row.text for row in rows(escaped(text))] != [squeeze(text)]


def _must_end(lines: list[Line], place: int) -> bool:
    """Whether a line of our own files would be read as more, or as other, than the paragraph it is."""
    line, following = lines[place], lines[place + 1] if place + 1 < len(lines) else None
    text = line.text
    if line.role not in _PARAGRAPHS and not line.heading:
        return False
    if following is not None and following.cells is None and not _is_plain(following):
        row = Row(following.text, heading=following.heading)
        if continues(text, Row(text), row, Wrapping()):
            return True
        if line.role == _SUBJECT:
            capitals = is_upper(text, letters=4) and is_upper(following.text, letters=4)
            return capitals or starts_lower(following.text)
    if line.role not in _BODY or line.heading:
        return False
    if is_page_sign(text) or is_upper(text, letters=4):
        return True
    mark = read_mark(text) if line.mark else None
    if mark is None:
        return False
    if _has_task(lines, place) or is_upper(mark.rest, letters=4):
        return True
    if mark.style in _BULLETS:
        return False
    if mark.rest.rstrip().endswith((".", ";", "./")):
        return len(mark.rest) < 300 and mark.rest.count(".") == 1 and _numbered_below(lines, place, mark)
    return True


def _is_plain(line: Line) -> bool:
    return line.role in _BODY and line.plain and not line.heading


def _has_task(lines: list[Line], place: int) -> bool:
    """Whether lines of a task stand below a part, at once or after more of its paragraphs."""
    for line in lines[place + 1 : place + _AHEAD]:
        if line.role == _TASK_LINE:
            return True
        if line.mark or line.heading or line.role not in _BODY:
            return False
    return False


def _numbered_below(lines: list[Line], place: int, mark: Mark) -> bool:
    """Whether the next number after this one is of another kind, so that it may stand below it."""
    for line in lines[place + 1 : place + _AHEAD]:
        found = read_mark(line.text) if line.mark else None
        if found is not None and found.style not in _BULLETS:
            return found.style != mark.style
    return False
