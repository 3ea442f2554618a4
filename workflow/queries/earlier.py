"""The text a reader knew before: what he last opened or returned, or what was approved in an earlier round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, select

from workflow.case import Case
from workflow.engine import Work
from workflow.models import Seen
from workflow.queries.trail import Line

_SEEN = select(Seen.document_id, Seen.revision_no, Seen.digest, Seen.at).where(
    Seen.person_id == bindparam("person_id"), Seen.document_id.in_(bindparam("ids", expanding=True))
)

Since = Literal["", "opened", "returned", "approved"]


@dataclass(frozen=True)
class SeenText:
    """What this actor last opened in full."""

    revision_no: int
    digest: str
    at: datetime


@dataclass(frozen=True)
class Earlier:
    """The text to compare with: what the actor last opened, or returned or was approved in an earlier round."""

    since: Since
    digest: str
    at: datetime
    by: str = ""


def seen_texts(w: Work, document_ids: Sequence[int]) -> dict[int, SeenText]:
    """By document, what the actor last opened of each."""
    rows = w.db.execute(_SEEN, {"person_id": w.actor.person_id, "ids": list(document_ids)})
    return {row.document_id: SeenText(row.revision_no, row.digest, row.at) for row in rows}


def earlier_text(case: Case, seen: SeenText | None, *, returned: Line | None = None) -> Earlier | None:
    """
    Decisions.md 10: what makes a text one to look at before signing it; None where nothing differs. `returned`
    is the actor's own last return, where the trail is at hand.
    """
    document = case.document
    if seen is not None and seen.digest != document.digest:
        return Earlier("opened", seen.digest, seen.at)
    if returned is not None and returned.digest != document.digest:
        return Earlier("returned", returned.digest, returned.at, returned.name)
    before = [a for a in case.approvals if a.kind == "content" and a.round < document.round]
    last = max(before, key=lambda approval: approval.id, default=None)
    if last is not None and last.digest != document.digest:
        return Earlier("approved", last.digest, last.at, last.person_name)
    return None


def own_return(trail: Sequence[Line], person_id: int) -> Line | None:
    """The newest act by which this person returned the document."""
    own = [line for line in trail if line.action == "return" and line.person_id == person_id and line.digest]
    return own[-1] if own else None
