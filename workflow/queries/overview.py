"""The leaders' picture of one agency: everything its page, its lists and its files are drawn from, in one read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow.engine import Work
from workflow.queries.overview_due import Milestone, UnitRecord, milestones, unit_records
from workflow.queries.overview_flow import Stopped, stopped
from workflow.queries.overview_returns import Return, returns
from workflow.queries.overview_scope import Scope, scope_of
from workflow.queries.overview_signing import Outlook, Signing, first_of_months, history, outlooks, signings
from workflow.queries.overview_tasks import Led, led_by_units
from workflow.queries.reporting import years_owed
from workflow.workdays import vn_midnight


@dataclass(frozen=True)
class Picture:
    """
    As of `now`, of what the reader may see. `year` governs what is owed and the tasks; the rest is of the present.

    `unit_names` are the units of a head's picture, empty for the agency's.
    """

    scope: Scope
    unit_names: tuple[str, ...]
    year: int
    years: tuple[int, ...]
    now: datetime
    today: date
    milestones: Sequence[Milestone]
    units: Sequence[UnitRecord]
    stopped: Sequence[Stopped]
    months: Sequence[tuple[int, int]]
    signings: Sequence[Signing]
    outlooks: Sequence[Outlook]
    returns: Sequence[Return]
    tasks: Sequence[Led]


def picture(w: Work, year: int | None = None) -> Picture:
    """
    Eight statements, nine where a report is overdue. NotYourStep for those who have no picture
    (`overview_scope.scope_of`).
    """
    scope = scope_of(w)
    year = year or w.today.year
    waiting = stopped(w, scope)
    return Picture(
        scope=scope,
        unit_names=tuple(w.directory.units[unit_id].name for unit_id in sorted(scope.unit_ids)),
        year=year,
        years=tuple(sorted({w.today.year, year, *years_owed(w, scope.agency_id)}, reverse=True)),
        now=w.now,
        today=w.today,
        milestones=milestones(w, scope, year),
        units=unit_records(w, scope, year),
        stopped=waiting,
        months=first_of_months(w.today),
        signings=recent_signings(w, scope),
        outlooks=outlooks(waiting, history(w, scope)),
        returns=returns(w, scope),
        tasks=led_by_units(w, scope, year),
    )


def recent_signings(w: Work, scope: Scope) -> list[Signing]:
    """Of the months the page tells of, the present one included."""
    year, month = first_of_months(w.today)[0]
    return signings(w, scope, vn_midnight(date(year, month, 1)))
