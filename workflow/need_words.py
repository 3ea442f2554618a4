"""The needs of a procedure in the words of a table: what must be true. The web's refusals say more, and what to do."""

NEED_WORDS = {
    "with_drafter": "văn bản đang ở người soạn",
    "with_head": "văn bản đã trả về trưởng đơn vị",
    "own_text": "chính người trình đã soạn hoặc sửa văn bản",
    "content_complete": "đủ trích yếu, nội dung, lĩnh vực, nơi nhận, dòng Lưu và người ký",
    "results_complete": "mỗi nhiệm vụ đã ghi kết quả hoặc lý do chưa thực hiện",
    "not_secret": "không mang dấu chỉ độ mật",
    "never_signed": "chưa từng được ký",
    "not_author": "không phải người soạn",
    "not_content_approver": "không phải người duyệt nội dung",
    "not_format_checker": "không phải người kiểm tra thể thức",
    "not_signer": "không phải người ký",
    "signer_stands_apart": "người ký không soạn, không duyệt nội dung, không kiểm tra thể thức",
    "content_approved": "nội dung hiện tại đã được duyệt",
    "format_approved": "thể thức hiện tại đã được xác nhận, nếu cơ quan có khâu này",
    "signature_valid": "chữ ký đúng với nội dung hiện tại",
    "may_sign": "có thẩm quyền ký hôm nay, đúng lĩnh vực và loại văn bản",
    "signer_may_sign": "người ký dự kiến có thẩm quyền ký và không tham gia soạn, duyệt",
    "new_signer_may_sign": "người ký mới có thẩm quyền ký và không tham gia soạn, duyệt",
    "remarks_settled": "không còn góp ý phải giải quyết",
    "proof_recent": "đã xác nhận danh tính trong 15 phút gần nhất",
    "own_signature": "đúng là chữ ký của mình",
    "hold_over": "đã hết thời gian người ký được rút chữ ký",
    "paper_confirmed": "bản giấy đã có chữ ký",
    "sealed": "đã đóng dấu",
    "not_sealed": "chưa đóng dấu",
    "has_recipients": "có ít nhất một nơi nhận",
    "void_requested": "văn thư đã đề nghị hủy số",
    "no_void_requested": "không có đề nghị hủy số",
    "units_accounted_for": "báo cáo có đủ kết quả của mọi đơn vị đã nộp, nêu tên đơn vị còn thiếu và lý do",
    "year_reported": "mọi nghĩa vụ báo cáo của năm đã xong hoặc được miễn",
    "new_year_due": "đã sang năm có kỳ báo cáo tiếp theo",
    "obligations_settled": (
        "không còn báo cáo nào của năm phải làm, đang làm, chưa xác định hạn hoặc chưa có đơn vị; "
        "người ký hoặc người đứng đầu đã đồng ý kết thúc"
    ),
}
"""One for each rule of `workflow.rules`; a test sees to it."""

CONDITION_WORDS = {
    "format_check_on": "khi cơ quan có khâu kiểm tra thể thức",
    "format_check_off": "khi cơ quan bỏ khâu kiểm tra thể thức",
}

NOTE_WORDS = {"none": "không", "optional": "nếu muốn", "required": "bắt buộc"}
