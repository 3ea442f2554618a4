"""The reporting of an issued plan: what its units hand in, on time or late, and what the office makes of it."""

from datetime import datetime, time, timedelta

from web.demo.hours import at, spread
from web.demo.one_report import OfficeReport, UnitReport
from web.demo.plans import BREATH, PlanStory
from workflow.commands.duties import accept_as_ad_hoc, waive
from workflow.demo_file import ReportEntry
from workflow.queries.console import seen_document
from workflow.queries.periods_of import OwedPeriod, periods_of, undated_duties

UNIT_STEPS = {"draft": 2, "dept_review": 3, "submitted": 4, "accepted": 5}
"""How many of begin, fill in, submit, approve, accept are played for each state."""

WHEN_ASKED = "Nghĩa vụ này chỉ phát sinh khi có vướng mắc hoặc khi cấp trên yêu cầu; không đặt lịch."


def report(story: PlanStory) -> None:
    """Put everything that follows the issue of this plan into the queue."""
    stage, plan = story.stage, story.plan
    with stage.reading() as w:
        owed = periods_of(w, plan_id=story.document_id)
        undated = undated_duties(w, plan_id=story.document_id)
    if any(entry.tier == "agency" and entry.state == "issued" for _, entry in plan.reports):
        for moment, (duty, _) in zip(_days_after_issue(story, len(undated)), undated, strict=True):
            stage.later(moment, lambda duty=duty: _set_when_asked(story, duty))  # type: ignore[misc]
    for year in dict.fromkeys(year for year, _ in plan.reports):
        entries = [entry for item, entry in plan.reports if item == year]
        for period in _periods(owed, year, story):
            _report_period(story, period, [entry for entry in entries if entry.tier == "unit"])
        if year is not None:
            for entry in entries:
                if entry.tier == "agency":
                    upper = next(item for item in owed if item.tier == 2 and item.year == year)
                    if _has_opened(upper, story):
                        after = max(_latest(owed, year, story), at(upper.opens_on, time()))
                        OfficeReport(story, entry, upper, after).tell()


def _periods(owed: list[OwedPeriod], year: int | None, story: PlanStory) -> list[list[OwedPeriod]]:
    """What the units owe, one list a period: of this year, or of every period that is over."""
    today = story.stage.ends.date()
    mine = [
        item
        for item in owed
        if item.tier == 1 and (item.year == year if year is not None else item.last_on_time < today)
    ]
    return [
        [item for item in mine if item.period == period] for period in dict.fromkeys(i.period for i in mine)
    ]


def _report_period(story: PlanStory, owed: list[OwedPeriod], entries: list[ReportEntry]) -> None:
    units = story.stage.directory.units
    due = owed[0].last_on_time
    for item in owed:
        if not units[item.unit_id].exists_on(due):
            moment = min(at(item.opens_on, time(9, 30)), story.stage.ends - BREATH)
            story.stage.later(moment, lambda item=item: _waive(story, item))  # type: ignore[misc]
    if not _has_opened(owed[0], story):
        return
    standing = [item for item in owed if units[item.unit_id].exists_on(due)]
    for entry in entries:
        codes = {units[item.unit_id].code for item in standing} if entry.units == "all" else set(entry.units)
        mine = [item for item in standing if units[item.unit_id].code in codes]
        punctual = [item for item in mine if units[item.unit_id].code not in entry.late]
        late = [item for item in mine if units[item.unit_id].code in entry.late]
        _hand_in(story, entry, punctual, *_window(story, owed[0]))
        _hand_in(story, entry, late, *_late_window(story, owed[0]))


def _has_opened(period: OwedPeriod, story: PlanStory) -> bool:
    """By the moment of the demonstration: before that nobody can begin a report."""
    return at(period.opens_on, time()) <= story.stage.ends - BREATH


def _window(story: PlanStory, period: OwedPeriod) -> tuple[datetime, datetime]:
    """From the opening to the last day, as far as it has come."""
    stage = story.stage
    start = max(at(period.opens_on, time(8)), stage.clock.now)
    end = min(at(period.last_on_time, time(16)), stage.ends - BREATH)
    return min(start, end), end


def _late_window(story: PlanStory, period: OwedPeriod) -> tuple[datetime, datetime]:
    """The days after the last one; as late as today where they have not come yet."""
    ends = story.stage.ends - BREATH
    start = at(period.last_on_time + timedelta(days=1), time(8))
    end = at(period.last_on_time + timedelta(days=4), time(16))
    return min(start, ends), min(end, ends)


def _latest(owed: list[OwedPeriod], year: int, story: PlanStory) -> datetime:
    """After this moment no unit of this year hands in any more."""
    last = max(item.last_on_time for item in owed if item.tier == 1 and item.year == year)
    return min(at(last + timedelta(days=4), time(16)), story.stage.ends - BREATH)


def _days_after_issue(story: PlanStory, count: int) -> list[datetime]:
    now = story.stage.clock.now
    return (
        spread(now, max(min(now + timedelta(days=3), story.stage.ends - BREATH), now), count) if count else []
    )


def _hand_in(
    story: PlanStory, entry: ReportEntry, owed: list[OwedPeriod], start: datetime, end: datetime
) -> None:
    count = UNIT_STEPS[entry.state]
    moments = spread(start, end, count * len(owed)) if owed else []
    for place, period in enumerate(owed):
        unit = UnitReport(story, period)
        for rank, act in enumerate(unit.acts()[:count]):
            story.stage.later(moments[rank * len(owed) + place], act)


def _set_when_asked(story: PlanStory, duty: int) -> None:
    stage = story.stage
    with stage.work(stage.holder(story.agency.id, "chief_of_office") or "") as w:
        version = seen_document(w, story.document_id).version
        accept_as_ad_hoc(w, obligation_id=duty, seen_version=version, note=WHEN_ASKED)


def _waive(story: PlanStory, period: OwedPeriod) -> None:
    stage = story.stage
    unit = stage.directory.units[period.unit_id]
    heir = stage.directory.units[unit.successor_id].name if unit.successor_id else "đơn vị khác"
    ended = f"{unit.valid_to:%d/%m/%Y}" if unit.valid_to else ""
    reason = f"{unit.name} kết thúc hoạt động từ sau ngày {ended}; nhiệm vụ chuyển {heir}, báo cáo chung."
    with stage.work(stage.holder(story.agency.id, "chief_of_office") or "") as w:
        version = seen_document(w, story.document_id).version
        waive(w, instance_id=period.id, seen_version=version, reason=reason)
