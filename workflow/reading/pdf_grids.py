"""
Tables of a PDF that are drawn with lines: each row becomes one line of cells between bars.

A table without lines keeps its columns as `pdf_paragraphs` sets them; nothing here guesses where a cell ends.
"""

from collections import defaultdict
from collections.abc import Sequence

from workflow.reading.cleaning import escaped_cell
from workflow.reading.pdf_page import Page, Piece, Rule
from workflow.reading.words import squeeze

_NEAR = 2.5  # points: lines that meet rarely meet exactly
_MOST_CELLS = 20_000


def barred(page: Page) -> list[Piece]:
    """The pieces of the page, those inside a ruled table replaced by one piece a row."""
    left = list(page.pieces)
    for levels, uprights in _grids(page.rules):
        if len(levels) < 2 or len(uprights) < 3 or len(levels) * len(uprights) > _MOST_CELLS:
            continue
        inside = [piece for piece in left if _within(piece, levels, uprights)]
        if not inside:
            continue
        taken = set(map(id, inside))
        left = [piece for piece in left if id(piece) not in taken]
        left += _rows(inside, levels, uprights)
    return left


def _grids(rules: Sequence[Rule]) -> list[tuple[list[float], list[float]]]:
    """Heights and sides of each table: rules that touch one another, where some are level and some upright."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: -rule.y1)[:4_000]:
        touching = [group for group in groups[-12:] if any(_touch(rule, other) for other in group[-60:])]
        merged = [rule, *(other for group in touching for other in group)]
        groups = [group for group in groups if group not in touching] + [merged[::-1]]
    return [
        (
            sorted(_distinct([rule.y0 for rule in group if rule.level]), reverse=True),
            sorted(_distinct([rule.x0 for rule in group if not rule.level])),
        )
        for group in groups
    ]


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - _NEAR <= other.x1
        and other.x0 - _NEAR <= one.x1
        and one.y0 - _NEAR <= other.y1
        and other.y0 - _NEAR <= one.y1
    )


def _distinct(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR * 2:
            kept.append(value)
    return kept


def _within(piece: Piece, levels: list[float], uprights: list[float]) -> bool:
    return (
        levels[-1] - _NEAR <= piece.y + piece.size / 4 <= levels[0] + _NEAR
        and uprights[0] - _NEAR <= (piece.x0 + piece.x1) / 2 <= uprights[-1] + _NEAR
    )


def _rows(inside: list[Piece], levels: list[float], uprights: list[float]) -> list[Piece]:
    cells: defaultdict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in inside:
        row = sum(1 for level in levels[1:-1] if piece.y + piece.size / 4 < level)
        column = sum(1 for side in uprights[1:-1] if piece.x0 + 1 > side)
        cells[row, column].append(piece)
    made = []
    for row in sorted({row for row, _ in cells}):
        texts = []
        for column in range(len(uprights) - 1):
            held = sorted(cells[row, column], key=lambda piece: (-round(piece.y), piece.x0))
            texts.append(_plain(squeeze(" ".join(piece.text for piece in held))))
        first = max(
            (piece for column in range(len(uprights) - 1) for piece in cells[row, column]), key=lambda p: p.y
        )
        made.append(Piece(f"| {' | '.join(texts)} |", uprights[0], uprights[-1], first.y, first.size, False))
    return made


def _plain(text: str) -> str:
    """The words of a cell, whose signs are no Markdown and no bars."""
    return escaped_cell(text).replace("\\¶", "¶")
