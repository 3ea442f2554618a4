"""The lists of plans and reports: what the actor may see, newest first, a page at a time; five statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from workflow.definition import State
from workflow.engine import Work
from workflow.folding import fold
from workflow.models import Document, Waiting
from workflow.people import Unit
from workflow.queries.awaited import awaited_ids
from workflow.queries.titled import state_of_unit
from workflow.queries.visibility import visible_to
from workflow.workdays import VN

PAGE = 50
COUNTED_TO = 1_000
"""Counting stops here: "hơn 1.000" says enough, and a list of a million is not walked to the end for it."""

REPORTS = ("bao_cao", "bao_cao_don_vi")


_COLUMNS = [
    Document.__table__.c[name]
    for name in (
        "id", "subject", "doc_type", "definition_id", "definition_version", "reference_no", "issued_on", "state",
        "unit_id", "drafter_id", "created_at",
    )
]  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What was asked for. `kind` is plans or reports; None or "" asks for everything, no `unit_ids` for nothing."""

    kind: str = "plans"
    year: int | None = None
    unit_id: int | None = None
    unit_ids: frozenset[int] | None = None
    state: str = ""
    definition_id: str = ""
    text: str = ""


@dataclass(frozen=True)
class Waits:
    """Whom a document waits for: the people who could act, or the title of a post that nobody holds."""

    names: tuple[str, ...]
    title: str
    since: datetime


@dataclass(frozen=True)
class Line:
    """One document of a list."""

    id: int
    subject: str
    doc_type: str
    definition_id: str
    reference_no: str | None
    issued_on: date | None
    state: State
    unit: Unit
    drafter: str
    created_at: datetime
    waits: tuple[Waits, ...]


@dataclass(frozen=True)
class Listed:
    """A page; `next_after` goes into the address of the next one. `total` stops at `COUNTED_TO` + 1."""

    lines: tuple[Line, ...]
    total: int
    next_after: int | None


@dataclass(frozen=True)
class Choices:
    """What one may filter by: years with documents so far, units of the actor's agencies, states, procedures."""

    years: tuple[int, ...]
    units: tuple[Unit, ...]
    states: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str], ...]


def documents(w: Work, wanted: Wanted, *, after: int | None = None) -> Listed:
    """The page of at most fifty documents below the id `after`."""
    condition = and_(visible_to(w.actor), *_conditions(w, wanted))
    total = w.db.scalar(select(func.count()).select_from(_first_ids(condition).subquery())) or 0
    rows = w.db.execute(_rows(condition, after)).all()
    shown = rows[:PAGE]
    waits = _waits(w, [row.id for row in shown])
    lines = tuple(
        Line(
            id=row.id,
            subject=row.subject,
            doc_type=row.doc_type,
            definition_id=row.definition_id,
            reference_no=row.reference_no,
            issued_on=row.issued_on,
            state=state_of_unit(
                w.flow(row.definition_id, row.definition_version).definition.states[row.state],
                w.directory,
                row.unit_id,
                w.today,
            ),
            unit=w.directory.units[row.unit_id],
            drafter=w.directory.people[row.drafter_id].name,
            created_at=row.created_at,
            waits=waits.get(row.id, ()),
        )
        for row in shown
    )
    return Listed(lines, total, shown[-1].id if len(rows) > PAGE else None)


def choices(w: Work, kind: str) -> Choices:
    """Of plans, reports, or with "" of both. One statement, for the first year; the rest is known without."""
    agencies = {seat.post.agency_id for seat in w.actor.seats}
    first = w.db.scalar(select(func.min(Document.created_at)).where(Document.agency_id.in_(agencies)))
    earliest = first.astimezone(VN).year if first else w.today.year
    units = [
        unit for unit in w.directory.units.values() if unit.agency_id in agencies and unit.kind != "outside"
    ]
    definitions = [w.newest_flow(name).definition for name in _definitions(w, kind)]
    states = {state.id: state.label for one in reversed(definitions) for state in one.states.values()}
    order = [state for one in definitions for state in one.states]
    return Choices(
        years=tuple(range(w.today.year, earliest - 1, -1)),
        units=tuple(units),
        states=tuple((name, states[name]) for name in dict.fromkeys(order)),
        definitions=tuple((one.id, one.label) for one in definitions),
    )


def _definitions(w: Work, kind: str) -> list[str]:
    known = dict.fromkeys(name for name, _ in w.engine.flows)
    return [name for name in known if not kind or (name in REPORTS) == (kind == "reports")]


def _first_ids(condition: ColumnElement[bool]) -> Select[Any]:
    return select(Document.id).where(condition).limit(COUNTED_TO + 1)


def _rows(condition: ColumnElement[bool], after: int | None) -> Select[Any]:
    if after is not None:
        condition = and_(condition, Document.id < after)
    return select(*_COLUMNS).where(condition).order_by(Document.id.desc()).limit(PAGE + 1)


def _conditions(w: Work, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    allowed = _definitions(w, wanted.kind)
    yield Document.definition_id.in_([name for name in allowed if wanted.definition_id in ("", name)])
    if wanted.year is not None:
        yield _in_year(wanted.year)
    if wanted.unit_id is not None:
        yield Document.unit_id == wanted.unit_id
    if wanted.unit_ids is not None:
        yield Document.unit_id.in_(wanted.unit_ids)
    if wanted.state:
        yield Document.state == wanted.state
    if text := fold(wanted.text):
        # Numbers are printed in capitals ("52/KH-SKHCN"); PostgreSQL's LIKE minds them, SQLite's does not.
        number = " ".join(wanted.text.split()).upper()
        yield or_(
            Document.folded.contains(text, autoescape=True),
            Document.reference_no.contains(number, autoescape=True),
        )


def _in_year(year: int) -> ColumnElement[bool]:
    """The year of issue, and until then the year it was begun."""
    start, end = (datetime(y, 1, 1, tzinfo=VN).astimezone(UTC) for y in (year, year + 1))
    return or_(
        and_(
            Document.issued_on.is_not(None),
            Document.issued_on >= date(year, 1, 1),
            Document.issued_on < date(year + 1, 1, 1),
        ),
        and_(Document.issued_on.is_(None), Document.created_at >= start, Document.created_at < end),
    )


def _waits(w: Work, ids: Sequence[int]) -> dict[int, tuple[Waits, ...]]:
    if not ids:
        return {}
    rows = w.db.execute(
        select(Waiting.document_id, Waiting.post_id, Waiting.person_id, Waiting.since)
        .where(Waiting.document_id.in_(ids), Waiting.left_at.is_(None))
        .order_by(Waiting.id)
    ).all()
    able = awaited_ids(w, (row.document_id for row in rows))
    found: dict[int, list[Waits]] = {}
    for document_id, post_id, person_id, since in rows:
        post = w.directory.posts[post_id]
        people = [w.directory.people[person_id]] if person_id else w.directory.holders([post], w.today)
        named = tuple(person.name for person in people if person.id in able[document_id])
        if named or not people:
            found.setdefault(document_id, []).append(Waits(named, post.title, since))
    return {document_id: tuple(waits) for document_id, waits in found.items()}
