"""A notice in words, the same on the page, in a letter and in the list of a digest; it knows no request."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from web.filters import vi_date, vi_datetime, vi_number
from web.messages.acts import listed
from web.words import period_name
from workflow.queries.notices import Told

GROUPS = {
    "late": "Báo cáo quá hạn",
    "overdue": "Báo cáo quá hạn của các đơn vị",
    "escalated": "Văn bản chờ người khác quá thời hạn",
    "due": "Báo cáo sắp đến hạn",
    "stalls": "Văn bản sẽ dừng vì thiếu người xử lý",
    "report_returned": "Báo cáo cần bổ sung",
    "returned": "Văn bản bị trả lại",
    "reminded": "Văn bản được nhắc xử lý",
    "waits": "Văn bản đang chờ xử lý",
    "task_opened": "Nhiệm vụ đã đến lúc thực hiện",
    "new_day": "Báo cáo được hẹn ngày nộp mới",
    "date_set": "Báo cáo đã xác định hạn",
    "issued": "Văn bản đã phát hành",
}
"""By kind, the most pressing first."""

TONES = {
    "late": "bad",
    "overdue": "bad",
    "escalated": "bad",
    "due": "warn",
    "report_returned": "warn",
    "returned": "warn",
    "reminded": "warn",
    "stalls": "warn",
    "task_opened": "info",
    "new_day": "info",
    "date_set": "info",
    "issued": "ok",
}

ERRORS = {
    "no_word": "tiến trình gửi dừng giữa chừng, không rõ máy chủ thư đã nhận hay chưa",
    "too_old": "chờ gửi quá 3 ngày làm việc nên không gửi nữa",
    "no_address": "người nhận không còn địa chỉ thư hoặc tài khoản đã ngừng",
    "empty": "không còn gì để báo",
}
"""What a letter's own words for a failure mean; whatever the server said stands as it said it."""

STATUSES = {
    "queued": "Chờ gửi",
    "sending": "Đang gửi",
    "sent": "Đã gửi",
    "failed": "Không gửi được",
    "unknown": "Không rõ đã tới",
}

MAIL_CHOICES = {
    "digest": "Mỗi ngày làm việc một thư tổng hợp, lúc 7 giờ sáng",
    "at_once": "Gửi ngay khi có việc mới",
    "none": "Không gửi thư; chỉ xem trong hệ thống",
}


@dataclass(frozen=True)
class Line:
    """A notice as it is shown: a title, one sentence, a tag, and the path of the page it opens."""

    told: Told
    title: str
    text: str
    tag: str
    tone: str
    path: str


def line_of(told: Told, today: date) -> Line:
    facts = told.facts
    if told.kind in ("due", "late"):
        return Line(
            told, _plan(facts), _owed(facts, today), _time_left(facts, today), TONES[told.kind], "/han"
        )
    if told.kind == "overdue":
        tag = _time_left(facts, today)
        return Line(
            told, _plan(facts), _missing(facts), tag, TONES["overdue"], f"/van-ban/{told.document_id}"
        )
    if told.kind == "escalated":
        return _escalated(told, facts)
    if told.kind in OF_UNITS:
        tag, path, words = OF_UNITS[told.kind]
        return Line(told, _plan(facts), words(facts), tag, TONES[told.kind], path.format(**facts))
    title = str(facts.get("subject") or "Chưa có trích yếu")
    if told.kind == "stalls":
        said = f"Không có người làm bước {facts['step']} từ ngày {vi_date(facts['since'])}. Xem cách xử lý."
        return Line(told, title, said, "Sẽ dừng", TONES["stalls"], "/bao-phu")
    said, tag = _event(told.kind, facts)
    return Line(told, title, said, tag, TONES.get(told.kind, "info"), f"/van-ban/{told.document_id}")


def grouped(items: Iterable[Told], today: date) -> list[tuple[str, list[Line]]]:
    """For a letter: group by group, the most pressing first; within one as they were told."""
    found: dict[str, list[Line]] = {}
    for told in items:
        found.setdefault(told.kind, []).append(line_of(told, today))
    order = [*GROUPS, *(kind for kind in found if kind not in GROUPS)]
    return [(GROUPS.get(kind, "Việc khác"), found[kind]) for kind in order if kind in found]


