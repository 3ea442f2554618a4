"""
The printed lines of a PDF in reading order: pieces on one height are one line, running heads and page numbers go.

Two columns are known by what stands in them (the head of a document, its recipients and signature), never guessed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workflow.patterns import expression
from workflow.reading.kinds import title_of
from workflow.reading.pdf_page import Page, Piece
from workflow.reading.words import bare, squeeze

_NUMBER = expression(r"[-–—\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*", re.I)
# What a paper that has not gone out says of itself in the margin, beside the number of the page.
_MARK = expression(
    r"(?:\d{1,3} )?(?:(?:ban )?du thao|da ky, chua cap so|chua phat hanh|khong ban hanh|da huy (?:du thao|so)"
    r"|ban \d{1,3}, da co ban moi)"
)
_MOTTO = expression(r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam")
_RECIPIENTS = expression(r"noi nhan\s*:?")
_ARCHIVED = expression(r"[-–+]?\s*luu\s*:?\s*(?:vt|tai)")
_AFTER_HEAD = expression(r"(?:kinh gui|can cu)\b")
_EDGE = 0.09  # of the page's height: where running heads and page numbers stand


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its pieces from the left. `column` keeps lines of one column apart from the next."""

    pieces: tuple[Piece, ...]
    column: int = 0
    page: int = 0

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)


def lines_of(pieces: Sequence[Piece], page: int) -> list[Line]:
    """From the top down; a small difference of height is a smaller letter on the same line."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        for line in reversed(found[-3:]):
            base = line[0]
            apart = all(piece.x0 >= other.x1 - 1 or piece.x1 <= other.x0 + 1 for other in line)
            if apart and abs(base.y - piece.y) < 0.3 * min(base.size, piece.size):
                line.append(piece)
                break
        else:
            found.append([piece])
    return [Line(tuple(sorted(line, key=lambda piece: piece.x0)), page=page) for line in found]


def without_furniture(pages: Sequence[Page], lines: list[list[Line]]) -> list[list[Line]]:
    """Page numbers, and what stands at the same height of most pages, out of the top and bottom margins."""
    margins = [_margin(page, each) for page, each in zip(pages, lines, strict=True)]
    seen: Counter[tuple[str, int]] = Counter()
    for margin in margins:
        seen.update({_shape(line) for line in margin.values()})
    usual = {shape for shape, count in seen.items() if count >= 3 and count * 2 >= len(pages)}
    kept = []
    for page, margin, each in zip(pages, margins, lines, strict=True):
        kept.append(
            [
                line
                for place, line in enumerate(each)
                if not (place in margin and _shape(line) in usual)
                and not (len(pages) > 1 and _in_margin(line, page) and _NUMBER.fullmatch(line.text))
                and not (_in_margin(line, page) and _MARK.fullmatch(bare(line.text)))
            ]
        )
    return kept


def without_repeated_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """A ruled table that goes on overleaf says the names of its columns again there."""
    head, kept = "", []
    for lines in pages:
        barred = [line.text.startswith("|") for line in lines]
        repeated = barred[:1] == [True] and lines[0].text == head
        kept.append(lines[1:] if repeated else lines)
        for place, line in enumerate(lines):
            if barred[place] and not (place and barred[place - 1]) and (place or not head):
                head = line.text
    return kept


def _margin(page: Page, lines: list[Line]) -> dict[int, Line]:
    """The lines of one page that may be its furniture: at its very top or bottom, and apart from the text."""
    found: dict[int, Line] = {}
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for place, after in pairwise(order):
            line, gap = lines[place], abs(lines[place].y - lines[after].y)
            if not _in_margin(line, page):
                break
            if gap > 1.7 * line.size:
                found |= {one: lines[one] for one in order[: order.index(place) + 1]}
                break
    return found


def _in_margin(line: Line, page: Page) -> bool:
    # A turned page has its heights below zero.
    height = line.y % page.height if page.height else 0.0
    return height > page.height * (1 - _EDGE) or height < page.height * _EDGE


def _shape(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", bare(squeeze(line.text))), round(line.y / 3)


def in_columns(lines: list[list[Line]]) -> list[list[Line]]:
    """The head of the first page and the foot of the document, column after column; the rest as it stands."""
    parted = []
    foot: float | None = None
    for number, each in enumerate(lines):
        if number == 0:
            each = _head(each)
        each, foot = _foot(each, foot)
        parted.append(each)
    return parted


def _head(lines: list[Line]) -> list[Line]:
    """The agency and number on the left, the motto, place and date on the right."""
    motto = next(
        (piece for line in lines[:8] for piece in line.pieces if _MOTTO.search(bare(piece.text))), None
    )
    if motto is None or all(line.x0 > motto.x0 - 20 for line in lines[:4]):
        return lines
    # Both columns are centred, so a piece belongs where its middle is; the motto is the widest on the right.
    border = motto.x0 - 4
    left: list[Line] = []
    right: list[Line] = []
    for place, line in enumerate(lines):
        texts = [squeeze(piece.text) for piece in line.pieces]
        below = line.y < motto.y - 3 * motto.size
        crossing = any(piece.x0 < border - 12 and piece.x1 > border + 40 for piece in line.pieces)
        if title_of(texts[0]) or _AFTER_HEAD.match(bare(texts[0])) or (below and crossing) or place > 14:
            return [*_as_column(left, 1), *_as_column(right, 2), *lines[place:]]
        for side, below_border in ((left, True), (right, False)):
            # "Số:      /KH-SKHCN" and "ngày    tháng    năm" are one line, with room for what is to be filled in.
            pieces = [piece for piece in line.pieces if ((piece.x0 + piece.x1) / 2 < border) == below_border]
            if pieces:
                side.append(Line((_one(pieces),), page=line.page))
    return lines


def _one(pieces: Sequence[Piece]) -> Piece:
    first, text = pieces[0], " ".join(piece.text.strip() for piece in pieces)
    return replace(first, text=text, x1=pieces[-1].x1, bold=all(piece.bold for piece in pieces))


def _foot(lines: list[Line], open_at: float | None) -> tuple[list[Line], float | None]:
    """From "Nơi nhận" on: recipients first, then the signature; over the page until the archive line has come."""
    start = 0
    if open_at is None:
        for place, line in enumerate(lines):
            named = next((piece for piece in line.pieces if _RECIPIENTS.match(bare(piece.text))), None)
            if (named is not None and named.text.strip().endswith(":")) or (named and len(named.text) < 12):
                start, open_at = place, named.x0
                break
        else:
            return lines, None
    left: list[Line] = []
    right: list[Line] = []
    closed = False
    width = max((line.x1 for line in lines), default=0.0) - open_at
    for line in lines[start:]:
        for piece in line.pieces:
            side = right if piece.x0 - open_at > 0.3 * width else left
            side.append(Line((piece,), page=line.page))
            closed = closed or (side is left and bool(_ARCHIVED.match(bare(piece.text))))
    return [*lines[:start], *_as_column(left, 1), *_as_column(right, 2)], None if closed else open_at


def _as_column(lines: list[Line], column: int) -> list[Line]:
    return [Line(line.pieces, column, line.page) for line in lines]
