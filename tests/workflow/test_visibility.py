"""Who sees which document: one condition for every list, page and command (decisions.md 15)."""

from datetime import date

import pytest
from sqlalchemy import select, update

from tests.arranged import arranged
from tests.record import NOON, Record
from tests.workflow.acts import REASON, at, history, row, seat, sees, unseat, working
from workflow.engine import Identity
from workflow.errors import NotFound, NotYourStep
from workflow.models import Document, Holding
from workflow.queries.visibility import visible_to

SO_KHCN = ["lan", "duc", "hung", "thu", "van", "mai", "son", "viet", "nhung", "khoi", "linh", "minh", "huy"]
OTHERS = ["chau", "an", "binh"]


def seeing(record: Record, document_id: int) -> set[str]:
    return {login for login in [*SO_KHCN, *OTHERS] if sees(record, login, document_id)}


def test_a_draft_is_seen_by_its_unit_its_signer_the_director_and_the_chanh_van_phong(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    assert seeing(record, plan_id) == {"nhung", "khoi", "mai", "viet", "hung"}


def test_whom_it_waited_for_may_still_see_it_and_the_agency_from_signing(record: Record):
    plan_id = record.draft("nhung", unit="QLKH")
    record.step("nhung", plan_id, "submit")
    record.step("khoi", plan_id, "approve_content")
    waited = {"nhung", "khoi", "mai", "viet", "hung", "thu", "van"}
    assert seeing(record, plan_id) == waited
    record.step("thu", plan_id, "return", note=REASON)
    assert seeing(record, plan_id) == waited
    record.step("khoi", plan_id, "forward")
    record.step("nhung", plan_id, "submit")
    record.step("khoi", plan_id, "approve_content")
    record.step("thu", plan_id, "check_format")
    assert "son" not in seeing(record, plan_id)
    record.step("mai", plan_id, "sign")
    assert seeing(record, plan_id) == set(SO_KHCN)


def test_another_agency_never_sees_it_and_finds_nothing_at_any_step(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "issue")
    for login in OTHERS:
        assert not sees(record, login, plan_id)
        for step in ("issue", "void", "close", "withdraw", "nonsense"):
            with pytest.raises(NotFound):
                record.step(login, plan_id, step, note=REASON)


def test_an_administrator_sees_what_the_agency_sees_and_no_draft(record: Record):
    plan_id = record.draft()
    assert not sees(record, "huy", plan_id)
    record.bring_to(plan_id, "sign")
    assert sees(record, "huy", plan_id)


def test_who_left_his_posts_sees_nothing_more(record: Record):
    plan_id = record.draft()
    assert sees(record, "lan", plan_id)
    unseat(record, "lan", last_day=date(2026, 4, 19))
    assert not sees(record, "lan", plan_id)


def test_who_moved_to_another_unit_loses_sight_of_the_old_drafts(record: Record):
    plan_id = record.draft()
    unseat(record, "lan", last_day=date(2026, 4, 19))
    seat(record, "lan", "qlkh.cv", since=date(2026, 4, 20))
    assert not sees(record, "lan", plan_id)


# Thanh tra: read only, from signing, within scope and dates of the decision.


def covers(record: Record, since: date | None, until: date | None) -> None:
    with working(record) as w:
        person_id = w.directory.by_login["minh"].id
        w.db.execute(
            update(Holding).where(Holding.person_id == person_id).values(covers_from=since, covers_to=until)
        )
        arranged(w)


@pytest.mark.parametrize(
    ("since", "until", "inside"),
    [
        (None, None, True),
        (date(2026, 4, 20), date(2026, 4, 20), True),
        (date(2026, 4, 21), None, False),
        (None, date(2026, 4, 19), False),
    ],
)
@pytest.mark.parametrize("last_step", ["sign", "issue"])
def test_an_auditor_sees_what_was_dated_within_his_decision(record: Record, since, until, inside, last_step):
    """A document without a date of issue yet is dated by its signing, in Việt Nam."""
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    assert not sees(record, "minh", plan_id)
    covers(record, since, until)
    at(record, 2026, 4, 20, 0, 30)
    record.clock.now = max(record.clock.now, NOON)
    for login, step in (("mai", "sign"), ("van", "assign_number"), ("van", "seal"), ("van", "issue")):
        record.step(login, plan_id, step, paper_signed=True)
        if step == last_step:
            break
    assert sees(record, "minh", plan_id) is inside


def test_signed_just_after_midnight_counts_for_the_day_in_viet_nam(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    at(record, 2026, 4, 21, 0, 30)
    record.step("mai", plan_id, "sign")
    assert record.clock.now.date() == date(2026, 4, 20)
    covers(record, date(2026, 4, 21), date(2026, 4, 21))
    assert sees(record, "minh", plan_id)
    covers(record, date(2026, 4, 20), date(2026, 4, 20))
    assert not sees(record, "minh", plan_id)


def test_an_auditors_decision_ends_with_its_last_day(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "issue")
    assert sees(record, "minh", plan_id)
    at(record, 2029, 1, 1)
    assert not sees(record, "minh", plan_id)


def test_an_auditor_takes_no_step_at_all(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    before = len(history(record, plan_id))
    flow = record.engine.flows["ke_hoach", 1]
    tried = {step.id for step in flow.definition.steps_from(row(record, plan_id).state)}
    assert tried == {"unsign", "return", "assign_number"}
    for step in tried:
        with pytest.raises(NotYourStep):
            record.step("minh", plan_id, step, note=REASON, paper_signed=True)
    assert len(history(record, plan_id)) == before


def test_the_system_sees_everything(record: Record):
    record.draft()
    with record.engine.reading(Identity(rule="test")) as w:
        assert w.db.scalar(select(Document.id).where(visible_to(w.actor))) is not None
