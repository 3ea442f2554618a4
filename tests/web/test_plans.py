"""No page of every day reads a whole table that grows with the years (performance.md, D)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.record import ROUTE, Record

GROWING = ("document", "revision", "entry", "entry_note", "approval", "waiting", "notice", "leaf", "step_key", "seen",
           "delivery", "register_row", "remark", "web_session", "instance", "task")  # fmt: skip
ROLES = ("lan", "hung", "thu", "mai", "viet", "van", "nhung", "khanh")


@contextmanager
def scanned(record: Record) -> Iterator[set[str]]:
    """The growing tables that statements on either door would read from end to end while the block runs."""
    found: set[str] = set()

    def explain(
        connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        if statement.startswith(("BEGIN", "PRAGMA", "EXPLAIN")):
            return
        given = parameters[0] if many else parameters
        rows = connection.connection.dbapi_connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)
        for *_, said in rows.fetchall():
            words = said.split()
            if words[0] == "SCAN" and words[1] in GROWING and "USING" not in words:
                found.add(f"{words[1]}: {statement}")

    doors = (record.engine.database.read, record.engine.database.write)
    for door in doors:
        event.listen(door, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        for door in doors:
            event.remove(door, "before_cursor_execute", explain)


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
    assert not found


def test_a_document_and_the_step_on_it_read_by_index(sign_in, sqlite_record: Record, lived: int):
    mai = sign_in("mai")
    mai.get(f"/van-ban/{lived}")
    with scanned(sqlite_record) as found:
        mai.get(f"/van-ban/{lived}")
        mai.submit(f"/van-ban/{lived}/buoc/ky")
        mai.get("/viec")
    assert not found
