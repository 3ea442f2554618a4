"""The words an agency prints before who does a task, how and when: what it may choose, and new drafts with them."""

from collections.abc import Mapping

import msgspec

from workflow.content import TASK_LABELS, Content, Node, Task
from workflow.reading.labels import labels_in

LONGEST = 60


def is_label(key: str, label: str) -> bool:
    """
    Whether the agency may print this before what `key` (lead, coordinator, method, time) says: a short line without
    colon that our own reading finds again, so that a text that went out comes in without loss.
    """
    if not label or len(label) > LONGEST or label != " ".join(label.split()) or ":" in label:
        return False
    prose, values = labels_in(f"{label}: x")
    return not prose and [(one.key, one.label) for one in values] == [(key, label)]


def with_labels(content: Content, labels: Mapping[str, str]) -> Content:
    """
    A text for a new draft: what its tasks do not name themselves is called as the agency calls it. A label that is
    named, be it "" for what the sentence says itself, stays.
    """
    own = {key: label for key, label in labels.items() if label != TASK_LABELS[key]}
    if not own:
        return content
    return msgspec.structs.replace(
        content, sections=_below(content.sections, own), closing=_below(content.closing, own)
    )


def _below(nodes: tuple[Node, ...], own: Mapping[str, str]) -> tuple[Node, ...]:
    return tuple(
        msgspec.structs.replace(node, task=_labelled(node.task, own), children=_below(node.children, own))
        for node in nodes
    )


def _labelled(task: Task | None, own: Mapping[str, str]) -> Task | None:
    return None if task is None else msgspec.structs.replace(task, labels={**own, **task.labels})
