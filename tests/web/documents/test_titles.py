"""Where the procedure says "trưởng phòng", the screens name the title of whoever heads this unit."""

import re

import pytest
from sqlalchemy import select

from tests.record import Record
from tests.web.conftest import text_of
from tests.web.contents import forget_rows
from tests.web.statements import statements
from workflow.log.entry import parse_entry
from workflow.models import Entry


@pytest.mark.parametrize(
    ("drafter", "unit", "signer", "words"),
    [
        ("lan", "VP", "mai", "Chờ Chánh Văn phòng duyệt"),
        ("nhung", "QLKH", "mai", "Chờ trưởng phòng duyệt"),
    ],
)
def test_every_page_names_the_head_of_the_unit_by_his_title(
    sign_in, sqlite_record: Record, drafter, unit, signer, words
):
    document_id = sqlite_record.draft(drafter, unit=unit, signer=signer)
    sqlite_record.step(drafter, document_id, "submit")
    person = sign_in(drafter)
    other = ({"Chờ Chánh Văn phòng duyệt", "Chờ trưởng phòng duyệt"} - {words}).pop()
    for path in (f"/van-ban/{document_id}", "/ke-hoach", "/tim?tim=dân+chủ"):
        # The filter beside a list offers the states as the procedure calls them, for all units at once.
        shown = text_of(re.sub(r"<select.*?</select>", "", person.get(path), flags=re.DOTALL))
        assert words in shown, path
        assert other not in shown, path


def test_the_stepper_names_who_reviews_and_afterwards_who_did(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.step("lan", document_id, "submit")
    lan = sign_in("lan")
    assert "Chánh Văn phòng duyệt , đang ở đây" in text_of(lan.get(f"/van-ban/{document_id}"))
    sqlite_record.step("thu", document_id, "approve_content")
    sqlite_record.step("van", document_id, "check_format")
    assert "Phó Chánh Văn phòng duyệt , đã xong Ngô Thị Thu" in text_of(lan.get(f"/van-ban/{document_id}"))


def test_the_stepper_says_that_the_form_is_checked_and_who_approved(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.step("lan", document_id, "submit")
    sqlite_record.step("thu", document_id, "approve_content")
    told = text_of(sign_in("lan").get(f"/van-ban/{document_id}"))
    assert "Kiểm tra thể thức , đang ở đây Ngô Thị Thu đã duyệt · 20/4" in told
    assert "duyệt , đang ở đây" not in told


def test_the_stepper_names_the_head_who_wrote_the_text_while_its_form_is_checked(
    sign_in, sqlite_record: Record
):
    document_id = sqlite_record.draft("hung")
    sqlite_record.step("hung", document_id, "submit_own")
    told = text_of(sign_in("hung").get(f"/van-ban/{document_id}"))
    assert "Kiểm tra thể thức , đang ở đây Phạm Quốc Hùng đã duyệt · 20/4" in told


def test_the_log_keeps_the_words_of_the_procedure(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.step("lan", document_id, "submit")
    with sqlite_record.engine.database.read.begin() as db:
        bodies = [parse_entry(body) for body in db.scalars(select(Entry.body))]
    [entry] = [body for body in bodies if body.get("action") == "submit"]
    assert "Chờ trưởng phòng duyệt" in str(entry)


def test_titles_cost_the_list_of_work_no_statement(sign_in, sqlite_record: Record):
    hung = sign_in("hung")

    def cost() -> int:
        forget_rows(sqlite_record)
        with statements(sqlite_record.engine) as run:
            assert "Chờ Chánh Văn phòng duyệt" in text_of(hung.get("/viec"))
        return len(run)

    def submitted() -> None:
        sqlite_record.step("lan", sqlite_record.draft(), "submit")

    submitted()
    cost()  # the directory is read once
    before = cost()
    for _ in range(5):
        submitted()
    assert cost() == before
