"""What one person was told, newest first, and how much of it is unread."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select

from workflow.engine import Work
from workflow.models import Notice

PAGE = 50
MANY = 100
"""Nobody needs an exact count beyond this."""


@dataclass(frozen=True)
class Told:
    """One notice as it was written; `facts` are those of its kind."""

    id: int
    kind: str
    document_id: int | None
    instance_id: int | None
    created_at: datetime
    read_at: datetime | None
    facts: dict[str, Any] = field(hash=False)

    @property
    def unread(self) -> bool:
        return self.read_at is None


@dataclass(frozen=True)
class TellingsPage:
    items: tuple[Told, ...]
    next: int | None
    unread: int


def notices_of(w: Work, *, before: int | None = None) -> TellingsPage:
    """A page of the actor's own; two statements. `next` is where the following page begins."""
    mine = Notice.person_id == w.actor.person_id
    statement = told().where(mine).order_by(Notice.id.desc()).limit(PAGE + 1)
    if before is not None:
        statement = statement.where(Notice.id < before)
    rows = as_told(w.db.execute(statement).all())
    unread = w.db.scalar(select(unread_count()), {"person_id": w.actor.person_id}) or 0
    return TellingsPage(tuple(rows[:PAGE]), rows[PAGE - 1].id if len(rows) > PAGE else None, unread)


@cache
def unread_count() -> ScalarSelect[int]:
    """SQL: how many `person_id` has not seen, at most MANY; made to ride along in another statement."""
    one = (
        select(Notice.id)
        .where(Notice.person_id == bindparam("person_id"), Notice.read_at.is_(None))
        .limit(MANY)
        .subquery()
    )
    return select(func.count()).select_from(one).scalar_subquery()


def told() -> Select[Any]:
    return select(
        Notice.id,
        Notice.kind,
        Notice.document_id,
        Notice.instance_id,
        Notice.created_at,
        Notice.read_at,
        Notice.facts,
    )


def as_told(rows: Sequence[Any]) -> list[Told]:
    return [Told(*row) for row in rows]
