"""The flow answers two questions with one function: which steps are open, and take this one."""

from dataclasses import replace

import pytest
from transitions import Machine

from tests.record import ROUTE, Record
from tests.workflow.acts import REASON, broken_off, case, looking, open_steps, row, set_agency
from workflow.case import Asked
from workflow.commands.steps import take_step
from workflow.errors import NeedUnmet, NotFound, NotYourStep, Refused, StepNotOpen
from workflow.loader import load_all
from workflow.machine import Flow
from workflow.people import system_actor
from workflow.settings import DEFINITIONS

BY = {step: login for login, step in ROUTE}
FLOWS = [Flow(item) for item in load_all(DEFINITIONS / "procedures")]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.definition.id)
def test_the_machine_has_the_arrows_of_the_definition_and_no_others(flow):
    machine: Machine = flow._machine
    assert set(machine.events) == {step.key for step in flow.definition.steps}
    assert not [name for name in machine.events if name.startswith("to_")]
    for step in flow.definition.steps:
        [arrow] = [arrow for arrows in machine.events[step.key].transitions.values() for arrow in arrows]
        assert (arrow.source, arrow.dest) == (step.source, step.target)
        assert not arrow.conditions
        assert not arrow.prepare


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.definition.id)
def test_no_document_is_ever_kept_inside_the_machine(flow):
    assert flow._machine.models == []


def test_a_step_is_found_by_its_id_or_its_slug_and_only_from_its_state(sqlite_record: Record):
    plan_id = sqlite_record.draft()
    flow, facts = FLOWS[-1], case(sqlite_record, plan_id)
    assert flow.definition.id == "ke_hoach"
    assert flow.step("trinh", facts) == flow.step("submit", facts)
    for wrong in ("ky", "sign", "to_issued", "", "__init__"):
        with pytest.raises(StepNotOpen):
            flow.step(wrong, facts)


def test_the_buttons_and_the_gate_agree_for_everyone_at_every_stop(sqlite_record: Record):
    """Whoever has a button is let through; whoever has none is refused (the form filled in for both)."""
    record = sqlite_record
    people = ["lan", "hung", "thu", "mai", "van", "son", "viet", "huy", "duc", "nhung"]
    plan_id = record.draft()
    taken = 0
    for stop in ("", *BY):
        if stop:
            record.step(BY[stop], plan_id, stop, paper_signed=True)
        for login in people:
            buttons = open_steps(record, login, plan_id)
            for step in {step.id for step in FLOWS[-1].definition.steps_from(row(record, plan_id).state)}:
                allowed = _would_pass(record, login, plan_id, step)
                assert allowed == (step in buttons), (stop, login, step)
                taken += allowed
    assert taken > 15


def _would_pass(record: Record, login: str, plan_id: int, step: str) -> bool:
    """Take the step for real and undo it."""
    asked = record.person("viet" if row(record, plan_id).signer_id == record.person("mai") else "mai")
    how = {"seen_version": None, "note": REASON, "signer_id": asked if step == "reassign" else None}
    try:
        broken_off(
            record, login, lambda w: take_step(w, document_id=plan_id, step_id=step, paper_signed=True, **how)
        )
    except (Refused, NotFound):
        return False
    return True


def test_every_step_that_is_closed_says_why_and_who_can(sqlite_record: Record):
    record = sqlite_record
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    with looking(record, "lan") as w:
        said = {step.id: refusal for step, refusal in FLOWS[-1].explain(case(record, plan_id), w.actor)}
    assert said["withdraw"] is None
    refused = said["approve_content"]
    assert isinstance(refused, NotYourStep)
    assert refused.who == ("Phạm Quốc Hùng", "Ngô Thị Thu")


def test_asking_for_a_step_writes_nothing_and_gives_what_was_met(sqlite_record: Record):
    plan_id = sqlite_record.draft()
    facts = replace(case(sqlite_record, plan_id), asked=Asked())
    with looking(sqlite_record, "lan") as w:
        taken = FLOWS[-1].take("submit", facts, w.actor)
    assert (taken.target, taken.relation) == ("dept_review", "drafter")
    assert taken.met == ("with_drafter", "content_complete", "not_secret")
    assert row(sqlite_record, plan_id).state == "draft"


def test_which_of_two_arrows_is_meant_follows_the_setting(sqlite_record: Record):
    plan_id = sqlite_record.draft()
    assert FLOWS[-1].step("submit_own", case(sqlite_record, plan_id)).target == "format_check"
    set_agency(sqlite_record, format_check=False)
    assert FLOWS[-1].step("submit_own", case(sqlite_record, plan_id)).target == "awaiting_signature"


def test_a_reason_that_is_required_has_ten_letters_and_blanks_do_not_count(sqlite_record: Record):
    plan_id = sqlite_record.draft()
    for short in ("", "   \n     \t     ", "chín chữ!"):
        with pytest.raises(NeedUnmet) as refused:
            sqlite_record.step("lan", plan_id, "cancel", note=short)
        assert refused.value.need == "note_given"
    assert sqlite_record.step("lan", plan_id, "cancel", note="mười chữ cái").state == "cancelled"


def test_the_system_takes_no_step_of_a_person_and_no_person_takes_the_systems(sqlite_record: Record):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "issue")
    facts = replace(case(sqlite_record, plan_id), asked=Asked(note=REASON))
    system = system_actor("mark_reported")
    with pytest.raises(NotYourStep):
        FLOWS[-1].take("close", facts, system)
    for login in ("viet", "hung", "huy", "van"):
        with looking(sqlite_record, login) as w, pytest.raises(NotYourStep):
            FLOWS[-1].take("mark_reported", facts, w.actor)
