"""The words an agency has set before the lines of a task: in drafts that begin, never in those that stand."""

import pytest

from tests.record import Record, plan
from tests.web.conftest import form_fields, text_of
from tests.web.drafting.test_editing import stored
from tests.web.drafting.test_importing import create, drafted, read_text, upload
from tests.web.drafting.texts import PLAN
from workflow.commands.agency_settings import change_settings
from workflow.content import Node, Task, tasks
from workflow.engine import Identity

OWN = {"label_lead": "Cơ quan thực hiện", "label_time": "Thời gian hoàn thành"}
TABLE = PLAN.replace(
    "1. Tổ chức hội nghị đối thoại\nĐơn vị chủ trì: Văn phòng Sở.\nĐơn vị phối hợp: Các phòng, đơn vị thuộc Sở.\n"
    "Thời gian thực hiện: Quý II năm 2026.\n",
    "| TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian |\n| --- | --- | --- | --- |\n"
    "| 1 | Tổ chức hội nghị đối thoại | Văn phòng Sở | Quý II năm 2026 |\n",
)


@pytest.fixture
def own(sqlite_record: Record) -> Record:
    with sqlite_record.engine.work(Identity(rule="test", channel="system")) as w:
        agency = w.directory.agency_by_code["so_khcn"].id
        change_settings(w, agency_id=agency, changes=OWN, basis="QĐ 12/QĐ-SKHCN")
    return sqlite_record


def test_a_new_card_begins_with_them(sign_in, own):
    lan = sign_in("lan")
    lan.get("/ke-hoach/moi/soan")
    page = lan.submit("/ke-hoach/moi/soan", {"subject": "Dân vận", "op": "task:parts:4"})
    fields = form_fields(page.text, "/soan")
    assert fields["parts-4-tasks-0-label_lead"] == "Cơ quan thực hiện"
    assert fields["parts-4-tasks-0-label_method"] == "Hình thức thực hiện"
    values = {"parts-4-text": "Mở lớp.", "parts-4-tasks-0-leads-0": "Văn phòng Sở", "save": "1"}
    page = lan.submit("/ke-hoach/moi/soan", values)
    content = stored(own, int(page.request.path.split("/")[2])).content
    ((_, node),) = tasks(content)
    assert node.task.labels == {"lead": "Cơ quan thực hiện", "time": "Thời gian hoàn thành"}
    assert "Cơ quan thực hiện: Văn phòng Sở." in text_of(page.text)


def test_a_text_that_stands_keeps_its_own(sign_in, own):
    old = own.draft(content=plan(sections=(Node("I", "Việc", task=Task(("Văn phòng Sở",))),)))
    lan = sign_in("lan")
    fields = form_fields(lan.get(f"/van-ban/{old}/sua"), "/sua")
    assert fields["parts-0-tasks-0-label_lead"] == "Đơn vị chủ trì"
    lan.submit(f"/van-ban/{old}/sua", {"subject": "Dân vận khác", "save": "1"})
    assert stored(own, old).content.sections[0].task.labels == {}


def test_an_imported_text_keeps_those_it_wrote_and_takes_them_where_it_wrote_none(sign_in, own):
    lan = sign_in("lan")
    upload(lan, TABLE.encode(), "bang.md")
    found = {ref: node.task.labels for ref, node in tasks(drafted(own, create(lan)).content)}
    assert found["II.1"] == {"lead": "Cơ quan thực hiện", "time": "Thời gian hoàn thành"}
    assert found["II.2"]["lead"] == "Đơn vị chủ trì"
    assert found["III.1"]["lead"] == ""


def test_a_task_added_on_the_confirm_page_prints_with_them(sign_in, own):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    lan.submit("/ke-hoach/nhap", {"op": "add:tasks:0"})
    task = {"tasks-5-ref": "I.2", "tasks-5-leads": "Văn phòng Sở", "tasks-5-printed": "y"}
    found = {ref: node.task.labels for ref, node in tasks(drafted(own, create(lan, **task)).content)}
    assert found["I.2"] == {"lead": "Cơ quan thực hiện", "time": "Thời gian hoàn thành"}
