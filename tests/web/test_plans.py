"""No page of every day reads a whole table that grows with the years (performance.md, D)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from tests.record import ROUTE, Record
from tests.web.statements import listening
from workflow.models import Approval, Document, Waiting

GROWING = ("document", "revision", "entry", "entry_note", "approval", "waiting", "notice", "leaf", "step_key", "seen",
           "delivery", "register_row", "remark", "web_session", "instance", "task")  # fmt: skip
AT_REST = ("ix_document_void_asked",)
"""Indexes over the few rows that ask for something now: read from end to end they are no longer for an old record."""
SCAN = re.compile(r"SCAN (?P<table>\w+?)(_\d+)?( USING .*INDEX (?P<index>\w+))?$")
"""As SQLite says it; `waiting_1` where a statement speaks of a table twice."""
ADDS = re.compile(r"INSERT INTO \w+ \([^)]*\) VALUES")
"""Reads nothing: what the plan says of its keys is done only where one is broken."""
ROLES = ("lan", "hung", "thu", "mai", "viet", "van", "nhung", "khanh")


@contextmanager
def scanned(record: Record) -> Iterator[set[str]]:
    """The growing tables and indexes that statements on either door would read from end to end in the block."""
    found: set[str] = set()

    def explain(
        connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        if statement.startswith(("BEGIN", "PRAGMA")) or ADDS.match(statement):
            return
        first_of_many = isinstance(parameters, list)
        given = parameters[0] if first_of_many else parameters
        rows = connection.connection.dbapi_connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)
        for *_, said in rows.fetchall():
            scan = SCAN.match(said)
            if scan and scan["table"] in GROWING and scan["index"] not in AT_REST:
                found.add(f"{said}: {statement}")

    with listening(record.engine, explain):
        yield found


@pytest.fixture
def lived(sqlite_record: Record) -> int:
    """A plan before the signature, beside others at every step of their way."""
    for _, step in ROUTE:
        sqlite_record.bring_to(sqlite_record.draft(), step)
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "check_format")
    return plan_id


@pytest.mark.parametrize("login", ROLES)
def test_the_home_of_each_role_reads_by_index(sign_in, sqlite_record: Record, lived: int, login: str):
    person = sign_in(login)
    person.get("/viec")
    with scanned(sqlite_record) as found:
        person.get("/viec")
    assert not found, "\n\n".join(found)


def test_a_document_and_the_step_on_it_read_by_index(sign_in, sqlite_record: Record, lived: int):
    mai = sign_in("mai")
    mai.get(f"/van-ban/{lived}")
    with scanned(sqlite_record) as found:
        mai.get(f"/van-ban/{lived}")
        mai.submit(f"/van-ban/{lived}/buoc/ky")
        mai.get("/viec")
    assert not found, "\n\n".join(found)


def test_the_whole_way_of_a_plan_is_written_by_index(sqlite_record: Record, lived: int):
    with scanned(sqlite_record) as found:
        sqlite_record.bring_to(sqlite_record.draft(), "issue")
    assert not found, "\n\n".join(found)


def test_a_table_read_from_end_to_end_is_found(sqlite_record: Record):
    one, other = aliased(Waiting), aliased(Waiting)
    twice = select(one.id).join(other, other.id == one.id).where(one.state == "draft")
    with scanned(sqlite_record) as found, sqlite_record.engine.database.read.connect() as db:
        db.execute(select(Approval.id).where(Approval.title == "Chánh Văn phòng"))
        db.execute(twice)
        db.execute(select(Document.id).order_by(Document.unit_id, Document.id))
    assert len(found) == 3
