"""Puts entries into the tree and signs its size: at once on SQLite, in shared batches on PostgreSQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.engine import Connection

from workflow.engine.directory import Start
from workflow.engine.prepared import Prepared
from workflow.log import merkle
from workflow.log.checkpoint import sign_checkpoint
from workflow.log.key import CheckpointKey
from workflow.models import Checkpoint, Leaf, LogHead
from workflow.models.base import instant_text

_LEAF = Prepared(insert(Leaf.__table__))
_CHECKPOINT = insert(Checkpoint.__table__)
_GROW = Prepared(
    update(LogHead.__table__).values({name: bindparam(name) for name in ("size", "frontier", "last_at")})
)

LOCK = 7_406_151_120
"""The advisory lock under which one node at a time lengthens the tree."""

_TURN = f"SELECT pg_advisory_xact_lock({LOCK})"
# Only after the lock is held: the snapshot of a statement that waited for it would be older than its turn.
_WAITING = (
    "SELECT entry.id, entry.hash, entry.at, log_head.size, log_head.frontier, log_head.last_at FROM log_head "
    "LEFT JOIN (unsealed JOIN entry ON entry.id = unsealed.entry_id) ON true ORDER BY entry.id"
)
_APPEND = (
    "WITH new AS (SELECT * FROM unnest(%(positions)s::bigint[], %(entries)s::bigint[], %(nodes)s::bytea[]) "
    "AS t(position, entry_id, nodes)), "
    "grown AS (INSERT INTO leaf SELECT position, entry_id, nodes, %(at)s FROM new), "
    "done AS (DELETE FROM unsealed WHERE entry_id IN (SELECT entry_id FROM new)) "
    "UPDATE log_head SET size = %(size)s, frontier = %(frontier)s, last_at = %(at)s"
)
# A seal that a crash of the server takes back is made again from `unsealed`, which came with the act itself: it
# need not be flushed on its own. A checkpoint goes out of the house, so what it signs is flushed before.
_UNHURRIED = "SET LOCAL synchronous_commit = off"


def seal(
    db: Connection,
    head: Start,
    entries: list[tuple[int, bytes]],
    now: datetime,
    key: CheckpointKey | None,
    *,
    checkpoint: bool,
) -> None:
    """
    Append these (id, hash) to the tree in this order, inside the caller's transaction, which alone may do so and
    found the tree's `head` when it began.

    With `checkpoint` the new size is signed as well.
    """
    frontier = merkle.Frontier.from_bytes(head.frontier)
    at = max(now, head.last_at) if head.last_at else now
    rows = []
    for position, (entry_id, entry_hash) in enumerate(entries, head.size):
        nodes = frontier.append(merkle.leaf_hash(entry_hash))
        rows.append({"position": position, "entry_id": entry_id, "nodes": b"".join(nodes), "sealed_at": at})
    if rows:
        _LEAF.run_all(db, rows)
        _GROW.run(db, {"size": frontier.size, "frontier": frontier.to_bytes(), "last_at": at})
    if checkpoint and key is not None:
        _sign(db, frontier, at, key)


def seal_waiting(db: Connection, now: datetime, key: CheckpointKey | None, *, checkpoint: bool) -> int:
    """
    Everything committed and not yet in the tree, under the lock (PostgreSQL; performance.md): how many entries.

    Two round trips, in the driver's pipeline: under load every act waits for this. Raises the driver's errors.
    """
    driver: Any = db.connection.driver_connection
    first, found = driver.cursor(), driver.cursor()
    with driver.pipeline():
        if not checkpoint:
            first.execute(_UNHURRIED)
        first.execute(_TURN)
        found.execute(_WAITING)
    rows = found.fetchall()
    size, stored, last_at = rows[0][3:]
    waiting = [row for row in rows if row[0] is not None]
    if not waiting and not checkpoint:
        return 0
    frontier = merkle.Frontier.from_bytes(stored)
    # Another node's entry may be younger than this node's moment: a checkpoint is never older than its leaves.
    at = max([now, *map(datetime.fromisoformat, (last_at, *(row[2] for row in waiting)))])
    nodes = [b"".join(frontier.append(merkle.leaf_hash(row[1]))) for row in waiting]
    if waiting:
        values = {
            "positions": list(range(size, frontier.size)),
            "entries": [row[0] for row in waiting],
            "nodes": nodes,
            "size": frontier.size,
            "frontier": frontier.to_bytes(),
            "at": instant_text(at),
        }
        with driver.pipeline():
            first.execute(_APPEND, values)
            if not checkpoint:
                driver.commit()
    if checkpoint and key is not None:
        _sign(db, frontier, at, key)
    return len(waiting)


def _sign(db: Connection, frontier: merkle.Frontier, at: datetime, key: CheckpointKey) -> None:
    note = sign_checkpoint(key, size=frontier.size, root=frontier.root(), at=at)
    db.execute(_CHECKPOINT, {"size": frontier.size, "root": frontier.root(), "note": note, "at": at})
