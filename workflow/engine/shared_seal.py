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

_SEAL = "SELECT frontier, at FROM seal_waiting($1)"
# A seal that a crash of the server takes back is made again from `unsealed`, which came with the act itself: it
# need not be flushed on its own. A checkpoint goes out of the house, so what it signs is flushed before.
_UNHURRIED = "SELECT set_config('synchronous_commit', 'off', true) FROM seal_waiting($1)"


def seal_with_commit(db: Connection, now: datetime, *, to_sign: bool) -> "Riding":
    """
    What the next commit of `db` commits is sealed in its own round trip, with whatever others left. With `to_sign` the
    seal stays open, and nobody else seals, until `sign_sealed` ends it.
    """
    from workflow.engine.direct import BEGIN, direct

    moment = instant_text(now)
    return direct(db).with_commit(*((BEGIN, (_SEAL, moment)) if to_sign else ((_UNHURRIED, moment),)))


def sign_sealed(db: Connection, sealed: "Answer", key: CheckpointKey) -> None:
    """
    Sign the size to which the tree has grown with the commit, and end the seal.

    Raises DBAPIError; then nothing was sealed, and the next act does it.
    """
    from workflow.engine.direct import COMMIT, direct

    try:
        frontier, at = sealed.fetchall()[0]
        sign(db, Frontier.from_bytes(frontier), datetime.fromisoformat(at), key)
        direct(db).together(COMMIT)
    except db.dialect.loaded_dbapi.Error as error:
        db.invalidate(error)
        raise DBAPIError("seal", None, error) from error
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
            direct(db).together(BEGIN, (_UNHURRIED, instant_text(now)), COMMIT)
        except db.dialect.loaded_dbapi.Error as error:
            db.invalidate(error)
            raise DBAPIError("seal", None, error) from error
