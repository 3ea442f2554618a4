"""The rows of a plan's tasks, one for each unit that leads and each time: made at issue, continued year by year."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from workflow.case import DocumentFacts
from workflow.commands.moving import act_on
from workflow.content import Content, Node, Time, tasks, title_of
from workflow.engine import Work
from workflow.loading import load_content
from workflow.models import Document, Task, TasksOpened
from workflow.parties import resolve_parties
from workflow.people import Unit
from workflow.progress import RUNNING
from workflow.task_times import REPEATS, again, due_times

LONGEST_TITLE = 400
KEYED = ["document_id", "place", "unit_id", "period"]


def open_tasks(w: Work, document: DocumentFacts, content: Content, *, on: date) -> int:
    """
    Every task of the text becomes a row for each unit that leads it on the day `on`, that of issue, and each time it
    is due; returns how many. What no unit of the agency leads has no row: the page names it from the text.
    """
    rows = [
        _row(document, place, ref, node, unit) | asdict(due)
        for place, (ref, node) in enumerate(tasks(content))
        if node.task is not None
        for unit in _leading(w, document, node.task.leads, on)
        for due in due_times(node.task.time, since=on, until_year=w.today.year)
    ]
    if rows:
        w.db.execute(insert(Task), rows)
    w.db.execute(insert(TasksOpened).values(document_id=document.id, opened_on=w.today))
    return len(rows)


def open_forgotten(w: Work, document: DocumentFacts) -> int:
    """A plan that was issued before tasks were rows gets them now, as its units stood when it was issued."""
    if w.db.scalar(select(TasksOpened.document_id).where(TasksOpened.document_id == document.id)) is not None:
        return 0
    made = open_tasks(w, document, load_content(w, document), on=document.issued_on or w.today)
    if made:
        facts = {"tasks": made}
        act_on(w, document, action="open_tasks", label="Mở nhiệm vụ của kế hoạch", facts=facts)
    return made


def plans_without_tasks(w: Work) -> set[int]:
    """Plans under way whose text nobody looked at for its tasks."""
    known = select(TasksOpened.document_id)
    running = select(Document.id).where(
        Document.definition_id == "ke_hoach", Document.state.in_(sorted(RUNNING)), Document.id.not_in(known)
    )
    return set(w.db.scalars(running))


def plans_to_continue(w: Work) -> set[int]:
    """Plans under way with a task that comes again this year and has no row of this year yet."""
    return {row["document_id"] for row in _lacking(w, None)}


def continue_tasks(w: Work, document_id: int) -> int:
    """
    The rows of every year up to this one for what comes again every year; running it again makes none.

    A unit that has ended gets no more of them: whoever took them over does, or its successor.
    """
    rows = _lacking(w, document_id)
    if not rows:
        return 0
    statement = w.engine.database.insert(Task).on_conflict_do_nothing(index_elements=KEYED).returning(Task.id)
    return len(w.db.execute(statement, rows).all())


def _lacking(w: Work, document_id: int | None) -> list[dict[str, Any]]:
    """Two statements for any number of plans; the second only where a year has gone by."""
    newest = (
        select(func.max(Task.id))
        .join(Document, Document.id == Task.document_id)
        .where(Task.kind.in_(REPEATS), Document.state.in_(sorted(RUNNING)))
        .group_by(Task.document_id, Task.place, Task.unit_id)
    )
    if document_id is not None:
        newest = newest.where(Task.document_id == document_id)
    gone_by = select(Task.__table__).where(Task.id.in_(newest), Task.year < w.today.year)
    wanted = {tuple(row[name] for name in KEYED): row for row in _continued(w, w.db.execute(gone_by).all())}
    if not wanted:
        return []
    plans = sorted({row["document_id"] for row in wanted.values()})
    keys = (Task.document_id, Task.place, Task.unit_id, Task.period)
    for held in w.db.execute(select(*keys).where(Task.document_id.in_(plans), Task.kind.in_(REPEATS))):
        wanted.pop(tuple(held), None)
    return list(wanted.values())


def _continued(w: Work, newest: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for row in newest:
        unit = w.directory.units[row.handed_over_to or row.unit_id]
        for year in range(row.year + 1, w.today.year + 1):
            standing = w.directory.standing_unit(unit.agency_id, unit.code, date(year, 1, 1))
            if standing is None:
                break
            due = again(row.kind, row.last_day, year)
            yield {name: getattr(row, name) for name in _KEPT} | {"unit_id": standing.id} | asdict(due)


_KEPT = ("agency_id", "document_id", "place", "ref", "title", "kind", "time_words")


def _leading(w: Work, document: DocumentFacts, leads: Sequence[str], on: date) -> list[Unit]:
    """The units meant, each once; one that no longer stands that day is followed to its successor."""
    known = w.directory.known_in(document.agency_id)
    found: dict[int, Unit] = {}
    for lead in leads:
        for party in resolve_parties(lead, known, on=on):
            for code in party.codes if party.kind in ("unit", "group") else ():
                unit = w.directory.standing_unit(document.agency_id, code, on)
                if unit is not None:
                    found[unit.id] = unit
    return list(found.values())


def _row(document: DocumentFacts, place: int, ref: str, node: Node, unit: Unit) -> dict[str, Any]:
    time = node.task.time if node.task else Time()
    return {
        "agency_id": document.agency_id,
        "document_id": document.id,
        "place": place,
        "ref": ref,
        "title": title_of(node)[:LONGEST_TITLE],
        "kind": time.kind,
        "time_words": time.raw,
        "unit_id": unit.id,
    }
