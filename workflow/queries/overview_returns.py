"""Why texts were sent back in the last twelve months, in the words of those who sent them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import aliased

from workflow.engine import Work
from workflow.log.entry import parse_entry
from workflow.models import Document, Entry, EntryNote, Waiting
from workflow.people import Seat
from workflow.queries.overview_scope import Scope, in_scope
from workflow.return_reasons import ERASED, GROUPS, UNCLASSIFIED, groups_of

BACK = timedelta(days=365)
TOP = 5


@dataclass(frozen=True)
class Return:
    """One return, from `step`. `words` is None where they were erased; `groups` is what they speak of."""

    document_id: int
    subject: str
    reference_no: str | None
    at: datetime
    step: str
    words: str | None
    groups: tuple[str, ...]


def returns(w: Work, scope: Scope) -> list[Return]:
    """The latest first. One statement."""
    rows = w.db.execute(
        _returns(w.actor.person_id, w.actor.seats, scope), {"agency": scope.agency_id, "start": w.now - BACK}
    )
    return [
        Return(
            document_id=row.id,
            subject=row.subject,
            reference_no=row.reference_no,
            at=row.at,
            step=str(parse_entry(row.body).get("facts", {}).get("from_label", "")),
            words=row.text,
            groups=groups_of(row.text),
        )
        for row in rows
    ]


def by_group(items: Sequence[Return]) -> list[tuple[str, tuple[Return, ...]]]:
    """
    The `TOP` groups spoken of most often, then what stays unclassified and what was erased.

    One return may speak of several things, so the counts may come to more than there are returns.
    """
    found = {group: tuple(item for item in items if group in item.groups) for group in GROUPS}
    known = [group for group in GROUPS if group not in (UNCLASSIFIED, ERASED) and found[group]]
    first = sorted(known, key=lambda group: -len(found[group]))[:TOP]
    return [(group, found[group]) for group in (*first, UNCLASSIFIED, ERASED) if found[group]]


@lru_cache(maxsize=256)
def _returns(person_id: int, seats: tuple[Seat, ...], scope: Scope) -> Select[Any]:
    # The log is not indexed by action: which documents were ever returned is known by whom they waited for.
    row_of = aliased(Waiting)
    came_back = select(row_of.document_id).where(
        row_of.agency_id == bindparam("agency"),
        row_of.state == "returned",
        row_of.since >= bindparam("start"),
    )
    columns: tuple[Any, ...] = (
        Document.id, Document.subject, Document.reference_no, Entry.at, Entry.body, EntryNote.text,
    )  # fmt: skip
    return (
        select(*columns)
        .join(Entry, Entry.document_id == Document.id)
        .outerjoin(EntryNote, and_(EntryNote.entry_id == Entry.id, EntryNote.kind == "note"))
        .where(
            in_scope(person_id, seats, scope),
            Document.id.in_(came_back),
            Entry.stream == "act",
            Entry.action == "return",
            Entry.at >= bindparam("start"),
        )
        .order_by(Entry.at.desc(), Entry.id.desc())
    )  # fmt: skip
