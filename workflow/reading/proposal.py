"""
What was read from a text, for a person to confirm: values, the words they came from, and what is wrong.

A proposal is no Content: `content_of.to_content` makes one once a person has agreed.
"""

from typing import Any

from msgspec import Struct

from workflow.content import Missing, Node, Recipient, Row, Time, Urgency
from workflow.reading.citations import Citation
from workflow.reading.found import FoundTask
from workflow.reading.obligations import FoundObligation
from workflow.reading.words import bare_end


class Warn(Struct, frozen=True):
    """One thing to look at: a code for programs, a sentence for the reader, the words it speaks of."""

    code: str
    message: str
    raw: str = ""


class DateParts(Struct, frozen=True):
    day: int | None = None
    month: int | None = None
    year: int | None = None


class Proposal(Struct, frozen=True):
    """A text as read. `found` holds the header's and the signature's rows as printed."""

    is_document: bool = False
    agency: str | None = None
    parent_agency: str | None = None
    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: str | None = None
    date_parts: DateParts = DateParts()
    subject: str | None = None
    bases: tuple[Citation, ...] = ()
    tasks: tuple[FoundTask, ...] = ()
    obligations: tuple[FoundObligation, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    archive_line: str | None = None
    sections: tuple[Node, ...] = ()
    capacity: str | None = None
    capacity_line: str | None = None
    signer_title: str | None = None
    signer_name: str | None = None
    warnings: tuple[Warn, ...] = ()
    addressees: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[Node, ...] = ()
    cited: tuple[Citation, ...] = ()
    effective_date: str | None = None
    urgency: Urgency = "thuong"
    annexes: tuple[str, ...] = ()
    results: tuple[Row, ...] = ()
    missing_units: tuple[Missing, ...] = ()
    found: dict[str, Any] = {}

    def as_json(self) -> dict[str, Any]:
        """The import contract of decisions.md 32–34: plain values, null where the text is silent."""
        return {
            "is_document": self.is_document,
            "agency": self.agency,
            "parent_agency": self.parent_agency,
            "doc_type": self.doc_type,
            "number": self.number,
            "symbol": self.symbol,
            "place": self.place,
            "date": self.date,
            "date_parts": {
                "day": self.date_parts.day,
                "month": self.date_parts.month,
                "year": self.date_parts.year,
            },
            "subject": self.subject,
            "bases": [_basis(item) for item in self.bases],
            "tasks": [_task(item) for item in self.tasks],
            "obligations": [_obligation(item) for item in self.obligations],
            "recipients": [{"name": item.name, "purpose": item.purpose} for item in self.recipients],
            "archive_line": self.archive_line,
            "outline": _outline(self.sections),
            "capacity": self.capacity,
            "capacity_line": self.capacity_line,
            "signer_title": self.signer_title,
            "signer_name": self.signer_name,
            "warnings": [
                {"code": item.code, "message": item.message, "raw": item.raw} for item in self.warnings
            ],
        }


def _basis(item: Citation) -> dict[str, Any]:
    return {
        "doc_type": item.doc_type,
        "reference_no": item.reference_no,
        "date": item.date,
        "issuer": item.issuer,
        "raw": item.raw,
    }


def _task(item: FoundTask) -> dict[str, Any]:
    return {
        "ref": item.ref,
        "title": item.title,
        "leads": list(item.leads),
        "coordinators": list(item.coordinators),
        "method": item.method,
        "time": _time(item.time),
        "raw": item.raw,
        "confidence": item.confidence,
    }


def _time(item: Time) -> dict[str, Any]:
    return {"kind": item.kind, "raw": item.raw or None, "from": item.from_, "to": item.to}


def _obligation(item: FoundObligation) -> dict[str, Any]:
    on_time = item.last_on_time
    return {
        "from": item.from_,
        "to": item.to,
        "via": item.via,
        "recurrence": item.recurrence,
        "inclusive": item.inclusive,
        "due_month": list(item.due_month) if isinstance(item.due_month, tuple) else item.due_month,
        "due_day": item.due_day,
        "last_on_time": None if not on_time else on_time[0] if len(on_time) == 1 else list(on_time),
        "by_reference": item.by_reference,
        "raw": item.raw,
        "confidence": item.confidence,
    }


def _outline(nodes: tuple[Node, ...]) -> list[dict[str, Any]]:
    """The parts that carry a number, a letter or a heading; bullets and plain paragraphs are not part of it."""
    return [
        {
            "label": node.label,
            "title": bare_end(node.title or (node.paragraphs[0] if node.paragraphs else "")),
            "children": _outline(node.children),
        }
        for node in nodes
        if node.label not in ("-", "+") and (node.label or node.title)
    ]
