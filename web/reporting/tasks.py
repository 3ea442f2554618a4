"""The tasks of issued plans: a plan's own page, a unit's own list, and the page of one task with what is noted there."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.filters import form_errors
from web.messages import sentence
from web.numbers import whole
from web.refusals import note_refusal
from web.reporting.blueprint import may_hand_over
from web.reporting.forms import EventForm, ProgressForm, TaskFilter, tell
from web.session import reading, work
from workflow.attachable import KINDS
from workflow.commands.attachments import LARGEST, incoming
from workflow.commands.tasks import Said, note_progress, open_task
from workflow.errors import Invalid, NeedUnmet, NotYourStep, StepNotOpen, WorkflowError
from workflow.people import Actor
from workflow.queries.tasks import (
    MAY_NOTE,
    MAY_OPEN,
    STATES,
    Noted,
    PlanTasks,
    TaskStanding,
    may_note,
    one_task,
    plan_tasks,
    tasks_of_units,
)

ROWS = 100
"""Tasks on one page."""
OPEN = "con-lam"
"""In the address: whatever is not done and waits for no event."""


def plan_progress(document_id: int) -> ResponseReturnValue:
    with reading() as w:
        plan = plan_tasks(w, document_id)
        actor = w.actor
    here = url_for(".plan_progress", document_id=document_id)
    giving = may_hand_over(actor)
    return _list(
        "reporting/plan_tasks.html", actor, plan.items, "", plan=plan, here=here, may_hand_over=giving
    )


def own_tasks() -> ResponseReturnValue:
    """What the units of the actor answer for, what is still open first."""
    with reading() as w:
        actor = w.actor
        units = {seat.unit.id for seat in actor.seats if seat.post.roles & set(MAY_NOTE)}
        items = tasks_of_units(w, units) if units else []
    return _list("reporting/own_tasks.html", actor, items, OPEN, has_unit=bool(units))


def task(task_id: int) -> ResponseReturnValue:
    return _task_page(task_id, *_blank())


def progress(task_id: int) -> ResponseReturnValue:
    form = ProgressForm()
    sent = request.files.get("attachment")
    try:
        data = sent.stream.read(LARGEST + 1) if sent and sent.filename else b""
        file = incoming(sent.filename or "", data) if sent and sent.filename else None
        said = Said(form.progress.data or "", form.done_so_far.data or "", form.figure.data or "")
        with work() as w:
            note_progress(w, task_id=task_id, said=said, file=file, key=form.key.data or "")
    except (Invalid, NeedUnmet, StepNotOpen) as error:
        return _refused(task_id, error, form, _blank()[1])
    flash("Đã ghi tiến độ. Lần ghi này nằm trong lịch sử của kế hoạch.", "ok")
    return redirect(url_for(".task", task_id=task_id), 303)


def open_by_event(task_id: int) -> ResponseReturnValue:
    form = EventForm()
    blank = _blank()[0]
    if not form.validate():
        with reading() as w:
            item, _ = one_task(w, task_id)
            if not plan_tasks(w, item.plan_id).may_open:
                raise NotYourStep("open_task", MAY_OPEN)
        return _task_page(task_id, blank, form, errors=form_errors(form)), 422
    try:
        with work() as w:
            count = open_task(
                w,
                task_id=task_id,
                source=form.event.data or "",
                last_day=form.last_day.data,
                key=form.key.data or "",
            )
    except (Invalid, NeedUnmet, StepNotOpen) as error:
        return _refused(task_id, error, blank, form)
    flash(f"Đã ghi sự kiện. Nhiệm vụ được mở cho {count} đơn vị.", "ok")
    return redirect(url_for(".task", task_id=task_id), 303)


def _list(
    template: str, actor: Actor, items: Sequence[TaskStanding], usual: str, **more: Any
) -> ResponseReturnValue:
    """Filters in the address; an unknown one shows everything rather than nothing."""
    form = TaskFilter(request.args)
    quarters = sorted({name for item in items for name in item.quarters}, reverse=True)
    units = {item.unit_id: item.unit_name for item in items}
    form.offer(quarters, units)
    state = request.args.get("tinh-trang", usual)
    form.state.data = state
    shown = [item for item in items if _matches(item, state, form.quarter.data or "", form.unit.data or "")]
    start = max(0, request.args.get("tu", 0, type=whole))
    kept = {name: value for name, value in request.args.items() if name != "tu"} | (request.view_args or {})
    endpoint = request.endpoint or ""
    return render_template(
        template,
        items=shown[start : start + ROWS],
        total=len(shown),
        counts={name: sum(item.state == name for item in items) for name in STATES},
        form=form,
        several_units=len(units) > 1,
        noting={
            item.id for item in shown if item.running and item.starts_on and may_note(actor, item.unit_id)
        },
        next_url=url_for(endpoint, **kept, tu=start + ROWS) if start + ROWS < len(shown) else "",
        first_url=url_for(endpoint, **kept) if start else "",
        filtered=len(shown) < len(items),
        clear_url=url_for(endpoint, **(request.view_args or {}), **{"tinh-trang": ""}),
        **more,
    )


def _matches(item: TaskStanding, state: str, quarter: str, unit: str) -> bool:
    wanted = state not in (*STATES, OPEN) or item.state == state or (state == OPEN and item.is_open)
    return wanted and (not quarter or quarter in item.quarters) and (not unit or unit == str(item.unit_id))


def _blank() -> tuple[ProgressForm, EventForm]:
    noted, opened = ({"key": secrets.token_urlsafe(18)} for _ in range(2))
    return ProgressForm(formdata=None, data=noted), EventForm(formdata=None, data=opened)


def _refused(
    task_id: int, error: WorkflowError, progress: ProgressForm, event: EventForm
) -> ResponseReturnValue:
    note_refusal(error)
    status, words = sentence(error)
    if not isinstance(error, Invalid):
        return _task_page(task_id, progress, event, errors=[("", words)]), status
    form = event if any(fault.place in event for fault in error.faults) else progress
    tell(form, error.faults)
    return _task_page(task_id, progress, event, errors=form_errors(form)), status


def _task_page(
    task_id: int, progress: ProgressForm, event: EventForm, *, errors: Any = ()
) -> ResponseReturnValue:
    item: TaskStanding
    notes: tuple[Noted, ...]
    plan: PlanTasks
    with reading() as w:
        item, notes = one_task(w, task_id)
        plan = plan_tasks(w, item.plan_id)
        noting = item.running and item.starts_on is not None and may_note(w.actor, item.unit_id)
    others = [other for other in plan.items if other.place == item.place and other.id != item.id]
    return render_template(
        "reporting/task.html",
        item=item,
        notes=notes,
        others=others,
        noting=noting,
        opening=plan.may_open and item.state == "awaiting",
        progress=progress,
        event=event,
        errors=errors,
        accept=",".join(f".{ending}" for kind in KINDS for ending in kind.endings),
    )
