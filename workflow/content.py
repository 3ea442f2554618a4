"""
The structured text of a document: one value for every reader and writer, and its digest.

Holds what people approve. Number, date, signer and node ids are not in it (decisions.md 3).
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

DOMAIN = b"trinhky/revision/1\0"

TASK_LABELS: Mapping[str, str] = {
    "lead": "Đơn vị chủ trì",
    "coordinator": "Đơn vị phối hợp",
    "method": "Hình thức thực hiện",
    "time": "Thời gian thực hiện",
}
"""What the line of a task is called that names no label of its own; issued texts rest on it, so it never changes."""

TimeKind = Literal[
    "quarters", "year", "year_onward", "date_before", "yearly_before", "month", "range",
    "continuous", "event", "relative", "periodic", "unspecified",
]  # fmt: skip
Recurrence = Literal["yearly", "half_yearly", "quarterly", "monthly", "once", "ad_hoc", "unspecified"]
Purpose = Literal["to_report", "in_lieu_of_report", "for_information", "to_coordinate", "to_implement"]
Urgency = Literal["thuong", "khan", "thuong_khan", "hoa_toc"]
ReportStatus = Literal["done", "running", "not_started", ""]


class Time(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """When a task is due: a typed kind, the words as written, ISO dates where the words give them."""

    kind: TimeKind = "unspecified"
    raw: str = ""
    from_: str | None = None
    to: str | None = None


class Task(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A task and the labels its agency writes ("Đơn vị chủ trì", "Cơ quan thực hiện" …).

    The task is the source of its own lines on the paper; they are not repeated in `paragraphs`.
    `labels` has the keys lead, coordinator, method, time.
    """

    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    method: str | None = None
    time: Time = Time()
    labels: dict[str, str] = {}


class Obligation(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Who reports what to whom by when; annotates the sentence in `raw` that says so."""

    from_: str | None = None
    to: str | None = None
    via: str | None = None
    recurrence: Recurrence = "unspecified"
    inclusive: bool = False
    due_month: int | tuple[int, ...] | None = None
    due_day: int | Literal["last"] | None = None
    by_reference: bool = False
    embedded_in: str | None = None
    raw: str = ""


class Node(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A part of the text. `label` is bare: "I", "1", "a", "-" or "" (its "." or ")" follows from its shape).

    `title` is a heading; a numbered paragraph has title "" and its words in `paragraphs`.
    """

    label: str = ""
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    task: Task | None = None
    obligations: tuple[Obligation, ...] = ()
    children: tuple["Node", ...] = ()


class Basis(Struct, frozen=True, forbid_unknown_fields=True):
    """A căn cứ. `raw` is the line as printed; `date` ISO; nulls where the text is silent."""

    raw: str
    doc_type: str | None = None
    reference_no: str | None = None
    date: str | None = None
    issuer: str | None = None


class Recipient(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    purpose: Purpose | None = None


class Attachment(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    sha256: str
    size: int


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """
    One line of a report's table of results. `files` show what it says: in a unit's report they are among its
    attachments, in the agency's they are named. Where there are none the stored bytes say nothing of them.
    """

    ref: str
    task: str
    unit: str = ""
    status: ReportStatus = ""
    result: str = ""
    reason: str = ""
    files: tuple[Attachment, ...] | UnsetType = UNSET

    @property
    def evidence(self) -> tuple[Attachment, ...]:
        return () if isinstance(self.files, UnsetType) else self.files


def with_files(row: Row, files: Iterable[Attachment]) -> Row:
    """The same line with these files as its evidence."""
    return msgspec.structs.replace(row, files=tuple(files) or UNSET)


class Missing(Struct, frozen=True, forbid_unknown_fields=True):
    """A unit whose report is not in, named in the report with the reason (domain.md §4.5)."""

    unit: str
    reason: str = ""


class Content(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is approved. `closing` are unlabelled nodes.

    `bases` print as "Căn cứ …;" lines, `opening` as plain paragraphs after them.
    """

    doc_type: str = ""
    subject: str = ""
    symbol: str = ""
    place: str = ""
    field: str = ""
    urgency: Urgency = "thuong"
    drafting_unit: str = ""
    parent_reference: str | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    opening: tuple[str, ...] = ()
    sections: tuple[Node, ...] = ()
    results: tuple[Row, ...] = ()
    missing_units: tuple[Missing, ...] = ()
    closing: tuple[Node, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    archive_line: str = ""
    annexes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def canonical(value: Any) -> bytes:
    """JSON of str, int, bool, null, list, object: sorted ASCII keys, NFC, "\\n" line ends, no floats."""
    return msgspec.json.encode(_clean(msgspec.to_builtins(value)), order="sorted")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        if value.isascii() and "\r" not in value:
            return value
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if isinstance(value, float):
        raise TypeError("a float has no canonical form")
    return value


def digest_of(stored: bytes) -> str:
    """Hex SHA-256 of a revision's stored bytes under the product's own domain."""
    return hashlib.sha256(DOMAIN + stored).hexdigest()


def parse(stored: bytes) -> Content:
    """The value of stored bytes; msgspec.ValidationError if they are not a Content."""
    return msgspec.json.decode(stored, type=Content)


def walk(content: Content) -> Iterator[tuple[str, Node]]:
    """Every node with its reference ("II.1.a"), in reading order. Unlabelled nodes take their parent's."""

    def below(prefix: str, nodes: tuple[Node, ...]) -> Iterator[tuple[str, Node]]:
        for node in nodes:
            ref = f"{prefix}.{node.label}".strip(".") if node.label and node.label != "-" else prefix
            yield ref, node
            yield from below(ref, node.children)

    yield from below("", content.sections)
    yield from below("", content.closing)


def tasks(content: Content) -> list[tuple[str, Node]]:
    """The nodes that carry a task, with their references."""
    return [(ref, node) for ref, node in walk(content) if node.task is not None]


def title_of(node: Node) -> str:
    """The heading of a task, else its first paragraph, without the stop at its end, or "./." of the whole paper."""
    words = node.title or (node.paragraphs[0] if node.paragraphs else "")
    return words.strip().removesuffix("./.").rstrip(".:; ")


def obligations(content: Content) -> list[tuple[str, Obligation]]:
    """All reporting obligations, with the reference of the paragraph that states each."""
    return [(ref, item) for ref, node in walk(content) for item in node.obligations]
