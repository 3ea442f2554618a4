"""The Vietnamese that is data: names of codes and the sentence after each step; no rule reads it."""

from collections.abc import Mapping, Sequence

from workflow.period_words import period_words
from workflow.settings import DEFINITIONS
from workflow.yaml_file import read_yaml

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
MONTHS = tuple(f"tháng {month}" for month in range(1, 13))

PHASES: Mapping[str, str] = {
    "drafting": "Soạn thảo",
    "review": "Trưởng phòng duyệt",
    "signing": "Ký",
    "issue": "Phát hành",
    "reporting": "Báo cáo",
}
FORMAT_CHECK = "Kiểm tra thể thức"
"""What the review is called once the content is approved."""

# The types of NĐ 30/2020 Điều 7 come from the catalogue; a unit's own report prints the name of a report.
_TYPES = read_yaml(DEFINITIONS / "catalogue" / "document_types.yaml")["document_types"]
DOC_TYPES: Mapping[str, str] = {
    "bao_cao_don_vi": "Báo cáo",
    **{row["abbreviation"]: row["name"] for row in _TYPES if row["abbreviation"]},
    **{row["code"]: row["name"] for row in _TYPES},
}
DOC_TYPES_IN_LISTS: Mapping[str, str] = {**DOC_TYPES, "bao_cao_don_vi": "Báo cáo đơn vị"}

PURPOSES: Mapping[str, str] = {
    "to_report": "để báo cáo",
    "in_lieu_of_report": "thay báo cáo",
    "for_information": "để biết",
    "to_coordinate": "để phối hợp",
    "to_implement": "để thực hiện",
}

CAPACITIES: Mapping[str, str] = {
    "HEAD": "Chính chức danh",
    "KT": "KT. (ký thay)",
    "TL": "TL. (thừa lệnh)",
    "TL_KT": "TL., KT. (ký thay người được thừa lệnh)",
    "TUQ": "TUQ. (thừa ủy quyền)",
    "TM": "TM. (thay mặt)",
    "TM_KT": "TM., KT. (cấp phó ký thay mặt)",
    "Q": "Q. (quyền)",
}

URGENCIES: Mapping[str, str] = {
    "thuong": "Thường",
    "khan": "Khẩn",
    "thuong_khan": "Thượng khẩn",
    "hoa_toc": "Hỏa tốc",
}

TIME_KINDS: Mapping[str, str] = {
    "date_before": "Trước ngày…",
    "yearly_before": "Hằng năm, trước ngày…",
    "quarters": "Quý",
    "year": "Trong năm",
    "month": "Trong tháng",
    "range": "Từ … đến …",
    "year_onward": "Từ năm … và các năm tiếp theo",
    "continuous": "Thường xuyên",
    "periodic": "Định kỳ và khi có yêu cầu",
    "event": "Khi có sự kiện",
    "relative": "Sau một việc khác",
    "unspecified": "Chưa ghi thời gian",
}

RECURRENCES: Mapping[str, str] = {
    "yearly": "hằng năm",
    "half_yearly": "6 tháng một lần",
    "quarterly": "hằng quý",
    "monthly": "hằng tháng",
    "once": "một lần",
    "ad_hoc": "khi có yêu cầu",
    "unspecified": "chưa rõ kỳ",
}

RESULT_STATUSES: Mapping[str, str] = {
    "done": "Đã hoàn thành",
    "running": "Đang thực hiện",
    "not_started": "Chưa thực hiện",
    "": "Chưa ghi",
}

