"""What nobody touched comes back the same; what was typed wrong is told at its field."""

from pathlib import Path

import msgspec
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.record import plan
from tests.web.contents_of_all_kinds import contents
from tests.web.samples import PLAN, REPORT
from web.drafting.content_form import content_of, data_of, said_by
from web.drafting.draft_form import DraftForm
from web.filters import form_errors
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
            paragraphs=("Một.", "hai\ndòng"),
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
                    paragraphs=("Đoạn.", "Đơn vị chủ trì: để nguyên như đã in."),
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
APP = Flask(__name__)
APP.config.update(SECRET_KEY="only for the tests", WTF_CSRF_ENABLED=False)


def send(content, changes=None, *, known=()):
    """A form as a browser would send it back: drawn from data, its every value posted again."""
    with APP.test_request_context():
        values = list(sent_by(DraftForm(formdata=None, data=data_of(content, signer_id=4, seen_version="1"))))
    changed = changes or {}
    values = [(name, value) for name, value in values if name not in changed] + list(changed.items())
    with APP.test_request_context(method="POST", data=MultiDict(values)):
        form = DraftForm()
        form.validate()
        return form, said_by(form, content, known=known)


def sent_by(fields):
    for field in fields:
        if hasattr(field, "entries"):
            for entry in field.entries:
                yield from sent_by(entry.form if hasattr(entry, "form") else [entry])
        elif field.type == "BooleanField":
            if field.data:
                yield field.name, "y"
        elif field.type == "SelectMultipleField":
            yield from ((field.name, value) for value in field.data or ())
        elif field.type != "CSRFTokenField":
            value = field._value() if hasattr(field, "_value") else str(field.data or "")
            yield field.name, value.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "content",
    [plan(), EVERYTHING, Content(), PLAN, REPORT],
    ids=["plan", "everything", "empty", "PLAN", "REPORT"],
)
def test_a_form_sent_back_untouched_is_the_same_text(content):
    form, said = send(content)
    assert form.errors == {}
    assert said.content == content
    assert said.lifted == ()


@pytest.mark.parametrize(
    "path", sorted((Path(DEFINITIONS) / "demo").glob("*.txt")), ids=lambda path: path.stem
)
def test_a_plan_as_read_survives_the_form(path):
    content = to_content(read(path.read_bytes()), field="x", drafting_unit="VP")
    form, said = send(content)
    assert form.errors == {}
    assert said.content == content
    assert said.lifted == ()


@settings(max_examples=60)
@given(contents())
def test_any_text_survives_the_form(content):
    form, said = send(content)
    assert form.errors == {}
    assert said.content == content


@settings(max_examples=60)
@given(contents())
def test_every_row_knows_its_part(content):
    _, said = send(content)
    assert len(set(said.refs.values())) == len(said.refs)
    for name, node in said.nodes.items():
        assert name in said.refs
        assert node in [node for _, node in _walk(content)]


