"""What nobody touched comes back the same; what was typed wrong is told at its field."""

from pathlib import Path

import msgspec
import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.record import plan
from web.drafting.content_form import add_or_remove, content_of, data_of
from web.drafting.forms import DraftForm
from workflow.content import Basis, Content, Missing, Node, Obligation, Recipient, Row, Task, Time
from workflow.reading import read, to_content
from workflow.settings import DEFINITIONS

EVERYTHING = Content(
    doc_type="BC",
    subject="Kết quả năm 2026",
    field="khoa_hoc",
    urgency="khan",
    addressees=("UBND tỉnh", "Sở Nội vụ"),
    bases=(
        Basis("Căn cứ Luật A ngày 10/11/2022", "Luật", None, "2022-11-10", "Quốc hội"),
        Basis("Kế hoạch của Sở"),
    ),
    opening=("Mở đầu.", "- Hai."),
    sections=(
        Node(
            label="I",
            title="KẾT QUẢ",
            paragraphs=("Một.",),
            obligations=(
                Obligation(from_="Sở", to="UBND tỉnh", due_day=10, due_month=(3, 6), recurrence="quarterly"),
            ),
            children=(
                Node(
                    label="1",
                    title="Việc",
                    task=Task(
                        leads=("Văn phòng Sở", "Phòng A, B"),
                        coordinators=("Các phòng",),
                        method="Văn bản",
                        time=Time("range", "Từ 1/3 đến 2/4", "2026-03-01", "2026-04-02"),
                        labels={"lead": "Đơn vị chủ trì", "time": ""},
                    ),
                ),
                Node(
                    label="-",
                    paragraphs=("Gạch.",),
                    task=Task(),
                    obligations=(Obligation(due_day="last", raw="Câu."),),
                ),
                Node(
                    paragraphs=("Đoạn.",),
                    obligations=(Obligation(by_reference=True, inclusive=True, embedded_in="BC A"),),
                ),
            ),
        ),
    ),
    results=(Row("I.1", "Việc", "Văn phòng Sở", "done", "Xong.", ""),),
    missing_units=(Missing("Phòng C", "Nghỉ"),),
    closing=(Node(paragraphs=("Trên đây./.",), obligations=(Obligation(to="Sở", raw="x"),)),),
    recipients=(Recipient("Như trên"), Recipient("Sở Nội vụ", "to_report")),
    archive_line="Lưu: VT, VP.",
    annexes=("PHỤ LỤC\nSố liệu",),
)


