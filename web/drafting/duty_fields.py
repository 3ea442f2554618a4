"""A reporting duty as the fields of a form, and back; the editor's cards and the rows of the confirm page share it."""

from typing import Any, Literal

from wtforms import Field

from web.drafting.typed import chosen_in, line_in, wrong
from web.drafting.words import is_day
from workflow.content import Obligation, Recurrence
from workflow.folding import fold


def duty_data(duty: Obligation) -> dict[str, Any]:
    months = [duty.due_month] if isinstance(duty.due_month, int) else list(duty.due_month or ())
    return {
        "sender": duty.from_ or "",
        "to": duty.to or "",
        "via": duty.via or "",
        "recurrence": duty.recurrence,
        "inclusive": "1" if duty.inclusive else "",
        "due_day": "cuối tháng" if duty.due_day == "last" else str(duty.due_day or ""),
        "due_month": ", ".join(str(month) for month in months),
        "by_reference": duty.by_reference,
        "embedded_in": duty.embedded_in or "",
        "raw": duty.raw,
    }


def duty_of(each: Any) -> Obligation:
    """What the fields say; a wrong value is told at its field and left out."""
    day, month = due_day_in(each.due_day), due_month_in(each.due_month)
    if isinstance(day, int):
        for one in (month,) if isinstance(month, int) else month or ():
            if not is_day(one, day):
                wrong(each.due_day, f"Ghi ngày có thật: không có ngày {day}/{one}")
                break
    return Obligation(
        from_=line_in(each.sender) or None,
        to=line_in(each.to) or None,
        via=line_in(each.via) or None,
        recurrence=chosen_in(each.recurrence, Recurrence) or "unspecified",
        inclusive=each.inclusive.data == "1",
        due_month=month,
        due_day=day,
        by_reference=bool(each.by_reference.data),
        embedded_in=line_in(each.embedded_in) or None,
        raw=line_in(each.raw),
    )


def due_day_in(field: Field) -> int | Literal["last"] | None:
    text = fold(field.data or "")
    if not text:
        return None
    if text in ("cuoi", "cuoi thang", "last"):
        return "last"
    if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= 31:
        return int(text)
    wrong(field, "Ghi ngày bằng số từ 1 đến 31, hoặc “cuối tháng”")
    return None


def due_month_in(field: Field) -> int | tuple[int, ...] | None:
    parts = [part.strip() for part in (field.data or "").replace(";", ",").split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) < 4 and 1 <= int(part) <= 12 for part in parts):
        wrong(field, "Ghi tháng bằng số từ 1 đến 12; nhiều tháng cách nhau bằng dấu phẩy")
        return None
    months = tuple(int(part) for part in parts)
    return months[0] if len(months) == 1 else months or None
