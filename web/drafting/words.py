"""What the selects of the editing pages offer, and the short sentences said about a task or a duty."""

from calendar import monthrange

from web.words import PURPOSES, RECURRENCES, TIME_KINDS, URGENCIES
from workflow.content import Obligation
from workflow.periods import last_on_time

Choices = list[tuple[str, str]]

BASIS_TYPES: Choices = [
    ("", "Chưa rõ"),
    ("Hiến pháp", "Hiến pháp"),
    ("Bộ luật", "Bộ luật"),
    ("Luật", "Luật"),
    ("PL", "Pháp lệnh"),
    ("NĐ", "Nghị định"),
    ("TT", "Thông tư"),
    ("TTLT", "Thông tư liên tịch"),
    ("NQ", "Nghị quyết"),
    ("QĐ", "Quyết định"),
    ("CT", "Chỉ thị"),
    ("KH", "Kế hoạch"),
    ("CTr", "Chương trình"),
    ("ĐA", "Đề án"),
    ("KL", "Kết luận"),
    ("TB", "Thông báo"),
    ("HD", "Hướng dẫn"),
    ("CV", "Công văn"),
    ("BC", "Báo cáo"),
    ("TTr", "Tờ trình"),
    ("VB", "Văn bản khác"),
]
PURPOSE_CHOICES: Choices = [("", "Không ghi"), *PURPOSES.items()]
RECURRENCE_CHOICES: Choices = list(RECURRENCES.items())
TIME_CHOICES: Choices = [("unspecified", TIME_KINDS["unspecified"])] + [
    (kind, name) for kind, name in TIME_KINDS.items() if kind != "unspecified"
]
URGENCY_CHOICES: Choices = list(URGENCIES.items())
DUE: Choices = [("", "trước ngày"), ("1", "chậm nhất là ngày")]
SECRECY: Choices = [("thuong", "Thường"), ("mat", "Mật"), ("toi_mat", "Tối mật"), ("tuyet_mat", "Tuyệt mật")]


def sure(confidence: float) -> tuple[str, str]:
    """A confidence in words, with the tone of its tag."""
    if confidence >= 0.9:
        return "đọc rõ", "ok"
    if confidence >= 0.6:
        return "khá rõ", "info"
    return "cần xem lại", "warn"


def due_line(duty: Obligation, year: int) -> str:
    """As "muộn nhất hết ngày 09/11", for each date of the duty; nothing where it has none or no such day."""
    if duty.due_day is None:
        return ""
    months = [duty.due_month] if isinstance(duty.due_month, int) else list(duty.due_month or ())
    if not months:
        return _each_month(duty) if duty.recurrence == "monthly" else ""
    try:
        days = [last_on_time(month, duty.due_day, year, inclusive=duty.inclusive) for month in months]
    except (ValueError, IndexError):
        return ""
    return "muộn nhất hết ngày " + ", ".join(f"{day:%d/%m}" for day in days)


def _each_month(duty: Obligation) -> str:
    if duty.due_day == "last":
        return "muộn nhất hết ngày cuối tháng" if duty.inclusive else "muộn nhất hết ngày áp cuối tháng"
    last = int(duty.due_day or 0) - (0 if duty.inclusive else 1)
    return f"muộn nhất hết ngày {last:02d} hằng tháng" if last else "muộn nhất hết ngày cuối tháng trước"


def nobody_line(reporter: str) -> str:
    """Why a duty towards the agency has no unit that owes it; `reporter` as the text names it, "" where it does not."""
    if reporter:
        return f"“{reporter}” không phải đơn vị báo cáo của cơ quan, nên chưa ai phải nộp báo cáo này"
    return "Chưa ghi đơn vị nào báo cáo"


def is_day(month: int, day: int) -> bool:
    """Whether some year has this day: 29/2 is one, 31/11 is none."""
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else monthrange(2001, month)[1])


def due_as_written(duty: Obligation) -> str:
    """As "Trước ngày 10/11", for each date of the duty."""
    lead = "Chậm nhất là" if duty.inclusive else "Trước"
    months = duty.due_month if isinstance(duty.due_month, tuple) else (duty.due_month,)
    if duty.due_day == "last":
        return f"{lead} " + ", ".join(f"ngày cuối tháng {month or ''}".strip() for month in months)
    return f"{lead} ngày " + ", ".join(
        f"{duty.due_day:02d}/{month:02d}" if month else f"{duty.due_day:02d}" for month in months
    )
