"""
The log's Ed25519 key pair, written as C2SP signed notes write keys; it signs bytes and knows no checkpoint.

Public:  <origin>+<key id>+base64(0x01 ‖ 32 bytes)
Private: PRIVATE+KEY+<origin>+<key id>+base64(0x01 ‖ 32-byte seed)
"""

import base64
import binascii
import hashlib
import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.errors import SettingsError

if TYPE_CHECKING:  # a large library, loaded where a signature is made or checked, which most starts never do
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"  # the algorithm byte of c2sp.org/signed-note
_ORIGIN = re.compile(r"[!-*,-~]+")  # printable ASCII without space and "+", a subset of what the note allows

_ID = re.compile("[0-9a-f]{8}")


class BadKey(SettingsError):
    """A key that cannot be used. `reason`: form, key_id, permissions. Never holds the key."""

    def __init__(self, reason: str, where: str = ""):
        super().__init__(f"checkpoint key: {reason} {where}".rstrip())
        self.reason, self.where = reason, where


@dataclass(frozen=True)
class PublicKey:
    """What an auditor keeps: the log's name and the 32 bytes that check its signatures."""

    origin: str
    raw: bytes

    @property
    def id_bytes(self) -> bytes:
        """First four bytes of SHA-256(origin ‖ "\\n" ‖ 0x01 ‖ key)."""
        return hashlib.sha256(self.origin.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    @property
    def key_id(self) -> str:
        """Eight hex digits, as notes and log entries write it."""
        return self.id_bytes.hex()

    @property
    def text(self) -> str:
        return f"{self.origin}+{self.key_id}+{_encode(self.raw)}"

    @classmethod
    def from_text(cls, text: str) -> "PublicKey":
        """Raises BadKey if the line is no key or its id is another key's."""
        origin, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        key = cls(_origin(origin), _decode(encoded))
        if key_id != key.key_id:
            raise BadKey("key_id", key_id)
        return key

    def verifies(self, signature: bytes, message: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class CheckpointKey:
    """The private half, bound to the origin it signs for."""

    origin: str
    _seed: bytes = field(repr=False)

    @classmethod
    def create(cls, origin: str) -> "CheckpointKey":
        """A new key. Raises BadKey if the origin is empty or holds a space, "+" or a letter beyond ASCII."""
        return cls(_origin(origin), secrets.token_bytes(32))

    @classmethod
    def from_text(cls, text: str) -> "CheckpointKey":
        """The key in one line, as the file or TRINHKY_CHECKPOINT_KEY holds it. Raises BadKey."""
        words = text.strip().split("+", 4)
        if len(words) != 5 or words[:2] != ["PRIVATE", "KEY"]:
            raise BadKey("form")
        key = cls(_origin(words[2]), _decode(words[4]))
        if words[3] != key.key_id:
            raise BadKey("key_id", words[3])
        return key

    @classmethod
    def claimed(cls, text: str) -> tuple[str, bytes]:
        """
        Origin and id as the line itself says them, without the library that could tell whether the id is the key's.
        Raises BadKey "form".
        """
        words = text.strip().split("+", 4)
        if len(words) != 5 or words[:2] != ["PRIVATE", "KEY"] or not _ID.fullmatch(words[3]):
            raise BadKey("form")
        _decode(words[4])
        return _origin(words[2]), bytes.fromhex(words[3])

    @classmethod
    def load_or_create(cls, path: Path, *, origin: str) -> "CheckpointKey":
        """
        The key of this file, or a new one written there with mode 0600. `origin` serves a new key only.

        Several processes may start at once: one file wins, all read it. Raises BadKey if the file is no key
        or may be read by anyone but its owner.
        """
        if not path.exists():
            _write_once(path, cls.create(origin).text)
        return cls.from_text(read_private(path))

    @property
    def text(self) -> str:
        return f"PRIVATE+KEY+{self.origin}+{self.key_id}+{_encode(self._seed)}"

    @cached_property
    def public(self) -> PublicKey:
        raw = self._private.public_key().public_bytes_raw()
        return PublicKey(self.origin, raw)

    @property
    def key_id(self) -> str:
        return self.public.key_id

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message always gives the same signature (RFC 8032)."""
        return self._private.sign(message)

    @cached_property
    def _private(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed)


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text):
        raise BadKey("form", f"origin {text!r}")
    return text


def _encode(raw: bytes) -> str:
    return base64.b64encode(ED25519 + raw).decode()


def _decode(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise BadKey("form") from fault
    if len(raw) != 33 or raw[:1] != ED25519 or base64.b64encode(raw).decode() != text:
        raise BadKey("form")
    return raw[1:]


def _write_once(path: Path, text: str) -> None:
    """A whole file or none: linked into place only when it is on disk, and never over another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # another process was first; its key is the log's
        _sync_folder(path.parent)
    finally:
        draft.unlink()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows opens no folder and keeps the name with the file
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_private(path: Path) -> str:
    """Raises BadKey "permissions" where others than its owner may read it."""
    with path.open(encoding="ascii", errors="replace") as file:
        mode = os.fstat(
            file.fileno()
        ).st_mode  # of the opened file, so that it cannot be exchanged in between
        if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
            raise BadKey("permissions", f"{path.name} is {stat.S_IMODE(mode):04o}, must be 0600")
        return file.read()
