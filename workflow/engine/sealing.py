"""Puts entries into the tree and signs its size: at once on SQLite, in shared batches on PostgreSQL."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from workflow.log import merkle
from workflow.log.checkpoint import sign_checkpoint
from workflow.log.key import CheckpointKey
from workflow.models import Checkpoint, Entry, Leaf, LogHead, Unsealed

LOCK = 7_406_151_120
"""The advisory lock under which one node at a time lengthens the tree."""


def seal(
    db: Connection, entries: list[tuple[int, bytes]], now: datetime, key: CheckpointKey | None, *, checkpoint: bool
) -> None:
    """
    Append these (id, hash) to the tree in this order, inside the caller's transaction, which alone may do so.

    With `checkpoint` the new size is signed as well.
    """
    head = db.execute(select(LogHead.size, LogHead.frontier, LogHead.last_at)).one()
    frontier = merkle.Frontier.from_bytes(head.frontier)
    at = max(now, head.last_at)
    rows = []
    for position, (entry_id, entry_hash) in enumerate(entries, head.size):
        nodes = frontier.append(merkle.leaf_hash(entry_hash))
        rows.append({"position": position, "entry_id": entry_id, "nodes": b"".join(nodes), "sealed_at": at})
    if rows:
        db.execute(insert(Leaf), rows)
        db.execute(update(LogHead).values(size=frontier.size, frontier=frontier.to_bytes(), last_at=at))
    if checkpoint and key is not None:
        note = sign_checkpoint(key, size=frontier.size, root=frontier.root(), at=at)
        db.execute(insert(Checkpoint).values(size=frontier.size, root=frontier.root(), note=note, at=at))


def seal_waiting(db: Connection, now: datetime, key: CheckpointKey | None, *, checkpoint: bool) -> None:
    """Everything committed and not yet in the tree, under the lock (PostgreSQL; performance.md)."""
    db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    waiting = db.execute(
        select(Entry.id, Entry.hash).join(Unsealed, Unsealed.entry_id == Entry.id).order_by(Entry.id)
    ).all()
    entries = [(row.id, row.hash) for row in waiting]
    if entries or checkpoint:
        seal(db, entries, now, key, checkpoint=checkpoint)
    if entries:
        db.execute(delete(Unsealed).where(Unsealed.entry_id.in_([entry_id for entry_id, _ in entries])))
