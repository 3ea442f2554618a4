"""Deadlines as a calendar of RFC 5545; pure text out of values, and nothing that an unkind subject could break out of."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from web.filters import vi_date
from web.words import period_name
from workflow.queries.feeds import Calendar
from workflow.queries.standing import Standing

WIDTH = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""


def calendar_text(calendar: Calendar, *, public_url: str) -> str:
    """One event of a whole day for each report, on the last day that is on time. The same bytes all day long."""
    stamp = datetime.combine(calendar.today, time(0), UTC).strftime("%Y%m%dT%H%M%SZ")
    name = f"Hạn báo cáo: {calendar.title}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Trinh ky//Han bao cao//VI",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for item in calendar.items:
        lines += _event(item, f"{calendar.agency.code}.trinhky", stamp, public_url.rstrip("/"))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """TEXT as 3.3.11 wants it; other control signs are nothing a calendar can show."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in text if ord(sign) >= 32 and ord(sign) != 127)


def folded(line: str) -> str:
    """Lines of at most 75 octets, broken between letters and never within one."""
    parts, length, part = [], 0, ""
    for sign in line:
        size = len(sign.encode())
        if length + size > WIDTH:
            parts.append(part)
            part, length = "", 1  # the blank that a continued line begins with
        part += sign
        length += size
    return "\r\n ".join([*parts, part])


def _event(item: Standing, domain: str, stamp: str, public_url: str) -> Iterable[str]:
    plan = f"{item.plan_reference}: {item.plan_subject}" if item.plan_reference else item.plan_subject
    said = [
        f"Báo cáo {period_name(item.period, item.year)} của {item.unit_name} "
        f"gửi {item.receiver or 'cấp trên'}.",
        f"Chậm nhất là ngày {vi_date(item.due)}."
        if item.inclusive
        else f"Trước ngày {vi_date(item.due)}, muộn nhất hết ngày {vi_date(item.last_on_time)}.",
        f"Kế hoạch {plan}.",
    ]
    yield from (
        "BEGIN:VEVENT",
        f"UID:han-{item.instance_id}@{domain}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_day(item.last_on_time)}",
        f"DTEND;VALUE=DATE:{_day(item.last_on_time + timedelta(days=1))}",
        f"SUMMARY:{escaped(_summary(item))}",
        f"DESCRIPTION:{escaped(chr(10).join(said))}",
    )
    if public_url:
        yield f"URL:{public_url}/han?nam={item.year}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _summary(item: Standing) -> str:
    what = f"{item.unit_name} báo cáo {period_name(item.period, item.year)}: {item.plan_subject}"
    if item.state == "waived":
        return f"(Được miễn) {what}"
    if item.is_sent:
        return f"(Đã gửi) {what}"
    return f"Hạn cuối: {what}"


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")
