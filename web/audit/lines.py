"""An event as a template takes it: words, addresses and the look of its dot; decides nothing."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from flask import current_app, url_for

from web.audit.words import look_of
from web.filters import local
from web.words import rule_words
from workflow.queries.events import Event, Note

ERASED = "Ý kiến đã được xóa theo quy định; mã cam kết vẫn giữ."
ALTERED = "Ý kiến đang lưu không khớp mã cam kết nên không hiện ở đây."
UNREADABLE = "Nội dung lưu của sự kiện không đọc được."


def by_day(events: Sequence[Event]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The events of each day of Việt Nam under one heading, in the order given."""
    days = groupby(events, key=lambda event: local(event.at).date())
    return [(day, [line(event) for event in one_day]) for day, one_day in days]


def line(event: Event) -> dict[str, Any]:
    tone, icon = look_of(event.action)
    return {
        "number": event.number,
        "url": url_for("audit.event", number=event.number) if event.number else "",
        "title": event.label,
        "tone": "bad" if not event.intact else tone,
        "icon": "warn" if not event.intact else icon,
        "who": event.person,
        "line": ", ".join(_about_person(event)),
        "document": document_of(event),
        "note": note_words(event.note),
        "why": str(event.facts.get("why") or ""),
        "at": event.at,
        "digest": event.digest,
        "previous": event.prev,
        "hash": event.hash,
        "version": version_url(event),
        "intact": event.intact,
        "readable": event.readable,
        "capacity": capacity_words(event),
    }


def _about_person(event: Event) -> Iterator[str]:
    if event.title:
        yield event.title
    if event.rule:
        yield f"theo quy tắc: {rule_words(event.rule)}"
    if words := capacity_words(event):
        yield words


def capacity_words(event: Event) -> str:
    """As "tư cách KT. GIÁM ĐỐC theo 15/QĐ-SKHCN"; nothing for acts that need no capacity."""
    lines = event.capacity.get("lines") or ()
    if not lines:
        return ""
    kind = event.capacity.get("kind")
    held = "chính chức danh" if kind == "HEAD" else f"tư cách {lines[0]}"
    basis = event.capacity.get("basis")
    return f"{held}, theo {basis}" if basis else held


def note_words(note: Note | None) -> str:
    if note is None:
        return ""
    return {"kept": note.text, "erased": ERASED, "altered": ALTERED}[note.state]


def document_of(event: Event) -> dict[str, str] | None:
    if event.document_id is None:
        return None
    label = (
        " ".join(part for part in (event.reference_no, event.subject) if part)
        or f"Văn bản mã {event.document_id}"
    )
    return {"label": label, "url": _document_url(event.document_id) if event.openable else ""}


def version_url(event: Event) -> str:
    """Where exactly this text can be read, for whoever may open the document."""
    if event.document_id is None or not event.openable or event.revision is None:
        return ""
    if "documents.version" in current_app.view_functions:
        return url_for("documents.version", document_id=event.document_id, no=event.revision)
    return _document_url(event.document_id)


def _document_url(document_id: int) -> str:
    if "documents.show" in current_app.view_functions:
        return url_for("documents.show", document_id=document_id)
    return ""
