"""How a standing, a period and a deadline are said; words always, colour only beside them."""

from collections.abc import Sequence

from web.filters import day_month, vi_date, vi_number, weekday_date
from web.words import period_name as period_name
from workflow.queries.duties import Badge, Duty, PlanYear
from workflow.queries.reporting import sent_on
from workflow.queries.standing import Standing
from workflow.queries.tallies import Tally
from workflow.queries.tasks import TaskStanding

Tag = tuple[str, str]
"""Text and tone, as the macro `ui.tag` takes them."""

BADGES: dict[Badge, Tag] = {
    "not_due": ("Chưa đến kỳ", ""),
    "collecting": ("Đang thu báo cáo", "info"),
    "overdue": ("Có báo cáo quá hạn", "bad"),
    "reported": ("Đã báo cáo", "ok"),
    "ended": ("Đã kết thúc", ""),
}


def standing_tag(item: Standing) -> Tag:
    """Chưa lập, đang lập, đã gửi, đã nhận, nộp muộn n ngày, quá hạn n ngày, miễn (ux.md 7.2)."""
    if item.state == "waived":
        return "Miễn", ""
    if item.is_sent:
        words = {
            "fulfilled": "Đã báo cáo",
            "accepted": "Đã nhận",
            "submitted": "Đã gửi",
            "returned": "Cần bổ sung",
        }[item.state]
        if item.late_days:
            return f"{words}, nộp muộn {item.late_days} ngày", "warn"
        return words, {"submitted": "info", "returned": "warn"}.get(item.state, "ok")
    begun = "" if item.state == "not_started" else "Đang lập"
    if item.overdue_days:
        late = f"Quá hạn {item.overdue_days} ngày"
        return (f"{begun}, {late[0].lower()}{late[1:]}" if begun else late), "bad"
    if begun:
        return begun, "info"
    return ("Chưa lập", "warn" if item.is_open else "") if item.is_open else ("Chưa đến kỳ", "")


def time_left(item: Standing) -> str:
    """As "Còn 9 ngày (6 ngày làm việc)"; what there is to say instead once it was sent or is overdue."""
    day = sent_on(item)
    if day is not None:
        early = item.late_days == 0
        ahead = (item.last_on_time - day).days
        said = f"Gửi ngày {vi_date(day)}"
        return f"{said}, trước hạn {ahead} ngày" if early and ahead else said
    if item.state == "waived":
        return f"{item.waived_reason} ({item.waived_by})"
    if item.overdue_days:
        return "Báo cáo muộn vẫn được nhận"
    return days_left(item)


def late_words(item: Standing) -> str:
    """As "Quá hạn 14 ngày. Báo cáo muộn vẫn được nhận"; in time, how long there is or when it was sent."""
    if item.overdue_days:
        return f"Quá hạn {item.overdue_days} ngày. {time_left(item)}"
    return f"Nộp muộn {item.late_days} ngày. {time_left(item)}" if item.late_days else time_left(item)


def days_left(item: Standing | Tally) -> str:
    """As "Còn 9 ngày (6 ngày làm việc)", of a day that is not over."""
    if item.days_left == 0:
        return "Hôm nay là ngày cuối"
    return f"Còn {item.days_left} ngày ({item.workdays_left} ngày làm việc)"


def due_words(item: Standing | Tally) -> str:
    """As "trước ngày 10/11, muộn nhất hết ngày 09/11", or "chậm nhất là ngày 10/11"."""
    if item.inclusive:
        return f"chậm nhất là ngày {day_month(item.last_on_time)}"
    return f"trước ngày {day_month(item.due)}, muộn nhất hết ngày {day_month(item.last_on_time)}"


def due_of(duty: Duty) -> str:
    """Of the period it speaks of; which one that is, where the year has several: as "tháng 10 năm 2026: trước …"."""
    item = duty.nearest
    if item is None:
        return ""
    period = f"{period_name(item.period, item.year)}: " if len(duty.periods) > 1 else ""
    return f"{period}{due_words(item)}"


