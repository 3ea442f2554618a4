"""Chánh Văn phòng's table of who has reported, and the ways on: receive, ask for more, draw up the office's report."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.messages import sentence
from web.numbers import whole
from web.refusals import note_refusal
from web.reporting.blueprint import PLANS, may_extend, may_hand_over, may_waive, sees_all
from web.reporting.units import UnitFilter, choose
from web.session import reading, work
from web.step_ways import StepWay, step_way
from workflow.commands import reporting as commands
from workflow.errors import NeedUnmet, NotYourStep
from workflow.people import Actor, Agency, Directory
from workflow.queries.duties import Duty, PlanYear, plan_years, with_units
from workflow.queries.open_steps import Open, open_steps_of
from workflow.queries.reporting import may_begin, years_owed
from workflow.queries.standing import Standing
from workflow.queries.tallies import years_left_open

COLUMNS = 5
"""Duties side by side; more of them make another table."""


@dataclass(frozen=True)
class Sheet:
    """One table: a column for each duty, a row for each unit, in a cell the periods of that year."""

    columns: tuple[tuple[PlanYear, Duty], ...]
    rows: tuple[tuple[str, tuple[tuple[Standing, ...], ...]], ...]


def matrix() -> ResponseReturnValue:
    with reading() as w:
        actor, today = w.actor, w.today
        if not _may_look(actor, w.directory, w.directory.agencies[actor.agency_id]):
            posts = w.directory.posts_with(actor.agency_id, "chief_of_office", "director")
            able = [person.name for person in w.directory.holders(posts, today)]
            raise NotYourStep("matrix", ("chief_of_office", "director"), able)
        year = request.args.get("nam", type=whole) or today.year
        years = sorted({today.year, year, *years_owed(w, actor.agency_id)}, reverse=True)
        behind = years_left_open(w, actor.agency_id, before=year) if year == today.year else []
        plans = [plan for plan in plan_years(w, actor.agency_id, year) if plan.dated]
        start = request.args.get("tu", 0, type=whole)
        shown = plans[start : start + PLANS]
        form = UnitFilter(request.args)
        chosen = choose(w, form, shown)
        shown = with_units(w, shown, chosen.unit_ids)
        items = [item for plan in shown for duty in plan.dated for item in duty.standings]
        waiting = [item.report_id for item in items if item.state == "submitted" and item.report_id]
        open_steps = open_steps_of(w, waiting)
        begin = {item.instance_id for item in items if may_begin(actor, item)}
    kept = form.kept() | ({"nam": year} if "nam" in request.args else {})
    here = url_for(".matrix", **kept, tu=start or None, sau=chosen.after or None)
    return render_template(
        "reporting/matrix.html",
        year=year,
        years=years,
        behind=behind,
        today=today,
        plans=shown,
        sheets=_sheets(shown),
        form=form,
        chosen=chosen,
        ways={report_id: _ways(found, here) for report_id, found in open_steps.items()},
        begin=begin,
        may_waive=may_waive(actor),
        may_extend=may_extend(actor),
        may_hand_over=may_hand_over(actor),
        here=here,
        total=len(plans),
        units_next=url_for(".matrix", **kept, tu=start or None, sau=chosen.unit_ids[-1])
        if chosen.more
        else "",
        units_first=url_for(".matrix", **kept, tu=start or None) if chosen.after else "",
        next_url=url_for(".matrix", nam=year, tu=start + PLANS) if start + PLANS < len(plans) else "",
        first_url=url_for(".matrix", nam=year) if start else "",
    )


def start_unit_report(instance_id: int) -> ResponseReturnValue:
    return _begin(commands.start_unit_report, instance_id)


def start_report(instance_id: int) -> ResponseReturnValue:
    return _begin(commands.start_report, instance_id)


def _begin(command: Callable[..., int], instance_id: int) -> ResponseReturnValue:
    """The new report, opened for writing; where one stands already, the refusal with the way to it."""
    try:
        with work() as w:
            report_id = command(w, instance_id=instance_id, key=request.form.get("key", ""))
    except NeedUnmet as error:
        note_refusal(error)
        status, words = sentence(error)
        page = render_template("reporting/stands.html", sentence=words, report_id=error.facts.get("report"))
        return page, status
    return redirect(url_for("drafting.edit", document_id=report_id), 303)


def _may_look(actor: Actor, directory: Directory, agency: Agency) -> bool:
    collector = directory.unit_by_code(agency.id, agency.aggregator)
    return sees_all(actor) or (collector is not None and collector.id in actor.unit_ids)


def _ways(found: Open, here: str) -> list[StepWay]:
    document, steps = found
    return [step_way(document, step, back=here) for step in steps]


def _sheets(plans: list[PlanYear]) -> list[Sheet]:
    duties = [(plan, duty) for plan in plans for duty in plan.dated if duty.tier == 1]
    return [_sheet(duties[at : at + COLUMNS]) for at in range(0, len(duties), COLUMNS)]


def _sheet(columns: list[tuple[PlanYear, Duty]]) -> Sheet:
    names: dict[int, str] = {}
    cells: dict[tuple[int, int], list[Standing]] = {}
    for _, duty in columns:
        for item in duty.standings:
            names[item.unit_id] = item.unit_name
            cells.setdefault((item.unit_id, duty.id), []).append(item)
    rows = [
        (name, tuple(tuple(cells.get((unit_id, duty.id), ())) for _, duty in columns))
        for unit_id, name in sorted(names.items())
    ]
    return Sheet(tuple(columns), tuple(rows))