# After each step: the sentence with its facts, and the one to say when a fact is not at hand.
RESULTS: Mapping[str, tuple[str, str]] = {
    "submit": ("Đã trình {who} lúc {time}.", "Đã trình duyệt."),
    "submit_own": ("Đã trình {who} lúc {time}.", "Đã trình kiểm tra thể thức."),
    "withdraw": ("Đã rút trình. Văn bản trở lại dự thảo.",) * 2,
    "forward": ("Đã chuyển {who} sửa, kèm ý kiến trả lại.", "Đã chuyển người soạn sửa."),
    "return": ("Đã trả lại {who} kèm ý kiến.", "Đã trả lại kèm ý kiến."),
    "approve_content": ("Đã duyệt nội dung. Chuyển {who}.", "Đã duyệt nội dung."),
    "check_format": ("Đã xác nhận thể thức. Chuyển {who} ký.", "Đã xác nhận thể thức."),
    "sign": (
        "Đã ký duyệt “{subject}” lúc {time}. Có thể rút lại chữ ký cho đến khi văn thư cấp số.",
        "Đã ký duyệt. Có thể rút lại chữ ký cho đến khi văn thư cấp số.",
    ),
    "unsign": ("Đã rút lại chữ ký. Văn bản trở lại chờ ký; việc rút được ghi vào lịch sử.",) * 2,
    "reject": ("Đã từ chối ban hành. Có thể lập văn bản mới từ bản này.",) * 2,
    "reassign": ("Đã chuyển {who} ký.", "Đã chuyển người ký khác."),
    "assign_number": ("Đã cấp số {reference} ngày {date}.", "Đã cấp số."),
    "seal": ("Đã ghi việc đóng dấu văn bản {reference}.", "Đã ghi việc đóng dấu."),
    "issue": ("Đã phát hành đến {count} nơi nhận.", "Đã phát hành."),
    "accept": ("Đã nhận báo cáo của đơn vị.",) * 2,
    "keep_number": (
        "Đã giữ số {reference}. Văn thư tiếp tục phát hành.",
        "Đã giữ số. Văn thư tiếp tục phát hành.",
    ),
    "void": ("Đã hủy số {reference}. Số vẫn nằm trong sổ và không dùng lại.", "Đã hủy số."),
    "cancel": ("Đã hủy dự thảo. Các bản đã lưu vẫn còn trong lịch sử.",) * 2,
    "mark_reported": ("Đã ghi nhận báo cáo kỳ {period}.", "Đã ghi nhận báo cáo."),
    "open_period": ("Đã mở kỳ {period}.", "Đã mở kỳ mới."),
    "close": ("Đã kết thúc kế hoạch.",) * 2,
}
RECORDED = "Thao tác đã được ghi."


def result_of(step: str, **facts: object) -> str:
    """The sentence after `step`; the shorter one where a fact is missing, a plain one for an unknown step."""
    full, short = RESULTS.get(step, (RECORDED, RECORDED))
    present = {name: value for name, value in facts.items() if value not in (None, "")}
    try:
        return full.format_map(present)
    except KeyError:
        return short


def either(names: Sequence[str]) -> str:
    """As "A, B hoặc C": any one of them."""
    return " hoặc ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def capacity_name(code: str) -> str:
    """The name of a capacity, with or without the dot it is written with ("KT." and "KT" alike)."""
    return CAPACITIES.get(code.strip().rstrip(".").upper(), code)


RULES: Mapping[str, str] = {
    "escalate": "báo lên cấp trên khi quá thời hạn của bước",
    "escalate_head": "báo lên trưởng đơn vị khi quá thời hạn của bước",
    "escalate_deputy": "báo lên phó giám đốc khi quá thời hạn của bước",
    "escalate_reports": "báo lên trưởng đơn vị khi báo cáo quá hạn",
    "remind": "nhắc hạn báo cáo",
    "foresee": "báo trước văn bản sẽ dừng",
    "tick": "việc đến hạn theo thời gian",
    "mail": "gửi thư báo",
    "mark_reported": "mọi báo cáo của năm đã xong",
    "open_period": "sang năm báo cáo mới",
    "sign_in": "đăng nhập",
    "display": "ghi việc xem trang",
    "backup": "sao lưu",
    "console": "dòng lệnh",
    "demo": "dựng bản trình diễn",
    "feed": "lịch hạn đăng ký theo địa chỉ",
    "session": "phiên làm việc",
    "health": "kiểm tra tình trạng máy chủ",
}
"""What the system did by itself, by the name of the rule in the log."""


def rule_words(rule: str) -> str:
    """In words; "console:root" is a person at the machine, and is said so."""
    console, _, user = rule.partition(":")
    if console == "console" and user:
        return f"quản trị máy chủ ({user})"
    return RULES.get(rule, rule)


def period_name(key: str, year: int) -> str:
    """As `period_words`; of what is due once, that too."""
    return f"một lần, trong năm {year}" if key == "once" else period_words(key, year)


def period_title(key: str, year: int) -> str:
    """The same at the head of a line: "Quý III năm 2026"."""
    words = period_name(key, year)
    return words[:1].upper() + words[1:]
