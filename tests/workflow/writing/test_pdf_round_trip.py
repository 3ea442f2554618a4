"""
A Content → PDF → text → Content: what a page shows comes back, for the originals, our fixtures, and generated plans.

A page has no styles: that a short numbered line is a heading, or a name of several lines one name, only a person
sees. The generated plans are worded as offices word them, so that nothing hangs on it.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflow.reading.texts import raw, seed_texts
from tests.workflow.writing.contents import (
    as_printed,
    attachments,
    bases,
    duties,
    recipients,
    tasks,
    units,
    without_proposals,
)
from tests.workflow.writing.papers import FACTS, ISSUED
from workflow.content import Content, Missing, Node, Row, canonical
from workflow.reading import read, read_text, to_content
from workflow.reading.pdf_text import read_pdf
from workflow.settings import DEFINITIONS
from workflow.writing.facts import PaperFacts
from workflow.writing.paper_words import STATE_MARKS
from workflow.writing.sheet import sheet_of
from workflow.writing.typeset import pdf

ROUND_TRIPS = int(os.environ.get("TRINHKY_ROUND_TRIPS", 1000 if os.environ.get("CI") else 30))
"""Set in CI, and by whoever soaks; half of them plans and half reports, so that two workers share them."""

_WHAT = (
    "Niêm yết công khai thủ tục hành chính tại bộ phận một cửa và trên trang thông tin",
    "Rà soát, cắt giảm giấy tờ mà người dân, doanh nghiệp phải nộp khi làm thủ tục",
    "Mở lớp tập huấn kỹ năng số cho công chức, viên chức; mời chuyên gia của trường đại học",
    "Khảo sát mức độ hài lòng của người dân bằng phiếu hỏi (mẫu A&B), công bố kết quả",
    "Nâng cấp kho dữ liệu dùng chung để các phòng tra cứu hồ sơ trong giai đoạn 2026 - 2030",
    "Kiểm tra việc thực hiện quy chế dân chủ ở cơ sở, kịp thời nhắc nhở nơi làm chưa tốt",
    "Giữ nghiêm kỷ luật, kỷ cương; trả lời mọi kiến nghị theo Quyết định số 12/QĐ-UBND",
    "Đưa 2*3 buổi đối thoại vào lịch công tác và ghi biên bản từng buổi",
)
_MORE = (
    "từng phòng cử một người làm đầu mối",
    "người đứng đầu chịu trách nhiệm về kết quả chung của đơn vị mình",
    "tài liệu được gửi trước ít nhất ba ngày làm việc",
    "kinh phí lấy từ nguồn chi thường xuyên được giao",
    "số liệu được cập nhật trên hệ thống ngay trong ngày",
)
_HEADINGS = ("Công tác tuyên truyền", "Cải cách thủ tục hành chính", "Xây dựng đội ngũ", "Chuyển đổi số")
_PARTS = ("MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG THỰC HIỆN", "KINH PHÍ", "TỔ CHỨC THỰC HIỆN")
_SUBJECTS = (
    "Triển khai quy chế dân chủ ở cơ sở năm 2026",
    "Nâng cao chất lượng phục vụ người dân và doanh nghiệp tại bộ phận tiếp nhận và trả kết quả năm 2026",
    "Chuyển đổi số giai đoạn 2026 - 2030",
)


def back(content: Content, facts: PaperFacts) -> Content:
    text, warnings, _ = read_pdf(pdf(sheet_of(content, facts)))
    assert not warnings
    return to_content(read_text(text), field=content.field, drafting_unit=content.drafting_unit)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    told = draw(st.lists(st.sampled_from(_MORE), unique=True, max_size=3))
    return "; ".join([draw(st.sampled_from(_WHAT)), *told]) + "."


@st.composite
def points(draw: st.DrawFn, labels: str) -> tuple[Node, ...]:
    """Paragraphs marked a), b) … or by dashes, some with a task."""
    found = []
    for label in labels[: draw(st.integers(1, 3))]:
        task = draw(st.none() | tasks())
        found.append(Node(label, "", (draw(sentences()),), task))
    return tuple(found)


@st.composite
def parts(draw: st.DrawFn) -> tuple[Node, ...]:
    made = []
    for place, title in enumerate(_PARTS[: draw(st.integers(1, 4))]):
        below: list[Node] = []
        for number in range(1, draw(st.integers(2, 4))):
            if title == "TỔ CHỨC THỰC HIỆN":
                sentence, duty = draw(duties())
                below.append(Node(str(number), "", (sentence,), None, (duty,)))
            else:
                children = draw(st.just(()) | points("abcd") | points("----"))
                said = (draw(sentences()),) if not children or draw(st.booleans()) else ()
                below.append(Node(str(number), draw(st.sampled_from(_HEADINGS)), said, None, (), children))
        made.append(Node(("I", "II", "III", "IV")[place], title, (), None, (), tuple(below)))
    return tuple(made)


rows = st.builds(
    Row,
    st.sampled_from(("1", "I.2", "II.1.a")),
    st.sampled_from(_WHAT),
    units,
    st.sampled_from(("done", "running", "not_started")),
    st.sampled_from(("Đã mở 3 lớp cho 420 người.", "")),
    st.sampled_from(("Chờ hướng dẫn.", "")),
)


@st.composite
def papers(draw: st.DrawFn, *, report: bool) -> Content:
    doc_type = "BC" if report else draw(st.sampled_from(("KH", "CTr", "TB")))
    named = tuple(draw(st.lists(bases(), unique_by=lambda basis: basis.reference_no, max_size=3)))
    missing = st.builds(Missing, units, st.sampled_from(("", "chưa gửi")))
    return Content(
        doc_type=doc_type,
        subject=draw(st.sampled_from(_SUBJECTS)),
        symbol=f"{doc_type}-SKHCN",
        place="Hòa An",
        urgency=draw(st.sampled_from(("thuong", "khan", "hoa_toc"))),
        addressees=tuple(draw(st.lists(units, unique=True, max_size=3))),
        parent_reference=named[0].reference_no if named else None,
        bases=named,
        opening=("Sở Khoa học và Công nghệ xây dựng văn bản này với các nội dung như sau:",),
        sections=draw(parts()),
        results=tuple(draw(st.lists(rows, max_size=4))) if report else (),
        missing_units=tuple(draw(st.lists(missing, unique_by=lambda item: item.unit, max_size=2)))
        if report
        else (),
        closing=(Node(paragraphs=("Trên đây là toàn bộ nội dung, đề nghị các đơn vị thực hiện./.",)),),
        recipients=tuple(
            draw(st.lists(recipients, unique_by=lambda item: item.name, min_size=1, max_size=4))
        ),
        archive_line=draw(st.sampled_from(("Lưu: VT, VP", "Lưu: VT, KHTC"))),
        annexes=tuple(
            draw(st.lists(st.sampled_from(("Dự toán kinh phí", "Biểu mẫu 01")), unique=True, max_size=2))
        ),
        attachments=tuple(draw(st.lists(attachments, unique_by=lambda file: file.name, max_size=2))),
    )


def as_seen(node: Node) -> Node:
    """A point is set alike whether its words are a heading or a paragraph (Phụ lục I, mục II.6)."""
    below = tuple(map(as_seen, node.children))
    if node.title and (node.label == "-" or node.label.islower()):
        node = msgspec.structs.replace(node, title="", paragraphs=(node.title, *node.paragraphs))
    return msgspec.structs.replace(node, children=below)


def aligned(found: tuple[Node, ...], written: tuple[Node, ...]) -> Iterator[Node]:
    yield from (without_proposals(one, other) for one, other in zip(found, written, strict=False))
    yield from found[len(written) :]


def assert_comes_back(content: Content, facts: PaperFacts) -> None:
    written, found = as_printed(content), as_printed(back(content, facts))
    seen = tuple(map(as_seen, aligned(found.sections, written.sections)))
    found = msgspec.structs.replace(found, sections=seen)
    assert msgspec.to_builtins(found) == msgspec.to_builtins(written)


@settings(max_examples=ROUND_TRIPS // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(papers(report=False), st.sampled_from((FACTS, ISSUED)))
def test_any_plan_comes_back_from_its_pages_in_every_field(content: Content, facts: PaperFacts) -> None:
    assert_comes_back(content, facts)


@settings(max_examples=ROUND_TRIPS // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(papers(report=True), st.sampled_from((FACTS, ISSUED)))
def test_any_report_comes_back_with_its_table_from_its_pages(content: Content, facts: PaperFacts) -> None:
    assert_comes_back(content, facts)


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_the_four_plans_go_to_pdf_and_back_byte_for_byte(number: str) -> None:
    for name, data in seed_texts(number, f"s{int(number)}.txt"):
        content = to_content(read(data), field="x", drafting_unit="VP")
        assert canonical(as_printed(back(content, ISSUED))) == canonical(as_printed(content)), name


@pytest.mark.parametrize("path", sorted((DEFINITIONS / "demo").glob("*.txt")), ids=lambda path: path.stem)
def test_the_plans_of_the_demo_go_to_pdf_and_back(path: Any) -> None:
    content = to_content(read(path.read_bytes()), field="x", drafting_unit="VP")
    assert canonical(as_printed(back(content, FACTS))) == canonical(as_printed(content))


def test_printed_signs_are_words_and_no_markdown() -> None:
    content = to_content(read(raw("s0.txt")), field="x", drafting_unit="VP")
    said = ("Biểu A*B*C, giá trị (*) và tệp ke_hoach_\\2026 <b>, R&D &lt; #1.", "Như sau:")
    changed = msgspec.structs.replace(content, opening=said)
    assert back(changed, ISSUED).opening == said


def test_the_names_of_columns_repeated_overleaf_are_no_row_of_the_table() -> None:
    rows = tuple(Row(f"II.{place}", _WHAT[place % 8], "Văn phòng Sở", "done") for place in range(60))
    content = to_content(read(raw("s0.txt")), field="x", drafting_unit="VP")
    report = msgspec.structs.replace(content, doc_type="BC", symbol="BC-SKHCN", results=rows)
    assert back(report, ISSUED).results == rows


def test_what_a_draft_says_of_itself_in_the_margin_is_no_word_of_its_text() -> None:
    content = to_content(read(raw("s0.txt")), field="x", drafting_unit="VP")
    for mark in ("", *STATE_MARKS.values(), "BẢN 3, ĐÃ CÓ BẢN MỚI"):
        text = read_pdf(pdf(sheet_of(content, replace(FACTS, mark=mark))))[0]
        assert "".join((mark or "BẢN DỰ THẢO").split()) not in "".join(text.split())


def test_place_and_symbol_of_a_draft_are_read_though_number_and_day_are_not_yet_given() -> None:
    content = to_content(read(raw("s0.txt")), field="x", drafting_unit="VP")
    found = read_text(read_pdf(pdf(sheet_of(content, FACTS)))[0])
    assert (found.place, found.symbol, found.number, found.date) == (
        content.place,
        content.symbol,
        None,
        None,
    )


def test_capitals_that_end_a_paragraph_stay_in_it() -> None:
    content = to_content(read(raw("s0.txt")), field="x", drafting_unit="VP")
    told = (f"{_WHAT[6]}.", "Các nội dung như sau:")
    text = read_pdf(pdf(sheet_of(msgspec.structs.replace(content, opening=told), ISSUED)))[0]
    assert told[0] in text.split("\n"), "QĐ-UBND stands on a line of its own"
