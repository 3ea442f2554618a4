"""
Where a part of the text stands, as one writes it: "II.1.a", "III, gạch 2", "III, đoạn 1", "kết, đoạn 1".

Each place is the name of exactly one node of a content, so that tasks and obligations can be told their part.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

import msgspec

from workflow.content import Content, Node, Obligation, Task

CLOSING = "kết"
_COUNTED = re.compile(r"\(\d+\)$")
_KINDS = {"-": "gạch", "+": "cộng", "": "đoạn"}
_BEFORE_KIND = re.compile(r" ?, ?(?=(?:gạch|cộng|đoạn) \d)")


def places(content: Content) -> Iterator[tuple[str, Node]]:
    """Every node with its place, in reading order; `workflow.content.walk` goes the same way."""
    taken: set[str] = set()
    yield from _below("", content.sections, taken)
    yield from _below(f"{CLOSING}.", content.closing, taken)


def _below(prefix: str, nodes: tuple[Node, ...], taken: set[str]) -> Iterator[tuple[str, Node]]:
    for place, node in zip(_names_of(prefix, nodes, taken), nodes, strict=True):
        yield place, node
        yield from _below(f"{place}.", node.children, taken)


def _names_of(prefix: str, nodes: tuple[Node, ...], taken: set[str]) -> list[str]:
    """`taken` are the places given so far: a part marked "1.1" may stand beside the "1" of a part "1"."""
    seen: dict[str, int] = {}
    names = []
    for node in nodes:
        kind = _KINDS.get(node.label)
        count = seen.get(node.label, 0) + 1
        while (place := prefix + _name(kind, node.label, count)) in taken:
            count += 1
        seen[node.label] = count
        taken.add(place)
        names.append(_written(prefix, place) if kind else place)
    return names


def _written(prefix: str, place: str) -> str:
    """A dash or a paragraph after a comma, as one says it; what is below it goes on from the name with a dot."""
    return f"{prefix.removesuffix('.')}, {place.removeprefix(prefix)}" if prefix else place


def _name(kind: str | None, label: str, count: int) -> str:
    if kind:
        return f"{kind} {count}"
    return label if count == 1 else f"{label} ({count})"


def key(place: str) -> str:
    """A place as typed, made comparable: "mục ii. 1 . a)" and "II.1.a" are one; đ stays apart from d."""
    text = " ".join(unicodedata.normalize("NFC", place).lower().split()).removeprefix("mục ")
    parts = (part.strip() for part in _BEFORE_KIND.sub(".", text).split("."))
    return ".".join(part if _COUNTED.search(part) else part.rstrip(") ") for part in parts if part)


def words_of(node: Node) -> str:
    """What a part is known by: its heading, else its first words."""
    return node.title or (node.paragraphs[0] if node.paragraphs else "")


def attached(
    content: Content, tasks: Mapping[str, Task], duties: Mapping[str, tuple[Obligation, ...]]
) -> Content:
    """The text with these tasks and obligations at these places, and with none anywhere else."""

    return changed(
        content,
        lambda place, node: msgspec.structs.replace(
            node, task=tasks.get(place), obligations=tuple(duties.get(place, ()))
        ),
    )


def changed(content: Content, change: Callable[[str, Node], Node]) -> Content:
    """The text with every node as `change` makes it of its place and itself; their children stay below them."""
    taken: set[str] = set()

    def hang(prefix: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(
            msgspec.structs.replace(change(place, node), children=hang(f"{place}.", node.children))
            for place, node in zip(_names_of(prefix, nodes, taken), nodes, strict=True)
        )

    return msgspec.structs.replace(
        content, sections=hang("", content.sections), closing=hang(f"{CLOSING}.", content.closing)
    )
