"""
Who may remind the one a document waits for, and when again; page and command ask here.

A reminder asks for the step and changes nothing: neither whose it is nor until when. One a working day is enough for
a document, whoever presses it: five colleagues who each remind are one flood.
"""

from dataclasses import dataclass
from datetime import datetime

from workflow.awaited import people_awaited
from workflow.case import Case
from workflow.errors import NeedUnmet, NotYourStep, Refused, StepNotOpen
from workflow.machine import Flow
from workflow.people import Actor
from workflow.workdays import VN, next_workday


@dataclass(frozen=True)
class Nudge:
    """The last reminder of the present wait: who pressed it and when."""

    by: str
    at: datetime


def refusal_to_remind(flow: Flow, case: Case, actor: Actor, last: Nudge | None) -> Refused | None:
    """
    Why this actor may not remind now; None if he may: the drafter, or whoever acted on the document before, of a
    document that lies with somebody else, once a working day. Whether he may see it is asked before.
    """
    document = case.document
    state = flow.definition.states[document.state]
    if state.final or not state.waits_for or state.id == flow.definition.initial:
        return StepNotOpen("remind", document.state)
    had_part = actor.person_id == document.drafter_id or any(who == actor.person_id for _, who in case.acts)
    if actor.is_system or not had_part or actor.has("admin", agency_id=document.agency_id):
        return NotYourStep("remind", ("drafter",), (case.directory.people[document.drafter_id].name,))
    people = people_awaited(flow, case)
    if any(person.id == actor.person_id for person in people):
        return NeedUnmet("remind", "with_somebody_else")
    if not people:
        return NeedUnmet("remind", "somebody_there")
    if last is not None:
        again = next_workday(last.at.astimezone(VN).date())
        if case.today < again:
            facts = {"who": last.by, "at": last.at.isoformat(), "again": again.isoformat()}
            return NeedUnmet("remind", "not_reminded_today", facts)
    return None
