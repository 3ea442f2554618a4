"""Whom a document waits for: one row per post, kept in step with its state. A hint; the gate decides."""

from collections.abc import Iterable

from sqlalchemy import insert, update

from workflow.case import Case
from workflow.definition import State
from workflow.engine import Work
from workflow.models import Waiting
from workflow.rules import posts_of


def wait_for(w: Work, case: Case, state: State) -> None:
    """Close the open rows of the document and open those of `state`; `case` is as it stands after the step."""
    w.db.execute(
        update(Waiting).where(Waiting.document_id == case.document.id, Waiting.left_at.is_(None)).values(left_at=w.now)
    )
    rows = [
        {
            "agency_id": case.document.agency_id,
            "document_id": case.document.id,
            "post_id": post_id,
            "person_id": person_id,
            "state": state.id,
            "since": w.now,
            "left_at": None,
        }
        for post_id, person_id in _posts(case, state.waits_for)
    ]
    if rows:
        w.db.execute(insert(Waiting), rows)


def _posts(case: Case, relations: Iterable[str]) -> list[tuple[int, int | None]]:
    found: dict[int, int | None] = {}
    for relation in relations:
        for post, person_id in posts_of(relation, case):
            found.setdefault(post.id, person_id)
    return list(found.items())
