"""What a notice tells of the reports and tasks that units owe, in words; it knows no page but the paths it names."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from web.filters import vi_date
from web.words import period_name


def missing(facts: Mapping[str, Any]) -> str:
    last, count = date.fromisoformat(facts["last_on_time"]), int(facts["count"])
    named = "; ".join(facts["units"])
    more = f" và {count - len(facts['units'])} đơn vị khác" if count > len(facts["units"]) else ""
    what = period_name(str(facts["period"]), int(facts["year"]))
    return (
        f"{count} đơn vị chưa gửi báo cáo {what} cho {facts.get('receiver') or 'cấp trên'}, "
        f"hạn hết ngày {vi_date(last)}: {named}{more}. Trưởng đơn vị được nhắc mỗi ngày làm việc."
    )


def _task(facts: Mapping[str, Any]) -> str:
    until = f"Thời hạn: hết ngày {vi_date(facts['due'])}." if facts.get("due") else "Không có ngày hạn."
    ref = f"Mục {facts['ref']}: " if facts.get("ref") else ""
    return f"{ref}{_closed(facts['title'])} {facts['unit']} chủ trì. Đã có {_closed(facts['source'])} {until}"


def _new_day(facts: Mapping[str, Any]) -> str:
    what = period_name(str(facts["period"]), int(facts["year"]))
    return (
        f"Báo cáo {what} của {facts['unit']}: Văn phòng chờ đến hết ngày {vi_date(facts['new_day'])}. "
        f"Đúng hạn hay muộn vẫn tính theo hạn ban đầu, hết ngày {vi_date(facts['due'])}. "
        "Lý do ở lịch sử kế hoạch."
    )


def _named(facts: Mapping[str, Any]) -> str:
    to = facts.get("receiver") or "cấp trên"
    return f"{facts['unit']} được xác định là đơn vị báo cáo {to}, theo {_closed(facts['source'])}"


def _date_set(facts: Mapping[str, Any]) -> str:
    month, day = int(facts["month"]), int(facts["day"])
    until = f"chậm nhất là ngày {day:02d}/{month:02d}"
    if not facts.get("inclusive"):
        before = f"ngày {date(2027, month, day) - timedelta(days=1):%d/%m}"
        last = "tháng 02" if (month, day) == (3, 1) else before  # the 28th or the 29th, by the year
        until = f"trước ngày {day:02d}/{month:02d}, muộn nhất hết {last}"
    to = facts.get("receiver") or "cấp trên"
    return f"Báo cáo của {facts['unit']} gửi {to}: {until} hằng năm, theo {_closed(facts['source'])}"


def _closed(words: str) -> str:
    """As a sentence, whether or not a full stop was typed."""
    return f"{words.rstrip().rstrip('.')}."


OF_UNITS: Mapping[str, tuple[str, str, Callable[[Mapping[str, Any]], str]]] = {
    "task_opened": ("Nhiệm vụ bắt đầu", "/nhiem-vu/{task}", _task),
    "new_day": ("Hạn mới", "/han", _new_day),
    "named": ("Phải báo cáo", "/han", _named),
    "date_set": ("Đã có hạn", "/han", _date_set),
}
"""What the office decided about a unit's work: a tag, the path it opens, its words."""
