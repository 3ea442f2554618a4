"""
The parts of a text as a flat list of rows with a depth, one row a part, and back to the tree they are.

A row is what a person edits; its children are the rows after it that stand deeper. Nothing is lost either way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from workflow.content import Content, Node

BREAK = "↵"
"""A line break inside one paragraph; a line of the text area is a paragraph of its own."""

DEEPEST = 24
"""No paper nests so far; what a browser sends beyond it stands at this depth."""

LISTS = ("parts", "ends")
"""The two lists of rows: the sections, and what closes the text."""


@dataclass(frozen=True)
class Row:
    """One part without its children. `name` says which row of the form it is."""

    name: str
    depth: int
    node: Node


def rows_of(nodes: tuple[Node, ...], depth: int = 0) -> Iterator[tuple[int, Node]]:
    """Every node in reading order with its depth; its own children are left on it."""
    for node in nodes:
        yield depth, node
        yield from rows_of(node.children, depth + 1)


def tree_of(rows: Sequence[Row]) -> tuple[Node, ...]:
    """The tree whose reading order is these rows. A row hangs on the nearest one above that is less deep."""
    found, _ = _below(settled(rows), 0, 0)
    return found


def settled(rows: Iterable[Row]) -> list[Row]:
    """The same rows with no gap in their depths: a row is at most one deeper than the one above it."""
    made: list[Row] = []
    for row in rows:
        most = min(made[-1].depth + 1, DEEPEST) if made else 0
        made.append(Row(row.name, max(0, min(row.depth, most)), row.node))
    return made


def _below(rows: Sequence[Row], at: int, depth: int) -> tuple[tuple[Node, ...], int]:
    found: list[Node] = []
    while at < len(rows) and rows[at].depth >= depth:
        node = rows[at].node
        children, at = _below(rows, at + 1, depth + 1)
        found.append(msgspec.structs.replace(node, children=children))
    return tuple(found), at


def kept(rows: Sequence[Row]) -> list[Row]:
    """Without rows in which nothing stands and under which nothing hangs."""
    made: list[Row] = []
    for row in reversed(settled(rows)):
        node = row.node
        below = bool(made) and made[-1].depth > row.depth
        said = node.label or node.title or node.paragraphs or node.task is not None or node.obligations
        if said or below:
            made.append(row)
    return made[::-1]


def written(paragraphs: Iterable[str]) -> str:
    """Paragraphs as a person edits them: one a line."""
    return "\n".join(text.strip().replace("\r", "").replace("\n", BREAK) for text in paragraphs)


def paragraphs_in(text: str) -> tuple[str, ...]:
    """The inverse of `written`; empty lines are no paragraphs."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return tuple(line.replace(BREAK, "\n") for line in lines if line)


def stored_paragraphs(content: Content) -> frozenset[str]:
    """Every paragraph that already stands in the text."""
    nodes = (node for top in (content.sections, content.closing) for _, node in rows_of(top))
    return frozenset(text for node in nodes for text in node.paragraphs)
