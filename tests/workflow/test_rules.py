"""Each need alone: what it lets through, what it refuses, and with which facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec.structs import replace as changed

from tests.record import NOON, Record
from tests.workflow.acts import case, looking
from workflow.case import ApprovalFacts, Asked, Case, Outstanding, Progress
from workflow.definition import Step
from workflow.errors import NeedUnmet, NotEntitled, ProofNeeded
from workflow.people import Actor
from workflow.rules import ASKED, CONDITIONS, RULES, condition_holds

LATER = Outstanding("Văn phòng Sở", "Sở Nội vụ", 2026, "2026", date(2026, 11, 14), False, 1)
STEP = Step(id="x", slug="x", label="X", source="draft", target="draft", by=("drafter",))


@pytest.fixture
def plain(sqlite_record: Record) -> Case:
    """Lan's draft of Văn phòng Sở, with Mai as its signer."""
    return replace(case(sqlite_record, sqlite_record.draft()), asked=Asked())


@pytest.fixture
def actor(sqlite_record: Record):
    def of(login: str, **changes) -> Actor:
        with looking(sqlite_record, login) as w:
            return replace(w.actor, **changes)

    return of


def doc(facts: Case, **changes) -> Case:
    return replace(facts, document=replace(facts.document, **changes))


def approval(kind: str, digest: str, person_id: int = 1) -> ApprovalFacts:
    return ApprovalFacts(1, kind, "x", 1, digest, person_id, "X", "X", "", (), "", NOON)


def refused(need: str, facts: Case, who: Actor):
    return RULES[need](facts, who, STEP)


@pytest.mark.parametrize(
    ("need", "met", "unmet"),
    [
        ("with_drafter", {"state": "returned", "returned_to": "drafter"},
         {"state": "returned", "returned_to": "dept_head"}),
        ("with_head", {"returned_to": "dept_head"}, {"returned_to": "drafter"}),
        ("content_complete", {"faults": ()}, {"faults": ({"place": "subject", "rule": "missing"},)}),
        ("results_complete", {"faults": ()}, {"faults": ({"place": "results", "rule": "missing"},)}),
        ("not_secret", {"faults": ()}, {"faults": ({"place": "sections", "rule": "secret_mark"},)}),
        ("sealed", {"sealed": True}, {"sealed": False}),
        ("not_sealed", {"sealed": False}, {"sealed": True}),
        ("has_recipients", {"recipient_count": 1}, {"recipient_count": 0}),
        ("void_requested", {"void_requested": True}, {"void_requested": False}),
        ("no_void_requested", {"void_requested": False}, {"void_requested": True}),
    ],
)  # fmt: skip
def test_a_need_that_looks_at_the_document_only(plain, actor, need, met, unmet):
    assert refused(need, doc(plain, **met), actor("lan")) is None
    refusal = refused(need, doc(plain, **unmet), actor("lan"))
    assert isinstance(refusal, NeedUnmet)
    assert refusal.need == need


def test_with_drafter_holds_in_draft_whatever_was_returned_before(plain, actor):
    assert refused("with_drafter", doc(plain, state="draft", returned_to="dept_head"), actor("lan")) is None


@pytest.mark.parametrize(
    ("need", "act"),
    [
        ("not_author", "edit"),
        ("not_author", "create"),
        ("not_author", "import"),
        ("not_content_approver", "approve_content"),
        ("not_content_approver", "submit_own"),
        ("not_signer", "sign"),
        ("signer_stands_apart", "edit"),
        ("signer_stands_apart", "approve_content"),
        ("signer_stands_apart", "submit_own"),
        ("signer_stands_apart", "check_format"),
    ],
)
def test_what_a_person_ever_did_keeps_him_apart(plain, actor, need, act):
    thu = actor("thu")
    assert refused(need, plain, thu) is None
    done = replace(plain, acts=plain.acts | {(act, thu.person_id)})
    assert isinstance(refused(need, done, thu), NeedUnmet)
    assert refused(need, done, actor("viet")) is None


