"""
Puts what was committed on PostgreSQL into the tree: whoever holds the lock does it for all, like a group commit.

Two round trips, with prepared statements alone: under load every act waits for this.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from workflow.engine.database import Database
from workflow.engine.sealing import sign
from workflow.log import merkle
from workflow.log.key import CheckpointKey
from workflow.models.base import instant_text

LOCK = 7_406_151_120
"""The advisory lock under which one node at a time lengthens the tree."""

_TURN = f"SELECT pg_advisory_xact_lock({LOCK})"
# Only after the lock is held: the snapshot of a statement that waited for it would be older than its turn. Entries are
# fetched one by one: of a table that is filled and emptied all day the server's figures say anything, and a join
# planned by them reads the whole log.
_WAITING = (
    "SELECT new.id, new.hash, new.at, log_head.size, log_head.frontier, log_head.last_at "
    "FROM log_head LEFT JOIN (unsealed CROSS JOIN LATERAL "
    "(SELECT id, hash, at FROM entry WHERE id = unsealed.entry_id OFFSET 0) AS new) ON true "
    "WHERE log_head.id = 1 ORDER BY new.id"
)
_APPEND = (
    "WITH new AS (SELECT t.position, t.entry_id, decode(t.nodes, 'hex') AS nodes "
    "FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS t(position, entry_id, nodes)), "
    "grown AS (INSERT INTO leaf (position, entry_id, nodes, sealed_at) "
    "SELECT position, entry_id, nodes, $6 FROM new), "
    "done AS (DELETE FROM unsealed WHERE entry_id = ANY($2::bigint[])) "
    "UPDATE log_head SET size = $4, frontier = decode($5, 'hex'), last_at = $6 WHERE id = 1"
)
# The server would weigh anew each time whether to plan these for their values, which costs more than running them.
_PLANNED = "SET LOCAL plan_cache_mode = force_generic_plan"
# A seal that a crash of the server takes back is made again from `unsealed`, which came with the act itself: it
# need not be flushed on its own. A checkpoint goes out of the house, so what it signs is flushed before.
_UNHURRIED = "SET LOCAL synchronous_commit = off"


def seal_committed(database: Database, now: datetime, key: CheckpointKey | None = None) -> None:
    """
    Return once nothing committed before this call is left out of the tree; with a key its size is signed as well.

    Raises DBAPIError, also for what the driver itself says.
    """
    with database.write.connect() as db:
        try:
            _seal(db, now, key)
        except db.dialect.loaded_dbapi.Error as error:
            db.invalidate(error)
            raise DBAPIError("seal", None, error) from error


def _seal(db: Connection, now: datetime, key: CheckpointKey | None) -> None:
    from workflow.engine.direct import direct  # its driver is loaded on this database alone

    way = direct(db)
    hurry = () if key else (_UNHURRIED,)
    rows = way.script("BEGIN", *hurry, _PLANNED, _TURN, way.execute(_WAITING)).fetchall()
    size, stored, last_at = rows[0][3:]
    waiting = [row for row in rows if row[0] is not None]
    frontier = merkle.Frontier.from_bytes(stored)
    # Another node's entry may be younger than this node's moment: a checkpoint is never older than its leaves.
    at = max([now, *map(datetime.fromisoformat, (last_at, *(row[2] for row in waiting)))])
    done = []
    if waiting:
        nodes = [b"".join(frontier.append(merkle.leaf_hash(row[1]))).hex() for row in waiting]
        done = [
            way.execute(
                _APPEND,
                _array(range(size, frontier.size)),
                _array(row[0] for row in waiting),
                _array(f'"{node}"' for node in nodes),
                str(frontier.size),
                f"'{frontier.to_bytes().hex()}'",
                f"'{instant_text(at)}'",
            )
        ]
    if key is None:
        way.script(*done, "COMMIT")
        return
    if done:
        way.script(*done)
    sign(db, frontier, at, key)
    db.commit()


def _array(items: Any) -> str:
    """Of numbers, or of quoted words of hexadecimal digits: nothing that SQL would need escaped."""
    return "'{" + ",".join(map(str, items)) + "}'"
