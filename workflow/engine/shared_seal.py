"""
Puts what was committed on PostgreSQL into the tree: whoever holds the lock does it for all, like a group commit.

The server does it, in the function that migration 0014 gave it: under load every act waits for this, and in one round
trip nobody holds the lock while his process waits for its turn on the processor.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from workflow.engine.database import Database
from workflow.engine.sealing import sign
from workflow.log.key import CheckpointKey
from workflow.log.merkle import Frontier
from workflow.models.base import instant_text

if TYPE_CHECKING:  # its driver is loaded on this database alone
    from workflow.engine.answer import Answer
    from workflow.engine.direct import Riding

LOCK = 7_406_151_120
"""The advisory lock under which one node at a time lengthens the tree; `seal_waiting` takes it."""

# A seal that a crash of the server takes back is made again from `unsealed`, which came with the act itself: it
# need not be flushed on its own.
_SEAL = "SELECT frontier, at, set_config('synchronous_commit', 'off', true) FROM seal_waiting($1)"


def seal_with_commit(db: Connection, now: datetime) -> "Riding":
    """What the next commit of `db` commits is sealed in its own round trip, with whatever others left."""
    from workflow.engine.direct import direct

    return direct(db).with_commit((_SEAL, instant_text(now)))


def sign_sealed(db: Connection, sealed: "Answer", key: CheckpointKey) -> None:
    """
    Sign the size to which the tree had grown with that commit; nobody waits for it, as a tree of one size never
    changes. A checkpoint goes out of the house: its own commit is flushed, and with it all that it signs.

    Raises DBAPIError; then there is no checkpoint of this size.
    """
    from workflow.engine.direct import COMMIT, direct

    frontier, at, _ = sealed.fetchall()[0]
    try:
        sign(db, Frontier.from_bytes(frontier), datetime.fromisoformat(at), key)
        direct(db).together(COMMIT)
    except db.dialect.loaded_dbapi.Error as error:
        db.invalidate(error)
        raise DBAPIError("checkpoint", None, error) from error
    except BaseException:
        db.invalidate()
        raise


def seal_committed(database: Database, now: datetime) -> None:
    """
    Return once nothing committed before this call is left out of the tree.

    Raises DBAPIError, also for what the driver itself says.
    """
    from workflow.engine.direct import BEGIN, COMMIT, direct

    with database.writers.taken() as db:
        try:
            direct(db).together(BEGIN, (_SEAL, instant_text(now)), COMMIT)
        except db.dialect.loaded_dbapi.Error as error:
            db.invalidate(error)
            raise DBAPIError("seal", None, error) from error
