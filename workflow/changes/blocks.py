"""
A text as a row of blocks in reading order, each with its place in the value: what a change or a remark points at.

Places name positions, not identities: "bases/0", "sections/1/children/0/paragraphs/2". They hold for one text
only; `align` says where a block of one text stands in another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workflow.content import Content, Node, Row, Task
from workflow.writing.paper import label_mark, task_lines

Kind = Literal[
    "subject", "addressee", "basis", "opening", "heading", "paragraph", "task", "result", "missing", "recipient",
    "annex", "attachment",
]  # fmt: skip

DATA: frozenset[Kind] = frozenset({"addressee", "task", "result", "missing", "recipient", "attachment"})
"""Told as fields with an old and a new value; the other kinds are prose and told word by word."""


@dataclass(frozen=True)
class Block:
    """
    One paragraph, heading or piece of data. `ref` is the printed reference of its part ("II.1.a", "" outside
    the sections), `mark` the label printed in front of it ("II.", "a)", "-"), only on a part's first block.
    """

    place: str
    kind: Kind
    ref: str
    mark: str
    text: str

    @property
    def node(self) -> str:
        """The place of the part it belongs to: "sections/1" for its heading, paragraphs and task."""
        for end in ("/title", "/task"):
            if self.place.endswith(end):
                return self.place.removesuffix(end)
        return self.place.rpartition("/paragraphs/")[0] or self.place

    @property
    def printed(self) -> str:
        return f"{self.mark} {self.text}" if self.mark else self.text


def blocks(content: Content) -> tuple[Block, ...]:
    """In reading order; empty texts have no block. Places are unique."""
    return tuple(block for block in _all(content) if block.text)


def _all(content: Content) -> Iterator[Block]:
    yield Block("subject", "subject", "", "", content.subject)
    for at, name in enumerate(content.addressees):
        yield Block(f"addressees/{at}", "addressee", "", "", name)
    for at, basis in enumerate(content.bases):
        # The sign at the end depends on what comes after it, so it belongs to the list and not to the line.
        yield Block(f"bases/{at}", "basis", "", "", basis.raw.strip().rstrip(" ;.,"))
    for at, text in enumerate(content.opening):
        yield Block(f"opening/{at}", "opening", "", "", text)
    yield from _of_nodes(content.sections, "sections", "")
    for at, row in enumerate(content.results):
        yield Block(f"results/{at}", "result", row.ref, "", row_text(row))
    for at, missing in enumerate(content.missing_units):
        yield Block(
            f"missing_units/{at}", "missing", "", "", f"{missing.unit}: {missing.reason}".rstrip(": ")
        )
    yield from _of_nodes(content.closing, "closing", "")
    for at, recipient in enumerate(content.recipients):
        yield Block(f"recipients/{at}", "recipient", "", "", recipient.name)
    for at, text in enumerate(content.annexes):
        yield Block(f"annexes/{at}", "annex", "", "", text)
    for at, file in enumerate(content.attachments):
        yield Block(f"attachments/{at}", "attachment", "", "", file.name)


def _of_nodes(nodes: tuple[Node, ...], place: str, prefix: str) -> Iterator[Block]:
    for at, node in enumerate(nodes):
        here = f"{place}/{at}"
        ref = f"{prefix}.{node.label}".strip(".") if node.label and node.label != "-" else prefix
        mark = label_mark(node.label)
        if node.title:
            yield Block(f"{here}/title", "heading", ref, mark, node.title)
            mark = ""
        for number, text in enumerate(node.paragraphs):
            yield Block(f"{here}/paragraphs/{number}", "paragraph", ref, mark, text)
            mark = ""
        if node.task:
            yield Block(f"{here}/task", "task", ref, "", task_text(node.task))
        yield from _of_nodes(node.children, f"{here}/children", ref)


def task_text(task: Task) -> str:
    """Its lines on the paper; for a task whose labels are all silent, what it says without them."""
    silent = (*task.leads, *task.coordinators, task.method or "", task.time.raw)
    return "\n".join(task_lines(task)) or "; ".join(part for part in silent if part)


def row_text(row: Row) -> str:
    """What a line of the table of results says, in the order of its columns."""
    files = "; ".join(item.name for item in row.evidence)
    return " · ".join(part for part in (row.task, row.unit, row.result, row.reason, files) if part)
