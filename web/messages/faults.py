"""What is wrong with one field, in words that say how to put it right."""

from collections.abc import Callable, Mapping
from typing import Any

from web.messages.tiers import tier_words
from web.words import DOC_TYPES, capacity_name
from workflow.errors import Fault

Facts = Mapping[str, Any]

PLACES = {
    "subject": "trích yếu",
    "sections": "nội dung",
    "recipients": "nơi nhận",
    "archive_line": "dòng Lưu",
    "field": "lĩnh vực",
    "signer": "người ký",
    "drafter": "người soạn",
    "results": "bảng kết quả",
    "doc_type": "loại văn bản",
    "login": "tên đăng nhập",
    "code": "mã cơ quan",
    "password": "mật khẩu",
    "first_number": "số bắt đầu",
    "due_month": "tháng của hạn",
    "due_day": "ngày của hạn",
    "source": "văn bản quy định hạn",
    "reason": "lý do",
    "valid_to": "ngày hết hiệu lực",
    "base_document": "văn bản làm căn cứ",
    "name": "họ và tên",
    "person": "người được giao",
    "doc_types": "loại văn bản được ký",
    "fields": "lĩnh vực được ký",
    "document": "văn bản được ký",
    "scan": "bản quét",
    "remark": "nội dung góp ý",
    "asked": "người được hỏi",
    "place": "đoạn được góp ý",
    "attachment": "tệp",
    "basis": "căn cứ",
    "unit": "đơn vị",
    "units": "đơn vị phải báo cáo",
    "named_by": "văn bản, ý kiến giao báo cáo",
    "unit_code": "mã đơn vị",
    "unit_name": "tên đơn vị",
    "unit_symbol": "ký hiệu đơn vị",
    "unit_kind": "loại đơn vị",
    "successor": "đơn vị kế thừa",
    "setting": "thiết lập",
    "email": "địa chỉ thư điện tử",
    "feed": "lịch",
    "progress": "tình trạng thực hiện",
    "done_so_far": "kết quả đã làm",
    "figure": "số liệu",
    "event": "văn bản, sự kiện",
    "last_day": "hạn hoàn thành",
    "new_day": "ngày nộp mới",
    "reference_no": "số, ký hiệu báo cáo",
    "dated": "ngày của báo cáo",
    "numbered": "tệp báo cáo đã ký, đóng dấu",
    "away_from": "ngày bắt đầu vắng",
    "away_to": "ngày cuối vắng",
    "substitute": "người xử lý thay",
    "absence": "lần vắng mặt",
}

