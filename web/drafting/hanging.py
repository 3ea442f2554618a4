"""
Tasks and reporting duties as rows of a form: which part of the text each hangs on, and what it says.

A wrong value is told at its field and left out; a row follows its paragraph when the text moves under it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from web.drafting.duty_fields import duty_data, duty_of
from web.drafting.label_fields import label_data, labels_in
from web.drafting.places import key, places, words_of
from web.drafting.typed import chosen_in, line_in, lines_in, text_in, wrong
from workflow.content import Content, Node, Obligation, Task, Time, TimeKind
from workflow.folding import fold

Places = Mapping[str, Node]


def hung_data(content: Content) -> dict[str, list[dict[str, Any]]]:
    """The tasks and duties of a text as rows that name their part."""
    named = list(places(content))
    return {
        "tasks": [_hung(place, node) | _task_data(node.task) for place, node in named if node.task],
        "duties": [
            _hung(place, node) | duty_data(duty) for place, node in named for duty in node.obligations
        ],
    }


def _hung(place: str, node: Node) -> dict[str, str]:
    return {"ref": place, "was": place, "words": _known_by(node)}


def _task_data(task: Task) -> dict[str, Any]:
    return {
        "leads": "\n".join(task.leads),
        "coordinators": "\n".join(task.coordinators),
        "method": task.method or "",
        "kind": task.time.kind,
        "raw": task.time.raw,
        "since": day_of(task.time.from_),
        "until": day_of(task.time.to),
        **label_data(task),
    }


def tasks_in(form: Any, named: Places) -> dict[str, Task]:
    found: dict[str, Task] = {}
    for row in taken(form.tasks):
        each = row.form
        said = any(text_in(each[name]) for name in ("ref", "leads", "coordinators", "method", "raw"))
        if not said and each.kind.data in (None, "", "unspecified"):
            continue
        place = _place(each, named, "nhiệm vụ")
        if place is None:
            continue
        if place in found:
            wrong(each.ref, f"Mục {place} đã có một nhiệm vụ ở trên; ghi mục khác hoặc gộp hai nhiệm vụ")
            continue
        since, until = each.since.data, each.until.data
        if since and until and until < since:
            wrong(each.until, "Chọn ngày kết thúc không trước ngày bắt đầu")
        found[place] = Task(
            leads=lines_in(each.leads),
            coordinators=lines_in(each.coordinators),
            method=line_in(each.method) or None,
            time=Time(
                chosen_in(each.kind, TimeKind) or "unspecified", line_in(each.raw), _iso(since), _iso(until)
            ),
            labels=labels_in(each),
        )
    return found


def duties_in(form: Any, named: Places) -> dict[str, tuple[Obligation, ...]]:
    found: dict[str, tuple[Obligation, ...]] = {}
    for row in taken(form.duties):
        each = row.form
        if not any(
            text_in(each[name]) for name in ("ref", "sender", "to", "via", "due_day", "due_month", "raw")
        ):
            continue
        place = _place(each, named, "chế độ báo cáo")
        duty = duty_of(each)
        if place is not None:
            found[place] = (*found.get(place, ()), duty)
    return found


def taken(rows: Any) -> Iterator[Any]:
    """All rows; of those that ask whether they are to be taken, the ones that are."""
    return (row for row in rows if "take" not in row.form or row.form.take.data)


def _place(each: Any, named: Places, what: str) -> str | None:
    """The part a row hangs on: the one it names, or, where the text moved under it, the one with its words."""
    typed = line_in(each.ref)
    if not typed:
        wrong(each.ref, f"Ghi mục của {what}, ví dụ II.1.a")
        return None
    by_key = {key(place): place for place in reversed(named)}
    place = typed if typed in named else by_key.get(key(typed))
    words = each.words.data or ""
    if (
        words
        and key(typed) == key(each.was.data or "")
        and (place is None or _known_by(named[place]) != words)
    ):
        moved = [other for other, node in named.items() if _known_by(node) == words]
        place = moved[0] if len(moved) == 1 else place
    if place is None:
        wrong(each.ref, f"Ghi lại mục của {what}: văn bản không có mục {typed}")
        return None
    if place != typed:
        each.ref.data = place
    return place


def _known_by(node: Node) -> str:
    return fold(words_of(node))[:80]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def day_of(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
