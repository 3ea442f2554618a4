"""Đồng ý kết thúc kế hoạch: the signer's or the director's word, which goes before the step that ends a plan (T25)."""

from typing import Any

from workflow.commands.moving import act_on, told_of, unseen
from workflow.commands.steps import case_of, load_for_step
from workflow.ending import ACT, AGREEING, refusal_to_agree
from workflow.engine import Work
from workflow.errors import Fault, Invalid, Stale
from workflow.relations import in_place_of, is_himself

REASON_MINIMUM = 10


def agree_to_end(w: Work, *, plan_id: int, seen_version: int, reason: str) -> int:
    """
    Agree that the plan may end, with the reason; the plan itself stays as it is. Returns the entry's id.

    Raises NotFound, StepNotOpen before issue and after the end, NotYourStep, NeedUnmet "not_agreed_yet" for whoever has
    agreed already, Stale, Invalid without a reason.
    """
    plan = load_for_step(w, plan_id)
    case = case_of(w, plan)
    if refusal := refusal_to_agree(case, w.actor):
        raise refusal
    if unseen(w, plan, seen_version):
        raise Stale(seen_version=seen_version, version=plan.version)
    if len(reason.strip()) < REASON_MINIMUM:
        raise Invalid([Fault("reason", "too_short", {"minimum": REASON_MINIMUM})])
    facts: dict[str, Any] = {}
    if not any(is_himself(relation, case, w.actor) for relation in AGREEING):
        stands = (in_place_of(relation, case, w.actor) for relation in AGREEING)
        facts["in_place_of"] = told_of(next(stand for stand in stands if stand))
    return act_on(w, plan, action=ACT, label="Đồng ý kết thúc kế hoạch", facts=facts, note=reason.strip())
