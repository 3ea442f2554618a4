"""
What people say about a task of an issued plan: how it stands, and that the event it waited for has come.

Each is an entry of the plan's own chain, so that who said "hoàn thành" and when is as safe as a signature. It takes a
version of the plan, yet makes no page about the plan out of date (`moving.unseen`), and asks for none itself: two
units, or two people of one unit, may both speak, and the last word stands beside the ones before it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, update

from workflow.case import DocumentFacts
from workflow.commands.attachments import EVER, Incoming
from workflow.commands.files import hang_file, held_bytes, keep_file
from workflow.commands.keys import claim_key, first_result
from workflow.commands.moving import act_on
from workflow.commands.steps import load_for_step
from workflow.commands.telling_units import tell_of_task
from workflow.content import canonical
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NeedUnmet, NotFound, NotYourStep, StepNotOpen
from workflow.models import Task, TaskProgress
from workflow.progress import RUNNING
from workflow.queries.tasks import MAY_NOTE, MAY_OPEN, may_note, may_open

STATES = ("not_started", "running", "done")
LONGEST_WORDS = 2_000
LONGEST_FIGURE = 200
LONGEST_SOURCE = 300
SOURCE_MINIMUM = 10


@dataclass(frozen=True)
class Said:
    """How a task stands: the state, what was done or why not, the figure that goes with it."""

    state: str
    words: str = ""
    figure: str = ""


def note_progress(w: Work, *, task_id: int, said: Said, file: Incoming | None = None, key: str = "") -> int:
    """
    Note how a task stands, with a file that shows it; by the people of the unit that leads it. Returns the entry's id.

    Raises NotFound, StepNotOpen before issue and after the close, NotYourStep, NeedUnmet "event_came" for a task that
    still waits for its event, Invalid: an unknown state, words missing where it is begun or done, too long, no room.
    """
    task, plan = _task(w, task_id)
    request = canonical([task_id, said.state, said.words, said.figure, file.sha256 if file else None])
    if key and (earlier := first_result(w, key, request)):
        return int(earlier["entry"])
    if not may_note(w.actor, task.handed_over_to or task.unit_id):
        raise NotYourStep("note_progress", MAY_NOTE)
    if plan.state not in RUNNING:
        raise StepNotOpen("note_progress", plan.state)
    if task.starts_on is None:
        raise NeedUnmet("note_progress", "event_came")
    _refuse_bad(said)
    facts: dict[str, Any] = {
        "task": task.id,
        "ref": task.ref,
        "period": task.period,
        "unit": w.directory.units[task.handed_over_to or task.unit_id].name,
        "stands": said.state,
        "figure": _line(said.figure),
    }
    if file is not None:
        if held_bytes(w, plan.id) + len(file.data) > EVER:
            raise Invalid([Fault("attachment", "kept_too_much", {"most": EVER})])
        keep_file(w, sha256=file.sha256, media_type=file.media_type, data=file.data)
        hang_file(w, agency_id=plan.agency_id, document_id=plan.id, name=file.name, sha256=file.sha256)
        facts["attached"] = [{"name": file.name, "sha256": file.sha256, "size": len(file.data)}]
    entry_id = act_on(
        w, plan, action="note_progress", label="Ghi tiến độ nhiệm vụ", facts=facts, note=said.words.strip()
    )
    row = {
        "agency_id": plan.agency_id,
        "document_id": plan.id,
        "task_id": task.id,
        "entry_id": entry_id,
        "stands": said.state,
        "figure": facts["figure"],
        "file_name": file.name if file else "",
        "sha256": file.sha256 if file else None,
        "noted_by": w.actor.person_id,
        "noted_at": w.now,
    }
    w.db.execute(insert(TaskProgress).values(**row))
    if key:
        claim_key(w, key, request, {"entry": entry_id})
    return entry_id


def open_task(w: Work, *, task_id: int, source: str, last_day: date | None, key: str = "") -> int:
    """
    Say that the event a task waits for has come, by which document, and until when it is to be done; by the office
    that collects. It is so for every unit that leads the task. Returns for how many.

    Raises NotFound, NotYourStep, StepNotOpen, NeedUnmet "event_awaited" where it waits for none (or no more), Invalid.
    """
    task, plan = _task(w, task_id)
    request = canonical(["open_task", task_id, source, last_day.isoformat() if last_day else None])
    if key and (earlier := first_result(w, key, request)):
        return int(earlier["units"])
    if not may_open(w, plan):
        raise NotYourStep("open_task", MAY_OPEN)
    if plan.state not in RUNNING:
        raise StepNotOpen("open_task", plan.state)
    if task.starts_on is not None:
        raise NeedUnmet("open_task", "event_awaited")
    words = _line(source)
    faults = []
    if len(words) < SOURCE_MINIMUM:
        faults.append(Fault("event", "too_short", {"minimum": SOURCE_MINIMUM}))
    if len(words) > LONGEST_SOURCE:
        faults.append(Fault("event", "too_long"))
    if last_day is not None and last_day < w.today:
        faults.append(Fault("last_day", "past"))
    if faults:
        raise Invalid(faults)
    waiting = (Task.document_id == plan.id, Task.place == task.place, Task.starts_on.is_(None))
    leading = func.coalesce(Task.handed_over_to, Task.unit_id).label("unit_id")
    opened = w.db.execute(
        select(Task.id, Task.ref, Task.title, leading).where(*waiting).order_by(Task.id)
    ).all()
    values = {"year": w.today.year, "starts_on": w.today, "last_day": last_day, "opened_on": w.today}
    w.db.execute(update(Task).where(*waiting).values(**values, opened_by_document=words))
    facts = {
        "ref": task.ref,
        "source": words,
        "due": last_day.isoformat() if last_day else "",
        "to_units": [w.directory.units[item.unit_id].name for item in opened],
    }
    act_on(w, plan, action="open_task", label="Ghi sự kiện mở nhiệm vụ", facts=facts)
    tell_of_task(w, plan, opened, source=words, due=last_day)
    if key:
        claim_key(w, key, request, {"units": len(opened)})
    return len(opened)


def _task(w: Work, task_id: int) -> tuple[Any, DocumentFacts]:
    """The task as it stands once its plan is locked; NotFound where the plan is out of sight."""
    document_id = w.db.scalar(select(Task.document_id).where(Task.id == task_id))
    if document_id is None:
        raise NotFound(f"task {task_id}")
    plan = load_for_step(w, document_id)
    return w.db.execute(select(Task.__table__).where(Task.id == task_id)).one(), plan


def _refuse_bad(said: Said) -> None:
    faults = []
    words = said.words.strip()
    if said.state not in STATES:
        faults.append(Fault("progress", "missing"))
    elif not words:
        faults.append(Fault("reason" if said.state == "not_started" else "done_so_far", "missing"))
    if len(words) > LONGEST_WORDS:
        faults.append(Fault("done_so_far", "too_long"))
    if len(_line(said.figure)) > LONGEST_FIGURE:
        faults.append(Fault("figure", "too_long"))
    if faults:
        raise Invalid(faults)


def _line(text: str) -> str:
    return " ".join(text.split())