def of_all_periods(duty: Duty) -> str:
    """Beside a line that counts one period only, where the year has several: as "Cả 4 kỳ: đã gửi 4/24, quá hạn 2"."""
    if len(duty.periods) < 2:
        return ""
    overdue = f", quá hạn {vi_number(duty.overdue)}" if duty.overdue else ""
    return f"Cả {len(duty.periods)} kỳ: đã gửi {vi_number(duty.sent)}/{vi_number(duty.total)}{overdue}"


def aim_words(item: Standing) -> str:
    """Where offices are closed on the last day: the working day to aim at; else nothing."""
    if item.is_sent or item.state == "waived" or item.overdue_days or item.aim_day == item.last_on_time:
        return ""
    last = weekday_date(item.last_on_time).partition(",")[0]
    return f"Ngày {day_month(item.last_on_time)} là {last}, không làm việc: nên gửi trong ngày {day_month(item.aim_day)}"


def plan_name(subject: str, reference_no: str | None) -> str:
    return f"{reference_no}: {subject}" if reference_no else subject


def duty_name(duty: Duty) -> str:
    """As "Các phòng, đơn vị thuộc Sở → Văn phòng Sở"."""
    return " → ".join(part for part in (duty.reporter or "Đơn vị", duty.receiver) if part)


def plan_tag(plan: PlanYear) -> Tag:
    """What the plan's year has come to; the year is said once it is reported."""
    text, tone = BADGES[plan.badge]
    if plan.badge == "reported":
        return f"{text} năm {plan.year}", tone
    return (f"Chưa có hạn: {len(plan.undated)}", "warn") if plan.undated and not plan.dated else (text, tone)


def task_tag(item: TaskStanding) -> Tag:
    """Chưa bắt đầu, đang thực hiện, hoàn thành, quá hạn n ngày, chờ sự kiện."""
    if item.state == "overdue":
        return f"Quá hạn {item.overdue_days} ngày", "bad"
    if item.state == "done":
        return (f"Hoàn thành, muộn {item.late_days} ngày", "warn") if item.late_days else ("Hoàn thành", "ok")
    words = {"awaiting": "Chờ sự kiện", "not_started": "Chưa bắt đầu", "running": "Đang thực hiện"}
    return words[item.state], "info" if item.state == "running" else ""


def task_period(item: TaskStanding) -> str:
    """As "Quý III năm 2026"; for what is due once, the words of the plan."""
    if item.period in ("once", "event") or item.year is None:
        return item.time_words or "Không ghi thời gian"
    words = period_name(item.period, item.year)
    return words[0].upper() + words[1:]


def task_due(item: TaskStanding) -> str:
    """As "hết ngày 30/9/2026"."""
    if item.state == "awaiting":
        return "chưa tính hạn"
    return f"hết ngày {vi_date(item.last_day)}" if item.last_day else "không ghi hạn"


def names(items: Sequence[Standing], *, most: int = 12) -> str:
    """The units, each once, in their order; past `most` the rest are counted."""
    found = list(dict.fromkeys(item.unit_name for item in items))
    shown = "; ".join(found[:most])
    return f"{shown} và {len(found) - most} đơn vị khác" if len(found) > most else shown


def measure_line(counted: Sequence[Tally], told: Sequence[Standing]) -> str:
    """
    The sentence under a deadline's bar: who is overdue, or how much time there is, or that all came in. Of many
    thousands `told` names only some.
    """
    overdue = sum(item.count for item in counted if item.is_overdue)
    if overdue:
        named = [item for item in told if item.overdue_days]
        if len(named) < overdue:
            return f"{vi_number(overdue)} báo cáo quá hạn" + (
                f", trong đó: {names(named, most=4)}" if named else ""
            )
        return f"{len({item.unit_name for item in named})} đơn vị quá hạn: {names(named, most=4)}"
    waiting = next((item for item in counted if item.is_awaited), None)
    if waiting:
        return f"{days_left(waiting)}, muộn nhất hết ngày {day_month(waiting.last_on_time)}"
    late = sum(item.count for item in counted if item.late)
    named = [item for item in told if item.late_days]
    if late > len(named):
        return f"Đã gửi đủ; nộp muộn: {vi_number(late)} báo cáo"
    return f"Đã gửi đủ; nộp muộn: {names(named)}" if late else "Đã gửi đủ, đúng hạn"
