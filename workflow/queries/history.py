"""The log as a list: newest first, filtered, a page at a time, and only what the actor may see."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select, union_all

from workflow.engine import Work
from workflow.folding import fold
from workflow.models import Document, Entry
from workflow.queries.entry_visibility import Branch, access_condition, branches
from workflow.queries.events import Event, event_of, event_rows
from workflow.workdays import VN

AT_ONCE = 50
MOST = 50_000
"""Beyond this many, events are no longer counted one by one, and not exported."""


@dataclass(frozen=True)
class Wanted:
    """
    What of the log is looked for; an empty part asks nothing. Days are of Việt Nam, both included.

    `acts` are actions of the stream `act`, `access` kinds of the stream `access` (refused, use, sign_in,
    verify). With neither, all acts and no access; with one of them, only that stream.
    """

    words: str = ""
    since: date | None = None
    until: date | None = None
    acts: frozenset[str] = field(default_factory=frozenset)
    access: frozenset[str] = field(default_factory=frozenset)
    capacities: frozenset[str] = field(default_factory=frozenset)
    unit_id: int | None = None
    document_id: int | None = None

    def streams(self) -> dict[str, list[ColumnElement[bool]]]:
        found: dict[str, list[ColumnElement[bool]]] = {}
        if self.acts or not self.access:
            found["act"] = [Entry.action.in_(self.acts)] if self.acts else []
        if self.access:
            found["access"] = [or_(*(access_condition(kind) for kind in sorted(self.access)))]
        return found

    def conditions(self) -> list[ColumnElement[bool]]:
        found = [_says(word) for word in fold(self.words).split()]
        if self.since:
            found.append(Entry.at >= _midnight(self.since))
        if self.until:
            found.append(Entry.at < _midnight(self.until + timedelta(days=1)))
        if self.capacities:
            found.append(Entry.capacity.in_(self.capacities))
        if self.unit_id is not None:
            found.append(or_(Entry.unit_id == self.unit_id, Document.unit_id == self.unit_id))
        if self.document_id is not None:
            found.append(Entry.document_id == self.document_id)
        return found


@dataclass(frozen=True)
class Page:
    """Some events, newest first; `total` of all that match, at most one more than MOST; `older` leads on."""

    events: tuple[Event, ...]
    total: int
    older: int | None

    @property
    def uncounted(self) -> bool:
        return self.total > MOST


def history(w: Work, wanted: Wanted, *, before: int | None = None, at_once: int = AT_ONCE) -> Page:
    """One page: the events before entry `before`. The same number of statements however long the log is."""
    parts = branches(w)
    found = _found(parts, wanted, before=before, limit=at_once + 1)
    rows = event_rows(w).join(found, found.c.id == Entry.id).order_by(Entry.id.desc()).limit(at_once + 1)
    events = [event_of(row) for row in w.db.execute(rows)]
    older = events[at_once - 1].entry_id if len(events) > at_once else None
    return Page(tuple(events[:at_once]), _count(w, parts, wanted), older)


def count(w: Work, wanted: Wanted) -> int:
    """How many events match; counting stops a little beyond MOST."""
    return _count(w, branches(w), wanted)


def every_event(w: Work, wanted: Wanted) -> Iterator[Event]:
    """All that match, newest first, read as they are taken; for exports, after `count` was looked at."""
    found = _found(branches(w), wanted, before=None, limit=MOST)
    rows = event_rows(w).join(found, found.c.id == Entry.id).order_by(Entry.id.desc()).limit(MOST)
    for row in w.db.execute(rows.execution_options(yield_per=1000)):
        yield event_of(row)


def _count(w: Work, parts: list[Branch], wanted: Wanted) -> int:
    found = _found(parts, wanted, before=None, limit=MOST + 1)
    return min(w.db.scalar(select(func.count()).select_from(found)) or 0, MOST + 1)


def _found(parts: list[Branch], wanted: Wanted, *, before: int | None, limit: int) -> Subquery:
    """
    The ids that match. Each part is ordered and cut by itself, so that each walks its index backwards and
    stops; an OR over all of them would read the log from end to end.
    """
    streams, conditions = wanted.streams(), wanted.conditions()
    if before is not None:
        conditions = [*conditions, Entry.id < before]
    selects = [
        _one_part(part, [*streams[part.stream], *conditions], limit)
        for part in parts
        if part.stream in streams
    ]
    return union_all(*selects).subquery("found")


def _one_part(part: Branch, conditions: list[ColumnElement[bool]], limit: int) -> Select[tuple[int]]:
    ids = (
        select(Entry.id)
        .outerjoin(Document, Document.id == Entry.document_id)
        .where(part.condition, *conditions)
        .order_by(Entry.id.desc())
        .limit(limit)
        .subquery()
    )
    return select(ids.c.id)


def _says(word: str) -> ColumnElement[bool]:
    """The word stands in the entry's own folded words, the document's present subject or its number."""
    number = func.lower(func.replace(func.replace(Document.reference_no, "Đ", "D"), "đ", "d"))
    return or_(
        Entry.folded.contains(word, autoescape=True),
        Document.folded.contains(word, autoescape=True),
        number.contains(word, autoescape=True),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VN)
