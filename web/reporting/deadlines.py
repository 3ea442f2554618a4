"""Deadlines: each unit's own, and for those who answer for the agency all of them, plan by plan."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.numbers import whole
from web.reporting.blueprint import PLANS, sees_all
from web.session import reading
from workflow.people import Actor
from workflow.queries.duties import PlanYear, plan_years, with_laggards
from workflow.queries.reporting import REPORTERS, may_begin, standings_of_units, years_owed
from workflow.queries.standing import Standing
from workflow.queries.tallies import Tally


def deadlines() -> ResponseReturnValue:
    with reading() as w:
        actor, today = w.actor, w.today
        year = request.args.get("nam", type=whole) or today.year
        years = sorted({today.year, year, *years_owed(w, actor.agency_id)}, reverse=True)
        own = standings_of_units(w, _own_units(actor), year)
        plans = with_laggards(w, plan_years(w, actor.agency_id, year)) if sees_all(actor) else []
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


@dataclass
class Milestone:
    """All that is owed to one receiver by one day, over all plans: counted, and the laggards by name."""

    title: str
    counted: list[Tally]
    told: list[Standing]

    def many(self, what: str) -> int:
        return sum(item.count for item in self.counted if getattr(item, what))


def _milestones(plans: list[PlanYear]) -> list[Milestone]:
    """The deadlines of the year over all plans: as "Trước 10/11 · đơn vị → Văn phòng Sở"."""
    found: dict[tuple[date, int, str], Milestone] = {}
    for plan in plans:
        for duty in plan.dated:
            for item in duty.tallies:
                word = "Chậm nhất" if item.inclusive else "Trước"
                who = "đơn vị" if duty.tier == 1 else "cơ quan"
                title = (
                    f"{word} {item.due.day:02d}/{item.due.month:02d} · {who} → {duty.receiver or 'cấp trên'}"
                )
                key = (item.due, duty.tier, duty.receiver)
                found.setdefault(key, Milestone(title, [], [])).counted.append(item)
            for told in duty.standings:
                if milestone := found.get((told.due, duty.tier, duty.receiver)):
                    milestone.told.append(told)
    return [milestone for _, milestone in sorted(found.items(), key=lambda pair: pair[0])]
