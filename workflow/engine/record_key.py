"""The key that signs this record's checkpoints: one for all its nodes, and never another by accident."""

import base64
import binascii
import secrets

from sqlalchemy import select
from sqlalchemy.engine import Connection

from workflow.engine.prepared import Prepared
from workflow.log.key import BadKey, CheckpointKey
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
        place = self._settings.instance / "checkpoint.key"
        if not new_one and not place.exists():
            raise BadKey("absent", place.name)
        return CheckpointKey.load_or_create(place, origin=origin or f"trinhky/{secrets.token_hex(4)}")


def _latest(db: Connection) -> str | None:
    note: str | None = _LATEST.scalar(db)
    return note


def _of(key: CheckpointKey, note: str) -> bool:
    """Whether a line of the note is signed with a key of this name and id; what it says is the verification's."""
    for line in note.splitlines():
        mark, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if mark == "\u2014" and name == key.origin:
            try:
                return base64.b64decode(encoded, validate=True)[:4] == key.public.id_bytes
            except (binascii.Error, ValueError):
                return False
    return False
