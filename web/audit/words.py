"""The names of the log's actions and facts, as the history page says them; no rule reads them."""

from collections.abc import Iterator, Mapping
from typing import Any

from web.audit.faults import ROSTER
from web.filters import doc_type_name, vi_date, vi_datetime, vi_number
from web.messages.acts import WHO
from web.words import RESULT_STATUSES, capacity_name

ACT_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "soan": ("Soạn, sửa dự thảo", ("create", "import", "edit", "report", "aggregate", "pass_draft")),
    "gop-y": ("Góp ý, hỏi ý kiến", ("remark", "settle_remark", "ask")),
    "trinh": ("Trình, rút trình", ("submit", "submit_own", "withdraw", "forward")),
    "duyet": ("Duyệt nội dung, thể thức", ("approve_content", "check_format")),
    "tra-lai": ("Trả lại", ("return",)),
    "ky": ("Ký duyệt", ("sign",)),
    "rut-ky": ("Rút lại chữ ký", ("unsign",)),
    "chuyen-ky": ("Chuyển người ký", ("reassign",)),
    "tu-choi": ("Từ chối, hủy dự thảo", ("reject", "cancel")),
    "cap-so": ("Cấp số, đóng dấu, phát hành", ("assign_number", "seal", "issue", "hang_scan")),
    "huy-so": ("Hủy số", ("request_void", "void", "keep_number")),
    "bao-cao": (
        "Hạn và kỳ báo cáo",
        (
            "accept",
            "mark_reported",
            "open_period",
            "close",
            "agree_to_end",
            "resolve_date",
            "correct_date",
            "name_reporters",
            "accept_as_ad_hoc",
            "waive",
            "hand_over",
            "extend",
        ),
    ),
    "don-doc": ("Nhắc, báo lên cấp trên", ("remind", "escalate")),
    "nhiem-vu": (
        "Nhiệm vụ của kế hoạch",
        (
            "open_tasks",
            "open_task",
            "note_progress",
        ),
    ),
}
"""By the slug in the URL: a label and the actions of the stream `act` behind it."""

RIGHTS_GROUP: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "quyen": (
        "Thiết lập, thay đổi quyền",
        (
            "install_agency", "set_first_number", "add_person", "set_password", "disable_person", "hold_post",
            "leave_post", "grant_authority", "revoke_authority", "change_settings", "set_address", "add_unit", "end_unit",
            "set_absence", "end_absence", "hand_over_key",
        ),
    ),
}  # fmt: skip
"""Shown to those who may see changes of rights."""

ACCESS: Mapping[str, tuple[str, str]] = {
    "tu-choi-quyen": ("Từ chối quyền", "refused"),
    "xem": ("Xem, in, tải", "use"),
    "dang-nhap": ("Đăng nhập, đăng xuất", "sign_in"),
    "kiem-tra": ("Kiểm tra chuỗi", "verify"),
}
"""By the slug in the URL: a label and the kind of access entry."""

LOOKS: Mapping[str, tuple[str, str]] = {
    "sign": ("brand", "pen"), "unsign": ("warn", "back"), "return": ("warn", "back"), "withdraw": ("warn", "back"),
    "approve_content": ("ok", "check"), "check_format": ("ok", "check"), "accept": ("ok", "check"),
    "reject": ("bad", "cross"), "cancel": ("bad", "cross"), "void": ("bad", "cross"), "request_void": ("warn", "warn"),
    "refused": ("bad", "cross"), "sign_in_failed": ("warn", "warn"),
    "submit": ("", "send"), "submit_own": ("", "send"), "forward": ("", "send"), "reassign": ("", "send"),
    "assign_number": ("brand", "stamp"), "seal": ("brand", "stamp"), "issue": ("ok", "send"), "hang_scan": ("", "doc"),
    "escalate": ("warn", "warn"), "remind": ("", "send"),
    "remark": ("", "chat"), "settle_remark": ("ok", "chat"), "ask": ("", "chat"),
    "pass_draft": ("", "user"), "create": ("", "doc"), "import": ("", "doc"), "edit": ("", "doc"),
    "mark_reported": ("ok", "chart"), "open_period": ("", "calendar"), "close": ("", "check"),
    "agree_to_end": ("", "check"),
    "resolve_date": ("", "calendar"), "correct_date": ("warn", "calendar"), "name_reporters": ("", "calendar"),
    "accept_as_ad_hoc": ("", "calendar"), "waive": ("warn", "calendar"),
    "grant_authority": ("", "seal"), "revoke_authority": ("warn", "seal"), "install_agency": ("", "gear"),
    "change_settings": ("warn", "gear"), "hand_over": ("", "calendar"), "extend": ("", "calendar"),
    "note_progress": ("", "check"), "open_task": ("", "calendar"), "open_tasks": ("", "calendar"),
    "hand_over_key": ("warn", "seal"), "add_unit": ("", "gear"), "end_unit": ("warn", "gear"),
    "set_absence": ("", "calendar"), "end_absence": ("", "calendar"),
    "sign_in": ("", "user"), "sign_out": ("", "user"), "prove": ("", "user"), "verify": ("", "link"),
    "download": ("", "download"), "print": ("", "print"), "view": ("", "eye"),
}  # fmt: skip
"""Tone and icon of an action; the label beside them says the same in words."""

