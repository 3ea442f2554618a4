"""A notice in words, the same on the page, in a letter and in the list of a digest; it knows no request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from web.filters import vi_date, vi_datetime, vi_number
from web.messages.acts import listed
from web.notices.unit_words import OF_UNITS, missing
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
    "asked": "Câu hỏi chờ trả lời",
    "waits": "Văn bản đang chờ xử lý",
    "task_opened": "Nhiệm vụ đã đến lúc thực hiện",
    "new_day": "Báo cáo được hẹn ngày nộp mới",
    "named": "Báo cáo được giao cho đơn vị",
    "date_set": "Báo cáo đã xác định hạn",
    "answered": "Câu hỏi đã có trả lời",
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
    "asked": "info",
    "answered": "ok",
    "stalls": "warn",
    "task_opened": "info",
    "new_day": "info",
    "named": "info",
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
        return Line(told, _plan(facts), missing(facts), tag, TONES["overdue"], f"/van-ban/{told.document_id}")
    if told.kind == "escalated":
        return _escalated(told, facts)
    if told.kind in OF_UNITS:
        tag, path, words = OF_UNITS[told.kind]
        return Line(told, _plan(facts), words(facts), tag, TONES[told.kind], path.format(**facts))
    title = str(facts.get("subject") or "Chưa có trích yếu")
    if told.kind == "stalls" and "posts" in facts:
        said = "Có văn bản dừng ở đó vì không ai giữ chức vụ này. Xếp người vào chức vụ."
        title = f"Chức vụ đang khuyết: {'; '.join(facts['posts'])}"
        return Line(told, title, said, "Sẽ dừng", TONES["stalls"], "/quan-tri/nguoi-dung")
    if told.kind == "stalls" and "drafter_gone" in facts:
        said = (
            f"{facts['drafter_gone']} không còn soạn thảo ở đơn vị. Giao người khác soạn để văn bản đi tiếp."
        )
        return Line(told, title, said, "Sẽ dừng", TONES["stalls"], f"/van-ban/{told.document_id}/nguoi-soan")
    if told.kind == "stalls":
        said = f"Không có người làm bước {facts['step']} từ ngày {vi_date(facts['since'])}. Xem cách xử lý."
        return Line(told, title, said, "Sẽ dừng", TONES["stalls"], "/bao-phu")
    if told.kind in ("asked", "answered"):
        path = f"/van-ban/{told.document_id}/gop-y/{facts['remark']}"
        who = ", ".join(part for part in (facts["by"], facts["title"]) if part)
        if told.kind == "answered":
            said = f"{who} đã trả lời câu hỏi về {_inside(_procedure(facts))}. Câu trả lời ở trang văn bản."
            return Line(told, title, said, "Đã trả lời", TONES["answered"], path)
        said = (
            f"{who} hỏi ý kiến về {_inside(_procedure(facts))} ({_inside(str(facts['label']))}). Câu hỏi và chỗ trả lời "
            "ở trang văn bản; câu trả lời không thay cho duyệt hay ký."
        )
        return Line(told, title, said, "Hỏi ý kiến", TONES["asked"], path)
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
    said = (
        f"{of_unit}: {_inside(str(facts['label']))}, chờ {listed(facts['awaited'])} từ {since}, "
        f"quá thời hạn {facts['within']} ngày làm việc. Báo để đôn đốc; người xử lý và thẩm quyền không đổi."
    )
    hidden = bool(facts.get("unseen"))
    title = of_unit if hidden else str(facts.get("subject") or "Chưa có trích yếu")
    path = "/tong-quan" if hidden else f"/van-ban/{told.document_id}"
    return Line(told, title, said, "Quá thời hạn xử lý", TONES["escalated"], path)


def _inside(words: str) -> str:
    """As it stands within a sentence."""
    return words[:1].lower() + words[1:]


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
        return said, f"Nhắc: {_inside(label)}"
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