def _walk(content):
    from web.drafting.places import places

    return list(places(content))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"secrecy": "mat"}, "secrecy", "không được đưa vào hệ thống"),
        ({"parts-1-tasks-0-until": "1/1/2026"}, "parts-1-tasks-0-until", "không trước ngày bắt đầu"),
        ({"parts-1-tasks-0-until": "hôm qua"}, "parts-1-tasks-0-until", "ngày/tháng/năm"),
        (
            {"parts-1-tasks-0-kind": "quarters", "parts-1-tasks-0-year": "sang năm"},
            "parts-1-tasks-0-year",
            "bốn chữ số",
        ),
        (
            {"parts-1-tasks-0-kind": "yearly_before", "parts-1-tasks-0-day": "31/11"},
            "parts-1-tasks-0-day",
            "ngày và tháng",
        ),
        ({"parts-0-duties-0-due_day": "mười"}, "parts-0-duties-0-due_day", "từ 1 đến 31"),
        ({"parts-0-duties-0-due_month": "13"}, "parts-0-duties-0-due_month", "từ 1 đến 12"),
        ({"parts-0-duties-0-due_day": "31"}, "parts-0-duties-0-due_day", "không có ngày 31/6"),
        ({"bases-0-raw": ""}, "bases-0-raw", "Ghi căn cứ"),
        ({"recipients-1-name": ""}, "recipients-1-name", "Ghi tên nơi nhận"),
        ({"missing-0-unit": ""}, "missing-0-unit", "Ghi tên đơn vị"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(changes, field, words):
    form, _ = send(EVERYTHING, changes)
    assert [text for name, text in form_errors(form) if name == field and words in text], form_errors(form)


def test_rows_without_a_word_are_no_part_of_the_text():
    blank = {"parts-9-depth": "1", "parts-9-label": " ", "parts-9-text": "\r\n", "ends-7-text": ""}
    assert send(EVERYTHING, blank)[1].content == EVERYTHING


def test_marks_typed_as_on_paper_are_read_bare():
    section = Node(label="I", title="VIỆC", children=(Node(label="1", paragraphs=("Làm A.",)),))
    _, said = send(
        msgspec.structs.replace(plan(), sections=(section,)), {"parts-0-label": "II.", "parts-1-label": "b)"}
    )
    assert [said.content.sections[0].label, said.content.sections[0].children[0].label] == ["II", "b"]


PASTED = (
    "Phổ biến quy định mới.\r\n- Đơn vị chủ trì: Văn phòng Sở; Phòng Tiêu chuẩn, Đo lường, Chất lượng.\r\n"
    "- Đơn vị phối hợp: Các phòng, đơn vị thuộc Sở.\r\n- Thời gian thực hiện: Quý III, IV năm 2026."
)
UNITS = ("Phòng Tiêu chuẩn, Đo lường, Chất lượng", "Các phòng, đơn vị thuộc Sở")


def test_lines_pasted_into_a_paragraph_move_into_its_card():
    content = plan(sections=(Node(label="1", paragraphs=("Phổ biến.",)),))
    _, said = send(content, {"parts-0-text": PASTED}, known=UNITS)
    (node,) = said.content.sections
    assert node.paragraphs == ("Phổ biến quy định mới.",)
    assert node.task == Task(
        leads=("Văn phòng Sở", "Phòng Tiêu chuẩn, Đo lường, Chất lượng"),
        coordinators=("Các phòng, đơn vị thuộc Sở",),
        time=Time("quarters", "Quý III, IV năm 2026", "2026-07-01", "2026-12-31"),
    )
    assert [(name, one.key) for name, one in said.lifted] == [
        ("parts-0", "lead"),
        ("parts-0", "coordinator"),
        ("parts-0", "time"),
    ]


def test_what_is_pasted_replaces_what_the_card_said_and_tells_it():
    task = Task(leads=("Phòng A",), time=Time("continuous", "Thường xuyên"))
    content = plan(sections=(Node(label="1", paragraphs=("Làm A.",), task=task),))
    _, said = send(content, {"parts-0-text": "Làm A.\r\nCơ quan chủ trì: Văn phòng Sở"})
    (node,) = said.content.sections
    assert node.task == msgspec.structs.replace(
        task, leads=("Văn phòng Sở",), labels={"lead": "Cơ quan chủ trì"}
    )
    ((_, lifted),) = said.lifted
    assert (lifted.value, lifted.before) == ("Văn phòng Sở", "Phòng A")


def test_a_part_that_is_nothing_but_such_a_line_moves_into_the_card_above():
    parts = {
        "parts-1-depth": "1",
        "parts-1-label": "-",
        "parts-1-text": "Thời gian hoàn thành: Trước ngày 30/6/2026",
    }
    _, said = send(plan(sections=(Node(label="1", paragraphs=("Làm A.",)),)), parts)
    (node,) = said.content.sections
    assert node.children == ()
    assert node.task == Task(
        time=Time("date_before", "Trước ngày 30/6/2026", None, "2026-06-29"),
        labels={"time": "Thời gian hoàn thành"},
    )


@given(
    st.sampled_from(
        ["Kết quả: tốt", "Làm A. Đơn vị chủ trì: Văn phòng Sở", "Lưu ý: không", "Sản phẩm: báo cáo"]
    )
)
def test_a_sentence_that_only_looks_like_such_a_line_stays(line):
    _, said = send(plan(sections=(Node(label="1", paragraphs=("Làm A.",)),)), {"parts-0-text": line})
    assert said.content.sections[0].paragraphs == (line,)
    assert said.content.sections[0].task is None
    assert content_of(send(plan())[0], plan()) == plan()
