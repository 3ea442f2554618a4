"""
Puts what was committed on PostgreSQL into the tree: whoever holds the lock does it for all, like a group commit.

The server does it, in the function that migration 0015 gave it: under load every act waits for this, and in one round
trip nobody holds the lock while his process waits for its turn on the processor.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from workflow.engine.database import Database
from workflow.engine.prepared import NONE, Prepared
from workflow.engine.sealing import CHECKPOINT, sign
from workflow.log.key import CheckpointKey
from workflow.log.merkle import Frontier
from workflow.models.base import instant_text

if TYPE_CHECKING:  # its driver is loaded on this database alone
    from workflow.engine.answer import Answer
    from workflow.engine.direct import Riding

LOCK = 7_406_151_120
"""The advisory lock under which one node at a time lengthens the tree; `seal_waiting` takes it."""

# A seal that a crash of the server takes back is made again from `unsealed`, which came with the act itself: it
# need not be flushed on its own. The message is nothing but a reason to flush, and with it all before it.
_UNFLUSHED = Prepared(select(func.set_config("synchronous_commit", "off", True)))
_SEAL = "SELECT frontier, at, set_config('synchronous_commit', 'off', true) FROM seal_waiting($1)"
_SEAL_AND_FLUSH = "SELECT frontier, at, pg_logical_emit_message(true, 'trinhky', '') FROM seal_waiting($1)"


def seal_with_commit(db: Connection, now: datetime, *, wrote: bool, signed: bool) -> "Riding":
    """
    What the next commit of `db` commits is sealed in its own round trip, with whatever others left.

    One flush is enough for each answer, and comes before it. It is the commit's own; where the tree's size will be
    signed as well (`signed`), the checkpoint's; where this request wrote nothing (not `wrote`) because an earlier one
    had done it, the seal's.
    """
    from workflow.engine.direct import direct

    if signed:
        _UNFLUSHED.later(db, NONE)
    return direct(db).with_commit((_SEAL if wrote or signed else _SEAL_AND_FLUSH, instant_text(now)))


def sign_sealed(db: Connection, sealed: "Answer", key: CheckpointKey) -> None:
    """
    Sign the size to which the tree had grown with that commit; nobody waits for it, as a tree of one size never
    changes. A checkpoint goes out of the house: its own commit is flushed, and with it the act and all that it signs.

    Raises DBAPIError; then it is not known whether there is one.
    """
    frontier, at, _ = sealed.fetchall()[0]
    CHECKPOINT.alone(db, sign(Frontier.from_bytes(frontier), datetime.fromisoformat(at), key))


def seal_committed(database: Database, now: datetime) -> None:
    """
    Return once nothing committed before this call is left out of the tree, nor of the disk.

    Raises DBAPIError, also for what the driver itself says.
    """
    from workflow.engine.direct import BEGIN, COMMIT, direct

    with database.writers.taken() as db:
        try:
            direct(db).together(BEGIN, (_SEAL_AND_FLUSH, instant_text(now)), COMMIT)
        except db.dialect.loaded_dbapi.Error as error:
            db.invalidate(error)
            raise DBAPIError("seal", None, error) from error
