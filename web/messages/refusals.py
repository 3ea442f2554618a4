"""Each class of error with its status (decisions.md 18) and its sentence; a class without one is a bug."""

from collections.abc import Callable
from typing import Any, TypeVar

from web.filters import vi_date
from web.messages.acts import PAGES, listed, not_done, who
from web.messages.faults import fault_sentence
from web.messages.needs import NEEDS
from web.messages.unreadable import unreadable_sentence
from web.words import DOC_TYPES, capacity_name, either
from workflow import errors
from workflow.log.checkpoint import BadCheckpoint
from workflow.log.entry import BadEntry
from workflow.log.key import BadKey
from workflow.log.receipt import BadReceipt

E = TypeVar("E", bound=errors.WorkflowError)
WORDS: dict[type[errors.WorkflowError], tuple[int, Callable[[Any], str]]] = {}


def sentence(error: errors.WorkflowError) -> tuple[int, str]:
    """The HTTP status and the Vietnamese sentence of this refusal; plain text, not yet escaped for HTML."""
    for kind in type(error).__mro__:
        if kind in WORDS:
            status, words = WORDS[kind]
            return status, words(error)
    raise LookupError(f"no sentence for {type(error).__name__}")


def says(kind: type[E], status: int) -> Callable[[Callable[[E], str]], Callable[[E], str]]:
    def register(words: Callable[[E], str]) -> Callable[[E], str]:
        WORDS[kind] = (status, words)
        return words

    return register


@says(errors.WorkflowError, 500)
def anything(error: errors.WorkflowError) -> str:
    return "Hệ thống gặp lỗi, thao tác chưa được ghi. Báo quản trị kèm thời điểm xảy ra."


@says(errors.NotFound, 404)
def not_found(error: errors.NotFound) -> str:
    return (
        "Không tìm thấy văn bản, hoặc văn bản không thuộc phạm vi được xem. "
        "Chưa có gì được ghi. Kiểm tra lại địa chỉ hoặc số."
    )


@says(errors.Refused, 422)
def refused(error: errors.Refused) -> str:
    return f"{not_done(error.step)}: điều kiện của bước này chưa đủ. Tải lại văn bản để xem lý do."


LATE = {
    ("sign", "signed"): "văn bản này đã được ký rồi.",
    ("unsign", "numbered"): "văn thư đã cấp số. Văn thư đề nghị hủy số nếu văn bản có sai sót.",
    ("unsign", "issued"): "văn bản đã phát hành. Sai sót được xử lý bằng văn bản khác.",
    ("withdraw", "signed"): "văn bản đã được ký. Người ký rút lại chữ ký trước.",
    ("assign_number", "numbered"): "văn bản đã có số.",
    ("remark", "signed"): "văn bản đã ký; góp ý chỉ nhận trước khi ký. Sai sót thì văn thư trả lại.",
    ("ask", "signed"): "văn bản đã ký; câu hỏi chỉ gửi trước khi ký.",
    ("settle_remark", "signed"): "văn bản đã ký; góp ý để lại như lúc ký.",
    ("edit", "awaiting_signature"): "văn bản đang chờ ký nên không sửa được. Trưởng đơn vị rút trình trước.",
    (
        "edit",
        "dept_review",
    ): "văn bản đang chờ trưởng đơn vị duyệt nên không sửa được. Người soạn rút trình trước.",
}


@says(errors.StepNotOpen, 409)
def step_not_open(error: errors.StepNotOpen) -> str:
    why = LATE.get((error.step, error.state))
    if why:
        return f"{not_done(error.step)}: {why}"
    return f"{not_done(error.step)}: văn bản không còn ở bước này. Tải lại văn bản để xem bước hiện tại."


@says(errors.RulesChanged, 409)
def rules_changed(error: errors.RulesChanged) -> str:
    return (
        f"{not_done(error.step)}: quy trình {error.definition} trên máy chủ không còn là bản mà văn bản này đang chạy. "
        "Báo quản trị khôi phục tệp quy trình đã công bố; thay đổi phải là một phiên bản mới."
    )


