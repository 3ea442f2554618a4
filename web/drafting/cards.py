"""
A task and a reporting duty as a card beside their paragraph, and back.

A wrong value is told at its field and left out; what nobody touched comes back the same.
"""

from typing import Any

from web.drafting.duty_fields import duty_data, duty_of
from web.drafting.label_fields import label_data, labels_in
from web.drafting.times import When, fields_of, stood_of, time_of
from web.drafting.typed import chosen_in, line_in, text_in, wrong
from web.drafting.words import is_day
from workflow.content import Obligation, Task, Time, TimeKind


def task_data(task: Task) -> dict[str, Any]:
    when = fields_of(task.time)
    return {
        "leads": list(task.leads),
        "coordinators": list(task.coordinators),
        "method": task.method or "",
        "kind": when.kind,
        "quarters": list(when.quarters),
        "month": when.month,
        "year": when.year,
        "inclusive": "1" if when.inclusive else "",
        "day": when.day,
        "since": when.since,
        "until": when.until,
        "words": when.words,
        "stood": stood_of(task.time),
        **label_data(task),
    }


def task_in(each: Any) -> Task:
    """`each` is a `TaskCard`."""
    return Task(
        leads=names_in(each.leads),
        coordinators=names_in(each.coordinators),
        method=line_in(each.method) or None,
        time=_time_in(each),
        labels=labels_in(each),
    )


def names_in(rows: Any) -> tuple[str, ...]:
    return tuple(name for row in rows if (name := line_in(row)))


def _time_in(each: Any) -> Time:
    when = When(
        kind=chosen_in(each.kind, TimeKind) or "unspecified",
        quarters=tuple(each.quarters.data or ()),
        month=each.month.data or "",
        year=line_in(each.year),
        day=line_in(each.day),
        inclusive=each.inclusive.data == "1",
        since=each.since.data,
        until=each.until.data,
        words=line_in(each.words),
    )
    of_year = when.kind in ("quarters", "year", "year_onward", "month", "continuous") and when.year
    if of_year and not (when.year.isdecimal() and 1900 <= int(when.year[:5]) < 2200):
        wrong(each.year, "Ghi năm bằng bốn chữ số, ví dụ 2026")
    if when.kind == "range" and when.since and when.until and when.until < when.since:
        wrong(each.until, "Chọn ngày kết thúc không trước ngày bắt đầu")
    if when.kind == "yearly_before" and when.day and not _is_day_month(when.day):
        wrong(each.day, "Ghi ngày và tháng, ví dụ 10/11")
    try:
        return time_of(when, each.stood.data or "")
    except (ValueError, OverflowError):
        wrong(each.until, "Ghi ngày có thật")
        return Time("unspecified", when.words)


def _is_day_month(text: str) -> bool:
    day, _, month = text.partition("/")
    return day.isdecimal() and month.isdecimal() and len(text) < 6 and is_day(int(month), int(day))


def duty_in(each: Any) -> Obligation | None:
    """`each` is a `DutyCard`; None for one in which nothing stands."""
    told = ("sender", "to", "via", "due_day", "due_month", "raw", "embedded_in")
    usual = each.recurrence.data in (None, "", "yearly") and each.inclusive.data != "1"
    if not any(text_in(each[name]) for name in told) and usual and not each.by_reference.data:
        return None
    return duty_of(each)


def cards_of(task: Task | None, duties: tuple[Obligation, ...]) -> dict[str, Any]:
    """The two lists of a row."""
    return {
        "tasks": [task_data(task)] if task is not None else [],
        "duties": [duty_data(duty) for duty in duties],
    }
