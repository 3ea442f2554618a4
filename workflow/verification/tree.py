"""The tree over all entries, built anew from their bytes, against its stored nodes, its head and every signed note."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from workflow.log import merkle
from workflow.log.checkpoint import BadCheckpoint, outside_its_time, read_checkpoint
from workflow.log.checkpoint import Checkpoint as Note
from workflow.log.entry import entry_hash
from workflow.log.key import PublicKey
from workflow.models import Checkpoint, Entry, Leaf, LogHead, Unsealed
from workflow.verification.keys import keys_before
from workflow.verification.report import Broken, Tally
from workflow.verification.rows import AnyRow, AnySelect, stream


def check_tree(
    db: Connection, tally: Tally, key: Callable[[], PublicKey], slack: timedelta
) -> tuple[int, bytes]:
    """
    Size and root as the entries give them. `key`, and those it took over from, are asked only where a checkpoint must
    be read; `slack` is
    what lies between an entry's time and its seal (log.checkpoint.outside_its_time).
    """
    head = db.execute(select(LogHead.size, LogHead.frontier, LogHead.last_at)).one()
    notes = _Notes(db, tally, key)
    frontier = merkle.Frontier()
    youngest: tuple[int, Any, datetime] | None = None
    sealed_at: datetime | None = None
    for row in stream(db, _leaves()):
        # The notes over what came before are due now: this leaf is not below them.
        latest = notes.due(frontier, youngest, slack)
        faults = _leaf_faults(row, frontier, sealed_at)
        if row.at is not None:
            if latest is not None and outside_its_time(row.position, row.at, [latest], slack=slack):
                faults.append(
                    _broken(row, "bracket", row.at.isoformat(), f"not before {latest.at.isoformat()}")
                )
            if youngest is None or row.at > youngest[2]:
                youngest = (row.position, row, row.at)
        sealed_at = row.sealed_at
        tally.add("leaves", faults)
    notes.due(frontier, youngest, slack)
    notes.beyond(frontier)
    _check_head(tally, head, frontier, sealed_at)
    _check_all_sealed(db, tally)
    return frontier.size, frontier.root()


class _Notes:
    """The checkpoints in the order of their size, each compared when the tree has grown to it."""

    def __init__(self, db: Connection, tally: Tally, key: Callable[[], PublicKey]):
        self._tally, self._db, self._key = tally, db, key
        self._rows: Iterator[AnyRow] = stream(
            db, select(Checkpoint.__table__).order_by(Checkpoint.size, Checkpoint.id)
        )
        self._next = next(self._rows, None)
        self._latest: Note | None = None

    def due(
        self, frontier: merkle.Frontier, youngest: tuple[int, Any, datetime] | None, slack: timedelta
    ) -> Note | None:
        """Check those of this size; returns the note with the latest time so far."""
        while self._next is not None and self._next.size <= frontier.size:
            row, self._next = self._next, next(self._rows, None)
            note, faults = self._read(row)
            if row.size < frontier.size:
                faults.append(
                    Broken("checkpoint", recorded=str(row.size), computed=str(frontier.size), where="size")
                )
            elif note is not None:
                root = frontier.root()
                if note.root != root or note.size != frontier.size:
                    faults.append(
                        Broken(
                            "root",
                            recorded=note.root.hex(),
                            computed=root.hex(),
                            where=f"checkpoint {row.id}",
                        )
                    )
                if youngest is not None and outside_its_time(youngest[0], youngest[2], [note], slack=slack):
                    bad = youngest[1]
                    faults.append(
                        _broken(bad, "bracket", youngest[2].isoformat(), f"not after {note.at.isoformat()}")
                    )
                if self._latest is None or note.at > self._latest.at:
                    self._latest = note
            self._tally.add("checkpoints", faults)
        return self._latest

    def beyond(self, frontier: merkle.Frontier) -> None:
        """Notes over more leaves than there are: the log was longer once."""
        while self._next is not None:
            row, self._next = self._next, next(self._rows, None)
            _, faults = self._read(row)
            short = Broken(
                "size", recorded=str(row.size), computed=str(frontier.size), where=f"checkpoint {row.id}"
            )
            self._tally.add("checkpoints", [*faults, short])

    @cached_property
    def _keys(self) -> list[PublicKey]:
        """The present one first: of most notes it is the one."""
        return [self._key(), *keys_before(self._db)]

    def _signed(self, note: str) -> Note:
        *others, last = self._keys
        for key in others:
            try:
                return read_checkpoint(note, key)
            except BadCheckpoint as bad:
                if bad.reason not in ("origin", "key"):
                    raise
        return read_checkpoint(note, last)

    def _read(self, row: AnyRow) -> tuple[Note | None, list[Broken]]:
        where = f"checkpoint {row.id}"
        try:
            note = self._signed(row.note)
        except BadCheckpoint as bad:
            return None, [Broken("signature", recorded=row.root.hex(), computed=bad.reason, where=where)]
        said = (note.size, note.root, note.at)
        if said != (row.size, row.root, row.at):
            return note, [
                Broken(
                    "checkpoint", recorded=str((row.size, row.root.hex())), computed=str(said), where=where
                )
            ]
        return note, []


def _leaves() -> AnySelect:
    columns = (
        Leaf.position,
        Leaf.entry_id,
        Leaf.nodes,
        Leaf.sealed_at,
        Entry.document_id,
        Entry.action,
        Entry.at,
    )
    return select(*columns, Entry.body).outerjoin(Entry, Entry.id == Leaf.entry_id).order_by(Leaf.position)


def _leaf_faults(row: AnyRow, frontier: merkle.Frontier, sealed_at: datetime | None) -> list[Broken]:
    """Lengthens `frontier` by this leaf."""
    faults = []
    if row.position != frontier.size:
        faults.append(_broken(row, "leaf", str(row.position), str(frontier.size), "position"))
    if row.body is None:
        return [*faults, _broken(row, "missing", str(row.entry_id), "", "entry")]
    nodes = b"".join(frontier.append(merkle.leaf_hash(entry_hash(row.body))))
    if nodes != row.nodes:
        faults.append(_broken(row, "nodes", row.nodes.hex(), nodes.hex()))
    if sealed_at is not None and row.sealed_at < sealed_at:
        faults.append(
            _broken(
                row, "leaf", row.sealed_at.isoformat(), f"not before {sealed_at.isoformat()}", "sealed_at"
            )
        )
    return faults


def _check_head(tally: Tally, head: AnyRow, frontier: merkle.Frontier, sealed_at: datetime | None) -> None:
    faults = []
    if head.size != frontier.size:
        faults.append(Broken("size", recorded=str(head.size), computed=str(frontier.size), where="log_head"))
    if head.frontier != frontier.to_bytes():
        recorded, computed = head.frontier.hex(), frontier.to_bytes().hex()
        faults.append(Broken("frontier", recorded=recorded, computed=computed, where="log_head"))
    if sealed_at is not None and head.last_at != sealed_at:
        recorded, computed = head.last_at.isoformat(), sealed_at.isoformat()
        faults.append(Broken("leaf", recorded=recorded, computed=computed, where="log_head.last_at"))
    tally.add("heads", faults)


def _check_all_sealed(db: Connection, tally: Tally) -> None:
    """Every entry has its leaf, but for those another node has committed and is about to seal."""
    statement = (
        select(Entry.id, Entry.document_id, Entry.action, Entry.hash)
        .outerjoin(Leaf, Leaf.entry_id == Entry.id)
        .outerjoin(Unsealed, Unsealed.entry_id == Entry.id)
        .where(Leaf.position.is_(None), Unsealed.entry_id.is_(None))
        .order_by(Entry.id)
    )
    for row in stream(db, statement):
        tally.broken([Broken("unsealed", row.id, row.document_id, row.action, row.hash.hex())])


def _broken(row: Any, kind: str, recorded: str, computed: str, where: str = "") -> Broken:
    return Broken(kind, row.entry_id, row.document_id, row.action or "", recorded, computed, where)
