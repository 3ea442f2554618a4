"""Why somebody cannot take a step, and what would help, in words; decides nothing."""

from collections.abc import Callable

from web.filters import vi_date
from web.messages import sentence
from web.messages.acts import listed
from web.messages.refusals import REASONS
from workflow.coverage import Obstacle, Stall
from workflow.errors import NeedUnmet, NotEntitled
from workflow.queries.absences import Away
from workflow.remedies import Remedy

APART = {
    "not_author": "đã soạn văn bản này",
    "not_content_approver": "là người duyệt nội dung",
    "not_format_checker": "là người kiểm tra thể thức",
    "not_signer": "là người ký văn bản này",
    "signer_stands_apart": "đã soạn, duyệt hoặc kiểm tra thể thức văn bản này",
    "absent_apart": "xử lý thay người đã làm bước khác của văn bản này",
}
"""What keeps a person apart from a step, after his name."""

NO_SIGNER = ("signer_chosen", "signer_may_sign", "signer_apart_from_makers")


def why(obstacle: Obstacle) -> str:
    """One sentence: who, and why not in that time."""
    name = obstacle.person.name if obstacle.person else ""
    words: dict[str, Callable[[], str]] = {
        "away": lambda: f"{name} vắng mặt đến hết ngày {vi_date(obstacle.day)}",
        "leaves": lambda: (
            f"{name} giữ chức vụ đến hết ngày {vi_date(obstacle.day)}"
            if obstacle.day
            else f"{name} khi đó không còn giữ chức vụ này"
        ),
        "nobody": lambda: "Chưa có ai giữ chức vụ làm được bước này",
        "refused": lambda: _refused(name, obstacle),
    }
    return f"{words[obstacle.reason]()}."


def _refused(name: str, obstacle: Obstacle) -> str:
    refusal = obstacle.why
    if isinstance(refusal, NotEntitled):
        said = REASONS[refusal.reason](str(refusal.facts.get("person") or name), refusal.facts)
        return said[:1].upper() + said[1:]
    if isinstance(refusal, NeedUnmet) and refusal.need in APART:
        return f"{name} {APART[refusal.need]}"
    if isinstance(refusal, NeedUnmet) and refusal.need in NO_SIGNER:
        return "Không còn ai vừa có quyền ký vừa không tham gia soạn, duyệt, kiểm tra thể thức"
    return f"{name}: {sentence(refusal)[1].rstrip('.')}" if refusal else f"{name} không làm được bước này"


def when(stall: Stall) -> str:
    """As "từ 28/4 đến 04/5/2026": the working days the step has, at the pace of its procedure."""
    if stall.since == stall.until:
        return f"ngày {vi_date(stall.since)}"
    return f"từ {vi_date(stall.since)} đến {vi_date(stall.until)}"


def remedy(item: Remedy) -> str:
    """What would help, as an order to nobody; the link beside it says who does it."""
    name = item.person.name if item.person else ""
    if item.kind == "substitute" and item.absent:
        return f"Cử {name} xử lý thay {item.absent.name}"
    if item.kind == "reassign":
        return f"Chuyển {name} ký"
    if item.kind == "grant":
        return f"Giám đốc giao {name} ký riêng văn bản này"
    titles = listed(list(dict.fromkeys(post.title for post in item.posts)))
    return f"Cử người giữ chức vụ: {titles}" if titles else "Cử người giữ chức vụ làm bước này"


def doer(item: Remedy) -> str:
    """Whose it is, where it is not the reader's."""
    if item.kind == "substitute" and item.absent:
        return f"{item.absent.name} ghi ở trang Vắng mặt"
    return {"reassign": "Giám đốc hoặc người ký đang chọn", "grant": "Giám đốc"}.get(item.kind, "")


def days(away: Away) -> str:
    absence = away.absence
    if absence.first_day == absence.last_day:
        return f"ngày {vi_date(absence.first_day)}"
    return f"từ {vi_date(absence.first_day)} đến hết {vi_date(absence.last_day)}"
