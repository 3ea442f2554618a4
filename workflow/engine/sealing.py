"""Puts entries into the tree, in the transaction of their own act (SQLite), and signs its size."""

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

_LEAF = Prepared(insert(Leaf.__table__))
CHECKPOINT = Prepared(insert(Checkpoint.__table__))
_GROW = Prepared(
    update(LogHead.__table__).values({name: bindparam(name) for name in ("size", "frontier", "last_at")})
)


def seal(
    db: Connection,
    head: Start,
    entries: list[tuple[int | None, bytes]],
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
        CHECKPOINT.run(db, sign(frontier, at, key))


def sign(frontier: merkle.Frontier, at: datetime, key: CheckpointKey) -> dict[str, Any]:
    """The row of a checkpoint of the tree as it stands at this edge."""
    root = frontier.root()
    note = sign_checkpoint(key, size=frontier.size, root=root, at=at)
    return {"size": frontier.size, "root": root, "note": note, "at": at}
