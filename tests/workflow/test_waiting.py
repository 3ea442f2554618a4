"""Whom a document waits for: rows a post, not a user; a hint that the gate never trusts."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select

from tests.record import ROUTE, Record
from tests.workflow.acts import REASON, count, looking, seat, working
from workflow.errors import NotYourStep
from workflow.models import Waiting


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


CHECKERS = [("vp.chanh", None), ("vp.pho", None), ("vp.van_thu", None)]
HEADS = [("vp.chanh", None), ("vp.pho", None)]


def test_at_each_stop_it_waits_for_the_posts_of_the_next_step(record: Record):
    plan_id = record.draft()
    seen = [waits(record, plan_id)]
    for login, step in ROUTE:
        record.step(login, plan_id, step, paper_signed=True)
        seen.append(waits(record, plan_id))
    clerk = [("vp.van_thu", None)]
    assert seen == [[("vp.cv_1", "lan")], HEADS, CHECKERS, [("pgd_1", "mai")], clerk, clerk, clerk, []]


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