@pytest.fixture
def posted():
    """A form as a browser would send it back: drawn from data, its every value posted again."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only for the tests", WTF_CSRF_ENABLED=False)

    def send(content, changes=None):
        with app.test_request_context():
            drawn = DraftForm(formdata=None, data=data_of(content, signer_id=4, seen_version="1"))
        values = dict(sent_by(drawn)) | (changes or {})
        with app.test_request_context(method="POST", data=MultiDict(values)):
            form = DraftForm()
            form.validate()
            return form, content_of(form, content), values

    return send


def sent_by(fields):
    for field in fields:
        if hasattr(field, "entries"):
            for entry in field.entries:
                yield from sent_by(entry.form if hasattr(entry, "form") else [entry])
        elif field.type == "BooleanField":
            if field.data:
                yield field.name, "y"
        elif field.type != "CSRFTokenField":
            yield (
                field.name,
                (field._value() if hasattr(field, "_value") else str(field.data or "")).replace("\n", "\r\n"),
            )


@pytest.mark.parametrize("content", [plan(), EVERYTHING, Content()], ids=["plan", "everything", "empty"])
def test_a_form_sent_back_untouched_is_the_same_text(posted, content):
    form, again, _ = posted(content)
    assert form.errors == {}
    assert again == content


@pytest.mark.parametrize("name", ["s0", "s2", "s3", "s4", "do_luong", "chuyen_doi_so"])
def test_a_plan_as_read_survives_the_form(posted, name):
    content = to_content(
        read((Path(DEFINITIONS) / "demo" / f"{name}.txt").read_bytes()), field="x", drafting_unit="VP"
    )
    form, again, _ = posted(content)
    assert form.errors == {}
    assert again == content


def test_a_task_follows_its_paragraph_when_another_comes_before_it(posted):
    task = Task(leads=("Văn phòng Sở",))
    content = Content(
        sections=(
            Node(label="II", title="VIỆC", children=(Node(label="1", paragraphs=("Làm A.",), task=task),)),
        )
    )
    form, again, _ = posted(content, {"sections-0-body": "1. Làm trước.\n2. Làm A."})
    assert [node.task for node in again.sections[0].children] == [None, task]
    assert form.tasks[0].form.ref.data == "II.2"


def test_a_task_that_is_moved_by_hand_goes_where_it_was_told(posted):
    task = Task(leads=("Văn phòng Sở",))
    two = (Node(label="1", paragraphs=("Làm A.",), task=task), Node(label="2", paragraphs=("Làm B.",)))
    content = Content(sections=(Node(label="II", title="VIỆC", children=two),))
    _, again, _ = posted(content, {"tasks-0-ref": "mục ii . 2."})
    assert [node.task for node in again.sections[0].children] == [None, task]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"secrecy": "mat"}, "secrecy", "không được đưa vào hệ thống"),
        ({"tasks-0-ref": "IX.9"}, "tasks-0-ref", "không có mục IX.9"),
        ({"tasks-0-ref": ""}, "tasks-0-ref", "Ghi mục của nhiệm vụ"),
        ({"tasks-1-ref": "I.1"}, "tasks-1-ref", "đã có một nhiệm vụ"),
        ({"tasks-0-until": "1/1/2026"}, "tasks-0-until", "không trước ngày bắt đầu"),
        ({"tasks-0-until": "hôm qua"}, "tasks-0-until", "ngày/tháng/năm"),
        ({"duties-0-due_day": "mười"}, "duties-0-due_day", "từ 1 đến 31"),
        ({"duties-0-due_month": "13"}, "duties-0-due_month", "từ 1 đến 12"),
        ({"duties-0-due_day": "31"}, "duties-0-due_day", "không có ngày 31/6"),
        ({"bases-0-raw": ""}, "bases-0-raw", "Ghi căn cứ"),
        ({"recipients-1-name": ""}, "recipients-1-name", "Ghi tên nơi nhận"),
        ({"missing-0-unit": ""}, "missing-0-unit", "Ghi tên đơn vị"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(posted, changes, field, words):
    from web.filters import form_errors

    form, _, _ = posted(EVERYTHING, changes)
    assert [text for name, text in form_errors(form) if name == field and words in text], form_errors(form)


def test_rows_come_and_go_by_buttons_alone(posted):
    form, _, _ = posted(EVERYTHING)
    assert add_or_remove(form, {"them": "recipients"})
    assert len(form.recipients.entries) == 3
    assert add_or_remove(form, {"bo": "recipients-0"})
    assert [row.form.name.data for row in form.recipients] == ["Sở Nội vụ", None]
    assert add_or_remove(form, {"bo": "recipients-77"})
    assert not add_or_remove(form, {"them": "csrf_token"})
    assert not add_or_remove(form, {"bo": "__class__-0"})


def test_a_removed_row_leaves_the_others_as_they_were(posted):
    values = posted(EVERYTHING)[2]
    kept = {name: value for name, value in values.items() if not name.startswith("recipients-0-")}
    form, again, _ = posted(EVERYTHING, None)
    del form, again
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only for the tests", WTF_CSRF_ENABLED=False)
    with app.test_request_context(method="POST", data=MultiDict(kept)):
        left = content_of(DraftForm(), EVERYTHING)
    assert left == msgspec.structs.replace(EVERYTHING, recipients=EVERYTHING.recipients[1:])