EXACT: dict[tuple[str, str], str] = {
    ("subject", "missing"): "Ghi trích yếu",
    ("subject", "too_long"): "Rút trích yếu xuống còn không quá 500 ký tự",
    ("subject", "repeats_type"): "Bỏ tên loại văn bản ở đầu trích yếu",
    ("sections", "missing"): "Soạn nội dung: chưa có mục nào",
    (
        "sections",
        "secret_mark",
    ): "Văn bản mang dấu độ mật không được đưa vào hệ thống này; soạn và gửi theo quy định bảo vệ "
    "bí mật nhà nước",
    ("recipients", "missing"): "Ghi ít nhất một nơi nhận",
    ("archive_line", "missing"): "Ghi dòng Lưu ở cuối nơi nhận, ví dụ “Lưu: VT, VP.”",
    ("field", "missing"): "Chọn lĩnh vực của văn bản",
    ("drafter", "missing"): "Chọn người soạn tiếp",
    (
        "drafter",
        "not_fit",
    ): "Chọn người soạn khác: người này hôm nay không soạn thảo ở đơn vị, hoặc đã duyệt, kiểm tra, ký văn bản này",
    ("signer", "missing"): "Chọn người ký",
    ("signer", "unknown"): "Chọn người ký trong cơ quan: người đã chọn hôm nay không giữ chức vụ nào ở đây",
    ("results", "missing"): "Ghi kết quả: bảng kết quả chưa có dòng nào",
    ("source", "missing"): "Ghi văn bản quy định hạn này",
    ("units", "missing"): "Chọn ít nhất một đơn vị phải báo cáo",
    (
        "units",
        "unknown",
    ): "Chọn lại đơn vị: chỉ nhận đơn vị đang hoạt động của cơ quan, không kể nơi tổng hợp",
    ("named_by", "missing"): "Ghi văn bản hoặc ý kiến chỉ đạo giao các đơn vị này báo cáo",
    ("valid_to", "tuq_must_end"): "Ghi ngày hết hiệu lực: thừa ủy quyền phải có thời hạn",
    ("valid_to", "before_start"): "Chọn ngày hết hiệu lực không trước ngày bắt đầu",
    ("base_document", "missing"): "Ghi văn bản làm căn cứ giao quyền ký",
    ("setting", "unchanged"): "Nêu giá trị khác: thiết lập đang đúng như vậy",
    ("due_month", "out_of_range"): "Chọn tháng từ 1 đến 12",
    ("asked", "missing"): "Chọn người được hỏi",
    ("attachment", "missing"): "Chọn một tệp có nội dung",
    ("attachment", "too_large"): "Chọn tệp không quá 20 MB",
    ("attachment", "unknown"): "Chọn lại tệp: văn bản này không có tệp đó",
    ("progress", "missing"): "Chọn tình trạng thực hiện",
    ("reason", "missing"): "Ghi lý do chưa thực hiện",
    ("new_day", "too_soon"): "Chọn ngày nộp mới sau hạn ban đầu và không trước hôm nay",
    ("new_day", "too_late"): "Chọn ngày nộp mới trong vòng một năm, tính từ hạn ban đầu hoặc từ hôm nay",
    ("dated", "future"): "Chọn ngày của báo cáo không sau hôm nay",
    (
        "login",
        "form",
    ): "Ghi tên đăng nhập bằng chữ thường không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới hoặc @, không có "
    "khoảng trắng, ví dụ lan.nguyen",
    ("reference_no", "form"): "Ghi số, ký hiệu như trên báo cáo, ví dụ 45/BC-TTKT",
    ("numbered", "not_pdf"): "Chọn tệp PDF của báo cáo đã ký, đóng dấu",
    ("place", "unknown"): "Chọn lại đoạn được góp ý: bản này không có đoạn đó",
    ("scan", "missing"): "Chọn tệp PDF của bản quét",
    ("scan", "too_large"): "Quét lại với độ phân giải thấp hơn: tệp lớn hơn 20 MB",
    ("scan", "not_pdf"): "Chọn tệp PDF: tệp đã chọn không phải PDF, dù tên nó là gì",
    ("scan", "already"): "Văn bản này đã có bản quét; bản đã gắn không thay được",
}

