"""The words printed before a task's owners and time, as fields of a form, and back."""

from collections.abc import Mapping
from typing import Any

from web.drafting.typed import line_in
from workflow.content import Task
from workflow.writing.paper_words import TASK_LABELS


def label_data(task: Task) -> dict[str, str]:
    """`labelled` names those that the text itself wrote, be they the usual ones or not."""
    words = {f"label_{name}": task.labels.get(name, usual) for name, usual in TASK_LABELS.items()}
    return {"labelled": " ".join(sorted(task.labels)), **words}


def label_new(each: Any, labels: Mapping[str, str]) -> None:
    """A card that a browser has not seen yet begins with the agency's words."""
    for name, label in labels.items():
        field = each[f"label_{name}"]
        if field.raw_data == []:  # a form came in without it
            field.data = label


def labels_in(each: Any) -> dict[str, str]:
    """Those that differ from the usual ones, and those that the text itself wrote."""
    written = (each.labelled.data or "").split()
    found = {name: line_in(each[f"label_{name}"]) for name in TASK_LABELS}
    return {name: text for name, text in found.items() if text != TASK_LABELS[name] or name in written}
