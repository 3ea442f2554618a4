"""The key that signs this record's checkpoints: one for all its nodes, and never another by accident."""

import base64
import binascii
import secrets
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import Connection

from workflow.engine.prepared import Prepared
from workflow.log.key import BadKey, CheckpointKey, read_private
from workflow.models import Checkpoint
from workflow.settings import Settings

_LATEST = Prepared(select(Checkpoint.note).order_by(Checkpoint.id.desc()).limit(1))


class RecordKey:
    """
    Found at its first use and kept. A record without any checkpoint takes the key it is given, or a new one in a file;
    one that was signed before is signed by that key alone: a second one would leave notes that nobody here can check.
    """

    def __init__(self, settings: Settings):
        self._settings = settings
        self._key: CheckpointKey | None = None
        self.confirmed: CheckpointKey | None = None
        """The key, once a checkpoint of the record was seen to be its own."""

    def to_check(self, db: Connection) -> CheckpointKey:
        """
        The key as this machine has it, whoever signed; made new only where nothing was signed yet. Raises BadKey:
        form, key_id, permissions, absent.
        """
        if self._key is None:
            self._key = self._found(new_one=_latest(db) is None)
        return self._key

    def to_sign(self, db: Connection) -> CheckpointKey:
        """Before anything is committed that must be signed. Raises BadKey also for `other`: the record has its own."""
        key = self.to_check(db)
        if self.confirmed is None and (note := _latest(db)) is not None:
            if not _of(key, note):
                raise BadKey("other", key.key_id)
            self.confirmed = key
        return key

    def glance(self, db: Connection) -> None:
        """
        At a start, which loads nothing to sign with: that the key at hand says it is the record's, or that there is
        none of either. Raises BadKey as `to_sign`, but for `key_id`.
        """
        note = _latest(db)
        given, place = self._settings.checkpoint_key, self._place
        if not given and not place.exists():
            if note is not None:
                raise BadKey("absent", place.name)
            return
        origin, key_id = CheckpointKey.claimed(given or read_private(place))
        if note is not None and _id_in(note, origin) != key_id:
            raise BadKey("other", key_id.hex())

    @property
    def _place(self) -> Path:
        return self._settings.instance / "checkpoint.key"

    def successor(self, db: Connection) -> CheckpointKey | None:
        """
        The key as this machine has it now, or a new one of the same log, confirmed to sign from here on; None where it
        is the key of the record already.
        """
        note = _latest(db)
        key = self._key = self._found(new_one=True, origin=note.split("\n", 1)[0] if note else "")
        if note is None or _of(key, note):
            return None
        self.confirmed = key
        return key

    def _found(self, *, new_one: bool, origin: str = "") -> CheckpointKey:
        if given := self._settings.checkpoint_key:
            return CheckpointKey.from_text(given)
        place = self._place
        if not new_one and not place.exists():
            raise BadKey("absent", place.name)
        return CheckpointKey.load_or_create(place, origin=origin or f"trinhky/{secrets.token_hex(4)}")


def _latest(db: Connection) -> str | None:
    note: str | None = _LATEST.scalar(db)
    return note


def _of(key: CheckpointKey, note: str) -> bool:
    """Whether the note is signed with a key of this name and id; what it says is the verification's."""
    return _id_in(note, key.origin) == key.public.id_bytes


def _id_in(note: str, origin: str) -> bytes | None:
    """The id of the key that a line of the note says it is signed with, for this log."""
    for line in note.splitlines():
        mark, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if mark == "\u2014" and name == origin:
            try:
                return base64.b64decode(encoded, validate=True)[:4]
            except (binascii.Error, ValueError):
                return None
    return None
