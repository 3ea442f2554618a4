"""A need that is not met, by its name in `workflow.rules`: why not, and what would help."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from textwrap import shorten
from typing import Any

from web.filters import vi_date, vi_datetime
from web.messages.acts import listed
from web.messages.faults import fault_sentence
from web.words import period_name

Facts = Mapping[str, Any]


def _faulty(facts: Facts) -> str:
    faults = [fault_sentence(fault) for fault in facts.get("faults", ())]
    return f"còn thiếu hoặc sai: {listed(faults)}" if faults else "nội dung chưa đủ"


def _choose(facts: Facts) -> str:
    could = facts.get("could") or ()
    return (
        f"Chọn một trong những người ký được: {listed(could)}."
        if could
        else "Hôm nay chưa có ai ký được văn bản này."
    )


NEEDS: dict[str, Callable[[Facts], str]] = {
    # Soạn thảo, trình
    "with_drafter": lambda facts: (
        "bản trả lại đang ở trưởng đơn vị. Chờ trưởng đơn vị sửa hoặc chuyển người soạn."
    ),
    "with_head": lambda facts: "bản trả lại không ở trưởng đơn vị. Người soạn sửa và trình lại.",
    "own_text": lambda facts: (
        "chỉ trưởng đơn vị trực tiếp soạn mới trình theo cách này. Người soạn trình trưởng đơn vị duyệt."
    ),
    "content_complete": lambda facts: f"{_faulty(facts)}. Sửa nội dung rồi trình lại.",
    "results_complete": lambda facts: f"{_faulty(facts)}. Ghi đủ kết quả rồi gửi lại.",
    "not_secret": lambda facts: "nội dung mang dấu độ mật. Văn bản mật soạn và gửi ngoài hệ thống này.",
    "never_signed": lambda facts: (
        "văn bản đã từng được ký nên không hủy như dự thảo. Người ký dùng Từ chối ban hành."
    ),
    # Tách bạch nhiệm vụ
    "not_author": lambda facts: (
        "người soạn không duyệt, không kiểm tra văn bản của mình. Nhờ người khác cùng thẩm quyền."
    ),
    "not_content_approver": lambda facts: (
        "người đã duyệt nội dung không làm tiếp bước này. Nhờ người khác cùng nhiệm vụ."
    ),
    "not_format_checker": lambda facts: (
        "người đã kiểm tra thể thức văn bản này không duyệt nội dung. Người phụ trách khác của đơn vị duyệt."
    ),
    "not_signer": lambda facts: "người ký không cấp số cho văn bản mình ký. Văn thư khác thực hiện.",
    "signer_stands_apart": lambda facts: (
        "người ký đã soạn, duyệt hoặc kiểm tra thể thức văn bản này. Dùng Chuyển người ký khác."
    ),
    "signer_apart_from_makers": lambda facts: (
        f"{facts.get('signer') or 'người ký đã chọn'} đã soạn, duyệt hoặc kiểm tra thể thức văn bản này. "
        f"{_choose(facts)}"
    ),
    "absent_apart": lambda facts: (
        f"{facts.get('absent') or 'người vắng mặt'} đã soạn hoặc đã xử lý văn bản này ở bước khác, nên người xử lý "
        "thay cũng không làm bước này. Nhờ người khác cùng thẩm quyền."
    ),
    # Duyệt và ký
    "content_approved": lambda facts: "nội dung hiện tại chưa được trưởng đơn vị duyệt. Trình duyệt lại.",
    "format_approved": lambda facts: (
        "thể thức của nội dung hiện tại chưa được xác nhận. Chuyển kiểm tra thể thức."
    ),
    "remarks_settled": lambda facts: (
        f"còn góp ý phải giải quyết{_held(facts)}. Đọc và giải quyết từng góp ý rồi thực hiện lại."
    ),
    "remark_open": lambda facts: "góp ý này đã được giải quyết. Tải lại văn bản; cần thì ghi góp ý mới.",
    "signature_valid": lambda facts: "chưa có chữ ký còn giá trị cho nội dung hiện tại. Chờ người ký ký lại.",
    "may_sign": lambda facts: "hôm nay không có phân công ký văn bản này. Dùng Chuyển người ký khác.",
    "signer_chosen": lambda facts: f"chưa chọn người ký. {_choose(facts)}",
    "signer_may_sign": lambda facts: f"người được chọn không ký được văn bản này hôm nay. {_choose(facts)}",
    "new_signer_may_sign": lambda facts: f"người ký mới không ký được văn bản này hôm nay. {_choose(facts)}",
    "proof_recent": lambda facts: (
        "cần xác nhận mật khẩu trong 15 phút gần đây. Nhập mật khẩu rồi thực hiện lại."
    ),
    "own_signature": lambda facts: "chữ ký này là của người khác. Chỉ người đã ký rút được chữ ký của mình.",
    "note_given": lambda facts: (
        f"cần ghi nội dung, lý do ít nhất {facts.get('minimum', 10)} ký tự. "
        "Ghi nội dung cần sửa hoặc lý do rồi thực hiện lại."
    ),
    # Văn thư
    "hold_over": lambda facts: (
        f"người ký còn rút lại được chữ ký đến {vi_datetime(facts.get('until'))}. Thực hiện sau thời điểm đó."
    ),
    "paper_confirmed": lambda facts: (
        "chưa xác nhận bản giấy đã có chữ ký. Kiểm tra bản giấy, đánh dấu xác nhận rồi cấp số."
    ),
    "date_in_order": lambda facts: (
        f"sổ đã có số mang ngày sau {vi_date(facts.get('today')) or 'hôm nay'}. "
        "Kiểm tra ngày giờ của máy chủ."
    ),
    "sealed": lambda facts: "văn bản chưa đóng dấu. Đóng dấu trước, sau đó phát hành.",
    "not_sealed": lambda facts: "văn bản đã đóng dấu rồi. Bước tiếp theo là Phát hành.",
    "has_recipients": lambda facts: "văn bản chưa có nơi nhận. Trả lại để bổ sung nơi nhận.",
    "void_requested": lambda facts: (
        "chưa có đề nghị hủy số của văn thư. Văn thư đề nghị trước, người ký xác nhận sau."
    ),
    "no_void_requested": lambda facts: (
        "số của văn bản đang được đề nghị hủy. Chờ người ký hoặc người đứng đầu quyết định."
    ),
    # Nhắc
    "with_somebody_else": lambda facts: "văn bản đang chờ chính tài khoản này. Mở văn bản để xử lý.",
    "somebody_there": lambda facts: (
        "hôm nay không có ai giữ chức vụ mà văn bản đang chờ. Báo Chánh Văn phòng để bố trí người."
    ),
    "not_reminded_today": lambda facts: (
        f"lần nhắc trước là của {facts.get('who') or 'người khác'}, lúc {vi_datetime(facts.get('at'))}. "
        f"Nhắc lại được từ ngày làm việc sau, {vi_date(facts.get('again'))}."
    ),
    # Báo cáo
    "units_accounted_for": lambda facts: _unaccounted(facts),
    "year_reported": lambda facts: f"kỳ báo cáo chưa xong: {_open(facts)}.",
    "new_year_due": lambda facts: "chưa sang năm báo cáo mới.",
    "obligations_settled": lambda facts: (
        f"nghĩa vụ báo cáo chưa xong: {_unsettled(facts)}. "
        "Báo cáo xong hoặc miễn kèm lý do, rồi kết thúc kế hoạch."
    ),
    "ending_agreed": lambda facts: (
        "chưa có ý kiến đồng ý kết thúc kế hoạch của người ký hoặc người đứng đầu"
        + (f". Người đồng ý được: {listed(facts.get('could') or ())}." if facts.get("could") else ".")
    ),
    "not_agreed_yet": lambda facts: (
        "tài khoản này đã ghi ý kiến đồng ý rồi. Chánh Văn phòng kết thúc kế hoạch."
    ),
    "collects_reports": lambda facts: (
        "văn bản này không lập từ báo cáo của đơn vị. Lập báo cáo tổng hợp ở trang Tổng hợp."
    ),
    "not_reported_yet": lambda facts: "kỳ này đã có báo cáo đang lập hoặc đã gửi. Mở báo cáo đó để làm tiếp.",
    "period_opened": lambda facts: f"kỳ này chưa mở. Lập báo cáo được từ ngày {vi_date(facts.get('opens'))}.",
    "needs_date": lambda facts: (
        "nghĩa vụ này đã có hạn hoặc đã ghi là báo cáo khi có yêu cầu. Tải lại trang để xem."
    ),
    "no_reporter": lambda facts: (
        "nghĩa vụ này đã có đơn vị phải báo cáo hoặc đã ghi là báo cáo khi có yêu cầu. Tải lại trang để xem."
    ),
    "date_may_change": lambda facts: (
        "hạn này do kế hoạch ghi, hoặc đã có báo cáo gửi theo hạn này; không sửa được nữa."
    ),
    "instance_open": lambda facts: "kỳ này đã báo cáo, đã được miễn hoặc đã bàn giao. Tải lại trang để xem.",
    "not_sent": lambda facts: (
        "đơn vị đã gửi báo cáo của kỳ này nên kỳ không còn miễn được. Nhận báo cáo hoặc yêu cầu bổ sung; "
        "báo cáo mà đơn vị đã hủy thì mới miễn."
    ),
    "event_came": lambda facts: (
        "nhiệm vụ còn chờ sự kiện. Văn phòng ghi văn bản, sự kiện đó trước; khi ấy đơn vị ghi tiến độ."
    ),
    "event_awaited": lambda facts: (
        "nhiệm vụ này không chờ sự kiện nào, hoặc sự kiện đã được ghi. Tải lại trang để xem."
    ),
    "own_seal": lambda facts: (
        "chỉ đơn vị trực thuộc có con dấu riêng mới gắn báo cáo đã cấp số. Lập báo cáo trên trang này và gửi như thường."
    ),
    "unit_ended": lambda facts: (
        f"{facts.get('unit') or 'đơn vị này'} đang hoạt động. Chỉ đơn vị đã kết thúc mới bàn giao."
    ),
    "successor_stands": lambda facts: (
        f"{facts.get('unit') or 'đơn vị này'} chưa có đơn vị kế thừa. Quản trị ghi đơn vị kế thừa trước."
    ),
    "owes": lambda facts: f"{facts.get('unit') or 'đơn vị này'} không còn nghĩa vụ báo cáo nào để bàn giao.",
}
"""Each is what follows "Chưa …: ", begins small and ends with a full stop."""


TAKE_IN = "Lấy số liệu mới của đơn vị"
"""The button of the editor."""


def _unaccounted(facts: Facts) -> str:
    """What the text does not say, or says wrongly; then the way on of whoever is refused."""
    newer, rowless, miscounted = (facts.get(name) or () for name in ("newer", "rowless", "miscounted"))
    told = []
    if newer:
        told.append(f"đã nhận báo cáo của: {listed(newer)}, văn bản này chưa lấy vào")
    if rowless:
        told.append(f"bảng kết quả không có dòng nào của: {listed(rowless)}, dù đã nhận báo cáo")
    if miscounted and not told:
        told.append(
            f"văn bản ghi đã nhận báo cáo của {miscounted[0]} đơn vị, theo số đã nhận và tên các đơn vị còn thiếu "
            f"thì là {miscounted[1]}"
        )
    if facts.get("units"):
        told.append(f"chưa có báo cáo của: {listed(facts['units'])}")
    wait = "Chờ nhận báo cáo, hoặc nêu các đơn vị này kèm lý do trong báo cáo."
    if facts.get("signing"):
        way = "Bấm Trả lại để người soạn lấy số liệu mới và trình lại."
    elif newer or rowless or miscounted:
        way = f"Mở trang Soạn, bấm “{TAKE_IN}”, xem lại rồi trình." + (
            f" {wait}" if facts.get("units") else ""
        )
    else:
        way = wait
    return f"{'; '.join(told) or 'báo cáo của các đơn vị chưa đủ'}. {way}"


def _held(facts: Facts) -> str:
    """Whose, and on which words: as ": Lê Minh Khoa (“Các đơn vị báo cáo.”)"."""
    told = [f"{item['who']} ({_quoted(item['quote'])})" for item in facts.get("remarks", ())]
    return f": {listed(told)}" if told else ""


def _quoted(text: str) -> str:
    """The first words of a paragraph; a long one is cut between words."""
    return f"“{shorten(text, 80, placeholder=' …')}”" if text else "cả văn bản"


def _open(facts: Facts) -> str:
    parts = []
    if facts.get("open"):
        parts.append(f"{facts['open']} báo cáo chưa có")
    if facts.get("needs_date"):
        parts.append(f"{facts['needs_date']} nghĩa vụ chưa xác định hạn")
    return ", ".join(parts) or "còn báo cáo của kỳ này"


_NAMED = 4
"""Duties a refusal names; of a plan with monthly reports the others are counted."""


def _unsettled(facts: Facts) -> str:
    """What bars the end of a plan: who still owes whom what, by when, and what else is left to decide."""
    owed = facts.get("owed") or ()
    parts = [_owed(item) for item in owed[:_NAMED]]
    if owed[_NAMED:]:
        parts.append(f"{sum(item['count'] for item in owed[_NAMED:])} báo cáo của các kỳ sau")
    if facts.get("under_way"):
        parts.append(f"{facts['under_way']} báo cáo của cơ quan đang lập, chưa phát hành")
    if facts.get("needs_date"):
        parts.append(f"{facts['needs_date']} nghĩa vụ chưa xác định hạn")
    if facts.get("unowed"):
        parts.append(f"{facts['unowed']} nghĩa vụ chưa có đơn vị báo cáo")
    return "; ".join(parts) or "còn báo cáo của kỳ này"


def _owed(item: Facts) -> str:
    """As "9 báo cáo năm 2026 của Các phòng, đơn vị thuộc Sở gửi Văn phòng Sở, hạn trước ngày 10/11/2026"."""
    last = date.fromisoformat(item["last_on_time"])
    due = (
        f"chậm nhất {vi_date(last)}"
        if item["inclusive"]
        else f"trước ngày {vi_date(last + timedelta(days=1))}"
    )
    of, to = item["reporter"] or "đơn vị", item["receiver"] or "cấp trên"
    return f"{item['count']} báo cáo {period_name(item['period'], item['year'])} của {of} gửi {to}, hạn {due}"
