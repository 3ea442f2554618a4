"""Deadlines: each unit's own, and for those who answer for the agency all of them, plan by plan."""

from collections import defaultdict
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.numbers import whole
from web.reporting.blueprint import PLANS, bp, sees_all
from web.session import reading
from workflow.people import Actor
from workflow.queries.duties import PlanYear, plan_years
from workflow.queries.reporting import REPORTERS, may_begin, standings_of_units, years_owed
from workflow.queries.standing import Standing


@bp.get("/han")
def deadlines() -> ResponseReturnValue:
    with reading() as w:
        actor, today = w.actor, w.today
        year = request.args.get("nam", type=whole) or today.year
        years = sorted({today.year, year, *years_owed(w, actor.agency_id)}, reverse=True)
        own = standings_of_units(w, _own_units(actor), year)
        plans = plan_years(w, actor.agency_id, year) if sees_all(actor) else []
        begin = {item.instance_id for item in own if may_begin(actor, item)}
    start = request.args.get("tu", 0, type=whole)
    return render_template(
        "reporting/deadlines.html",
        year=year,
        years=years,
        today=today,
        has_own=bool(_own_units(actor)),
        groups=_grouped(own),
        begin=begin,
        office=sees_all(actor),
        undated=[(plan, duty) for plan in plans for duty in plan.undated],
        unowed=[(plan, duty) for plan in plans for duty in plan.unowed],
        milestones=_milestones(plans),
        plans=plans[start : start + PLANS],
        total=len(plans),
        next_url=url_for(".deadlines", nam=year, tu=start + PLANS) if start + PLANS < len(plans) else "",
        first_url=url_for(".deadlines", nam=year) if start else "",
        may_date=actor.has("chief_of_office") is not None,
    )


def _own_units(actor: Actor) -> frozenset[int]:
    return frozenset(seat.unit.id for seat in actor.seats if seat.post.roles & set(REPORTERS))


def _grouped(items: list[Standing]) -> dict[str, list[Standing]]:
    groups: dict[str, list[Standing]] = {"open": [], "coming": [], "done": []}
    for item in items:
        done = item.is_settled or item.state == "submitted"
        groups["done" if done else "open" if item.is_open or item.is_sent else "coming"].append(item)
    return groups


def _milestones(plans: list[PlanYear]) -> list[tuple[str, list[Standing]]]:
    """The deadlines of the year over all plans: as "Trước 10/11 · đơn vị → Văn phòng Sở"."""
    found: defaultdict[tuple[date, int, str], list[Standing]] = defaultdict(list)
    for plan in plans:
        for item in (item for duty in plan.dated for item in duty.standings):
            found[item.due, item.tier, item.receiver].append(item)
    told = []
    for (due, tier, receiver), items in sorted(found.items()):
        word = "Chậm nhất" if items[0].inclusive else "Trước"
        who = "đơn vị" if tier == 1 else "cơ quan"
        told.append((f"{word} {due.day:02d}/{due.month:02d} · {who} → {receiver or 'cấp trên'}", items))
    return told
