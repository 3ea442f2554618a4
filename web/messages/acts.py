"""What was asked, as the words after "Chưa": so that each refusal first says what was not done."""

from collections.abc import Sequence

ACTS = {
    "submit": "trình",
    "submit_own": "trình",
    "withdraw": "rút trình",
    "forward": "chuyển người soạn",
    "return": "trả lại",
    "approve_content": "duyệt",
    "check_format": "xác nhận thể thức",
    "sign": "ký",
    "unsign": "rút chữ ký",
    "reject": "từ chối ban hành",
    "reassign": "chuyển người ký",
    "assign_number": "cấp số",
    "seal": "đóng dấu",
    "issue": "phát hành",
    "request_void": "đề nghị hủy số",
    "keep_number": "giữ số đã cấp",
    "void": "hủy số",
    "cancel": "hủy dự thảo",
    "accept": "nhận báo cáo",
    "mark_reported": "ghi nhận đã báo cáo",
    "open_period": "mở kỳ báo cáo mới",
    "close": "kết thúc kế hoạch",
    "agree_to_end": "đồng ý kết thúc kế hoạch",
    "hang_scan": "gắn bản quét",
    "create": "tạo dự thảo",
    "edit": "lưu nội dung",
    "take_in_reports": "lấy số liệu mới",
    "pass_draft": "giao người khác soạn",
    "remark": "ghi góp ý",
    "settle_remark": "ghi góp ý là đã giải quyết",
    "ask": "hỏi ý kiến",
    "remind": "nhắc",
    "report": "lập báo cáo",
    "aggregate": "lập báo cáo tổng hợp",
    "resolve_date": "xác định hạn",
    "correct_date": "sửa hạn đã xác định",
    "name_reporters": "xác định đơn vị báo cáo",
    "accept_as_ad_hoc": "ghi báo cáo khi có yêu cầu",
    "waive": "miễn báo cáo",
    "hand_over": "bàn giao nghĩa vụ báo cáo",
    "extend": "hẹn ngày nộp mới",
    "note_progress": "ghi tiến độ nhiệm vụ",
    "open_task": "ghi sự kiện mở nhiệm vụ",
    "upload_numbered": "gắn báo cáo đã ký, đóng dấu",
    "add_unit": "thêm đơn vị",
    "end_unit": "kết thúc đơn vị",
    "grant_authority": "giao quyền ký",
    "hand_over_key": "thay khóa ký mốc",
    "revoke_authority": "thu hồi quyền ký",
    "set_absence": "ghi vắng mặt",
    "end_absence": "kết thúc vắng mặt",
    "change_settings": "thay đổi thiết lập",
    "verify": "kiểm tra nhật ký",
    "set_address": "đặt địa chỉ thư",
    "make_feed": "tạo lịch",
}
"""By the id of a step or of an act that is no step."""

PAGES = {
    "accounts": "danh sách tài khoản",
    "coverage": "trang việc sẽ dừng",
    "mail": "trang thư gửi đi",
    "matrix": "trang tổng hợp báo cáo",
    "overview": "trang tổng quan",
    "queue": "trang văn thư",
}
"""What is only looked at: whoever may not see it attempted nothing that could be said to be undone."""

WHO = {
    "drafter": "người soạn thảo",
    "unit_head": "trưởng đơn vị soạn thảo",
    "returned_to": "người được trả lại",
    "signer": "người ký",
    "system": "hệ thống",
    "format_checker": "người kiểm tra thể thức",
    "clerk": "văn thư",
    "director": "người đứng đầu cơ quan",
    "deputy_director": "cấp phó của người đứng đầu",
    "chief_of_office": "Chánh Văn phòng",
    "dept_head": "trưởng phòng, đơn vị",
    "dept_deputy": "phó trưởng phòng, đơn vị",
    "unit_reporter": "người lập báo cáo của đơn vị",
    "auditor": "thanh tra, kiểm tra",
    "admin": "quản trị",
}
"""Relations of a step and roles of a post, in words."""


def not_done(act: str) -> str:
    """As "Chưa ký"; for an act without words of its own, that nothing was done; of a page, that it is not seen."""
    if act in PAGES:
        return f"Tài khoản này không xem được {PAGES[act]}"
    return f"Chưa {ACTS[act]}" if act in ACTS else "Chưa thực hiện"


def who(relations: Sequence[str]) -> str:
    return " hoặc ".join(dict.fromkeys(WHO.get(name, name) for name in relations))


def listed(names: Sequence[object], *, most: int = 5) -> str:
    """As "A; B; C và 4 người, đơn vị khác": a refusal stays a sentence even where many could act."""
    shown = "; ".join(str(name) for name in names[:most])
    return f"{shown} và {len(names) - most} tên khác" if len(names) > most else shown
