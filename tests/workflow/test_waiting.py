"""Whom a document waits for: rows a post, not a user; a hint that the gate never trusts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select

from tests.record import ROUTE, Record
from tests.workflow.acts import REASON, count, looking, seat, working
from tests.workflow.commands.test_absences import away
from workflow.awaited import people_awaited
from workflow.case import Case
from workflow.commands.steps import case_of, load_for_step
from workflow.definition import State
from workflow.engine import Work
from workflow.engine.directory import load_directory
from workflow.errors import NotYourStep
from workflow.machine import Flow
from workflow.models import Holding, Waiting
from workflow.queries.inbox import inbox
from workflow.queries.sessions import counts_of
from workflow.waiting import wait_for


def waits(record: Record, document_id: int, *, past: bool = False) -> list[tuple[str, str | None]]:
    """(post, person) of the open rows, or of those that are over."""
    with looking(record) as w:
        left: Any = Waiting.left_at.is_not(None) if past else Waiting.left_at.is_(None)
        rows = w.db.execute(
            select(Waiting.post_id, Waiting.person_id)
            .where(Waiting.document_id == document_id, left)
            .order_by(Waiting.id)
        ).all()
        people = w.directory.people
        return [
            (w.directory.posts[post].code, people[person].login if person else None) for post, person in rows
        ]


CHECKERS = [("vp.pho", None), ("vp.van_thu", None)]
"""Without the head, who approved the content and could only send it back."""
HEADS = [("vp.chanh", None), ("vp.pho", None)]


def test_at_each_stop_it_waits_for_the_posts_of_the_next_step(record: Record):
    plan_id = record.draft()
    seen = [waits(record, plan_id)]
    for login, step in ROUTE:
        record.step(login, plan_id, step, paper_signed=True)
        seen.append(waits(record, plan_id))
    clerk = [("vp.van_thu", None)]
    assert seen == [[("vp.cv_1", "lan")], HEADS, CHECKERS, [("pgd_1", "mai")], clerk, clerk, clerk, []]


def test_whoever_could_only_send_it_back_does_not_find_it_in_his_list(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "approve_content")
    with looking(record, "hung") as w:
        assert (inbox(w).rows, counts_of(w, w.actor).waiting) == ((), 0)
    with looking(record, "thu") as w:
        assert [(row.kind, row.id) for row in inbox(w).rows] == [("format", plan_id)]
    record.step("hung", plan_id, "return", note=REASON)  # his page still has the step
    assert waits(record, plan_id) == HEADS


def at_format_check(w: Work, plan_id: int) -> tuple[Flow, Case, State]:
    case = case_of(w, load_for_step(w, plan_id))
    flow = w.flow(case.document.definition_id, case.document.definition_version)
    return flow, case, flow.definition.states["format_check"]


def test_where_all_are_barred_it_waits_for_all(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "approve_content")
    with working(record, "lan") as w:
        flow, case, state = at_format_check(w, plan_id)
        acts = {("approve_content", person_id) for person_id in w.directory.people}
        barred = replace(case, acts=frozenset(acts))
        wait_for(w, barred, state, people_awaited(flow, barred))
    assert waits(record, plan_id) == [("vp.chanh", None), *CHECKERS]


@pytest.mark.tampered
def test_a_post_that_nobody_holds_waits_for_whoever_comes(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "approve_content")
    with working(record, "lan") as w:
        flow, case, state = at_format_check(w, plan_id)
        post = next(post for post in w.directory.posts.values() if post.code == "vp.van_thu")
        w.db.execute(delete(Holding).where(Holding.post_id == post.id))
        left = replace(case, directory=load_directory(w.db, -1))
        wait_for(w, left, state, people_awaited(flow, left))
    assert waits(record, plan_id) == CHECKERS


def test_the_post_of_one_who_is_away_waits_for_whoever_acts_for_him(record: Record):
    away(record, "thu", "duc")
    plan_id = record.draft()
    record.bring_to(plan_id, "approve_content")
    assert waits(record, plan_id) == CHECKERS
    with looking(record, "duc") as w:
        assert [(row.kind, row.id) for row in inbox(w).rows] == [("format", plan_id)]


def test_rows_that_are_over_keep_their_place(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "return", note=REASON)
    assert waits(record, plan_id) == [("vp.cv_1", "lan")]
    assert waits(record, plan_id, past=True) == [("vp.cv_1", "lan"), *HEADS]


def test_returned_by_the_signer_it_waits_for_the_head_and_forwarded_for_the_drafter(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("mai", plan_id, "return", note=REASON)
    assert waits(record, plan_id) == HEADS
    record.step("hung", plan_id, "forward")
    assert waits(record, plan_id) == [("vp.cv_1", "lan")]


def test_another_signer_finds_it_in_his_inbox_at_once(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    record.step("mai", plan_id, "reassign", signer_id=record.person("viet"))
    assert waits(record, plan_id) == [("giam_doc", "viet")]


def test_many_holders_of_a_post_share_one_row(record: Record):
    for login in ("duc", "nhung", "yen"):
        seat(record, login, "vp.van_thu", since=date(2026, 4, 1))
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    assert waits(record, plan_id) == [("vp.van_thu", None)]
    assert count(record, Waiting, Waiting.document_id == plan_id, Waiting.left_at.is_(None)) == 1


def test_a_row_is_a_hint_and_no_right(record: Record):
    """Rows that are wrong let nobody in and keep nobody out."""
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    with working(record) as w:
        post_id = next(post.id for post in w.directory.posts.values() if post.code == "qlkh.cv")
        w.db.execute(delete(Waiting).where(Waiting.document_id == plan_id))
        w.db.execute(
            Waiting.__table__.insert().values(agency_id=1, document_id=plan_id, post_id=post_id, person_id=None,
                                              state="dept_review", since=w.now, left_at=None)
        )  # fmt: skip
    with pytest.raises(NotYourStep):
        record.step("nhung", plan_id, "approve_content")
    assert record.step("hung", plan_id, "approve_content").state == "format_check"


def test_a_refused_step_moves_no_row(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    before = waits(record, plan_id), waits(record, plan_id, past=True)
    with pytest.raises(NotYourStep):
        record.step("lan", plan_id, "approve_content")
    assert (waits(record, plan_id), waits(record, plan_id, past=True)) == before
