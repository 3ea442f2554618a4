"""What a step left behind, read in the Work of the step itself, for the sentence that says so; it judges nothing."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from workflow.case import Case, DocumentFacts
from workflow.engine import Prepared, Work
from workflow.loading import document_columns, document_facts
from workflow.models import Delivery, Document
from workflow.relations import people_of

_BY_ID = Prepared(document_columns().where(Document.id == bindparam("document_id")))
_DELIVERIES = select(func.count()).where(Delivery.document_id == bindparam("document_id"))


@dataclass(frozen=True)
class After:
    """The row, with whose posts it lies now by the names of the people, and to how many places it was sent."""

    document: DocumentFacts
    waits_for: tuple[str, ...]
    sent_to: int


def after_step(w: Work, document_id: int, left: DocumentFacts | None = None) -> After:
    """
    The actor may no longer see the document afterwards. `left` is the row as the step says that it left it, read where
    it does not.
    """
    document = left or _read(w, document_id)
    state = w.flow(document.definition_id, document.definition_version).definition.states[document.state]
    sent_to = 0
    if document.number is not None:  # nothing goes out before
        sent_to = w.db.scalar(_DELIVERIES, {"document_id": document_id}) or 0
    # With whom it lies follows from the row and the directory alone; what each did on it before is not asked here.
    agency = w.directory.agencies[document.agency_id]
    case = Case(document, (), frozenset(), agency, w.directory, w.now, w.today)
    names = (person.name for relation in state.waits_for for person in people_of(relation, case))
    return After(document, tuple(dict.fromkeys(names)), sent_to)


def _read(w: Work, document_id: int) -> DocumentFacts:
    row = _BY_ID.row(w.db, {"document_id": document_id})
    assert row is not None  # the step locked it
    return document_facts(row)
