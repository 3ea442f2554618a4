"""A reporting deadline as a sentence; "trước ngày" always with the last good day beside it (ux.md, decision 10)."""

from collections.abc import Iterable
from datetime import date, timedelta

from web.words import RECURRENCES
from workflow.queries.plan_duties import StatedDuty


def due_words(duty: StatedDuty) -> str:
    """As "trước ngày 10/11, muộn nhất hết ngày 09/11, hằng năm"."""
    every = RECURRENCES.get(duty.recurrence, "")
    if duty.due_day is None:
        if "ad_hoc" in (duty.recurrence, duty.status):
            return "khi có yêu cầu"
        return (
            "theo văn bản được viện dẫn, chưa xác định ngày" if duty.by_reference else "văn bản chưa ghi ngày"
        )
    tail = f", {every}" if duty.recurrence != "unspecified" else ""
    days = [_day(duty.due_day, month) for month in duty.due_months] or [_day(duty.due_day, None)]
    said = " và ".join(days)
    if duty.inclusive or duty.due_day == "last":
        return f"chậm nhất là {said}{tail}"
    last = " và ".join(_before(duty.due_day, month) for month in duty.due_months)
    return f"trước {said}{f', muộn nhất hết {last}' if last else ''}{tail}"


def short_dues(duties: Iterable[StatedDuty]) -> list[str]:
    """As "10/11", each once, for the few facts above a text; none where the text gives no date."""
    return list(dict.fromkeys(said for duty in duties if (said := _short_due(duty))))


def _short_due(duty: StatedDuty) -> str:
    if duty.due_day is None or not duty.due_months:
        return ""
    return ", ".join(_day(duty.due_day, month).removeprefix("ngày ") for month in duty.due_months)


def _day(day: int | str, month: int | None) -> str:
    if day == "last":
        return f"ngày cuối tháng {month}" if month else "ngày cuối tháng"
    return f"ngày {day:02d}/{month:02d}" if month else f"ngày {day}"


def _before(day: int | str, month: int) -> str:
    if (day, month) == (1, 3):
        return "tháng 02"  # the 28th or the 29th, by the year
    before = date(2024, month, int(day)) - timedelta(days=1)  # a leap year, so that 29/02 is a day
    return f"ngày {before:%d/%m}"
