"""Every place of a text that holds words, and the one way to change the words of a place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from workflow.content import Basis, Content, Node, Obligation, Recipient, Row, Task
from workflow.writing.paper import outline

Words = Callable[[str], str]
FIELDS = ("subject", "symbol", "place", "archive_line")
LINES = ("addressees", "opening", "annexes")


@dataclass(frozen=True)
class Spot:
    """One place with all its words; `node` for a part of the text, whose `ref` is as printed ("II.1.a")."""

    place: str
    ref: str
    texts: tuple[str, ...]
    node: Node | None = None
    level: int = 0

    @property
    def root(self) -> str:
        return self.place.partition("/")[0]


def spots(content: Content) -> tuple[Spot, ...]:
    """In reading order. Places are positions ("sections/1/children/0") and hold for this text only."""
    return tuple(_all(content))


def _all(content: Content) -> Iterator[Spot]:
    yield Spot("subject", "", (content.subject,))
    yield from (Spot(f"addressees/{at}", "", (text,)) for at, text in enumerate(content.addressees))
    yield from (Spot(f"bases/{at}", "", (basis.raw,)) for at, basis in enumerate(content.bases))
    yield from (Spot(f"opening/{at}", "", (text,)) for at, text in enumerate(content.opening))
    yield from _nodes("sections", content.sections, "", 0)
    for at, row in enumerate(content.results):
        yield Spot(f"results/{at}", row.ref, (row.task, row.unit, row.result, row.reason))
    for at, item in enumerate(content.missing_units):
        yield Spot(f"missing_units/{at}", "", (item.unit, item.reason))
    yield from _nodes("closing", content.closing, "", 0)
    yield from (Spot(f"recipients/{at}", "", (item.name,)) for at, item in enumerate(content.recipients))
    yield Spot("archive_line", "", (content.archive_line,))
    yield from (Spot(f"annexes/{at}", "", (text,)) for at, text in enumerate(content.annexes))


def _nodes(place: str, nodes: tuple[Node, ...], prefix: str, level: int) -> Iterator[Spot]:
    for at, node in enumerate(nodes):
        here = f"{place}/{at}"
        ref = _ref(prefix, node.label) if node.label and node.label != "-" else prefix
        yield Spot(here, ref, _texts(node), node, level)
        yield from _nodes(f"{here}/children", node.children, ref, level + 1)


def _ref(prefix: str, label: str) -> str:
    """ "II.1" and "a" give "II.1.a"; "II.1" and "1.2", which says its parent's number again, "II.1.2"."""
    above, own = prefix.split("."), label.split(".")
    for size in range(min(len(above), len(own) - 1), 0, -1):
        if above[-size:] == own[:size]:
            return ".".join([*above, *own[size:]])
    return f"{prefix}.{label}".strip(".")


def _texts(node: Node) -> tuple[str, ...]:
    task = node.task
    if task is None:
        return (node.title, *node.paragraphs)
    return (
        node.title, *node.paragraphs, *task.leads, *task.coordinators, task.method or "", task.time.raw
    )  # fmt: skip


def anchors(content: Content) -> dict[str, str]:
    """Place → the id under which the paper shows that part; places of the same node only."""
    sections, closing = outline(content)
    found: dict[str, str] = {}
    for root, nodes, parts in (
        ("sections", content.sections, sections),
        ("closing", content.closing, closing),
    ):
        todo = [(f"{root}/{at}", part) for at, part in enumerate(parts)]
        while todo:
            place, part = todo.pop()
            found[place] = part.id
            todo += [(f"{place}/children/{at}", child) for at, child in enumerate(part.parts)]
        assert len(nodes) == len(parts)
    return found


def rewritten(content: Content, place: str, words: Words) -> Content:
    """The text with `words` applied to everything this place says; KeyError where there is no such place."""
    root, *path = place.split("/")
    if not path:
        if root not in FIELDS:
            raise KeyError(place)
        return msgspec.structs.replace(content, **{root: words(getattr(content, root))})
    listed = list(getattr(content, root))
    at = int(path[0])
    if not 0 <= at < len(listed):
        raise KeyError(place)
    item = listed[at]
    if isinstance(item, Node):
        listed[at] = _at(item, path[1:], lambda node: _rewritten_node(node, words))
    else:
        listed[at] = _rewritten_item(item, words)
    return msgspec.structs.replace(content, **{root: tuple(listed)})


def with_part(content: Content, place: str, change: Callable[[Node], Node]) -> Content:
    """The text with the part at this place changed; KeyError where there is no part."""
    root, *path = place.split("/")
    if root not in ("sections", "closing") or not path:
        raise KeyError(place)
    listed = list(getattr(content, root))
    listed[int(path[0])] = _at(listed[int(path[0])], path[1:], change)
    return msgspec.structs.replace(content, **{root: tuple(listed)})


def _at(node: Node, path: list[str], change: Callable[[Node], Node]) -> Node:
    if not path:
        return change(node)
    at, children = int(path[1]), list(node.children)
    children[at] = _at(children[at], path[2:], change)
    return msgspec.structs.replace(node, children=tuple(children))


def _rewritten_item(item: str | Basis | Recipient | Row, words: Words) -> object:
    if isinstance(item, str):
        return words(item)
    names = {
        Basis: ("raw",), Recipient: ("name",), Row: ("task", "unit", "result", "reason")
    }.get(type(item), ("unit", "reason"))  # fmt: skip
    return msgspec.structs.replace(item, **{name: words(getattr(item, name)) for name in names})


def _rewritten_node(node: Node, words: Words) -> Node:
    return msgspec.structs.replace(
        node,
        title=words(node.title),
        paragraphs=tuple(words(text) for text in node.paragraphs),
        task=_rewritten_task(node.task, words) if node.task else None,
        obligations=tuple(_rewritten_obligation(item, words) for item in node.obligations),
    )


def _rewritten_task(task: Task, words: Words) -> Task:
    return msgspec.structs.replace(
        task,
        leads=tuple(words(name) for name in task.leads),
        coordinators=tuple(words(name) for name in task.coordinators),
        method=words(task.method) if task.method else task.method,
        time=msgspec.structs.replace(task.time, raw=words(task.time.raw)),
    )


def _rewritten_obligation(item: Obligation, words: Words) -> Obligation:
    """The sentence it quotes and the names in it go along with the paragraph."""
    told = {
        name: words(value) for name in ("from_", "to", "via", "embedded_in") if (value := getattr(item, name))
    }
    return msgspec.structs.replace(item, raw=words(item.raw), **told)