@says(errors.NotYourStep, 403)
def not_your_step(error: errors.NotYourStep) -> str:
    able = (
        f" Người làm được: {listed(error.who)}."
        if error.who
        else " Liên hệ Văn phòng để biết người phụ trách."
    )
    whose = who(error.by) or "người khác"
    right = "" if error.step in PAGES else ", tài khoản này không có quyền"
    return f"{not_done(error.step)}: việc này của {whose}{right}.{able}"


@says(errors.NeedUnmet, 422)
def need_unmet(error: errors.NeedUnmet) -> str:
    return f"{not_done(error.step)}: {NEEDS[error.need](error.facts)}"


REASONS: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "expired": lambda name, facts: (
        f"{_basis(facts)} giao {name} ký đã hết hiệu lực ngày {vi_date(facts.get('date'))}"
    ),
    "not_yet": lambda name, facts: (
        f"{_basis(facts)} giao {name} ký đến ngày {vi_date(facts.get('date'))} mới có hiệu lực"
    ),
    "revoked": lambda name, facts: (
        f"quyền ký {capacity_name(str(facts.get('kind', '')))} của {name} "
        f"đã thu hồi từ ngày {vi_date(facts.get('date'))}"
    ),
    "other_field": lambda name, facts: (
        f"{name} không được phân công ký lĩnh vực {facts.get('field', 'này')} ({_basis(facts)})"
    ),
    "other_type": lambda name, facts: (
        f"{name} không được giao ký loại văn bản "
        f"{DOC_TYPES.get(str(facts.get('doc_type')), 'này')} ({_basis(facts)})"
    ),
    "other_capacity": lambda name, facts: (
        f"hôm nay {name} không ký được văn bản này với tư cách {capacity_name(str(facts.get('kind', '')))}, "
        f"chỉ với tư cách {either([capacity_name(kind) for kind in facts.get('held', ())])}"
    ),
    "none": lambda name, facts: f"hôm nay không có văn bản nào giao {name} ký văn bản này",
}


@says(errors.NotEntitled, 403)
def not_entitled(error: errors.NotEntitled) -> str:
    name = str(error.facts.get("person") or "người này")
    why = REASONS[error.reason](name, error.facts)
    if error.could:
        return f"{not_done(error.step)}: {why}. Người ký được: {listed(error.could)}."
    nobody = "Hôm nay chưa có ai ký được; người đứng đầu cơ quan giao quyền ký trước."
    return f"{not_done(error.step)}: {why}. {nobody}"


def _basis(facts: dict[str, Any]) -> str:
    return str(facts.get("base_document") or "phân công")


@says(errors.ProofNeeded, 403)
def proof_needed(error: errors.ProofNeeded) -> str:
    if not error.minutes:
        return f"{not_done(error.step)}: cơ quan quy định nhập mật khẩu cho từng lần ký. Nhập mật khẩu rồi bấm lại."
    return (
        f"{not_done(error.step)}: lần xác nhận mật khẩu gần nhất đã quá {error.minutes} phút. "
        "Nhập mật khẩu để xác nhận rồi thực hiện lại."
    )


@says(errors.Stale, 409)
def stale(error: errors.Stale) -> str:
    if error.text_changed:
        return "Chưa thực hiện: nội dung đã thay đổi sau khi trang này mở. Xem thay đổi rồi thực hiện lại."
    return "Chưa thực hiện: văn bản đã chuyển bước sau khi trang này mở. Tải lại trang để xem bước hiện tại."


@says(errors.KeyReused, 422)
def key_reused(error: errors.KeyReused) -> str:
    return "Chưa thực hiện: biểu mẫu này đã được gửi với nội dung khác. Tải lại trang rồi thực hiện lại."


@says(errors.Invalid, 422)
def invalid(error: errors.Invalid) -> str:
    return f"Chưa lưu. Có lỗi cần sửa: {listed([fault_sentence(fault) for fault in error.faults])}."


@says(errors.Unreadable, 422)
def unreadable(error: errors.Unreadable) -> str:
    return unreadable_sentence(error.reason, error.facts)


