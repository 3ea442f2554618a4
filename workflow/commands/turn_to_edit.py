"""Who may change a text now, and whether the text he saw is still the present one; it changes nothing."""

from typing import Any

from sqlalchemy import select

from workflow.case import REMARKING, WATCHING, DocumentFacts
from workflow.commands.moving import told_of
from workflow.commands.steps import case_of, load_for_step
from workflow.engine import Work
from workflow.errors import NotYourStep, Stale, StepNotOpen
from workflow.models import Entry
from workflow.relations import in_place_of, people_of, stands_in


def document_to_edit(w: Work, document_id: int, seen_version: int) -> DocumentFacts:
    """
    The document, locked, where the actor may change its text now; raises as `save_revision`.

    Remarks take a version too, so that nobody signs over one he has not seen; but they change no word, and what
    was typed meanwhile is not stale by them.
    """
    document = load_for_step(w, document_id)
    if document.version != seen_version and not _only_remarks_since(w, document, seen_version):
        raise Stale(seen_version=seen_version, version=document.version, text_changed=True)
    refuse_unless_editor(w, document)
    return document


def refuse_unless_editor(w: Work, document: DocumentFacts) -> None:
    """Content is edited in draft and returned only, by the one it lies with (decisions.md 10, 11)."""
    state = w.flow(document.definition_id, document.definition_version).definition.states[document.state]
    if not state.editable:
        raise StepNotOpen("edit", document.state)
    case = case_of(w, document)
    relation = "returned_to" if document.state == "returned" else "drafter"
    if not stands_in(relation, case, w.actor):
        raise NotYourStep("edit", (relation,), [person.name for person in people_of(relation, case)])


def edited_for(w: Work, document: DocumentFacts) -> dict[str, Any]:
    """What the entry says besides where the text is changed for somebody away; one statement only then."""
    if not w.actor.stands_for:
        return {}
    relation = "returned_to" if document.state == "returned" else "drafter"
    stand = in_place_of(relation, case_of(w, document), w.actor)
    return {"in_place_of": told_of(stand)} if stand else {}


def _only_remarks_since(w: Work, document: DocumentFacts, seen_version: int) -> bool:
    other = select(Entry.id).where(
        Entry.document_id == document.id,
        Entry.stream == "act",
        Entry.version > seen_version,
        Entry.action.not_in((*REMARKING, *WATCHING)),
    )
    return 0 < seen_version < document.version and w.db.scalar(other.limit(1)) is None
