"""
The blocks of a DOCX as lines in the order they are read: paragraphs with their numbers, tables row by row.

A table that only lays out the head or the signature is read cell by cell; one with data keeps its columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from workflow.patterns import expression
from workflow.reading.docx_numbering import Numbering
from workflow.reading.docx_parts import W, value
from workflow.reading.docx_styles import numbering_of, outline_of
from workflow.reading.docx_words import Reader
from workflow.reading.labels import column_of
from workflow.reading.signature import is_capacity, is_title
from workflow.reading.tables import columns_of
from workflow.reading.units import is_unit
from workflow.reading.words import bare, squeeze, starts_upper

_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("customXml", "ins", "moveTo", "sdtContent", "smartTag"))
_DROPPED = frozenset((f"{W}del", f"{W}moveFrom"))
_LAYOUT = expression(r"cong hoa xa hoi chu nghia|doc lap - ?tu do|noi nhan|kinh gui|dang cong san viet nam")
_NUMBER_LINE = expression(r"so ?:.{0,40}/")
_LONGEST_HEADING = 300
_DEEPEST = 40  # tables in tables
_MARK_TAB = expression(r"^((?:[-+–•*]|\(?\w{1,5}(?:\.\w{1,3}){0,3}[.):])) *\t+ *")


@dataclass(frozen=True)
class Line:
    """
    One line. `role` is the style of a paragraph in our own files, `mark` the number marked there as one,
    `plain` that its first letters are marked there as none;
    `cells` are the columns of a row of a table; `gap`: an empty paragraph stood before.
    """

    text: str = ""
    heading: int = 0
    bold: bool = False
    role: str = ""
    mark: str = ""
    plain: bool = False
    cells: tuple[str, ...] | None = None
    gap: bool = False
    italic: bool = False


@dataclass
class _Cell:
    lines: list[Line] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False  # the lower part of a cell that began in a row above

    @property
    def words(self) -> str:
        return squeeze(" ".join(line.text for line in self.lines))


class Blocks:
    """Walks the body once, counting lists as it goes."""

    def __init__(self, reader: Reader, numbering: Numbering) -> None:
        self.reader, self.numbering = reader, numbering
        self._held: list[str] = []  # words of a paragraph whose end was deleted: they go on in the next

    def lines(self, body: Any, depth: int = 0) -> Iterator[Line]:
        gap = False
        for block in body:
            tag = block.tag
            if tag == f"{W}p":
                found = self._paragraph(block)
                yield from (replace(line, gap=gap and not place) for place, line in enumerate(found))
                gap = not found
            elif tag == f"{W}tbl" and depth < _DEEPEST:
                yield from self._table(block, depth + 1)
                gap = False
            elif tag == f"{W}sdt":
                if "table of contents" not in value(block.find(f".//{W}docPartGallery")).lower():
                    for inner in block.findall(f"{W}sdtContent"):
                        yield from self.lines(inner, depth)
            elif tag in _WRAPPERS:
                self.reader.notes.tracked |= tag in (f"{W}ins", f"{W}moveTo")
                yield from self.lines(block, depth)
            elif tag == _ALTERNATIVE:
                for inner in list(block)[-1:]:
                    yield from self.lines(inner, depth)
            elif tag in _DROPPED:
                self.reader.notes.tracked = True
            elif tag == f"{W}altChunk":
                self.reader.notes.embedded = True

    def _paragraph(self, paragraph: Any) -> list[Line]:
        place = paragraph.find(f"{W}pPr")
        styles = self.reader.styles
        named = value(place.find(f"{W}pStyle")) if place is not None else ""
        style = styles.of(named or styles.usual)
        words = self.reader.words(paragraph, style)
        if style.is_contents:
            return []
        text = "".join(self._held) + words.text
        self._held.clear()
        if place is not None and place.find(f"{W}rPr/{W}del") is not None:
            self.reader.notes.tracked = True
            self._held.append(text)
            return []
        if not text.strip():
            return []
        label = self._label(place, style.number, style.level)
        heading = outline_of(place)
        heading = (style.heading or 0) if heading is None else heading
        own = styles.own_id(named)
        role = own if styles.ours and (own.startswith("TK") or heading) else ""
        if len(text) > _LONGEST_HEADING and not role:
            heading = 0
        pieces = [_plain(piece) for piece in text.split("\n")]
        pieces = [piece for piece in pieces if piece]
        if heading and len(pieces) > 1:
            pieces = [_one_heading(pieces, words.mark)]
        if label and pieces:
            pieces[0] = f"{label} {pieces[0]}"
        return [
            Line(
                piece,
                heading,
                words.bold,
                role,
                words.mark if not place_ else "",
                words.plain,
                italic=words.italic,
            )
            for place_, piece in enumerate(pieces)
        ]

    def _label(self, place: Any, number: str | None, level: int | None) -> str:
        own, own_level = numbering_of(place)
        number = own if own is not None else number
        level = own_level if own_level is not None else level or 0
        return self.numbering.label(number, level) if number and number != "0" else ""

    def _table(self, table: Any, depth: int) -> Iterator[Line]:
        rows = [row for row in map(lambda one: self._row(one, depth), _rows(table)) if row]
        if _lays_out(rows):
            for row in rows:
                for cell in row:
                    yield from cell.lines
            return
        for cells in _filled(rows):
            yield Line(cells=cells)

    def _row(self, row: Any, depth: int) -> list[_Cell]:
        if row.find(f"{W}trPr/{W}del") is not None:
            self.reader.notes.tracked = True
            return []
        before = value(row.find(f"{W}trPr/{W}gridBefore"))
        found = [_Cell(span=int(before))] if before.isdigit() and 0 < int(before) < 64 else []
        for cell in _cells(row):
            place = cell.find(f"{W}tcPr")
            span = value(place.find(f"{W}gridSpan")) if place is not None else ""
            merge = place.find(f"{W}vMerge") if place is not None else None
            found.append(
                _Cell(
                    list(self.lines(cell, depth)),
                    min(int(span), 64) if span.isdigit() and int(span) else 1,
                    merge is not None and value(merge) != "restart",
                )
            )
        return found


def _rows(table: Any) -> Iterator[Any]:
    for item in table:
        if item.tag == f"{W}tr":
            yield item
        elif item.tag in (f"{W}sdt", *_WRAPPERS):
            yield from _rows(item)


def _cells(row: Any) -> Iterator[Any]:
    for item in row:
        if item.tag == f"{W}tc":
            yield item
        elif item.tag in (f"{W}sdt", *_WRAPPERS):
            yield from _cells(item)


def _plain(piece: str) -> str:
    """Without the blanks and tabs that only indent; the one after a typed mark is a blank."""
    return _MARK_TAB.sub(r"\1 ", piece.strip(" \t\u00a0"))


def _one_heading(pieces: list[str], mark: str) -> str:
    """ "Chương I ⏎ QUY ĐỊNH CHUNG" on two lines is one heading."""
    if mark and pieces[0] == mark:
        return f"{mark}. {' '.join(pieces[1:])}"
    return " ".join(pieces)


def _lays_out(rows: list[list[_Cell]]) -> bool:
    """Whether a table only sets words beside each other: the head, the signature, a frame around one text."""
    if not rows:
        return False
    width = max(sum(cell.span for cell in row) for row in rows)
    if max(map(len, rows)) == 1:
        return True
    if columns_of([cell.words for cell in rows[0]]) is not None:
        return False
    if width > 4:
        return False
    words = [line for row in rows for cell in row for line in cell.lines if line.cells is None]
    return any(
        _LAYOUT.search(bare(line.text[:200]))
        or _NUMBER_LINE.match(bare(line.text[:60]))
        or is_capacity(line.text)
        or is_title(line.text)
        for line in words
    )


def _filled(rows: list[list[_Cell]]) -> Iterator[tuple[str, ...]]:
    """The rows of a table with data, each as wide as the table; a merged cell says the same in each of its rows."""
    width = max(sum(cell.span for cell in row) for row in rows)
    names: list[str | None] = []
    above: list[str] = [""] * width
    head: list[str] | None = None
    for place, row in enumerate(rows):
        shown: list[str] = []
        continued = [cell.goes_on for cell in row]
        for cell in row:
            at = len(shown)
            key = names[at] if at < len(names) else None
            text = above[at] if cell.goes_on and at < width else _cell_text(cell, key)
            shown += [text, *([""] * (cell.span - 1))]
        shown += [""] * (width - len(shown))
        spans = any(cell.span > 1 for cell in row)
        if place == 0 and spans and len(rows) > 1 and any(cell.goes_on for cell in rows[1]):
            head = _spread(row)
            above = shown
            continue
        if head is not None:
            # The second line of a head of two lines: each column under what stands over it.
            shown = [
                upper if goes_on else squeeze(f"{upper} {lower}")
                for upper, lower, goes_on in zip(head, shown, continued + [False] * width, strict=False)
            ]
            head = None
        if not names:
            names = [column_of(text) for text in shown]
        above = shown
        yield tuple(shown[:width])


def _spread(row: list[_Cell]) -> list[str]:
    return [cell.words for cell in row for _ in range(cell.span)]


def _cell_text(cell: _Cell, key: str | None) -> str:
    """The lines of a cell as one. In a column of units a line that begins another unit is another name."""
    text = ""
    for line in cell.lines:
        words = " ".join(piece for piece in line.cells if piece) if line.cells is not None else line.text
        words = words.replace("\t", " ")
        if text and key in ("lead", "coordinator"):
            stripped = words.lstrip("-+• ")
            listed = stripped != words
            parted = text.endswith((";", ",", "và", "-", "–"))
            if listed or (not parted and starts_upper(words) and is_unit(words, 0)):
                text, words = text.rstrip(";,. "), f"; {stripped}"
            else:
                words = f" {words}"
        elif text:
            words = f" {words}"
        elif key in ("lead", "coordinator"):
            words = words.lstrip("-+• ")
        text += words
    return squeeze(text)
