"""An agency's own words before the lines of a task: only such as are read again, and only in texts that begin."""

import pytest

from tests.record import plan
from workflow.agency import AgencySettings
from workflow.content import TASK_LABELS, Content, Node, Task, Time, tasks
from workflow.labelling import is_label, with_labels
from workflow.reading.lifting import labelled_line
from workflow.writing.paper import task_lines

OWN = {
    "lead": "Cơ quan thực hiện",
    "coordinator": "Cơ quan phối hợp",
    "method": "Hình thức",
    "time": "Thời gian hoàn thành",
}


def test_the_settings_begin_with_the_usual_words():
    assert AgencySettings().task_labels == dict(TASK_LABELS)
    assert all(is_label(key, label) for key, label in TASK_LABELS.items())


@pytest.mark.parametrize("key", OWN)
def test_what_an_agency_chooses_is_printed_and_read_again(key):
    assert is_label(key, OWN[key])
    task = Task(("Phòng A",), ("Phòng B",), "Hội nghị", Time("quarters", "Quý III năm 2026"))
    text = with_labels(Content(sections=(Node("1", "Việc", task=task),)), {**TASK_LABELS, key: OWN[key]})
    ((_, node),) = tasks(text)
    line = next(line for line in task_lines(node.task) if line.startswith(f"- {OWN[key]}: "))
    assert [(one.key, one.label) for one in labelled_line(line)] == [(key, OWN[key])]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("lead", ""),
        ("lead", "Đơn vị chủ trì:"),
        ("lead", "Đơn vị  chủ trì"),
        ("lead", "Thời gian thực hiện"),
        ("time", "Bao giờ"),
        ("lead", "Đơn vị chủ trì\nvà phối hợp"),
        ("lead", "Đơn vị " * 20),
    ],
)
def test_a_word_that_would_not_be_read_again_is_none(key, label):
    assert not is_label(key, label)


def test_a_text_that_names_its_labels_keeps_them():
    named = Task(("Phòng A",), labels={"lead": "Đơn vị chủ trì", "time": ""})
    silent = Node("1", "Việc", task=Task(("Phòng B",)))
    text = plan(sections=(Node("I", "Việc", task=named, children=(silent,)),), closing=(silent,))
    first, second, third = (node.task for _, node in tasks(with_labels(text, OWN)))
    assert first.labels == OWN | {"lead": "Đơn vị chủ trì", "time": ""}
    assert second.labels == third.labels == OWN
    assert with_labels(text, TASK_LABELS) is text
