"""Of many documents of a list, whom each waits for by name; as the page of each says it."""

from collections.abc import Iterable

from workflow.awaited import people_awaited
from workflow.engine import Work
from workflow.loading import cases, document_columns, document_facts
from workflow.models import Document


def awaited_ids(w: Work, ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Document → the ids of those who can take it on. Two statements for any number; none for none."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = w.db.execute(document_columns().where(Document.id.in_(wanted)))
    return {
        case.document.id: frozenset(
            person.id
            for person in people_awaited(
                w.flow(case.document.definition_id, case.document.definition_version), case
            )
        )
        for case in cases(w, [document_facts(row) for row in rows])
    }
