"""Where each task of an issued plan stands today: computed from the calendar and its unit's last word, never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from workflow.case import DocumentFacts
from workflow.content import Attachment, tasks, title_of
from workflow.engine import Work
from workflow.errors import NotFound
from workflow.loading import document_columns, document_facts, load_content
from workflow.models import Document, EntryNote, StoredFile, Task, TaskProgress
from workflow.people import Actor
from workflow.progress import RUNNING
from workflow.queries.task_standing import STATES as STATES
from workflow.queries.task_standing import Noted as Noted
from workflow.queries.task_standing import State as State
from workflow.queries.task_standing import TaskStanding as TaskStanding
from workflow.queries.visibility import visible_to
from workflow.workdays import is_late

ISSUED = (*RUNNING, "closed")
MAY_NOTE = ("unit_reporter", "drafter", "dept_head", "dept_deputy")
MAY_OPEN = ("drafter", "dept_head", "dept_deputy", "chief_of_office")


@dataclass(frozen=True)
class PlanTasks:
    """All of one plan. `unled` are those of the text, as (ref, title, who leads, when), that no unit here leads."""

    plan_id: int
    subject: str
    reference_no: str | None
    issued: bool
    items: tuple[TaskStanding, ...]
    unled: tuple[tuple[str, str, str, str], ...]
    may_open: bool


def plan_tasks(w: Work, document_id: int) -> PlanTasks:
    """Three statements for any number. NotFound where the plan is out of sight."""
    row = w.db.execute(document_columns().where(Document.id == document_id, visible_to(w.actor))).first()
    if row is None:
        raise NotFound(f"document {document_id}")
    plan = document_facts(row)
    items = tuple(tasks_of_plan(w, document_id))
    led = {item.place for item in items}
    unled = tuple(
        (ref, title_of(node), "; ".join(node.task.leads), node.task.time.raw)
        for place, (ref, node) in enumerate(tasks(load_content(w, plan)))
        if place not in led and node.task is not None
    )
    return PlanTasks(
        plan_id=plan.id,
        subject=plan.subject,
        reference_no=plan.reference_no,
        issued=plan.state in ISSUED,
        items=items,
        unled=unled,
        may_open=plan.state in RUNNING and may_open(w, plan),
    )


def tasks_of_plan(w: Work, document_id: int) -> list[TaskStanding]:
    """In the order of the text. One statement for any number; empty where the plan is out of sight."""
    return _standings(w, Task.document_id == document_id, order=_TEXT)


def tasks_of_units(w: Work, unit_ids: Iterable[int]) -> list[TaskStanding]:
    """What these units answer for in plans under way, the nearest last day first. One statement."""
    ids = sorted(unit_ids)
    answers = or_(Task.handed_over_to.in_(ids), and_(Task.handed_over_to.is_(None), Task.unit_id.in_(ids)))
    return _standings(w, answers, Document.state.in_(sorted(RUNNING)), order=_DAYS)


def tasks_of_year(
    w: Work, plan_id: int, unit_id: int, *, year: int, led: bool = False
) -> dict[int, list[TaskStanding]]:
    """
    What this unit answers for in one year of a plan, by its place in the text; what still waits has no year. With
    `led`, what the text gave it to lead, whoever answers for it now.
    """
    found: dict[int, list[TaskStanding]] = {}
    answers = _led_by(unit_id) if led else _answered_by(unit_id)
    for item in _standings(w, Task.document_id == plan_id, answers, Task.year == year, order=_TEXT):
        found.setdefault(item.place, []).append(item)
    return found


def _answered_by(unit_id: int) -> ColumnElement[bool]:
    return or_(Task.handed_over_to == unit_id, and_(Task.handed_over_to.is_(None), _led_by(unit_id)))


def _led_by(unit_id: int) -> ColumnElement[bool]:
    return Task.unit_id == unit_id


def evidence_of_year(
    w: Work, plan_id: int, unit_id: int, *, year: int, led: bool = False
) -> dict[int, list[Attachment]]:
    """
    The files that this unit brought to its tasks of one year, by the place of the task in the text; the newest first,
    equal bytes once. One statement.
    """
    answers = _led_by(unit_id) if led else _answered_by(unit_id)
    rows = w.db.execute(
        select(Task.place, TaskProgress.file_name, TaskProgress.sha256, StoredFile.size)
        .join(TaskProgress, TaskProgress.task_id == Task.id)
        .join(StoredFile, StoredFile.sha256 == TaskProgress.sha256)
        .join(Document, Document.id == Task.document_id)
        .where(Task.document_id == plan_id, answers, Task.year == year, visible_to(w.actor))
        .order_by(TaskProgress.id.desc())
    )
    found: dict[int, dict[str, Attachment]] = {}
    for row in rows:
        file = Attachment(row.file_name, row.sha256, row.size)
        found.setdefault(row.place, {}).setdefault(row.sha256, file)
    return {place: list(files.values()) for place, files in found.items()}


def tasks_where(w: Work, *conditions: ColumnElement[bool]) -> list[TaskStanding]:
    """Those of plans that the actor may see; conditions over Task and Document. One statement."""
    return _standings(w, *conditions, order=(Task.document_id, *_TEXT))


def one_task(w: Work, task_id: int) -> tuple[TaskStanding, tuple[Noted, ...]]:
    """With everything that was noted of it, the newest first. NotFound where its plan is out of sight."""
    found = _standings(w, Task.id == task_id, order=_TEXT)
    if not found:
        raise NotFound(f"task {task_id}")
    rows = w.db.execute(
        select(TaskProgress.__table__, EntryNote.text.label("words"))
        .outerjoin(EntryNote, and_(EntryNote.entry_id == TaskProgress.entry_id, EntryNote.kind == "note"))
        .where(TaskProgress.task_id == task_id)
        .order_by(TaskProgress.id.desc())
    )
    return found[0], tuple(_noted(w, row) for row in rows)


def may_note(actor: Actor, unit_id: int) -> bool:
    """Whether `note_progress` is for this actor: somebody of the unit that answers for the task."""
    return actor.has("admin") is None and actor.has(*MAY_NOTE, unit_id=unit_id) is not None


def may_open(w: Work, plan: DocumentFacts) -> bool:
    """Whether `open_task` is for this actor: somebody of the office that collects the reports."""
    office = w.directory.unit_by_code(plan.agency_id, w.directory.agencies[plan.agency_id].aggregator)
    allowed = office is not None and w.actor.has(*MAY_OPEN, unit_id=office.id) is not None
    return allowed and w.actor.has("admin") is None


_TEXT = (Task.place, Task.unit_id, Task.starts_on, Task.id)
_DAYS = (Task.last_day.is_(None), Task.last_day, Task.id)


def _standings(w: Work, *conditions: ColumnElement[bool], order: Sequence[Any]) -> list[TaskStanding]:
    rows = w.db.execute(_statement().where(visible_to(w.actor), *conditions).order_by(*order))
    return [_standing(w, row) for row in rows]


@cache
def _statement() -> Select[Any]:
    """Each task with its newest note and the moment it was first said to be done."""
    done_at = case((TaskProgress.stands == "done", TaskProgress.noted_at))
    newest = (
        select(
            TaskProgress.task_id, func.max(TaskProgress.id).label("id"), func.min(done_at).label("done_at")
        )
        .group_by(TaskProgress.task_id)
        .subquery()
    )
    last = aliased(TaskProgress)
    return (
        select(
            *Task.__table__.c,
            Document.subject,
            Document.reference_no,
            Document.state.label("plan_state"),
            newest.c.done_at,
            last.stands,
            last.figure,
            last.file_name,
            last.sha256,
            last.noted_by,
            last.noted_at,
            EntryNote.text.label("words"),
        )
        .join(Document, Document.id == Task.document_id)
        .outerjoin(newest, newest.c.task_id == Task.id)
        .outerjoin(last, last.id == newest.c.id)
        .outerjoin(EntryNote, and_(EntryNote.entry_id == last.entry_id, EntryNote.kind == "note"))
    )


def _standing(w: Work, row: Any) -> TaskStanding:
    units = w.directory.units
    answers = row.handed_over_to or row.unit_id
    state = _state(row, w.today)
    late = is_late(row.done_at, row.last_day) if state == "done" and row.last_day and row.done_at else 0
    return TaskStanding(
        id=row.id,
        plan_id=row.document_id,
        plan_subject=row.subject,
        plan_reference=row.reference_no,
        running=row.plan_state in RUNNING,
        place=row.place,
        ref=row.ref,
        title=row.title,
        kind=row.kind,
        time_words=row.time_words,
        unit_id=answers,
        unit_name=units[answers].name,
        from_unit=units[row.unit_id].name if row.handed_over_to else "",
        period=row.period,
        year=row.year,
        starts_on=row.starts_on,
        last_day=row.last_day,
        opened_on=row.opened_on,
        opened_by_document=row.opened_by_document or "",
        state=state,
        noted=_noted(w, row) if row.noted_by is not None else None,
        late_days=late,
        unit_ended=not units[answers].exists_on(w.today),
        overdue_days=(w.today - row.last_day).days if state == "overdue" else 0,
    )


def _state(row: Any, today: date) -> State:
    if row.starts_on is None:
        return "awaiting"
    if row.stands == "done":
        return "done"
    if row.last_day is not None and today > row.last_day:
        return "overdue"
    return "running" if row.stands == "running" else "not_started"


def _noted(w: Work, row: Any) -> Noted:
    by = w.directory.people[row.noted_by].name
    return Noted(row.stands, row.words, row.figure, row.file_name, row.sha256, by, row.noted_at)
