"""How the picture says spans, shares, milestones, reasons and states."""

from collections.abc import Iterable
from datetime import date, timedelta

from web.filters import day_month
from workflow.queries.overview_due import Came, Milestone, came_of
from workflow.queries.standing import Standing
from workflow.queries.tasks import State

REASONS = {
    "subject": "Trích yếu, tên loại",
    "bases": "Căn cứ, viện dẫn",
    "outline": "Bố cục, đánh số",
    "tasks": "Phân công, đơn vị chủ trì",
    "deadlines": "Thời hạn",
    "recipients": "Nơi nhận",
    "signature": "Khối chữ ký, thẩm quyền",
    "spelling": "Chính tả, dấu câu",
    "layout": "Thể thức nói chung",
    "figures": "Số liệu, kết quả",
    "money": "Kinh phí",
    "annexes": "Phụ lục, tài liệu kèm",
    "unclassified": "Chưa phân loại",
    "erased": "Lý do đã được xóa",
}
"""By the groups of `workflow.return_reasons`."""

STANDS: dict[State, str] = {
    "done": "Hoàn thành",
    "running": "Đang thực hiện",
    "overdue": "Quá hạn",
    "not_started": "Chưa thực hiện",
    "awaiting": "Chờ sự kiện",
}

CAME: dict[Came, str] = {
    "on_time": "Đúng hạn",
    "late": "Nộp muộn",
    "overdue": "Quá hạn",
    "waiting": "Chưa đến hạn",
    "waived": "Được miễn",
}

CAME_SLUGS: dict[str, tuple[Came, ...]] = {
    "phai-gui": ("on_time", "late", "overdue", "waiting"),
    "da-den-han": ("on_time", "late", "overdue"),
    "da-gui": ("on_time", "late"),
    "dung-han": ("on_time",),
    "nop-muon": ("late",),
    "qua-han": ("overdue",),
    "chua-den-han": ("waiting",),
    "duoc-mien": ("waived",),
}
"""As addresses name them."""

CAME_TITLES = {
    "phai-gui": "Báo cáo phải gửi",
    "da-den-han": "Báo cáo đã đến hạn",
    "da-gui": "Báo cáo đã gửi",
    "dung-han": "Báo cáo gửi đúng hạn",
    "nop-muon": "Báo cáo nộp muộn",
    "qua-han": "Báo cáo quá hạn",
    "chua-den-han": "Báo cáo chưa đến hạn",
    "duoc-mien": "Báo cáo được miễn",
}

STANDS_SLUGS: dict[str, tuple[State, ...]] = {
    "tat-ca": tuple(STANDS),
    "hoan-thanh": ("done",),
    "dang-thuc-hien": ("running",),
    "qua-han": ("overdue",),
    "chua-thuc-hien": ("not_started",),
    "cho-su-kien": ("awaiting",),
}


def milestone_name(milestone: Milestone) -> str:
    """As "Trước 10/11 · đơn vị → Văn phòng Sở"."""
    word = "Chậm nhất" if milestone.inclusive else "Trước"
    who = "đơn vị" if milestone.tier == 1 else "cơ quan"
    return f"{word} {day_month(milestone.due)} · {who} → {milestone.receiver or 'cấp trên'}"


def came_words(item: Standing) -> str:
    came = came_of(item)
    if came == "late":
        return f"Nộp muộn {item.late_days} ngày"
    if came == "overdue":
        return f"Quá hạn {item.overdue_days} ngày"
    if came == "waiting":
        return f"{CAME[came]}, còn {days_left(item)}"
    return CAME[came]


def days_left(item: Standing | Milestone) -> str:
    """As "9 ngày (6 ngày làm việc)"."""
    return f"{item.days_left} ngày ({item.workdays_left} ngày làm việc)"


def hours(span: timedelta | None) -> str:
    """Working time as "40 phút", "6,5 giờ", "14 giờ"."""
    if span is None:
        return "–"
    minutes = round(span.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} phút"
    return f"{decimal(minutes / 60)} giờ"


def decimal(value: float) -> str:
    """With one decimal below ten, none from there on."""
    if value >= 9.95:
        return str(round(value))
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def share(part: int, whole: int) -> str:
    """In whole percent, half upwards; a part that is not all is never told as 100 %."""
    if not whole:
        return "–"
    percent = (200 * part + whole) // (2 * whole)
    return f"{min(percent, 99) if part < whole else 100}%"


def month_name(month: tuple[int, int], today: date) -> str:
    """Tháng 11; with the year where it is another."""
    year, number = month
    return f"Tháng {number}" if year == today.year else f"Tháng {number}/{year}"


def listed(names: Iterable[str], *, most: int = 4) -> str:
    """Each name once; past `most` the rest are counted."""
    found = list(dict.fromkeys(names))
    shown = "; ".join(found[:most])
    return f"{shown} và {len(found) - most} đơn vị khác" if len(found) > most else shown


def lowered(words: str) -> str:
    """With a small first letter, to stand within a sentence."""
    return words[:1].lower() + words[1:]
