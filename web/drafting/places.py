"""
Where a part of the text stands, as one writes it: "II.1.a", "III.gạch 2", "III.đoạn 1", "kết.đoạn 1".

Each place is the name of exactly one node of a content, so that tasks and obligations can be told their part.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from workflow.content import Content, Node, Obligation, Task

CLOSING = "kết"
_COUNTED = re.compile(r"\(\d+\)$")
_KINDS = {"-": "gạch", "+": "cộng", "": "đoạn"}


def places(content: Content) -> Iterator[tuple[str, Node]]:
    """Every node with its place, in reading order; `workflow.content.walk` goes the same way."""
    yield from _below("", content.sections)
    yield from _below(f"{CLOSING}.", content.closing)


def _below(prefix: str, nodes: tuple[Node, ...]) -> Iterator[tuple[str, Node]]:
    for place, node in zip(names_of(prefix, nodes), nodes, strict=True):
        yield place, node
        yield from _below(f"{place}.", node.children)


def names_of(prefix: str, nodes: tuple[Node, ...]) -> list[str]:
    seen: dict[str, int] = {}
    names = []
    for node in nodes:
        kind = _KINDS.get(node.label)
        count = seen[node.label] = seen.get(node.label, 0) + 1
        own = f"{kind} {count}" if kind else node.label if count == 1 else f"{node.label} ({count})"
        names.append(prefix + own)
    return names


def key(place: str) -> str:
    """A place as typed, made comparable: "mục ii. 1 . a)" and "II.1.a" are one; đ stays apart from d."""
    text = " ".join(unicodedata.normalize("NFC", place).lower().split()).removeprefix("mục ")
    parts = (part.strip() for part in text.split("."))
    return ".".join(part if _COUNTED.search(part) else part.rstrip(") ") for part in parts if part)


def words_of(node: Node) -> str:
    """What a part is known by: its heading, else its first words."""
    return node.title or (node.paragraphs[0] if node.paragraphs else "")


def bare(content: Content) -> Content:
    """The same text with no tasks and no obligations on it."""
    return attached(content, {}, {})


def attached(
    content: Content, tasks: Mapping[str, Task], duties: Mapping[str, tuple[Obligation, ...]]
) -> Content:
    """The text with these tasks and obligations at these places, and with none anywhere else."""

    def hang(prefix: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        made = []
        for place, node in zip(names_of(prefix, nodes), nodes, strict=True):
            changes: dict[str, Any] = {
                "task": tasks.get(place),
                "obligations": tuple(duties.get(place, ())),
                "children": hang(f"{place}.", node.children),
            }
            made.append(msgspec.structs.replace(node, **changes))
        return tuple(made)

    return msgspec.structs.replace(
        content, sections=hang("", content.sections), closing=hang(f"{CLOSING}.", content.closing)
    )
