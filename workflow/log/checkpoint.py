"""
Checkpoints: the size and root of the tree at one moment, signed, in a form other programs can read.

A C2SP tlog-checkpoint: a signed note whose text is the origin, the size, the base64 root, and one extension
line, the time of the last entry. What a checkpoint is compared with is not decided here.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from workflow.errors import WorkflowError
from workflow.log.key import CheckpointKey as CheckpointKey
from workflow.log.key import PublicKey as PublicKey
from workflow.log.merkle import HASH_SIZE

MARK = "\u2014 "  # every signature line begins with an em dash and a space


class BadCheckpoint(WorkflowError):
    """A note that proves nothing. `reason`: form, origin, key, signature."""

    def __init__(self, reason: str, where: str = ""):
        super().__init__(f"checkpoint: {reason} {where}".rstrip())
        self.reason, self.where = reason, where


@dataclass(frozen=True)
class Checkpoint:
    """What a log said of itself: `size` entries under `root` (32 bytes), the last of them at `at` (UTC)."""

    origin: str
    size: int
    root: bytes
    at: datetime
    key_id: str


def sign_checkpoint(key: CheckpointKey, *, size: int, root: bytes, at: datetime) -> str:
    """
    The note, signed. `at` is the time of the last entry, to the microsecond.

    Raises ValueError for an empty tree, which has no last entry, a root of another length, a naive time.
    """
    if size < 1 or len(root) != HASH_SIZE or at.tzinfo is None:
        raise ValueError("a checkpoint needs one entry or more, a root of 32 bytes and a time with its zone")
    text = f"{key.origin}\n{size}\n{base64.b64encode(root).decode()}\n{_time_text(at)}\n"
    signed = key.public.id_bytes + key.sign(text.encode())
    return f"{text}\n{MARK}{key.origin} {base64.b64encode(signed).decode()}\n"


def read_checkpoint(note: str, public_key: PublicKey) -> Checkpoint:
    """
    The checkpoint, once its signature by `public_key` holds. Witnesses' lines may stand beside it.

    Raises BadCheckpoint: `form` if the note is not written as it must be, `origin` if it is another log's,
    `key` if this key has not signed it, `signature` if the signature is not over this text.
    """
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise BadCheckpoint("form", "no signatures")
    text += "\n"
    signatures = [_signature(line) for line in lines[:-1].split("\n")]
    checkpoint = _read_text(text, public_key.key_id)
    if checkpoint.origin != public_key.origin:
        raise BadCheckpoint("origin", checkpoint.origin)
    ours = [
        signed[4:]
        for name, signed in signatures
        if name == public_key.origin and signed[:4] == public_key.id_bytes
    ]
    if not ours:
        raise BadCheckpoint("key", public_key.key_id)
    for signature in ours:
        if not public_key.verifies(signature, text.encode()):
            raise BadCheckpoint("signature")
    return checkpoint


def outside_its_time(
    index: int, at: datetime, checkpoints: Iterable[Checkpoint], *, slack: timedelta = timedelta(0)
) -> list[Checkpoint]:
    """
    The checkpoints that contradict the time of leaf `index` (guarantees.md P9).

    A leaf below a checkpoint's size was there when it was made, so it is not younger; a leaf at or above it
    came later, so it is not older. Neither chain nor root would show a date set back. `slack` is the time
    two nodes may need between taking an entry's time and sealing it.
    """
    return [
        checkpoint
        for checkpoint in checkpoints
        if (index < checkpoint.size and at > checkpoint.at + slack)
        or (index >= checkpoint.size and at < checkpoint.at - slack)
    ]


def _read_text(text: str, key_id: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) != 5 or not all(lines[:4]) or not text.isascii():
        raise BadCheckpoint("form", "lines")
    origin, size, root, at = lines[:4]
    if not size.isdigit() or size.startswith("0") or len(size) > 19:
        raise BadCheckpoint("form", "size")
    raw = _from_base64(root)
    if len(raw) != HASH_SIZE:
        raise BadCheckpoint("form", "root")
    try:
        time = datetime.fromisoformat(at)
    except ValueError as fault:
        raise BadCheckpoint("form", "time") from fault
    if time.tzinfo is None or _time_text(time) != at:
        raise BadCheckpoint("form", "time")
    return Checkpoint(origin, int(size), raw, time.astimezone(UTC), key_id)


def _signature(line: str) -> tuple[str, bytes]:
    """(name, key id and signature) of a line."""
    name, gap, encoded = line.removeprefix(MARK).partition(" ")
    if not line.startswith(MARK) or not name or not gap:
        raise BadCheckpoint("form", "signature line")
    signed = _from_base64(encoded)
    if len(signed) <= 4:
        raise BadCheckpoint("form", "signature line")
    return name, signed


def _time_text(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _from_base64(text: str) -> bytes:
    """One spelling only: without the second look, spare bits at the end could be changed unseen."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise BadCheckpoint("form", "base64") from fault
    if base64.b64encode(raw).decode() != text:
        raise BadCheckpoint("form", "base64")
    return raw
