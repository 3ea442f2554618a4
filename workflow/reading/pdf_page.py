"""
What pdfium says of one page: pieces of text where they stand, ruled lines, pictures. Runs in the child process only.

It gives positions and letters as printed; what belongs together is for `pdf_layout`.
"""

import ctypes
import math
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2_raw as pdfium

_BOLD = 600
_MOST_OBJECTS = 20_000  # drawings of one page that are looked at for the lines of a table
_THIN = 2.5  # points: what is thinner is a line


@dataclass(frozen=True, slots=True)
class Piece:
    """Words printed without a wide gap; x to the right and y up, in points; `y` is the line they stand on."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright: from (x0, y0) to (x1, y1) with x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...]
    letters: int
    unknown: int  # letters the file does not name
    pictured: float  # the share of the page that pictures cover, at most 1


def read_page(page: Any) -> Page:
    turn = int(pdfium.FPDFPage_GetRotation(page)) % 4
    width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
    rules, pictured = _drawn(page, turn, width * height)
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return Page(width, height, (), rules, 0, 0, pictured)
    try:
        glyphs = _once(_glyphs(text, turn))
    finally:
        pdfium.FPDFText_ClosePage(text)
    letters = sum(1 for glyph in glyphs if not glyph.char.isspace())
    unknown = sum(1 for glyph in glyphs if _is_unknown(glyph.char))
    return Page(width, height, tuple(_pieces(glyphs)), rules, letters, unknown, pictured)


@dataclass(slots=True)
class _Glyph:
    char: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


def _glyphs(text: Any, turn: int) -> Iterator[_Glyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    upright = (-math.pi / 2 * turn) % math.tau
    bold, size_before, word = False, 0.0, True
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (10, 13) or not (
            pdfium.FPDFText_GetCharOrigin(text, index, at_x, at_y)
            and pdfium.FPDFText_GetLooseCharBox(text, index, at_box)
        ):
            continue
        if code == 2:
            code = (
                0x2D  # a hyphen at the end of a line; Vietnamese parts no words, so it is one that was typed
            )
        char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char == " " and pdfium.FPDFText_IsGenerated(text, index):
            continue
        angle = pdfium.FPDFText_GetCharAngle(text, index)
        if angle >= 0 and abs((angle - upright + math.pi) % math.tau - math.pi) > 0.05:
            continue  # a stamp or a watermark set at a slant
        left, right, low, high = box.left, box.right, box.bottom, box.top
        if turn == 0:
            x0, x1, base, size = left, right, y.value, high - low
        elif turn == 1:
            x0, x1, base, size = low, high, -x.value, right - left
        elif turn == 2:
            x0, x1, base, size = -right, -left, -y.value, high - low
        else:
            x0, x1, base, size = -high, -low, x.value, right - left
        if size != size_before or word:
            bold, size_before = _is_bold(text, index), size
        word = char == " "
        yield _Glyph(char, x0, x1, base, max(size, 1.0), bold)


def _once(glyphs: Iterator[_Glyph]) -> list[_Glyph]:
    """Without letters printed upon themselves: twice for boldness, or in two parts that are both called "ơ"."""
    kept: list[_Glyph] = []
    latest: defaultdict[str, deque[_Glyph]] = defaultdict(lambda: deque(maxlen=12))
    for glyph in glyphs:
        if glyph.char != " ":
            if any(_upon(glyph, other) for other in latest[glyph.char]):
                continue
            latest[glyph.char].append(glyph)
        kept.append(glyph)
    return kept


def _upon(glyph: _Glyph, other: _Glyph) -> bool:
    shared = min(glyph.x1, other.x1) - max(glyph.x0, other.x0)
    narrow = min(glyph.x1 - glyph.x0, other.x1 - other.x0)
    return abs(glyph.y - other.y) < 0.3 * other.size and shared > 0.5 * max(narrow, 0.1)


def _is_bold(text: Any, index: int) -> bool:
    """By the weight a font declares; many declare none, and say it in their name only."""
    if pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(96)
    pdfium.FPDFText_GetFontInfo(text, index, name, 96, None)
    return b"bold" in name.value.lower()


def _pieces(glyphs: list[_Glyph]) -> Iterator[Piece]:
    """Glyphs that follow one another on a line; a gap that no blank stands in parts two columns."""
    run: list[_Glyph] = []
    blank = False
    for glyph in glyphs:
        if glyph.char.isspace():
            blank = True
            continue
        if run:
            last = run[-1]
            gap = glyph.x0 - last.x1
            same = abs(glyph.y - last.y) < 0.2 * last.size and -0.5 * last.size < gap
            if not same or gap > (2.5 if blank else 0.8) * last.size:
                yield _piece(run)
                run = []
            elif blank or gap > 0.18 * last.size:
                run.append(_Glyph(" ", last.x1, glyph.x0, last.y, last.size, last.bold))
        run.append(glyph)
        blank = False
    if run:
        yield _piece(run)


def _piece(run: list[_Glyph]) -> Piece:
    letters = [glyph for glyph in run if glyph.char != " "]
    sizes = sorted(glyph.size for glyph in letters)
    return Piece(
        "".join(glyph.char for glyph in run),
        min(glyph.x0 for glyph in letters),
        max(glyph.x1 for glyph in letters),
        letters[0].y,
        sizes[len(sizes) // 2],
        sum(glyph.bold for glyph in letters) * 10 > 9 * len(letters),
    )


def _is_unknown(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < "\t"


def _drawn(page: Any, turn: int, area: float) -> tuple[tuple[Rule, ...], float]:
    """The straight lines of a page and the share that pictures cover."""
    rules: list[Rule] = []
    covered = 0.0
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(value) for value in (left, low, right, high)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT or not pdfium.FPDFPageObj_GetBounds(drawn, *places):
            continue
        wide, tall = right.value - left.value, high.value - low.value
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING):
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                covered += max(0.0, wide) * max(0.0, tall)
            continue
        if turn == 0 and len(rules) < 4_000:
            rules += _sides(left.value, low.value, right.value, high.value)
    return tuple(rules), min(1.0, covered / area if area else 0.0)


def _sides(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """A thin drawing is a line, a large one the frame of a cell."""
    wide, tall = x1 - x0, y1 - y0
    if not (0 <= wide < 5_000 and 0 <= tall < 5_000):
        return
    if tall <= _THIN < wide:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif wide <= _THIN < tall:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    elif wide > 8 and tall > 8:
        yield Rule(x0, y0, x1, y0)
        yield Rule(x0, y1, x1, y1)
        yield Rule(x0, y0, x0, y1)
        yield Rule(x1, y0, x1, y1)