FACTS: Mapping[str, str] = {
    "from_label": "Từ trạng thái", "to_label": "Đến trạng thái", "needs": "Điều kiện đã được kiểm tra",
    "digest": "Mã nội dung", "digest_before": "Mã nội dung trước khi sửa", "revision": "Bản số", "round": "Vòng trình",
    "definition": "Quy trình", "meaning": "Ý nghĩa", "approves": "Loại chấp thuận", "title": "Chức danh khi quyết định",
    "format_check": "Có khâu kiểm tra thể thức", "signature_digest": "Mã chữ ký (nội dung, tư cách, căn cứ)",
    "signer": "Người ký được chọn", "signer_before": "Người ký trước đó", "withdrawn": "Chữ ký bị rút (mã chấp thuận)",
    "reference_no": "Số, ký hiệu", "dated": "Ngày văn bản", "register": "Dòng sổ đăng ký", "paper": "Bản giấy",
    "voided": "Số bị hủy", "recipients": "Nơi nhận", "obligations": "Nghĩa vụ báo cáo mở ra", "year": "Năm",
    "fulfils": "Kỳ báo cáo được hoàn thành", "obligation": "Nghĩa vụ", "source": "Nguồn", "due": "Hạn",
    "inclusive": "Tính cả ngày cuối", "unit": "Đơn vị", "period": "Kỳ", "person": "Người", "post": "Chức vụ",
    "from": "Từ", "to": "Đến", "basis": "Căn cứ", "login": "Tên đăng nhập", "name": "Tên", "kind": "Loại",
    "fields": "Lĩnh vực", "doc_types": "Loại văn bản", "for_document": "Cho văn bản số", "agency": "Cơ quan",
    "units": "Số đơn vị", "posts": "Số chức vụ", "people": "Số người", "authorities": "Số phân công ký",
    "settings": "Cài đặt", "series": "Dãy số", "first_number": "Số bắt đầu", "step": "Bước", "status": "Mã trả lời",
    "why": "Lý do", "rows": "Số dòng", "filters": "Bộ lọc", "format": "Dạng tệp", "full_text": "Đã mở toàn văn",
    "counts": "Đã kiểm tra (khớp/tổng)", "broken": "Số lỗi", "size": "Số sự kiện trong cây", "root": "Gốc cây",
    "first": "Sự kiện đứt đầu tiên", "named": "Các lỗi", "account_known": "Tài khoản có thật",
    "source_reference": "Số, ngày ghi trên văn bản nhập", "begun_from": "Soạn từ văn bản mã", "number": "Số",
    "collected": "Lập từ báo cáo đơn vị mã",
    "recorded": "Mã ghi",
    "task": "Nhiệm vụ mã", "tasks": "Số nhiệm vụ đã mở", "ref": "Mục", "stands": "Tình trạng", "figure": "Số liệu",
    "to_units": "Các đơn vị", "numbered": "Báo cáo đã ký, đóng dấu", "new_day": "Ngày nộp mới",
    "from_unit": "Từ đơn vị", "to_unit": "Sang đơn vị", "due_before": "Hạn trước đó",
    "periods": "Các kỳ", "periods_apart": "Các kỳ lập báo cáo riêng",
    "computed": "Mã tính lại", "where": "Chỗ", "document": "Văn bản", "code": "Mã", "id": "Mã", "version": "Phiên bản",
    "hash": "Mã băm", "state": "Trạng thái", "drafter": "Người soạn",
    "drafter_before": "Người soạn trước đó",
    "signed_by": "Người đã ký",
    "numbered_by": "Người cấp số", "issued_on": "Ngày văn bản", "returned_to": "Trả lại cho",
    "archive_unit": "Nơi lưu", "doc_type": "Loại văn bản", "given_at": "Cấp lúc", "signer_name": "Người ký",
    "caused_by": "Do sự kiện có mã", "sealed": "Đã đóng dấu", "void_requested": "Đang đề nghị hủy số",
    "subject": "Trích yếu", "file": "Tệp phát hành", "sha256": "Mã tệp (SHA-256)",
    "attached": "Tệp thêm", "detached": "Tệp bỏ", "quote": "Đoạn được góp ý", "on_revision": "Đọc ở bản số",
    "must_settle": "Phải giải quyết", "answers": "Trả lời góp ý mã", "settles": "Giải quyết góp ý mã",
    "told": "Đã báo cho", "reminded": "Đã nhắc", "asked": "Hỏi", "awaited": "Đang chờ", "state_label": "Trạng thái chờ",
    "waiting_since": "Chờ từ", "within": "Thời hạn (ngày làm việc)", "units_late": "Đơn vị chưa báo cáo",
    "key_before": "Khóa công khai trước", "key_after": "Khóa công khai mới",
    "roster": "Số dòng ghi mã để đối chiếu",
    "in_place_of": "Xử lý thay", "absence": "Lần vắng mặt mã", "substitute": "Người xử lý thay",
    "source_file": "Tệp gốc đã nhập (không lưu tệp)", "encoding": "Bảng mã",
}  # fmt: skip