def test_own_text_is_the_drafters_or_of_whoever_edited(plain, actor):
    assert refused("own_text", plain, actor("lan")) is None
    hung = actor("hung")
    assert isinstance(refused("own_text", plain, hung), NeedUnmet)
    assert refused("own_text", replace(plain, acts=frozenset({("edit", hung.person_id)})), hung) is None


@pytest.mark.parametrize(
    ("need", "kind"),
    [("content_approved", "content"), ("format_approved", "format"), ("signature_valid", "signature")],
)
def test_an_approval_counts_for_the_present_text_only(plain, actor, need, kind):
    facts = doc(plain, format_check=True)
    assert isinstance(refused(need, facts, actor("mai")), NeedUnmet)
    stale = replace(facts, approvals=(approval(kind, "0" * 64),))
    assert isinstance(refused(need, stale, actor("mai")), NeedUnmet)
    assert (
        refused(need, replace(facts, approvals=(approval(kind, facts.document.digest),)), actor("mai"))
        is None
    )


def test_the_format_needs_no_approval_where_the_document_took_along_that_there_is_none(plain, actor):
    assert refused("format_approved", doc(plain, format_check=False), actor("mai")) is None


def test_exactly_one_condition_holds_and_the_documents_own_setting_wins(plain):
    for stored in (None, True, False):
        facts = doc(plain, format_check=stored)
        assert sum(condition_holds(name, facts) for name in CONDITIONS) == 1
        assert condition_holds("format_check_on", facts) is (stored is not False)
    assert condition_holds(None, plain)


def test_may_sign_asks_for_the_capacity_that_the_form_names(plain, actor):
    assert refused("may_sign", plain, actor("mai")) is None
    assert refused("may_sign", replace(plain, asked=Asked(capacity="KT")), actor("mai")) is None
    wrong = refused("may_sign", replace(plain, asked=Asked(capacity="TUQ")), actor("mai"))
    assert isinstance(wrong, NotEntitled)


def test_who_may_not_sign_is_told_why_and_who_could(plain, actor):
    refusal = refused("may_sign", plain, actor("son"))
    assert isinstance(refusal, NotEntitled)
    assert refusal.reason == "other_field"
    assert refusal.facts["field"] == "Tổ chức, hành chính, dân chủ và dân vận"
    assert refusal.could == ("Đoàn Quốc Việt (GIÁM ĐỐC)", "Trần Thị Ngọc Mai (KT. GIÁM ĐỐC)")


def test_the_chosen_signer_must_be_chosen_entitled_and_apart(plain, actor, sqlite_record):
    thu = actor("thu")
    none = refused("signer_may_sign", doc(plain, signer_id=None), thu)
    assert isinstance(none, NeedUnmet)
    assert none.need == "signer_chosen"
    assert none.facts["could"]
    son = sqlite_record.person("son")
    assert isinstance(
        refused("signer_may_sign", replace(plain, asked=Asked(signer_id=son)), thu), NotEntitled
    )
    mai = sqlite_record.person("mai")
    apart = refused("signer_may_sign", replace(plain, acts=plain.acts | {("edit", mai)}), thu)
    assert isinstance(apart, NeedUnmet)
    assert apart.need == "signer_apart_from_makers"
    assert not any("Mai" in name for name in apart.facts["could"])
    assert refused("signer_may_sign", plain, thu) is None


def test_a_new_signer_must_be_another_one(plain, actor, sqlite_record):
    mai, viet = sqlite_record.person("mai"), sqlite_record.person("viet")
    same = refused("new_signer_may_sign", replace(plain, asked=Asked(signer_id=mai)), actor("mai"))
    assert isinstance(same, NeedUnmet)
    assert same.need == "signer_chosen"
    assert refused("new_signer_may_sign", replace(plain, asked=Asked(signer_id=viet)), actor("mai")) is None


