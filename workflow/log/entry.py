"""
The bytes of one log entry and their hash; what an entry says is the business of whoever records it.

The bytes are hashed as they are stored. They are written once, by `entry_bytes`, and never again.
"""

import hashlib
import re
from typing import Any

import msgspec

from workflow.content import canonical
from workflow.errors import WorkflowError

DOMAIN = b"trinhky/entry/1\0"
DEEPEST = 64  # levels of nesting; far below what any reader's stack bears
LARGEST = 2**53 - 1  # the integers every JSON reader keeps exactly (RFC 8785, 3.2.2.3)

_HASH = re.compile(r"[0-9a-f]{64}")


class BadEntry(WorkflowError):
    """Bytes or a body that are not an entry. `reason`: json, canonical, object, prev, key, number, depth."""

    def __init__(self, reason: str, where: str = ""):
        super().__init__(f"not an entry: {reason} {where}".rstrip())
        self.reason, self.where = reason, where


def entry_bytes(body: dict[str, Any]) -> bytes:
    """
    Canonical bytes of an entry; `body["prev"]` is the hex hash of the document's previous entry.

    Raises BadEntry if `prev` is no hash, a key is not ASCII or an integer is beyond 2^53 - 1, or it is nested
    deeper than 64; TypeError for floats.
    """
    plain = msgspec.to_builtins(body)
    _check(plain)
    return canonical(plain)


def parse_entry(stored: bytes) -> dict[str, Any]:
    """
    The body of stored bytes.

    Raises BadEntry unless writing the body again gives the same bytes: two readers that treat a repeated
    key, a space or a Unicode variant differently would otherwise read two histories under one hash.
    """
    try:
        body = msgspec.json.decode(stored)
        _check(body)
        again = canonical(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise BadEntry("json") from fault
    except RecursionError as fault:
        raise BadEntry("depth") from fault
    except TypeError as fault:  # a float
        raise BadEntry("number") from fault
    if again != stored:
        raise BadEntry("canonical")
    return dict(body)


def entry_hash(stored: bytes) -> bytes:
    """The 32 bytes that name an entry: SHA-256 under a domain of its own, so that no other text collides."""
    return hashlib.sha256(DOMAIN + stored).digest()


def is_hash(value: object) -> bool:
    """Whether `value` is a hash as an entry writes it: 64 lower-case hex digits."""
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _check(body: Any) -> None:
    if not isinstance(body, dict):
        raise BadEntry("object")
    if not is_hash(body.get("prev")):
        raise BadEntry("prev")
    if not _sound(body, DEEPEST):
        _check_inside(body, "", DEEPEST)


def _sound(value: Any, depth: int) -> bool:
    """Whether `_check_inside` has nothing to say; without the words for it, since every act is asked."""
    if depth == 0:
        return False
    if isinstance(value, dict):
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                return False
            if not (type(item) is str and depth > 1) and not _sound(item, depth - 1):
                return False
        return True
    if isinstance(value, list):
        return all(_sound(item, depth - 1) for item in value)
    return not isinstance(value, int) or abs(value) <= LARGEST


def _check_inside(value: Any, where: str, depth: int) -> None:
    if depth == 0:
        raise BadEntry("depth", where)
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise BadEntry("key", f"{where}.{key}")
            _check_inside(item, f"{where}.{key}", depth - 1)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            _check_inside(item, f"{where}[{position}]", depth - 1)
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise BadEntry("number", where)
