"""Puts entries into the tree and signs its size: at once on SQLite, in shared batches on PostgreSQL."""

from datetime import datetime

from sqlalchemy import bindparam, insert, join, select, text, true, update
from sqlalchemy.engine import Connection

from workflow.log import merkle
from workflow.log.checkpoint import sign_checkpoint
from workflow.log.key import CheckpointKey
from workflow.models import Checkpoint, Entry, Leaf, LogHead, Unsealed
from workflow.models.base import instant_text

_HEAD = select(LogHead.size, LogHead.frontier, LogHead.last_at)
_LEAF = insert(Leaf.__table__)
_CHECKPOINT = insert(Checkpoint.__table__)
_GROW = update(LogHead.__table__).values({name: bindparam(name) for name in ("size", "frontier", "last_at")})

LOCK = 7_406_151_120
"""The advisory lock under which one node at a time lengthens the tree."""

_TURN = f"SELECT pg_advisory_xact_lock({LOCK})"
# Only after the lock is held: the snapshot of a statement that waited for it would be older than its turn.
_WAITING = (
    select(Entry.id, Entry.hash, Entry.at, LogHead.size, LogHead.frontier, LogHead.last_at)
    .select_from(LogHead)
    .outerjoin(join(Unsealed, Entry, Unsealed.entry_id == Entry.id), true())
    .order_by(Entry.id)
)
_APPEND = text(
    "WITH new AS (SELECT * FROM unnest(CAST(:positions AS bigint[]), CAST(:entries AS bigint[]), "
    "CAST(:nodes AS bytea[])) AS t(position, entry_id, nodes)), "
    "grown AS (INSERT INTO leaf SELECT position, entry_id, nodes, :at FROM new), "
    "done AS (DELETE FROM unsealed WHERE entry_id IN (SELECT entry_id FROM new)) "
    "UPDATE log_head SET size = :size, frontier = :frontier, last_at = :at"
)


def seal(
    db: Connection,
    entries: list[tuple[int, bytes]],
    now: datetime,
    key: CheckpointKey | None,
    *,
    checkpoint: bool,
) -> None:
    """
    Append these (id, hash) to the tree in this order, inside the caller's transaction, which alone may do so.

    With `checkpoint` the new size is signed as well.
    """
    head = db.execute(_HEAD).one()
    frontier = merkle.Frontier.from_bytes(head.frontier)
    at = max(now, head.last_at)
    rows = []
    for position, (entry_id, entry_hash) in enumerate(entries, head.size):
        nodes = frontier.append(merkle.leaf_hash(entry_hash))
        rows.append({"position": position, "entry_id": entry_id, "nodes": b"".join(nodes), "sealed_at": at})
    if rows:
        db.execute(_LEAF, rows)
        db.execute(_GROW, {"size": frontier.size, "frontier": frontier.to_bytes(), "last_at": at})
    if checkpoint and key is not None:
        _sign(db, frontier, at, key)


def seal_waiting(db: Connection, now: datetime, key: CheckpointKey | None, *, checkpoint: bool) -> None:
    """Everything committed and not yet in the tree, under the lock (PostgreSQL; performance.md)."""
    db.exec_driver_sql(_TURN)
    rows = db.execute(_WAITING).all()
    waiting = [row for row in rows if row.id is not None]
    if not waiting and not checkpoint:
        return
    frontier = merkle.Frontier.from_bytes(rows[0].frontier)
    # Another node's entry may be younger than this node's moment: a checkpoint is never older than its leaves.
    at = max([now, rows[0].last_at, *(row.at for row in waiting)])
    nodes = [b"".join(frontier.append(merkle.leaf_hash(row.hash))) for row in waiting]
    if waiting:
        values = {
            "positions": list(range(rows[0].size, frontier.size)),
            "entries": [row.id for row in waiting],
            "nodes": nodes,
            "size": frontier.size,
            "frontier": frontier.to_bytes(),
            "at": instant_text(at),
        }
        db.execute(_APPEND, values)
    if checkpoint and key is not None:
        _sign(db, frontier, at, key)


def _sign(db: Connection, frontier: merkle.Frontier, at: datetime, key: CheckpointKey) -> None:
    note = sign_checkpoint(key, size=frontier.size, root=frontier.root(), at=at)
    db.execute(_CHECKPOINT, {"size": frontier.size, "root": frontier.root(), "note": note, "at": at})
