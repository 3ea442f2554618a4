"""
Lines such as "Đơn vị chủ trì: …" that came into a paragraph are lifted into its task, their one source.

Only a line that is nothing but labelled values is lifted; a sentence that also holds a label stays a sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from workflow.content import Task
from workflow.patterns import expression
from workflow.reading.labels import Labelled, labels_in
from workflow.reading.times import read_time
from workflow.reading.units import names_nobody, split_names
from workflow.reading.words import low

KEYS = frozenset({"lead", "coordinator", "method", "time"})
_LAST_DAY = expression(r"hạn|hoàn thành|kết thúc")


@dataclass(frozen=True)
class Lifted:
    """One line that moved into the task; `before` is what the task said until then, "" for nothing."""

    key: str
    label: str
    value: str
    before: str = ""


def labelled_line(text: str) -> tuple[Labelled, ...]:
    """The values of a line that holds labelled values and nothing else; empty for any other line."""
    prose, values = labels_in(text.strip())
    if prose.strip(" -–+*•") or not values:
        return ()
    held = all(value.key in KEYS and value.value and not names_nobody(value.value) for value in values)
    return tuple(values) if held else ()


def lift(
    task: Task | None, values: Iterable[Labelled], *, known: tuple[str, ...], usual: dict[str, str]
) -> tuple[Task, tuple[Lifted, ...]]:
    """
    The task with these values in place of its own, and what changed.

    `known` are names that may hold a comma; `usual` the labels a task prints when it names none.
    """
    made = task or Task()
    lifted = []
    for value in values:
        before = _said(made, value.key)
        labels = dict(made.labels)
        labels.pop(value.key, None)
        if value.label != usual[value.key]:
            labels[value.key] = value.label
        made = msgspec.structs.replace(made, labels=labels, **_taken(value, known))
        lifted.append(Lifted(value.key, value.label, value.value, before if before != value.value else ""))
    return made, tuple(lifted)


def _taken(value: Labelled, known: tuple[str, ...]) -> dict[str, object]:
    if value.key == "time":
        return {"time": read_time(value.value, deadline=bool(_LAST_DAY.search(low(value.label))))}
    if value.key == "method":
        return {"method": value.value}
    return {"leads" if value.key == "lead" else "coordinators": split_names(value.value, known)}


def _said(task: Task, key: str) -> str:
    if key == "time":
        return task.time.raw
    if key == "method":
        return task.method or ""
    return ", ".join(task.leads if key == "lead" else task.coordinators)
