"""What the last verifications said, and who may ask for one; checking itself is `workflow.verification`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select

from workflow.engine import Work
from workflow.models import Entry
from workflow.people import Actor

ACTION = "verify"
MAY_VERIFY = ("auditor", "director", "chief_of_office", "admin")
"""It shows hashes and counts of the whole record, no text; so the administrator may run it too."""


@dataclass(frozen=True)
class PastVerification:
    """`counts` as "1284/1284" by what was checked; `size` and `root` (hex) are the tree's of that moment."""

    at: datetime
    by: str
    counts: dict[str, str]
    broken: int
    size: int
    root: str


def may_verify(actor: Actor) -> bool:
    return actor.is_system or actor.has(*MAY_VERIFY) is not None


def past_verifications(w: Work, *, limit: int = 10) -> list[PastVerification]:
    """The newest first; one statement. They are access entries, so the log itself says when it was checked."""
    rows = w.db.execute(
        select(Entry.at, Entry.body)
        .where(Entry.agency_id.is_(None), Entry.stream == "access", Entry.action == ACTION)
        .order_by(Entry.id.desc())
        .limit(limit)
    )
    found = []
    for row in rows:
        body: dict[str, Any] = msgspec.json.decode(row.body)
        facts = {name: body["facts"][name] for name in ("counts", "broken", "size", "root")}
        found.append(PastVerification(row.at, body["actor"]["name"], **facts))
    return found
