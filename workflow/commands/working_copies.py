"""Keeping what a person is typing until he saves it: a convenience, never a revision, never an entry."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, insert, select

from workflow.commands.drafting import MAY_DRAFT, MAY_REPORT
from workflow.commands.steps import load_for_step
from workflow.commands.turn_to_edit import refuse_unless_editor
from workflow.completeness import has_secret_mark
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotYourStep
from workflow.models import StepKey, WorkingCopy

NEW = 0
"""Stands for the document that does not exist yet."""

FORGOTTEN_AFTER = timedelta(days=60)

Fields = Sequence[tuple[str, str]]


def keep_working_copy(w: Work, *, document_id: int, fields: Fields) -> None:
    """
    The values of the actor's form as typed, in place of those kept before. Raises as an edit would: NotFound,
    StepNotOpen, NotYourStep; Invalid for a secrecy mark, which must not be in this system at all.
    """
    if document_id == NEW:
        if w.actor.has(*MAY_DRAFT, *MAY_REPORT) is None or w.actor.has("admin"):
            raise NotYourStep("create", MAY_DRAFT)
        agency_id = w.actor.agency_id
    else:
        document = load_for_step(w, document_id)
        refuse_unless_editor(w, document)
        agency_id = document.agency_id
    if any(has_secret_mark(value) for _, value in fields):
        raise Invalid([Fault("sections", "secret_mark")])
    if _already_a_draft(w, document_id, fields):
        return
    mine = WorkingCopy.person_id == w.actor.person_id
    w.db.execute(
        delete(WorkingCopy).where(
            mine,
            (WorkingCopy.document_id == document_id) | (WorkingCopy.kept_at < w.now - FORGOTTEN_AFTER),
        )
    )
    w.db.execute(
        insert(WorkingCopy).values(
            person_id=w.actor.person_id,
            document_id=document_id,
            agency_id=agency_id,
            fields=[list(pair) for pair in fields],
            kept_at=w.now,
        )
    )


def _already_a_draft(w: Work, document_id: int, fields: Fields) -> bool:
    """What was still on its way when the first save made a draft of it."""
    key = dict(fields).get("key", "")
    if document_id != NEW or not key:
        return False
    claimed = select(StepKey.key).where(StepKey.person_id == w.actor.person_id, StepKey.key == key)
    return w.db.scalar(claimed) is not None


def drop_working_copy(w: Work, *, document_id: int) -> None:
    """After saving, or when the actor wants his copy no longer."""
    w.db.execute(
        delete(WorkingCopy).where(
            WorkingCopy.person_id == w.actor.person_id, WorkingCopy.document_id == document_id
        )
    )