@pytest.mark.parametrize(
    ("age", "fresh"),
    [(timedelta(0), True), (timedelta(minutes=15), True), (timedelta(minutes=15, seconds=1), False)],
)
def test_a_proof_lasts_fifteen_minutes(plain, actor, age, fresh):
    refusal = refused("proof_recent", plain, actor("mai", proof_at=plain.now - age))
    assert (refusal is None) is fresh
    assert fresh or isinstance(refusal, ProofNeeded)


def test_who_never_proved_himself_is_asked_to(plain, actor):
    assert isinstance(refused("proof_recent", plain, actor("mai", proof_at=None)), ProofNeeded)


def test_where_every_signature_wants_its_password_an_earlier_one_is_not_enough(plain, actor):
    agency = replace(plain.agency, settings=changed(plain.agency.settings, signing_proof="password"))
    strict = replace(plain, agency=agency)
    refusal = refused("proof_recent", strict, actor("mai", proof_at=plain.now))
    assert isinstance(refusal, ProofNeeded)
    assert refusal.minutes == 0
    assert refused("proof_recent", strict, actor("mai", proof_at=plain.now, proved_here=True)) is None


@pytest.mark.parametrize(("after", "over"), [(0, False), (119, False), (120, True)])
def test_the_hold_is_over_to_the_second(plain, actor, after, over):
    agency = replace(plain.agency, settings=changed(plain.agency.settings, hold_minutes=2))
    signed = doc(plain, signed_at=plain.now - timedelta(seconds=after))
    assert (refused("hold_over", replace(signed, agency=agency), actor("van")) is None) is over


def test_on_paper_the_clerk_says_that_the_paper_is_signed(plain, actor):
    assert isinstance(refused("paper_confirmed", plain, actor("van")), NeedUnmet)
    assert refused("paper_confirmed", replace(plain, asked=Asked(paper_signed=True)), actor("van")) is None
    digital = replace(plain.agency, settings=changed(plain.agency.settings, signing_mode="digital"))
    assert refused("paper_confirmed", replace(plain, agency=digital), actor("van")) is None


def test_only_the_one_who_signed_takes_it_back(plain, actor, sqlite_record):
    signed = doc(plain, signed_by=sqlite_record.person("mai"))
    assert refused("own_signature", signed, actor("mai")) is None
    assert isinstance(refused("own_signature", signed, actor("viet")), NeedUnmet)


@pytest.mark.parametrize(
    ("need", "progress", "met"),
    [
        ("units_accounted_for", Progress(), True),
        ("units_accounted_for", Progress(unaccounted_units=("Phòng A",)), False),
        ("year_reported", Progress(year_settled=True), True),
        ("year_reported", Progress(year_settled=False), False),
        ("year_reported", Progress(year_settled=True, needs_date=1), False),
        ("new_year_due", Progress(next_year_due=True), True),
        ("new_year_due", Progress(), False),
        ("obligations_settled", Progress(), True),
        ("obligations_settled", Progress(open_instances=1), False),
        ("obligations_settled", Progress(needs_date=1), False),
        ("obligations_settled", Progress(unowed=1), False),
        ("obligations_settled", Progress(under_way=1), False),
        ("obligations_settled", Progress(outstanding=(LATER,)), False),
    ],
)
def test_the_needs_of_reporting_look_at_progress(plain, actor, need, progress, met):
    agreed = replace(plain, progress=progress, acts=plain.acts | {("agree_to_end", actor("mai").person_id)})
    assert (refused(need, agreed, actor("hung")) is None) is met


def test_whoever_ends_a_plan_is_not_the_one_who_agrees_to_it(plain, actor):
    settled = replace(plain, progress=Progress())
    assert refused("obligations_settled", settled, actor("hung")).need == "ending_agreed"
    own = replace(settled, acts=settled.acts | {("agree_to_end", actor("hung").person_id)})
    assert refused("obligations_settled", own, actor("hung")).need == "ending_agreed"
    assert refused("obligations_settled", own, actor("viet")) is None


def test_rules_that_wait_for_the_form_are_the_only_ones_skipped_while_buttons_are_drawn():
    assert {"signer_may_sign", "new_signer_may_sign", "proof_recent", "paper_confirmed"} == ASKED
