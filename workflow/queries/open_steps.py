"""The buttons of several documents at once, for lists: exactly the steps the gate would accept."""

from collections.abc import Sequence

from workflow.case import DocumentFacts
from workflow.definition import Step
from workflow.engine import Work
from workflow.loading import cases, document_columns, document_facts
from workflow.models import Document
from workflow.queries.visibility import visible_to

Open = tuple[DocumentFacts, tuple[Step, ...]]


def open_steps_of(w: Work, document_ids: Sequence[int]) -> dict[int, Open]:
    """By document id, of those the actor may see; three statements for any number."""
    statement = document_columns().where(Document.id.in_(document_ids), visible_to(w.actor))
    documents = [document_facts(row) for row in w.db.execute(statement)]
    found: dict[int, Open] = {}
    for case in cases(w, documents):
        flow = w.flow(case.document.definition_id, case.document.definition_version)
        found[case.document.id] = (case.document, tuple(flow.open_steps(case, w.actor)))
    return found
