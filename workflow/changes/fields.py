"""
What differs in the data of two texts, as fields with an old and a new value. Codes and names; no sentence.

A field of a task or of a report is told with the place and the reference of its part in the new text, or in the
old one where the part is gone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from workflow.changes.align import Alignment
from workflow.changes.blocks import row_text, task_text
from workflow.content import Attachment, Content, Node, Obligation, Recipient, Row, Task, Time
from workflow.writing.paper_words import PURPOSE_MARKS, TASK_LABELS

T = TypeVar("T")

WHOLE = (
    "doc_type",
    "field",
    "urgency",
    "symbol",
    "place",
    "drafting_unit",
    "parent_reference",
    "archive_line",
)
ROW = ("task", "unit", "status", "result", "reason", "evidence")


@dataclass(frozen=True)
class FieldChange:
    """
    `name` is the attribute: "urgency", "time", "leads", "recipients", "signer" … A list tells what is `gone`
    and what `came`; both empty where only its order differs. `place` and `ref` are "" for the whole document.
    """

    name: str
    place: str = ""
    ref: str = ""
    old: str = ""
    new: str = ""
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()


@dataclass(frozen=True)
class DutyChange:
    """A duty to report before and after; one of them None where it is new or gone."""

    place: str
    ref: str
    old: Obligation | None
    new: Obligation | None


def document_fields(old: Content, new: Content) -> Iterator[FieldChange]:
    """Of the document as a whole: its head, where it goes, what is attached, what its table of results says."""
    for name in WHOLE:
        before, after = str(getattr(old, name) or ""), str(getattr(new, name) or "")
        if before != after:
            yield FieldChange(name, old=before, new=after)
    yield from _listed("addressees", old.addressees, new.addressees)
    yield from _listed("recipients", _recipients(old.recipients), _recipients(new.recipients))
    yield from _listed("attachments", _files(old.attachments), _files(new.attachments))
    yield from _results(old.results, new.results)
    yield from _listed("missing_units", _missing(old), _missing(new))


def task_fields(old: Content, new: Content, alignment: Alignment) -> Iterator[FieldChange]:
    """Of the tasks, each compared with the one that stands on the same paragraph."""
    before, after = parts(old), parts(new)
    for place, (ref, node) in after.items():
        if node.task is None:
            continue
        match = alignment.by_new.get(f"{place}/task")
        was = before[match.old.node][1].task if match else None
        if was is None:
            yield FieldChange("task", place, ref, new=task_text(node.task))
        else:
            yield from _task(was, node.task, place, ref)
    for place, (ref, node) in before.items():
        if node.task is not None and f"{place}/task" not in alignment.by_old:
            yield FieldChange("task", place, ref, old=task_text(node.task))


def duty_changes(old: Content, new: Content, alignment: Alignment) -> Iterator[DutyChange]:
    """Of the duties to report: those of one part with each other, the rest with an equal one elsewhere."""
    before = {
        place: (ref, list(node.obligations)) for place, (ref, node) in parts(old).items() if node.obligations
    }
    became = {there: here for here, there in alignment.parts.items()}
    new_ones: list[tuple[str, str, Obligation]] = []
    for place, (ref, node) in parts(new).items():
        rest = before.get(became.get(place, ""), ("", []))[1]
        for item in _apart(node.obligations, rest):
            was = _taken(rest, partial(_same_way, item))
            if was is None:
                new_ones.append((place, ref, item))
            else:
                yield DutyChange(place, ref, was, item)
    for place, ref, item in new_ones:
        rows = [rest for _, rest in before.values() if item in rest]
        if rows:
            rows[0].remove(item)
            continue
        here = before.get(became.get(place, ""), ("", []))[1]
        yield DutyChange(place, ref, here.pop(0) if here else None, item)
    for place, (ref, rest) in before.items():
        for item in rest:
            yield DutyChange(place, ref, item, None)


def parts(content: Content) -> dict[str, tuple[str, Node]]:
    """Every part by its place, with its reference, in reading order."""
    found: dict[str, tuple[str, Node]] = {}

    def below(nodes: tuple[Node, ...], place: str, prefix: str) -> None:
        for at, node in enumerate(nodes):
            ref = f"{prefix}.{node.label}".strip(".") if node.label and node.label != "-" else prefix
            found[f"{place}/{at}"] = (ref, node)
            below(node.children, f"{place}/{at}/children", ref)

    below(content.sections, "sections", "")
    below(content.closing, "closing", "")
    return found


def _task(old: Task, new: Task, place: str, ref: str) -> Iterator[FieldChange]:
    yield from _listed("leads", old.leads, new.leads, place, ref)
    yield from _listed("coordinators", old.coordinators, new.coordinators, place, ref)
    for name, before, after in (
        ("method", old.method or "", new.method or ""),
        ("time", old.time.raw, new.time.raw),
        ("labels", _labels(old), _labels(new)),
    ):
        if before != after:
            yield FieldChange(name, place, ref, before, after)
    if old.time.raw == new.time.raw and old.time != new.time:
        yield FieldChange("time_reading", place, ref, _reading(old.time), _reading(new.time))


def _labels(task: Task) -> str:
    return "; ".join(task.labels[key] for key in TASK_LABELS if key in task.labels)


def _reading(time: Time) -> str:
    """The kind and the days the words were read as, as "quarters 2026-07-01 2026-12-31"."""
    return " ".join(part for part in (time.kind, time.from_, time.to) if part)


def _listed(
    name: str, old: Sequence[str], new: Sequence[str], place: str = "", ref: str = ""
) -> Iterator[FieldChange]:
    if list(old) != list(new):
        gone, came = tuple(_apart(old, list(new))), tuple(_apart(new, list(old)))
        yield FieldChange(name, place, ref, "; ".join(old), "; ".join(new), gone, came)


def _recipients(items: Sequence[Recipient]) -> list[str]:
    marks = [(item.name, PURPOSE_MARKS.get(item.purpose or "", "")) for item in items]
    return [f"{name} ({mark})" if mark else name for name, mark in marks]


def _missing(content: Content) -> list[str]:
    return [f"{item.unit}: {item.reason}".rstrip(": ") for item in content.missing_units]


def _files(items: Sequence[Attachment]) -> list[str]:
    return [f"{item.name} ({item.sha256[:12]})" for item in items]


def _same_way(a: Obligation, b: Obligation) -> bool:
    return (a.from_, a.to) == (b.from_, b.to)


def _same_task(a: Row, b: Row) -> bool:
    return (a.ref, a.task) == (b.ref, b.task)


def _same_ref(a: Row, b: Row) -> bool:
    return a.ref == b.ref


def _results(old: Sequence[Row], new: Sequence[Row]) -> Iterator[FieldChange]:
    rest = list(old)
    for at, row in enumerate(new):
        was = _taken(rest, partial(_same_task, row), partial(_same_ref, row))
        if was is None:
            yield FieldChange("row", f"results/{at}", row.ref, new=row_text(row))
            continue
        for name in ROW:
            before, after = _said(was, name), _said(row, name)
            if before != after:
                yield FieldChange(f"row_{name}", f"results/{at}", row.ref, before, after)
    for row in rest:
        yield FieldChange("row", f"results/{old.index(row)}", row.ref, old=row_text(row))


def _said(row: Row, name: str) -> str:
    return "; ".join(item.name for item in row.evidence) if name == "evidence" else str(getattr(row, name))


def _taken(rest: list[T], *conditions: Callable[[T], bool]) -> T | None:
    """Out of `rest`: the first that meets the first condition any of them meets."""
    for condition in conditions:
        for item in rest:
            if condition(item):
                rest.remove(item)
                return item
    return None


def _apart(items: Sequence[T], others: list[T]) -> list[T]:
    """The items without an equal one among `others`, which loses it: each is counted once."""
    return [item for item in items if _taken(others, item.__eq__) is None]
