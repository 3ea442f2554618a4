"""The signed sizes of the tree, for keeping outside; nothing here signs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select

from workflow.engine import Work
from workflow.models import Checkpoint

AT_ONCE = 20


@dataclass(frozen=True)
class Sealed:
    """A checkpoint: the first `size` events under `root` (hex); `note` is the signed text itself."""

    id: int
    size: int
    root: str
    note: str
    at: datetime


def newest_checkpoint(w: Work) -> Sealed | None:
    """The one over most events, whichever was written last: who signs does not wait for who signs beside him."""
    row = w.db.execute(_sealed().limit(1)).first()
    return _read(row) if row else None


def checkpoints(w: Work, *, before: int | None = None) -> tuple[list[Sealed], int | None]:
    """The newest first, and the id to go on from."""
    statement = _sealed().limit(AT_ONCE + 1)
    if before is not None:
        size = select(Checkpoint.size).where(Checkpoint.id == before).scalar_subquery()
        statement = statement.where(
            or_(Checkpoint.size < size, and_(Checkpoint.size == size, Checkpoint.id < before))
        )
    found = [_read(row) for row in w.db.execute(statement)]
    return found[:AT_ONCE], found[AT_ONCE - 1].id if len(found) > AT_ONCE else None


def public_key(w: Work) -> str:
    """The line an auditor keeps to check signatures; only asked where something was signed."""
    return w.engine.key.to_check(w.db).public.text


def _sealed() -> Select[Any]:
    return select(Checkpoint.__table__).order_by(Checkpoint.size.desc(), Checkpoint.id.desc())


def _read(row: Row[Any]) -> Sealed:
    return Sealed(row.id, row.size, row.root.hex(), row.note, row.at)
