"""
The named needs a definition may call. Pure questions about one case; they read nothing and write nothing.

A rule answers with the refusal it would raise, or None. So the button, the gate and the sentence agree.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from workflow.authority import capacities, who_may_sign, why_not
from workflow.case import Case
from workflow.definition import Step
from workflow.ending import agreed, could_agree
from workflow.errors import NeedUnmet, NotEntitled, ProofNeeded, Refused
from workflow.people import Actor
from workflow.relations import people_of as people_of
from workflow.relations import posts_of as posts_of
from workflow.relations import stands_in as stands_in
from workflow.remarking import unsettled

Rule = Callable[[Case, Actor, Step], Refused | None]
RULES: dict[str, Rule] = {}
ASKED: set[str] = set()
"""Rules that wait for the form: while the buttons are drawn they are not asked."""

KEPT_APART = frozenset(
    {"not_author", "not_content_approver", "not_format_checker", "not_signer", "signer_stands_apart"}
)
"""Duties of distinct people: they bind a substitute by what he did himself and by what the absent one did."""

CONDITIONS = {"format_check_on", "format_check_off"}
PROOF_MINUTES = 15
NOTE_MINIMUM = 10


def rule(function: Rule) -> Rule:
    RULES[function.__name__] = function
    return function


def asked_rule(function: Rule) -> Rule:
    ASKED.add(function.__name__)
    return rule(function)


def _unless(met: bool, step: Step, need: str, **facts: object) -> Refused | None:
    return None if met else NeedUnmet(step.id, need, facts)


# Which of two arrows (decisions.md 13): the setting as the document took it along at its first submit.


def condition_holds(name: str | None, case: Case) -> bool:
    if name is None:
        return True
    checked = case.document.format_check
    on = case.agency.settings.format_check if checked is None else checked
    return on if name == "format_check_on" else not on


# Soạn thảo, trình, trả lại.


@rule
def with_drafter(case: Case, actor: Actor, step: Step) -> Refused | None:
    document = case.document
    return _unless(document.state != "returned" or document.returned_to != "dept_head", step, "with_drafter")


@rule
def with_head(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(case.document.returned_to == "dept_head", step, "with_head")


@rule
def own_text(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(actor.person_id in case.authors, step, "own_text")


@rule
def content_complete(case: Case, actor: Actor, step: Step) -> Refused | None:
    faults = [dict(fault) for fault in case.document.faults if fault.get("rule") != "secret_mark"]
    return _unless(not faults, step, "content_complete", faults=faults)


@rule
def results_complete(case: Case, actor: Actor, step: Step) -> Refused | None:
    faults = [dict(fault) for fault in case.document.faults]
    return _unless(not faults, step, "results_complete", faults=faults)


@rule
def not_secret(case: Case, actor: Actor, step: Step) -> Refused | None:
    marked = any(fault.get("rule") == "secret_mark" for fault in case.document.faults)
    return _unless(not marked, step, "not_secret")


@rule
def never_signed(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(not case.signers, step, "never_signed")


# Tách bạch nhiệm vụ (G4, decisions.md 12): what a person did on this document counts, not what he holds now.


@rule
def not_author(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(actor.person_id not in case.authors, step, "not_author")


@rule
def not_content_approver(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(actor.person_id not in case.content_approvers, step, "not_content_approver")


@rule
def not_format_checker(case: Case, actor: Actor, step: Step) -> Refused | None:
    """
    Whose confirmation of the format stands for this very text does not approve its content in a later round.

    A confirmation that an edit has voided binds nobody: in a small office the deputy who checked the old text
    is the only one left to approve the new one.
    """
    checked = {
        item.person_id
        for item in case.approvals
        if item.kind == "format" and item.digest == case.document.digest
    }
    return _unless(actor.person_id not in checked, step, "not_format_checker")


@rule
def not_signer(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(actor.person_id not in case.signers, step, "not_signer")


@rule
def signer_stands_apart(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(_apart(case, actor.person_id), step, "signer_stands_apart")


def _apart(case: Case, person_id: int) -> bool:
    return person_id not in case.authors | case.content_approvers | case.format_checkers


# Duyệt và ký.


@rule
def content_approved(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(case.valid("content") is not None, step, "content_approved")


@rule
def format_approved(case: Case, actor: Actor, step: Step) -> Refused | None:
    skipped = condition_holds("format_check_off", case)
    return _unless(skipped or case.valid("format") is not None, step, "format_approved")


@rule
def signature_valid(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(case.valid("signature") is not None, step, "signature_valid")


@rule
def may_sign(case: Case, actor: Actor, step: Step) -> Refused | None:
    """G6: a capacity holds at this instant; if the form names one, that one."""
    held = capacities(case.directory, actor.person_id, case.document.signable, case.today)
    wanted = case.asked.capacity if case.asked else ""
    if any(not wanted or capacity.kind == wanted for capacity in held):
        return None
    if held:
        facts = {
            "person": case.directory.people[actor.person_id].name,
            "kind": wanted,
            "held": [capacity.kind for capacity in held],
        }
        return NotEntitled(step.id, "other_capacity", _could(case), facts)
    return _not_entitled(case, actor.person_id, step)


@asked_rule
def signer_may_sign(case: Case, actor: Actor, step: Step) -> Refused | None:
    """The person the document goes to could sign it today, and stands apart from those who made it."""
    signer_id = case.chosen_signer
    if signer_id is None:
        return NeedUnmet(step.id, "signer_chosen", {"could": _could(case)})
    if not capacities(case.directory, signer_id, case.document.signable, case.today):
        return _not_entitled(case, signer_id, step)
    apart = _apart(case, signer_id) and signer_id != actor.person_id
    name = case.directory.people[signer_id].name
    return _unless(apart, step, "signer_apart_from_makers", signer=name, could=_could(case))


@asked_rule
def new_signer_may_sign(case: Case, actor: Actor, step: Step) -> Refused | None:
    signer_id = case.asked.signer_id if case.asked else None
    if signer_id is None or signer_id == case.document.signer_id:
        return NeedUnmet(step.id, "signer_chosen", {"could": _could(case)})
    if not capacities(case.directory, signer_id, case.document.signable, case.today):
        return _not_entitled(case, signer_id, step)
    name = case.directory.people[signer_id].name
    return _unless(_apart(case, signer_id), step, "signer_apart_from_makers", signer=name, could=_could(case))


@asked_rule
def proof_recent(case: Case, actor: Actor, step: Step) -> Refused | None:
    """
    Decisions.md 19: a check of the password in this session not older than fifteen minutes, or, where the
    agency wants it so, with this very act.
    """
    if actor.channel == "cli":
        return None
    if case.agency.settings.signing_proof == "password":
        return None if actor.proved_here else ProofNeeded(step.id, 0)
    fresh = actor.proof_at is not None and case.now - actor.proof_at <= timedelta(minutes=PROOF_MINUTES)
    return None if fresh else ProofNeeded(step.id, PROOF_MINUTES)


@rule
def own_signature(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(case.document.signed_by == actor.person_id, step, "own_signature")


def _could(case: Case) -> list[str]:
    able = who_may_sign(case.directory, case.document.signable, case.today)
    return [f"{person.name} ({capacity.line})" for person, capacity in able if _apart(case, person.id)]


def _not_entitled(case: Case, person_id: int, step: Step) -> NotEntitled:
    facts = why_not(case.directory, person_id, case.document.signable, case.today)
    facts["person"] = case.directory.people[person_id].name
    return NotEntitled(step.id, facts["reason"], _could(case), facts)


@rule
def remarks_settled(case: Case, actor: Actor, step: Step) -> Refused | None:
    """Nobody judges over a must-settle remark; the machine asks this of every step that waits for remarks."""
    return unsettled(case, step)


# Văn thư.


@rule
def hold_over(case: Case, actor: Actor, step: Step) -> Refused | None:
    """The signer may still take the signature back; the agency sets for how long nobody numbers."""
    signed_at = case.document.signed_at
    until = signed_at + timedelta(minutes=case.agency.settings.hold_minutes) if signed_at else case.now
    return _unless(case.now >= until, step, "hold_over", until=until.isoformat())


@asked_rule
def paper_confirmed(case: Case, actor: Actor, step: Step) -> Refused | None:
    paper = case.agency.settings.signing_mode == "paper"
    confirmed = case.asked is not None and case.asked.paper_signed
    return _unless(not paper or confirmed, step, "paper_confirmed")


@rule
def sealed(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(case.document.sealed, step, "sealed")


@rule
def not_sealed(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(not case.document.sealed, step, "not_sealed")


@rule
def has_recipients(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(case.document.recipient_count > 0, step, "has_recipients")


@rule
def void_requested(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(case.document.void_requested, step, "void_requested")


@rule
def no_void_requested(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(not case.document.void_requested, step, "no_void_requested")


# Báo cáo.


@rule
def units_accounted_for(case: Case, actor: Actor, step: Step) -> Refused | None:
    """Domain.md §4.5: every unit's report is in the text, or the text names the unit as missing; its counts agree."""
    progress = case.progress
    missing, newer, rowless = progress.unaccounted_units, progress.newer_units, progress.rowless_units
    return _unless(
        not (missing or newer or rowless or progress.miscounted),
        step,
        "units_accounted_for",
        units=list(missing),
        newer=list(newer),
        rowless=list(rowless),
        miscounted=list(progress.miscounted or ()),
        signing=step.signature,
    )