def counted(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """For `ui.facts`: every state of a letter with its number."""
    return [(STATUSES[status], vi_number(count)) for status, count in counts.items()]


def error_words(error: str) -> str:
    return ERRORS.get(error, f"máy chủ thư trả lời: {error}")


def _escalated(told: Told, facts: Mapping[str, Any]) -> Line:
    """Whoever may not read the document yet is led to where all that wait are counted, without its words."""
    what = _procedure(facts)
    of_unit = f"{what} do {facts['unit']} soạn thảo" if facts["procedure"] != "bao_cao_don_vi" else what
    since = vi_datetime(facts["since"])
    label = str(facts["label"])
    said = (
        f"{of_unit}: {label[:1].lower()}{label[1:]}, chờ {listed(facts['awaited'])} từ {since}, "
        f"quá thời hạn {facts['within']} ngày làm việc. Báo để đôn đốc; người xử lý và thẩm quyền không đổi."
    )
    hidden = bool(facts.get("unseen"))
    title = of_unit if hidden else str(facts.get("subject") or "Chưa có trích yếu")
    path = "/tong-quan" if hidden else f"/van-ban/{told.document_id}"
    return Line(told, title, said, "Quá thời hạn xử lý", TONES["escalated"], path)


def _missing(facts: Mapping[str, Any]) -> str:
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
    "date_set": ("Đã có hạn", "/han", _date_set),
}
"""What the office decided about a unit's work: a tag, the path it opens, its words."""


def _event(kind: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    by, label = facts.get("by", ""), str(facts.get("label", ""))
    if kind == "issued":
        number = facts.get("reference_no")
        return f"{_procedure(facts)}{f' số {number}' if number else ''} đã được phát hành.", "Đã phát hành"
    if kind == "report_returned":
        until = f" Hạn mới: hết ngày {vi_date(facts['new_due'])}." if facts.get("new_due") else ""
        return f"{by} yêu cầu bổ sung báo cáo.{until} Nội dung cần bổ sung ở lịch sử báo cáo.", "Cần bổ sung"
    if kind == "reminded":
        who = ", ".join(part for part in (by, facts.get("title")) if part)
        said = f"{who} nhắc: {_procedure(facts)} chờ xử lý từ {vi_datetime(facts['since'])}."
        return said, f"Nhắc: {label[:1].lower()}{label[1:]}"
    if kind == "returned":
        return f"{by} đã trả lại. Ý kiến trả lại ở lịch sử văn bản.", "Bị trả lại"
    away = "".join(f" {who} đang vắng, {stands} xử lý thay." for who, stands in facts.get("away", ()))
    within = f" Thời hạn xử lý: {facts['within']} ngày làm việc." if facts.get("within") else ""
    return f"{_procedure(facts)} do {by} chuyển đến.{within}{away}", label


def _owed(facts: Mapping[str, Any], today: date) -> str:
    last = date.fromisoformat(facts["last_on_time"])
    due = (
        f"chậm nhất là ngày {vi_date(last)}"
        if facts.get("inclusive")
        else f"trước ngày {vi_date(last + timedelta(days=1))}, muộn nhất hết ngày {vi_date(last)}"
    )
    what = period_name(str(facts["period"]), int(facts["year"]))
    return f"Báo cáo {what} của {facts['unit']} gửi {facts.get('receiver') or 'cấp trên'}: {due}."


def _time_left(facts: Mapping[str, Any], today: date) -> str:
    days = (date.fromisoformat(facts["last_on_time"]) - today).days
    if days < 0:
        return f"Quá hạn {-days} ngày"
    return f"Còn {days} ngày" if days else "Hết hạn hôm nay"


def _plan(facts: Mapping[str, Any]) -> str:
    number = facts.get("reference_no")
    return f"{number}: {facts['plan']}" if number else str(facts["plan"])


def _procedure(facts: Mapping[str, Any]) -> str:
    names = {
        "ke_hoach": "Kế hoạch",
        "bao_cao": "Báo cáo",
        "bao_cao_don_vi": f"Báo cáo của {facts.get('unit', '')}",
    }
    return names.get(str(facts.get("procedure")), "Văn bản")
