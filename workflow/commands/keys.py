"""Idempotency keys: the same request twice has one effect and one answer (decisions.md 6)."""

import hashlib
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import bindparam, delete, insert, select

from workflow.engine import Asking, Prepared, Work
from workflow.errors import KeyReused
from workflow.models import StepKey

KEPT = timedelta(days=30)

_FIRST = Prepared(
    select(StepKey.request_hash, StepKey.result).where(
        StepKey.person_id == bindparam("person_id"), StepKey.key == bindparam("key")
    )
)
_CLAIM = Prepared(insert(StepKey.__table__))


def first_result(w: Work, key: str, request: bytes) -> dict[str, Any] | None:
    """The answer of the first request under this key, or None; KeyReused if that request was another."""
    w.claimed_key = (w.actor.person_id, key)
    row = _FIRST.row(w.db, first_asked(w.actor.person_id, key)[1])
    if row is None:
        return None
    request_hash, result = row
    if request_hash != _hash(request):
        raise KeyReused(key)
    return cast(dict[str, Any], result)


def first_asked(person_id: int | None, key: str) -> Asking:
    """What `first_result` asks."""
    return _FIRST, {"person_id": person_id, "key": key}


def claim_key(w: Work, key: str, request: bytes, result: dict[str, Any]) -> None:
    """In the transaction of the act itself, never before it."""
    values = {"person_id": w.actor.person_id, "key": key, "request_hash": _hash(request), "result": result}
    _CLAIM.later(w.db, values | {"at": w.now})


def forget_old_keys(w: Work) -> int:
    """Drop keys older than thirty days; returns how many."""
    return w.db.execute(delete(StepKey).where(StepKey.at < w.now - KEPT)).rowcount


def _hash(request: bytes) -> str:
    return hashlib.sha256(request).hexdigest()
