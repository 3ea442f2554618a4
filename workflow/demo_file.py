"""The plans of the demonstration, filled in for the day it is set up; it reads and takes no step."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from workflow.agency import AgencyFile
from workflow.shape import refuse, shape
from workflow.yaml_file import read_text, read_yaml

MonthDay = Annotated[str, Meta(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$")]


class Drafted(Struct, frozen=True, forbid_unknown_fields=True):
    """
    The day of drafting: `days_ago`, or `month_day` (MM-DD) of the year `years_ago` before the present one.

    A `month_day` that has not come yet is that of the year before.
    """

    days_ago: int | None = None
    month_day: MonthDay | None = None
    years_ago: int = 0


class ReportEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """
    How far the reports of one year have come, or (period closed) of every period that is over.

    `units` are codes, or "all" for the units of the snapshot; those in `late` hand in after the last day.
    """

    period: Literal["last", "before", "closed"]
    tier: Literal["unit", "agency"]
    state: str
    units: tuple[str, ...] | Literal["all"] = ()
    late: tuple[str, ...] = ()
    drafter: str | None = None
    signer: str | None = None


class SentBack(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """That a plan came back once on its way: by whom, why, and the words its drafter then changed."""

    by: Literal["approver", "checker", "signer"]
    note: str
    from_: str
    to: str


class PlanEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A plan as demo.yaml lists it: whose it is, who acts on it, and the state it is brought to."""

    id: str
    agency: str
    unit: str
    field: str
    drafter: str
    approver: str
    checker: str
    signer: str
    clerk: str
    drafted: Drafted
    basis_days_before: int
    state: str
    months: int = 0
    workdays: tuple[int, ...] = (3,)
    note: str | None = None
    sent_back: SentBack | None = None
    reports: tuple[ReportEntry, ...] = ()


class _Demo(Struct, frozen=True, forbid_unknown_fields=True):
    season_opens: MonthDay
    plans: tuple[PlanEntry, ...]


@dataclass(frozen=True)
class DemoPlan:
    """
    An entry with its day of drafting, its text without placeholders, and its reports by year.

    The year is None for reports of every period that is over.
    """

    entry: PlanEntry
    drafted: date
    text: str
    reports: tuple[tuple[int | None, ReportEntry], ...]
    workdays: int = 3


def load_demo(folder: Path, *, on: date, agencies: Sequence[AgencyFile]) -> tuple[DemoPlan, ...]:
    """
    The plans of `folder`/demo.yaml as they would stand on the day, in the order of the file.

    DefinitionError if an entry names an unknown agency, unit, field or person, or if a text has an unknown
    placeholder.
    """
    demo = shape(read_yaml(folder / "demo.yaml"), _Demo, file="demo.yaml")
    known = {agency.code: agency for agency in agencies}
    refuse([fault for entry in demo.plans for fault in _faults(entry, known)], file="demo.yaml")
    season = _month_day(demo.season_opens, on.year)
    plans = []
    for entry in demo.plans:
        written = read_text(folder / f"{entry.id}.txt")
        for ago in range(entry.months + 1):
            drafted = _months_before(_day(entry.drafted, on), ago)
            reports = _reports(entry, drafted, on, season_open=on >= season)
            taking = entry.workdays[ago % len(entry.workdays)]
            plans.append(DemoPlan(entry, drafted, _filled(written, entry, drafted), reports, taking))
    return tuple(plans)


def _reports(
    entry: PlanEntry, drafted: date, on: date, *, season_open: bool
) -> tuple[tuple[int | None, ReportEntry], ...]:
    """Reports of this year once its season is open, of last year if the plan is as old, of every period over."""
    years = {"last": on.year if season_open else 0, "before": on.year - 1}
    dated = [(years.get(item.period), item) for item in entry.reports]
    return tuple((year, item) for year, item in dated if year is None or year >= drafted.year)


def _month_day(month_day: str, year: int) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year, month, day)


def _day(drafted: Drafted, on: date) -> date:
    if drafted.month_day is None:
        return on - timedelta(days=drafted.days_ago or 0)
    day = _month_day(drafted.month_day, on.year - drafted.years_ago)
    return day if day <= on else day.replace(year=day.year - 1)


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month; days that not every month has are the 28th."""
    if not months:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def _filled(text: str, entry: PlanEntry, drafted: date) -> str:
    speaks_of = drafted.year + (drafted.month >= 10)
    following = _months_before(drafted, -1)
    words = {
        "thang_sau": _month(following),
        "nam_thang_sau": str(following.year),
        "nam": str(speaks_of),
        "nam_truoc": str(speaks_of - 1),
        "nam_sau": str(speaks_of + 1),
        "nam_ky": str(drafted.year),
        "thang_ky": _month(drafted),
        "ngay_can_cu": _written(drafted - timedelta(days=entry.basis_days_before)),
    }
    unknown = sorted(set(re.findall(r"\{([^}]*)\}", text)) - set(words))
    refuse([f"unknown placeholder {{{name}}}" for name in unknown], file=f"{entry.id}.txt")
    return re.sub(r"\{([^}]*)\}", lambda found: words[found[1]], text)


def _written(day: date) -> str:
    return f"{day:%d}/{_month(day)}/{day.year}"


def _month(day: date) -> str:
    """Months 1 and 2 take a leading nought, the others none (NĐ 30/2020, Phụ lục I)."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _faults(entry: PlanEntry, agencies: dict[str, AgencyFile]) -> list[str]:
    place = f"plans {entry.id}"
    agency = agencies.get(entry.agency)
    if agency is None:
        return [f"{place}.agency: no agency {entry.agency!r}"]
    units = {unit.code for unit in agency.units}
    people = {person.login for person in agency.people}
    faults = []
    if entry.months < 0 or not entry.workdays or min(entry.workdays) < 1:
        faults.append(f"{place}: months is no less than 0, workdays are 1 or more")
    if (entry.drafted.days_ago is None) == (entry.drafted.month_day is None):
        faults.append(f"{place}.drafted: either days_ago or month_day")
    if entry.unit not in units:
        faults.append(f"{place}.unit: no unit {entry.unit!r}")
    if entry.field not in {field.id for field in agency.fields}:
        faults.append(f"{place}.field: no field {entry.field!r}")
    named = {name: getattr(entry, name) for name in ("drafter", "approver", "checker", "signer", "clerk")}
    for at, item in enumerate(entry.reports):
        named |= {f"reports[{at}].{name}": getattr(item, name) for name in ("drafter", "signer")}
        codes = [*(() if item.units == "all" else item.units), *item.late]
        faults += [f"{place}.reports[{at}].units: no unit {code!r}" for code in codes if code not in units]
    faults += [
        f"{place}.{name}: no person {login!r}"
        for name, login in named.items()
        if login and login not in people
    ]
    return faults
