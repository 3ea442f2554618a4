"""
A Word file of twenty pages, from its bytes to the content of a draft, beside python-docx reading only its words.

The product's time holds the child process with its limits; every round reads other words than the one before.
"""

import io
import time
from collections.abc import Iterator

import docx as python_docx
import pypdfium2

from tests.bench.figures import Figure, in_turns, note
from tests.workflow.writing.papers import ISSUED
from workflow.content import Content, Node, Recipient, Task, Time
from workflow.reading import read_text, take_in, to_content
from workflow.writing.docx import docx
from workflow.writing.sheet import sheet_of
from workflow.writing.typeset import pdf

PAGES = 20
GOAL = 300.0
FILES = 5
PARAGRAPH = (
    "Việc này nối tiếp Kế hoạch số 18/KH-UBND ngày 02/3/2026 của UBND tỉnh Hòa An và bám theo nguồn kinh phí đã giao. "
    "Người dân và doanh nghiệp được hỏi ý kiến trước khi chọn cách làm; ý kiến khác nhau được ghi đủ vào hồ sơ. "
    "Nơi nào làm trước thì tổ chức cho nơi khác đến xem, rồi mới mở rộng ra toàn tỉnh theo từng địa bàn. "
    "Các phòng, đơn vị thuộc Sở thực hiện nhiệm vụ đúng thời hạn và gửi kết quả về Văn phòng Sở. "
)
TASKS = 7
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
QUARTERS = ("I", "II", "III", "IV")
UNITS = ("Văn phòng Sở", "Phòng Chuyển đổi số", "Phòng Bưu chính, Viễn thông")


def run(server: str) -> list[Figure]:
    contents = [_plan(number) for number in range(FILES)]
    pages = len(pypdfium2.PdfDocument(pdf(sheet_of(contents[0], ISSUED))))
    assert pages >= PAGES, pages
    files = [docx(sheet_of(content, ISSUED)) for content in contents]

    def floor() -> float:
        start = time.perf_counter()
        for data in files:
            whole = python_docx.Document(io.BytesIO(data))
            assert sum(len(paragraph.text) for paragraph in whole.paragraphs)
        return (time.perf_counter() - start) * 1000 / FILES

    def product() -> float:
        start = time.perf_counter()
        for data in files:
            found = to_content(
                read_text(take_in(data).text, units=list(UNITS)),
                field="to_chuc_hanh_chinh",
                drafting_unit=UNITS[0],
            )
            assert sum(len(node.children) for node in found.sections) == TASKS * len(ROMAN)
        return (time.perf_counter() - start) * 1000 / FILES

    floor(), product()
    figure = in_turns(f"F import of a Word file of {pages} pages (floor python-docx)", "ms", floor, product)
    if figure.product > GOAL:
        note(f"F: {figure.product:.0f} ms is above the goal of {GOAL:.0f}")
    return [figure]


def _plan(number: int) -> Content:
    return Content(
        doc_type="KH",
        subject=f"Chuyển đổi số của Sở, đợt {number}",
        place="Hòa An",
        drafting_unit=UNITS[0],
        opening=("Sở Khoa học và Công nghệ xây dựng kế hoạch như sau:",),
        sections=tuple(
            Node(label=label, title=f"NHÓM VIỆC THỨ {place}", children=tuple(_tasks(number, place)))
            for place, label in enumerate(ROMAN, 1)
        ),
        recipients=(Recipient("UBND tỉnh", "to_report"), Recipient("Các phòng, đơn vị thuộc Sở")),
        archive_line="Lưu: VT, VP",
    )


def _tasks(number: int, place: int) -> Iterator[Node]:
    for item in range(1, TASKS + 1):
        yield Node(
            label=str(item),
            title=f"Việc thứ {item} của nhóm {place}",
            paragraphs=(f"{PARAGRAPH}Đây là bản thứ {number}.",),
            task=Task(
                leads=(UNITS[item % len(UNITS)],),
                time=Time(kind="quarters", raw=f"Quý {QUARTERS[item % 4]} năm 2026"),
            ),
        )
