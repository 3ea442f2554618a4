"""What the lint found, each in one Vietnamese sentence: what stands there, and what to write instead."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from web.filters import vi_date
from web.messages.tiers import due_day, tier_words
from workflow.lint import Finding

Facts = Mapping[str, Any]

NAMED = ("phần", "chương", "mục", "điều")
_GAP = re.compile(r"(\S+)[ \t\u00a0]{2,}(\S+)")
GONE = {
    "voided": "mang số đã hủy trong sổ",
    "closed": "đã kết thúc thực hiện",
    "recalled": "đã bị thu hồi",
    "superseded": "đã bị thay thế",
}
LACKING = {"number": "số, ký hiệu", "date": "ngày ban hành"}


def _refs(facts: Facts) -> str:
    refs = list(facts.get("refs", ()))
    said = ", ".join(refs[:12]) + (f" và {len(refs) - 12} mục khác" if len(refs) > 12 else "")
    return _part(said) if said else "Có nhiệm vụ"


def _part(ref: str) -> str:
    """ "Mục II.1.a", but "Điều 2" and "Phần III.3" bear their word already."""
    word = ref.split()[0].lower()
    return f"{ref[0].upper()}{ref[1:]}" if word in NAMED else f"Mục {ref}"


def _whose(facts: Facts) -> str:
    successor = facts.get("successor")
    return f"; việc đã chuyển về {successor}" if successor else ""


def _ended(facts: Facts) -> str:
    source = facts.get("source")
    basis = f" ({source})" if source else ""
    return f"“{facts.get('name', '')}” ngừng hoạt động sau ngày {vi_date(facts.get('until'))}{basis}{_whose(facts)}"


def _changed(facts: Facts) -> str:
    return f"“{facts.get('before', '')}” → “{facts.get('after', '')}”"


def _gap(words: str) -> str:
    """A page shows two blanks as one, so the words on either side say where they are."""
    found = _GAP.search(words)
    return f"Thừa dấu cách giữa “{found[1]}” và “{found[2]}”" if found else "Thừa dấu cách giữa hai chữ"


SENTENCES: dict[str, Callable[[Facts], str]] = {
    # Quốc hiệu, cơ quan
    "motto_form": lambda f: f"Quốc hiệu, Tiêu ngữ viết đúng từng chữ: {_changed(f)}",
    "motto_missing": lambda f: "Tệp không có Quốc hiệu, Tiêu ngữ ở đầu văn bản",
    "agency_missing": lambda f: (
        f"Tệp không ghi tên cơ quan ban hành phía trên số, ký hiệu ({f.get('meant', '')})"
    ),
    "agency_other": lambda f: (
        f"Văn bản là của “{f.get('said', '')}” nhưng đang xét theo “{f.get('meant', '')}”: ký hiệu, địa danh, tên đơn "
        "vị chưa được kiểm tra; chọn đúng cơ quan hoặc sửa tên"
    ),
    # Phần đầu
    "type_unknown": lambda f: "Chọn tên loại văn bản: tên loại này không có trong 29 loại văn bản hành chính",
    "symbol_missing": lambda f: f"Chưa ghi ký hiệu; văn bản này mang ký hiệu {f.get('meant', '')}",
    "symbol_form": lambda f: (
        f"Văn bản ghi ký hiệu {f.get('said', '')}; ký hiệu của loại văn bản này ở cơ quan là {f.get('meant', '')}"
    ),
    "symbol_spacing": lambda f: f"Bỏ dấu cách trong số, ký hiệu: {_changed(f)}",
    "number_zero": lambda f: f"Số nhỏ hơn 10 ghi thêm số 0 phía trước: {_changed(f)}",
    "place_missing": lambda f: f"Chưa ghi địa danh; cơ quan này ghi “{f.get('meant', '')}”",
    "place_form": lambda f: (
        f"Văn bản ghi địa danh “{f.get('said', '')}”; địa danh của cơ quan này là “{f.get('meant', '')}”"
    ),
    "date_zero": lambda f: f"Ngày nhỏ hơn 10 và tháng 1, 2 ghi thêm số 0 phía trước: {_changed(f)}",
    "subject_missing": lambda f: "Ghi trích yếu nội dung văn bản",
    "subject_long": lambda f: (
        f"Rút trích yếu xuống còn không quá {f.get('most', 500)} ký tự (đang có {f.get('length', '')})"
    ),
    "subject_repeats_type": lambda f: (
        f"Bỏ chữ “{f.get('type', '')}” ở đầu trích yếu: tên loại đã in ở dòng trên"
    ),
    "subject_stop": lambda f: "Bỏ dấu câu ở cuối trích yếu",
    "sections_missing": lambda f: "Soạn nội dung: chưa có mục nào",
    "number_in_text": lambda f: (
        f"Bỏ dòng “{f.get('words', '')}” trong nội dung: số và ngày do văn thư cấp sau khi ký, hệ thống tự in"
    ),
    # Căn cứ
    "basis_incomplete": lambda f: (
        f"Căn cứ “{f.get('words', '')}” chưa ghi {' và '.join(LACKING.get(x, x) for x in f.get('lacking', ()))}"
    ),
    "basis_issuer": lambda f: f"Căn cứ “{f.get('words', '')}” chưa ghi cơ quan ban hành",
    "basis_lines": lambda f: "Tách căn cứ này: mỗi căn cứ viết một dòng riêng",
    "basis_end": lambda f: (
        f"Dòng căn cứ này phải kết thúc bằng dấu “{f.get('meant', ';')}”, đang là “{f.get('said', '')}”"
    ),
    "basis_upright": lambda f: f"Căn cứ “{f.get('words', '')}” phải in chữ nghiêng",
    "basis_disagrees": lambda f: (
        f"Dòng căn cứ ghi {f.get('said', '')} nhưng dữ liệu đi kèm ghi {f.get('kept', '')}; sửa cho khớp"
    ),
    "basis_gone": lambda f: (
        f"Căn cứ {f.get('number', '')} {GONE.get(f.get('state', ''), 'không còn hiệu lực')}"
    ),
    "basis_order": lambda f: (
        f"Căn cứ “{f.get('words', '')}” có hiệu lực cao hơn căn cứ đứng trước (“{f.get('before', '')}”); xếp lại thứ tự"
    ),
    # Bố cục
    "label_order": lambda f: (
        f"Sau mục {f.get('before')} là mục {f.get('label', '')}; mục tiếp theo phải là {f.get('meant', '')}"
        if f.get("before")
        else f"Mục đầu tiên ở đây đánh {f.get('label', '')}; bắt đầu từ {f.get('meant', '')}"
    ),
    "label_alphabet": lambda f: (
        f"Theo thứ tự chữ cái tiếng Việt, sau điểm {f.get('before', '')} là điểm {f.get('meant', '')}, "
        f"không phải {f.get('label', '')}"
    ),
    "label_depth": lambda f: (
        f"Mục {f.get('label', '')} nằm trong mục {f.get('above', '')}; thứ tự các bậc là I, 1, a, gạch đầu dòng"
    ),
    "heading_stop": lambda f: "Bỏ dấu câu ở cuối tiêu đề",
    "section_empty": lambda f: f"Mục {f.get('label', '')} chưa có nội dung; viết tiếp hoặc bỏ mục",
    "section_bare": lambda f: f"Mục “{f.get('title', '')}” mới có tiêu đề, chưa có nội dung",
    "end_missing": lambda f: "Kết thúc nội dung bằng dấu “./.”",
    "end_early": lambda f: "Dấu “./.” chỉ đặt ở cuối toàn bộ nội dung; ở đây dùng dấu chấm",
    # Nhiệm vụ, thời hạn
    "task_without_lead": lambda f: f"{_refs(f)} chưa ghi đơn vị chủ trì",
    "task_without_time": lambda f: f"{_refs(f)} chưa ghi thời gian thực hiện",
    "task_without_card": lambda f: (
        f"{_refs(f)} chưa có thẻ nhiệm vụ: văn bản chưa nói ai chủ trì, khi nào xong"
    ),
    "task_date_elsewhere": lambda f: (
        f"Thời gian in trên văn bản là “{f.get('said', '')}” nhưng thẻ nhiệm vụ theo dõi đến ngày "
        f"{vi_date(f.get('kept'))}; sửa cho khớp"
    ),
    "day_unreal": lambda f: f"“{f.get('words', '')}” là ngày không có trong lịch",
    "tiers_order": lambda f: (
        f"Hạn {tier_words(f.get('lower', {}))} phải trước hạn {tier_words(f.get('upper', {}))}"
    ),
    "due_not_in_text": lambda f: (
        f"Hạn báo cáo {f.get('to', '')} ({due_day(f)}) không có trong lời văn của mục này; ghi hạn vào câu hoặc sửa thẻ"
    ),
    "due_without_card": lambda f: (
        f"Câu này nêu hạn gửi {f.get('to', '')} ({due_day(f)}) nhưng mục chưa có thẻ báo cáo: hệ thống không theo dõi, "
        "không nhắc hạn này"
    ),
    # Nơi nhận
    "recipients_missing": lambda f: "Ghi ít nhất một nơi nhận",
    "archive_missing": lambda f: "Ghi dòng Lưu ở cuối nơi nhận, ví dụ “Lưu: VT, VP.”",
    "archive_form": lambda f: "Dòng Lưu viết “Lưu: VT, ” rồi đến chữ viết tắt của đơn vị soạn thảo",
    "archive_unit": lambda f: (
        f"Dòng Lưu chưa có chữ viết tắt của đơn vị soạn thảo ({f.get('meant')})"
        if f.get("meant")
        else "Dòng Lưu chưa có chữ viết tắt của đơn vị soạn thảo thuộc cơ quan này"
    ),
    "recipient_stop": lambda f: "Bỏ dấu đầu dòng, cuối dòng của nơi nhận: hệ thống tự đặt khi in",
    "recipient_repeated": lambda f: f"“{f.get('name', '')}” được ghi hai lần trong nơi nhận",
    # Chữ ký
    "capacity_spacing": lambda f: f"Thêm dấu cách sau chữ viết tắt quyền hạn: {_changed(f)}",
    "capacity_form": lambda f: (
        f"Dưới dòng “{f.get('words', '')}” phải là chức vụ của cấp phó ký thay, ví dụ PHÓ GIÁM ĐỐC"
    ),
    "capacity_title": lambda f: (
        f"Cấp phó của cơ quan này ký “{f.get('meant', '')}”, không phải “{f.get('words', '')}”"
    ),
    "capacity_case": lambda f: f"Quyền hạn, chức vụ viết chữ in hoa: {_changed(f)}",
    "signer_missing": lambda f: "Chưa ghi họ tên người ký",
    "signer_degree": lambda f: (
        f"Không ghi “{f.get('words', '')}” trước họ tên người ký, trừ ngành được phép ghi"
    ),
    "signer_case": lambda f: f"Họ tên người ký viết chữ in thường: {_changed(f)}",
    # Cách viết
    "day_zero": lambda f: f"Ngày nhỏ hơn 10 và tháng 1, 2 ghi thêm số 0 phía trước: {_changed(f)}",
    "cited_zero": lambda f: f"Số văn bản nhỏ hơn 10 ghi thêm số 0 phía trước: {_changed(f)}",
    "not_nfc": lambda f: "Chữ ở đây gõ theo bảng mã tổ hợp; đổi về Unicode dựng sẵn",
    "double_space": lambda f: _gap(str(f.get("before", ""))),
    "space_before": lambda f: f"Bỏ dấu cách trước dấu câu: “{f.get('before', '')}”",
    "space_after": lambda f: f"Thêm dấu cách sau dấu câu: {_changed(f)}",
    "repeated_word": lambda f: f"Lặp từ: {_changed(f)}",
    "doubled_stop": lambda f: f"Thừa dấu câu: {_changed(f)}",
    "mixed_quotes": lambda f: f"Văn bản dùng cả hai kiểu ngoặc kép; thống nhất kiểu “ ”: {_changed(f)}",
    "tone_style": lambda f: (
        f"Văn bản viết cả “{f.get('old', '')}” và “{f.get('new', '')}”; chọn một cách đặt dấu thanh cho cả văn bản"
    ),
    "scan_slip": lambda f: f"Có thể gõ hoặc nhận dạng nhầm: {_changed(f)}",
    # Viện dẫn
    "cited_dates": lambda f: f"Một văn bản được ghi hai ngày khác nhau: {' | '.join(f.get('raws', ()))}",
    "cited_issuers": lambda f: f"Một văn bản được ghi hai cơ quan ban hành: {' | '.join(f.get('raws', ()))}",
    "cited_numbers": lambda f: (
        f"Cùng loại, ngày, cơ quan và trích yếu nhưng khác số: {' | '.join(f.get('raws', ()))}"
    ),
    "cited_year": lambda f: (
        f"“{f.get('raw', '')}”: ký hiệu mang năm {f.get('year', '')} nhưng ngày ghi là {vi_date(f.get('date'))}"
    ),
    "cited_future": lambda f: (
        f"“{f.get('raw', '')}” mang ngày {vi_date(f.get('date'))}, sau ngày kiểm tra ({vi_date(f.get('on'))})"
    ),
    "cited_known": lambda f: (
        f"“{f.get('raw', '')}”: văn bản có số này trong hệ thống ban hành ngày {vi_date(f.get('known'))}"
    ),
    "cited_known_number": lambda f: (
        f"“{f.get('raw', '')}”: văn bản mang ngày và trích yếu này trong hệ thống có số {f.get('known', '')}"
    ),
    # Đơn vị
    "unit_ended": lambda f: f"{_ended(f)}; giao việc cho đơn vị đang hoạt động",
    "unit_ended_mentioned": lambda f: _ended(f),
    "body_dissolved": lambda f: f"{_ended(f)}; ghi lại cơ quan",
    "body_dissolved_mentioned": lambda f: _ended(f),
    "unit_like": lambda f: f"“{f.get('name', '')}” không có trong danh mục; có thể là “{f.get('meant', '')}”",
}
"""For each code of the lint; a code that is not here has no words, and a test says so."""

FIELDS = {
    "subject": "Trích yếu",
    "symbol": "Ký hiệu",
    "place": "Địa danh",
    "head": "Phần đầu văn bản",
    "signer": "Khối chữ ký",
    "sections": "Nội dung",
    "recipients": "Nơi nhận",
    "archive_line": "Dòng Lưu",
}
LISTS = {
    "addressees": "Kính gửi, dòng {}",
    "bases": "Căn cứ {}",
    "opening": "Mở đầu, đoạn {}",
    "results": "Bảng kết quả, dòng {}",
    "missing_units": "Đơn vị chưa báo cáo, dòng {}",
    "closing": "Phần kết, đoạn {}",
    "sections": "Mục {}",
    "recipients": "Nơi nhận, dòng {}",
    "annexes": "Phụ lục {}",
}


def lint_sentence(finding: Finding) -> str:
    """One finding in words, without a full stop; KeyError for a code that has none."""
    return SENTENCES[finding.code](finding.facts)


def lint_place(finding: Finding) -> str:
    """Where it stands, as a reader finds it: "Mục II.1.a", "Căn cứ 2", "Dòng Lưu"."""
    root, _, path = finding.place.partition("/")
    if finding.ref:
        return f"Bảng kết quả, mục {finding.ref}" if root == "results" else _part(finding.ref)
    return LISTS[root].format(int(path.split("/")[0]) + 1) if path else FIELDS.get(root, root)
