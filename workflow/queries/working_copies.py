"""What the actor typed and has not saved; nobody sees another's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workflow.engine import Work
from workflow.models import WorkingCopy


@dataclass(frozen=True)
class Kept:
    """The values of a form as they were typed, and when."""

    fields: tuple[tuple[str, str], ...]
    at: datetime


def working_copy(w: Work, document_id: int) -> Kept | None:
    row = w.db.execute(
        select(WorkingCopy.fields, WorkingCopy.kept_at).where(
            WorkingCopy.person_id == w.actor.person_id, WorkingCopy.document_id == document_id
        )
    ).first()
    return Kept(tuple((name, value) for name, value in row[0]), row[1]) if row else None
