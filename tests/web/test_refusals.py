"""The pages that say no: drawn whatever broke, with the mark by which the log can be searched."""

import logging
import re

import pytest
from flask import Flask
from sqlalchemy import text

from tests.record import Record
from tests.web.conftest import Door, text_of


def rename(record: Record, before: str, after: str) -> None:
    with record.engine.database.write.begin() as db:
        db.execute(text("PRAGMA legacy_alter_table = ON"))
        db.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))


@pytest.mark.parametrize("table", ["web_session", "waiting", "approval"])
def test_an_error_has_its_mark_on_the_page_and_in_the_log_whatever_of_the_record_is_gone(
    app: Flask, sign_in: Door, sqlite_record: Record, caplog: pytest.LogCaptureFixture, table: str
):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "submit")
    hung = sign_in("hung")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    rename(sqlite_record, table, "gone")
    with caplog.at_level(logging.ERROR, "trinhky.web"):
        answer = hung.client.get(f"/viec?chon={plan_id}")
    rename(sqlite_record, "gone", table)
    assert answer.status_code == 500
    mark = re.search(r"Mã tra cứu: (\w+)", text_of(answer.text))
    assert mark is not None
    assert mark[1] in caplog.text
    assert 'href="/"' in answer.text
