"""A line of labels is lifted into the task; a sentence stays a sentence."""

import pytest

from workflow.content import Task, Time
from workflow.reading.lifting import labelled_line, lift
from workflow.writing.paper import task_lines
from workflow.writing.paper_words import TASK_LABELS


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("Đơn vị chủ trì: Văn phòng Sở.", ["lead"]),
        ("- Cơ quan chủ trì: Văn phòng Sở", ["lead"]),
        ("Đơn vị chủ trì: Văn phòng Sở; Thời gian: Năm 2026", ["lead", "time"]),
        ("+ Thời gian hoàn thành: Quý IV năm 2026.", ["time"]),
        ("Hình thức thực hiện: họp trực tuyến.", ["method"]),
        ("Sản phẩm: báo cáo kết quả", []),
        ("Phổ biến quy định. Đơn vị chủ trì: Văn phòng Sở", []),
        ("Các đơn vị gửi báo cáo.", []),
        ("Đơn vị chủ trì:", []),
        ("", []),
    ],
)
def test_only_a_line_of_labels_is_one(line, keys):
    assert [value.key for value in labelled_line(line)] == keys


def test_the_lines_a_task_prints_are_lifted_into_the_same_task():
    task = Task(
        leads=("Văn phòng Sở",),
        coordinators=("Các phòng, đơn vị thuộc Sở",),
        method="Văn bản",
        time=Time("quarters", "Quý III, IV năm 2026", "2026-07-01", "2026-12-31"),
        labels={"lead": "Cơ quan chủ trì"},
    )
    made = None
    for line in task_lines(task):
        made, _ = lift(
            made, labelled_line(line), known=("Các phòng, đơn vị thuộc Sở",), usual=dict(TASK_LABELS)
        )
    assert made == task


def test_what_the_task_said_before_is_told():
    _, lifted = lift(
        Task(leads=("Phòng A",)), labelled_line("Đơn vị chủ trì: Phòng B"), known=(), usual=dict(TASK_LABELS)
    )
    assert [(one.value, one.before) for one in lifted] == [("Phòng B", "Phòng A")]