@says(errors.Unprintable, 422)
def unprintable(error: errors.Unprintable) -> str:
    signs = listed([f"“{sign}” (U+{ord(sign):04X})" for sign in error.signs[:5]])
    more = f" và {len(error.signs) - 5} ký tự khác" if len(error.signs) > 5 else ""
    return (
        f"Chưa lập được tệp PDF: không phông chữ nào có ký tự {signs}{more}. "
        "Thay các ký tự này trong văn bản, hoặc báo quản trị đặt phông chữ của cơ quan (TRINHKY_FONT_DIR)."
    )


@says(errors.OutcomeUnknown, 503)
def outcome_unknown(error: errors.OutcomeUnknown) -> str:
    return (
        "Mất kết nối khi đang ghi nên chưa rõ thao tác đã được ghi hay chưa. "
        "Mở lại văn bản, xem lịch sử, rồi mới thực hiện lại nếu chưa có."
    )


@says(errors.TooBusy, 503)
def too_busy(error: errors.TooBusy) -> str:
    return "Hệ thống đang bận, thao tác chưa được ghi. Thử lại sau ít giây."


@says(errors.DefinitionError, 500)
def bad_definition(error: errors.DefinitionError) -> str:
    return f"Tệp định nghĩa có lỗi, chương trình chưa chạy. Sửa các chỗ sau rồi chạy lại:\n{error}"


@says(errors.SettingsError, 500)
def bad_settings(error: errors.SettingsError) -> str:
    return f"Cấu hình có lỗi, chương trình chưa chạy. Sửa rồi chạy lại: {error}"


@says(errors.UnsafeDatabase, 500)
def unsafe(error: errors.UnsafeDatabase) -> str:
    return f"Cơ sở dữ liệu chưa đủ điều kiện an toàn, chương trình chưa chạy. Sửa rồi chạy lại: {error}"


@says(errors.NewerRecord, 500)
def newer_record(error: errors.NewerRecord) -> str:
    return (
        "Chưa thực hiện và không ghi gì: dữ liệu này đã được một bản Trình ký mới hơn nâng cấp "
        f"(cấu trúc {error.present}, bản đang chạy chỉ biết đến {error.known}). "
        "Cài bản mới hơn đó rồi chạy lại."
    )


KEYS: dict[str, str] = {
    "absent": "máy này chưa có khóa đã ký các mốc trước. Đặt lại tệp checkpoint.key hoặc TRINHKY_CHECKPOINT_KEY "
    "như ở máy đã ký; đã mất hẳn thì chạy trinhky key hand-over",
    "other": "khóa của máy này không phải khóa đã ký các mốc trước. Mọi máy dùng chung dữ liệu đặt cùng một "
    "TRINHKY_CHECKPOINT_KEY",
    "permissions": "người khác đọc được tệp khóa. Đặt quyền 0600 cho tệp checkpoint.key",
    "form": "khóa sai dạng. Kiểm tra TRINHKY_CHECKPOINT_KEY hoặc tệp checkpoint.key",
    "key_id": "mã của khóa không đúng với khóa. Kiểm tra TRINHKY_CHECKPOINT_KEY hoặc tệp checkpoint.key",
}


@says(BadKey, 500)
def bad_key(error: BadKey) -> str:
    return (
        f"Khóa ký mốc kiểm chứng không dùng được, thao tác chưa được ghi: {KEYS[error.reason]}. Báo quản trị."
    )


@says(BadCheckpoint, 500)
def bad_checkpoint(error: BadCheckpoint) -> str:
    return (
        f"Mốc kiểm chứng không chứng minh được nhật ký ({error.reason}). Giữ nguyên dữ liệu và báo quản trị."
    )


@says(BadEntry, 500)
def bad_entry(error: BadEntry) -> str:
    return (
        f"Một mục nhật ký sai dạng ({error.reason}). Giữ nguyên dữ liệu, chạy Kiểm tra chuỗi và báo quản trị."
    )


@says(BadReceipt, 500)
def bad_receipt(error: BadReceipt) -> str:
    return f"Biên nhận không chứng minh được mục nhật ký ({error.reason}). Giữ biên nhận và báo quản trị."