BY_RULE: dict[str, Callable[[str, Facts], str]] = {
    "no_address": lambda place, facts: "Ghi đúng một địa chỉ thư điện tử, ví dụ lan@hoa-an.example",
    "too_many_feeds": lambda place, facts: (
        f"Thu hồi bớt địa chỉ lịch: mỗi người có không quá {facts.get('most', 10)} địa chỉ"
    ),
    "before_first": lambda place, facts: f"Chọn {place} không trước ngày bắt đầu",
    "too_far": lambda place, facts: (
        f"Chọn {place} trong vòng {facts.get('most', 366)} ngày kể từ ngày bắt đầu; vắng lâu hơn thì cơ quan cử người "
        "giữ chức vụ"
    ),
    "overlaps": lambda place, facts: (
        "Chọn những ngày chưa ghi vắng mặt: đã có một lần vắng mặt trùng ngày, kết thúc lần đó trước"
    ),
    "not_fit": lambda place, facts: (
        f"Chọn {place} khác: người này không cùng đơn vị, không thuộc lãnh đạo cơ quan hoặc không giữ chức vụ "
        "làm được việc này"
    ),
    "no_reader": lambda place, facts: f"Chọn {place} khác: người này không xem được văn bản",
    "away_too": lambda place, facts: f"Chọn {place} khác: người này cũng vắng mặt suốt những ngày đó",
    "over": lambda place, facts: "Tải lại trang: lần vắng mặt này đã kết thúc",
    "unchanged": lambda place, facts: f"Ghi {place} khác với hiện nay",
    "ended": lambda place, facts: f"Chọn {place} khác: đơn vị này đã kết thúc",
    "aggregates": lambda place, facts: f"Chọn {place} khác: đây là đơn vị tổng hợp báo cáo của cơ quan",
    "past": lambda place, facts: f"Chọn {place} từ hôm nay trở đi",
    "too_soon": lambda place, facts: EXACT["new_day", "too_soon"],
    "too_late": lambda place, facts: EXACT["new_day", "too_late"],
    "future": lambda place, facts: f"Chọn {place} không sau hôm nay",
    "form": lambda place, facts: f"Ghi lại {place} theo mẫu",
    "already": lambda place, facts: f"Giữ {place} đã có: không thay được",
    "too_large": lambda place, facts: (
        f"Chọn {place} nhỏ hơn: giới hạn {int(facts.get('most', 0)) // 1024 // 1024} MB"
    ),
    "not_pdf": lambda place, facts: f"Chọn {place} là tệp PDF",
    "unprintable": lambda place, facts: (
        f"Thay các ký tự không in được trong văn bản: {facts.get('signs') or 'biểu tượng, chữ của ngôn ngữ khác'}"
    ),
    "missing": lambda place, facts: f"Ghi {place}",
    "too_long": lambda place, facts: f"Rút ngắn {place}",
    "out_of_range": lambda place, facts: f"Chọn {place} từ 1 đến {facts.get('longest', 31)}",
    "unknown_setting": lambda place, facts: (
        f"Không có thiết lập “{facts.get('name', '')}”; các thiết lập: {', '.join(facts.get('known') or ())}"
    ),
    "not_allowed": lambda place, facts: (
        f"{facts.get('name', '')} không nhận “{facts.get('value', '')}”; ghi {_allowed(facts.get('allowed') or [])}"
    ),
    "drops_period": lambda place, facts: "Chọn ngày khác: với ngày này một kỳ đã lập không còn phải báo cáo",
    "tiers_order": lambda place, facts: (
        f"Hạn {tier_words(facts.get('lower') or {})} phải trước hạn {tier_words(facts.get('upper') or {})}"
    ),
    "kind": lambda place, facts: "Chọn tệp loại khác: chỉ nhận PDF, DOCX, XLSX, PPTX, PNG, JPG, TXT, CSV",
    "legacy": lambda place, facts: (
        "Lưu tệp theo định dạng mới (.docx, .xlsx, .pptx) rồi chọn lại: định dạng cũ có thể mang macro hoặc mật khẩu"
    ),
    "macro": lambda place, facts: "Lưu tệp không kèm macro rồi chọn lại: tệp có macro không nhận",
    "locked": lambda place, facts: "Bỏ mật khẩu của tệp rồi chọn lại",
    "damaged": lambda place, facts: "Mở tệp, lưu lại rồi chọn lại: tệp hỏng hoặc đóng gói sai",
    "too_packed": lambda place, facts: "Chọn tệp khác: tệp này bung ra lớn bất thường",
    "wrong_ending": lambda place, facts: (
        f"Kiểm tra lại tệp: nội dung là loại .{facts.get('ending', '')}, tên tệp lại ghi khác"
    ),
    "same_file": lambda place, facts: f"Chọn tệp khác: tệp này đã kèm với tên “{facts.get('name', '')}”",
    "same_name": lambda place, facts: (
        f"Đổi tên tệp: đã có tệp tên “{facts.get('name', '')}”; muốn thay thì bỏ tệp cũ trước"
    ),
    "too_many": lambda place, facts: f"Bỏ bớt tệp: mỗi văn bản kèm không quá {facts.get('most', 20)} tệp",
    "too_much": lambda place, facts: (
        f"Bỏ bớt tệp: các tệp kèm theo cộng lại không quá {_megabytes(facts)} MB"
    ),
    "kept_too_much": lambda place, facts: (
        f"Không thêm được tệp: các tệp từng kèm, kể cả tệp đã bỏ, cộng lại không quá {_megabytes(facts)} MB"
    ),
    "too_short": lambda place, facts: f"Ghi {place} dài ít nhất {facts.get('minimum', 10)} ký tự",
    "exists": lambda place, facts: (
        f"Chọn {place} khác: “{facts.get('login') or facts.get('code', '')}” đã có người dùng"
    ),
    "book_open": lambda place, facts: (
        f"Sổ {facts.get('series', '')} năm {facts.get('year', '')} đã mở hoặc số bắt đầu nhỏ hơn 1; "
        "số tiếp theo do sổ định"
    ),
    "other_procedure": lambda place, facts: (
        f"Chọn loại văn bản mà quy trình này nhận: {', '.join(_types(facts)) or 'xem lại danh mục'}"
    ),
    "secret_mark": lambda place, facts: EXACT["sections", "secret_mark"],
    "status_missing": lambda place, facts: f"Chọn tình trạng thực hiện cho {place}",
    "reason_missing": lambda place, facts: f"Ghi lý do chưa thực hiện cho {place}",
    "result_missing": lambda place, facts: f"Ghi kết quả cho {place}",
    "tuq_must_end": lambda place, facts: EXACT["valid_to", "tuq_must_end"],
    "before_start": lambda place, facts: EXACT["valid_to", "before_start"],
    "repeats_type": lambda place, facts: EXACT["subject", "repeats_type"],
    "unknown": lambda place, facts: (
        f"Chọn lại {place}: {facts.get('value', 'giá trị này')} không có trong danh mục"
    ),
    "not_read_again": lambda place, facts: (
        f"Chọn chữ khác thay “{facts.get('value', '')}”: khi văn bản được nhập lại, hệ thống phải đọc ra được dòng đó, "
        "ví dụ “Đơn vị chủ trì”, “Cơ quan thực hiện”, “Thời gian hoàn thành”"
    ),
    "must_be_limited": lambda place, facts: (
        "Nêu lĩnh vực, loại văn bản hoặc văn bản được ký: quyền này phải có giới hạn"
    ),
    "no_seat_for_this": lambda place, facts: (
        f"Chọn người khác: người này hôm nay không giữ chức vụ ký được với {capacity_name(str(facts.get('kind', '')))}"
    ),
}
"""For any place; a rule that is not here has no sentence, and a test says so."""


def fault_sentence(fault: Fault | Mapping[str, Any]) -> str:
    """One fault as the words beside its field, without a full stop; KeyError for a rule that has no words."""
    if isinstance(fault, Fault):
        place, rule, facts = fault.place, fault.rule, fault.facts
    else:
        place, rule, facts = str(fault.get("place", "")), str(fault["rule"]), fault.get("facts") or {}
    return EXACT.get((place, rule)) or BY_RULE[rule](place_name(place), facts)


def place_name(place: str) -> str:
    """As "mục II.1.a" for a line of a table of results, "trích yếu" for a field."""
    head, _, ref = place.partition(".")
    if head == "results":
        return f"mục {ref}" if ref else "dòng kết quả"
    return PLACES.get(head, head)


def _allowed(values: list[str] | list[int]) -> str:
    if all(isinstance(value, int) for value in values):
        return f"số nguyên từ {values[0]} đến {values[-1]}" if values else "một dòng chữ"
    return f"một trong: {', '.join(str(value) for value in values)}"


def _megabytes(facts: Facts) -> int:
    return int(facts.get("most") or 0) // (1024 * 1024)


def _types(facts: Facts) -> list[str]:
    return [DOC_TYPES.get(code, code) for code in facts.get("allowed", ())]
