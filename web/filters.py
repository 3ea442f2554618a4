"""How times, numbers and codes are written in Vietnamese; templates call these, nothing decides by them."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from jinja2.runtime import Undefined
from markupsafe import Markup

from web import assets, icons, words
from web.job import Later
from workflow.workdays import day_and_month, in_figures

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
Day = dt.date | dt.datetime | str | None


def local(moment: dt.datetime | str) -> dt.datetime:
    """An aware moment (or its ISO text) on the clock of Việt Nam; ValueError for one without a zone."""
    if isinstance(moment, str):
        moment = dt.datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    return moment.astimezone(HANOI)


def _day(value: Day) -> dt.date | None:
    if value is None or value == "" or isinstance(value, Undefined):
        return None
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    return local(value).date() if isinstance(value, dt.datetime) else value


def vi_date(value: Day) -> str:
    """24/4/2026, 03/11/2026, as papers write it; nothing for nothing."""
    day = _day(value)
    return in_figures(day) if day else ""


def day_month(value: Day) -> str:
    """09/11, as deadlines are written."""
    day = _day(value)
    return f"{day.day:02d}/{day.month:02d}" if day else ""


def long_date(value: Day) -> str:
    """Ngày 05 tháng 02 năm 2026: a zero before days under 10 and months 1 and 2 (NĐ 30/2020, Phụ lục I)."""
    day = _day(value)
    if day is None:
        return ""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday_date(value: Day) -> str:
    """Thứ Sáu, 24/4/2026."""
    day = _day(value)
    return f"{words.WEEKDAYS[day.weekday()]}, {vi_date(day)}" if day else ""


def vi_time(moment: dt.datetime | str | None, *, seconds: bool = False) -> str:
    """09:41 or 09:41:07, 24 hours, in Việt Nam."""
    if not moment:
        return ""
    return local(moment).strftime("%H:%M:%S" if seconds else "%H:%M")


def vi_datetime(moment: dt.datetime | str | None, *, seconds: bool = False) -> str:
    """24/4/2026 09:41."""
    return f"{vi_date(local(moment))} {vi_time(moment, seconds=seconds)}" if moment else ""


def short_datetime(moment: dt.datetime | str | None) -> str:
    """24/4 09:41, for lists of this year's work."""
    if not moment:
        return ""
    here = local(moment)
    return f"{day_and_month(here)} {here.hour:02d}:{here.minute:02d}"


def iso(moment: Day) -> str:
    """The machine's form for the `datetime` attribute."""
    return local(moment).isoformat() if isinstance(moment, dt.datetime) else str(moment or "")


def vi_number(value: int | None) -> str:
    """1.284."""
    return "" if value is None else f"{value:,}".replace(",", ".")


def age(span: dt.timedelta | dt.datetime | None, now: dt.datetime | None = None) -> str:
    """A span, or the time from a moment to `now`, in its two largest units: 1 ngày 2 giờ, 40 phút."""
    if span is None:
        return ""
    if isinstance(span, dt.datetime):
        if now is None:
            raise ValueError("the age of a moment needs the present moment")
        span = now - span
    minutes = max(0, int(span.total_seconds() // 60))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [(days, "ngày"), (hours, "giờ"), (rest, "phút")]
    if days:
        parts = parts[:2]
    said = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(said) or "dưới 1 phút"


def short_digest(value: str | None, groups: int = 3) -> str:
    """The first hex digits of a digest in groups of four: 8f3a 19c2 d07e; `groups=16` gives all of them."""
    text = (value or "")[: groups * 4]
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def day_before(value: Day) -> dt.date | None:
    """The last good day of "trước ngày": the day before it."""
    day = _day(value)
    return day - dt.timedelta(days=1) if day else None


def doc_type_name(code: str, *, in_lists: bool = False) -> str:
    """Kế hoạch, Báo cáo …; an unknown code is shown as it is."""
    return (words.DOC_TYPES_IN_LISTS if in_lists else words.DOC_TYPES).get(code, code)


def form_errors(form: Any) -> list[tuple[str, str]]:
    """(id of the input to go to, sentence) for every fault of a WTForms form, groups and rows included."""
    errors = list(_errors_of(form))
    return [("", str(text)) for text in getattr(form, "form_errors", ())] + errors


def _errors_of(fields: Any) -> Iterator[tuple[str, str]]:
    for field in fields:
        inner = field.entries if hasattr(field, "entries") else field.form if hasattr(field, "form") else ()
        yield from _errors_of(inner)
        # A FieldList keeps its rows' errors as lists beside its own sentences; a FormField keeps a mapping.
        errors = () if isinstance(field.errors, dict) else field.errors
        own = [text for text in errors if not isinstance(text, list | tuple | dict)]
        first = "-0" if field.type in {"RadioField", "SelectMultipleField"} else ""
        yield from ((f"{field.id}{first}", str(text)) for text in own)


FILTERS = (
    vi_date, day_month, long_date, weekday_date, vi_time, vi_datetime, short_datetime, iso, vi_number, age,
    short_digest, day_before, doc_type_name, form_errors, words.rule_words,
)  # fmt: skip
NAMES = {
    "purpose_name": words.PURPOSES,
    "urgency_name": words.URGENCIES,
    "time_kind_name": words.TIME_KINDS,
    "recurrence_name": words.RECURRENCES,
    "result_status_name": words.RESULT_STATUSES,
}


def _said(text: str, /, **values: Any) -> Markup:
    """A sentence of a template, which is its own translation; asked two hundred times a page."""
    return _sentence(text) % values if values else sentence(text)


@cache
def _sentence(text: str) -> Markup:
    return Markup(text)  # noqa: S704 — written by us


@cache
def sentence(text: str) -> Markup:
    """As it is shown where it names no values: two per cent signs are one."""
    return _sentence(text) % {}


def init_app(app: Flask) -> None:
    """Register filters, names, `asset()` and the paper's helpers; the Vietnamese is its own catalogue key."""
    env = app.jinja_env
    for function in (*FILTERS, words.capacity_name):
        env.filters[function.__name__] = function
    for name, table in NAMES.items():
        env.filters[name] = lambda code, table=table: table.get(code or "", code)
    if "jinja2.ext.InternationalizationExtension" not in env.extensions:
        env.add_extension("jinja2.ext.i18n")
        env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        env.globals["_"] = _said
    env.globals["glyph"] = icons.icon
    for name in ("anchor", "doc_number"):
        env.filters[name] = Later(f"workflow.writing.paper.{name}")
    for name in ("outline", "basis_lines", "enclosure_lines", "recipient_lines"):
        env.globals[name] = Later(f"workflow.writing.paper.{name}")
    env.globals["annexes"] = Later("workflow.writing.sheet.annexes")
    assets.init_app(app)