APPROVES = {"content": "nội dung", "format": "thể thức", "signature": "chữ ký", "receipt": "đã nhận"}

HIDDEN = {"from", "to"}
"""Codes of states, where their labels stand beside them."""


def look_of(action: str) -> tuple[str, str]:
    return LOOKS.get(action, ("", "history"))


def told_facts(facts: Mapping[str, Any], needs: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Every fact as a name and words, lists as tuples of words; nothing is left out but repeated codes."""
    return list(_told(facts, needs))


def _told(facts: Mapping[str, Any], needs: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    order = list(FACTS)
    for key, value in sorted(
        facts.items(), key=lambda item: order.index(item[0]) if item[0] in FACTS else len(order)
    ):
        if (
            key == "place" and "on_revision" in facts
        ):  # a position in the stored text; the quote says it in words
            continue
        if (key in HIDDEN and f"{key}_label" in facts) or value in (None, "", [], {}):
            continue
        if key == "needs":
            value = [needs.get(str(item), str(item)) for item in value]
        elif key == "roster":  # the digests themselves are the verification's
            value = [f"{ROSTER.get(table, table)}: {vi_number(len(rows))}" for table, rows in value.items()]
        elif key == "approves":
            value = APPROVES.get(str(value), value)
        elif key == "stands":
            value = RESULT_STATUSES.get(str(value), value)
        elif key == "returned_to":
            value = WHO.get(str(value), value)
        elif key == "kind" and isinstance(value, str):
            value = capacity_name(value)
        elif key == "doc_types" and isinstance(value, list):
            value = [doc_type_name(str(item)) for item in value]
        yield FACTS.get(key, key), _words(value)


def _words(value: Any) -> Any:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int):
        return vi_number(value) if value >= 10_000 else str(value)
    if isinstance(value, dict):
        names = FACTS | ({"size": "Số byte"} if "sha256" in value else {})
        return tuple(
            f"{names.get(key, key)}: {_line(item)}" for key, item in value.items() if item not in (None, "")
        )
    if isinstance(value, list):
        return tuple(_line(item) for item in value)
    return _date_or_text(str(value))


def _line(value: Any) -> str:
    words = _words(value)
    return "; ".join(words) if isinstance(words, tuple) else str(words)


def _date_or_text(text: str) -> str:
    """Days and moments as people write them; everything else as it stands."""
    for read in (vi_date if len(text) == 10 else None, vi_datetime if text.endswith("+00:00") else None):
        if read:
            try:
                return read(text)
            except ValueError:
                return text
    return text
