"""
Seals what was committed on PostgreSQL, with whoever else commits at the same time: like a group commit.

Whoever holds the lock seals for all. Where others are writing too, each waits a moment first and mostly finds its
own entry sealed: one of them does for all what each would do for himself. The act stands by then, so what fails here
is never "nothing was done" but OutcomeUnknown: the same request again finds its key, and seals.
"""

import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from workflow.engine.database import Database
from workflow.engine.prepared import Prepared
from workflow.engine.sealing import seal_waiting
from workflow.errors import OutcomeUnknown
from workflow.log.key import CheckpointKey
from workflow.models import Unsealed

PAUSE = 0.002
"""Seconds, in which others commit; a tenth of what they take for their acts."""

_WAITS = Prepared(select(Unsealed.entry_id).where(Unsealed.entry_id == bindparam("entry_id")))
_ANY_WAITS = Prepared(select(Unsealed.entry_id).limit(1))


class Sealer:
    """One for all threads of a process. Other processes it meets only in the record."""

    def __init__(self) -> None:
        self._crowded = False
        """Whether the last time somebody else's entries were met, or one's own had been sealed by another."""

    def seal(
        self,
        database: Database,
        entries: Sequence[int],
        now: datetime,
        key: CheckpointKey | None,
        *,
        checkpoint: bool,
    ) -> None:
        """Return once these entries are in the tree; none of them means: once nothing waits. Raises OutcomeUnknown."""
        if not checkpoint:
            if not entries and not _waits(database, _ANY_WAITS, {}):
                return
            if entries and self._crowded:
                time.sleep(PAUSE)
                if not _waits(database, _WAITS, {"entry_id": entries[-1]}):
                    return
        try:
            sealed = seal_all(database, now, key, checkpoint=checkpoint)
        except DBAPIError as error:
            raise OutcomeUnknown from error
        self._crowded = sealed != len(entries)


def seal_all(database: Database, now: datetime, key: CheckpointKey | None, *, checkpoint: bool) -> int:
    """How many entries were sealed. Raises DBAPIError, also for what the driver itself says."""
    with database.write.connect() as db, db.begin():
        try:
            return seal_waiting(db, now, key, checkpoint=checkpoint)
        except db.dialect.loaded_dbapi.Error as error:
            db.invalidate(error)
            raise DBAPIError("seal", None, error) from error


def _waits(database: Database, statement: Prepared, values: dict[str, int]) -> bool:
    """Entries of one act are sealed together, so any of them speaks for all. Whoever cannot be asked, waits."""
    try:
        with database.glance.connect() as db:
            return statement.scalar(db, values) is not None
    except DBAPIError:
        return True
