"""What is written when somebody looks: an access entry, and which text he was shown in full. Changes no document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflow import audit
from workflow.case import DocumentFacts
from workflow.engine import Identity, Work
from workflow.models import Seen

VIEWED = "Đã mở toàn văn"


def note_opening(
    w: Work,
    *,
    document: DocumentFacts,
    action: str = "view",
    label: str = VIEWED,
    revision_no: int | None = None,
    digest: str = "",
    full_text: bool = True,
) -> None:
    """
    In a short Work of its own, after the read that showed it. With `full_text` and the present revision, the
    actor's `seen` row becomes this text: evidence of display, not of reading. Older revisions, given by
    `revision_no` and `digest`, are noted in the entry only.
    """
    number, shown = revision_no or document.revision_no, digest or document.digest
    facts = {"revision": number, "digest": shown, "full_text": full_text}
    audit.note_access(
        w,
        action,
        label,
        agency_id=document.agency_id,
        document_id=document.id,
        subject=document.subject,
        facts=facts,
    )
    if full_text and number == document.revision_no:
        _remember(w, document.id, {"revision_no": number, "digest": shown, "at": w.now})


@dataclass(frozen=True)
class Display:
    """A text that stood on somebody's page without being asked for: to whom, which, and what to call it."""

    identity: Identity
    document: DocumentFacts
    label: str


def note_displays(w: Work, displays: Sequence[Display]) -> None:
    """Several people's, in one Work of the system's; each entry is in the name of who saw it."""
    for item in displays:
        seen_by = replace(w, actor=item.identity.actor(w.directory, w.today))
        note_opening(seen_by, document=item.document, label=item.label, full_text=False)


def _remember(w: Work, document_id: int, values: dict[str, Any]) -> None:
    key = {"person_id": w.actor.person_id, "document_id": document_id}
    statement = w.engine.database.insert(Seen).values(**key, **values)
    w.db.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