@rule
def year_reported(case: Case, actor: Actor, step: Step) -> Refused | None:
    """Decisions.md 24: every last-tier duty due this year is done or waived, and none waits for a date."""
    progress = case.progress
    met = progress.year_settled and progress.needs_date == 0
    return _unless(met, step, "year_reported", open=progress.open_instances, needs_date=progress.needs_date)


@rule
def new_year_due(case: Case, actor: Actor, step: Step) -> Refused | None:
    return _unless(case.progress.next_year_due, step, "new_year_due")


@rule
def obligations_settled(case: Case, actor: Actor, step: Step) -> Refused | None:
    """
    T25: nothing of the year that runs may still fall due, no duty is left undecided, no report is on its way; and the
    signer or the director has agreed that the plan ends.
    """
    progress = case.progress
    left = {"needs_date": progress.needs_date, "unowed": progress.unowed, "under_way": progress.under_way}
    met = not (progress.open_instances or progress.outstanding or any(left.values()))
    owed = [asdict(item) | {"last_on_time": item.last_on_time.isoformat()} for item in progress.outstanding]
    if not met:
        return NeedUnmet(
            step.id, "obligations_settled", {"open": progress.open_instances, "owed": owed, **left}
        )
    could = could_agree(case, but=actor.person_id)
    return _unless(agreed(case, actor), step, "ending_agreed", could=list(could))
