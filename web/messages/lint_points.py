"""The points of the lint in words: what holds where nothing was found, and why a point was not judged."""

from collections.abc import Callable

from web.messages.lint_sentence import Facts
from web.messages.tiers import tier_words
from workflow.lint import Unjudged

POINTS = {
    "motto": "Quốc hiệu, Tiêu ngữ: hệ thống in",
    "agency": "Tên cơ quan ban hành: hệ thống in",
    "symbol": "Ký hiệu đúng; số để trống đến khi văn thư cấp",
    "place_and_date": "Địa danh đúng; ngày để trống đến khi văn thư cấp",
    "subject": "Tên loại và trích yếu không lặp nhau",
    "bases": "Căn cứ ghi đủ số, ngày, cơ quan ban hành",
    "outline": "Các mục đánh số liên tục, đúng bậc",
    "tasks": "Mỗi nhiệm vụ có đơn vị chủ trì và thời gian",
    "deadlines": "Hạn của đơn vị sớm hơn hạn gửi lên trên và có trong lời văn",
    "ending": "Nội dung kết thúc bằng “./.”",
    "recipients": "Nơi nhận đủ, có dòng Lưu của văn thư và đơn vị soạn thảo",
    "signature": "Quyền hạn, chức vụ, họ tên người ký viết đúng",
    "citations": "Văn bản viện dẫn không mâu thuẫn số, ngày",
    "units": "Đơn vị được giao việc đang hoạt động",
    "spelling": "Ngày, số, dấu câu viết đúng; không thấy từ gõ nhầm",
}
"""What holds where nothing was found under a point of `workflow.lint.points`, in a text this system prints."""

NAMES = {
    "motto": "Quốc hiệu, Tiêu ngữ",
    "agency": "Tên cơ quan ban hành",
    "symbol": "Số, ký hiệu",
    "place_and_date": "Địa danh, ngày",
    "subject": "Tên loại, trích yếu",
    "bases": "Căn cứ",
    "outline": "Bố cục",
    "tasks": "Nhiệm vụ",
    "deadlines": "Hạn báo cáo",
    "ending": "Dấu kết thúc",
    "recipients": "Nơi nhận",
    "signature": "Khối chữ ký",
    "citations": "Văn bản viện dẫn",
    "units": "Đơn vị được giao việc",
    "spelling": "Cách viết",
}


def _apart(facts: Facts) -> str:
    return (
        f"chưa so được hạn {tier_words(facts.get('lower', {}))} với hạn {tier_words(facts.get('upper', {}))}"
    )


def _unlisted(facts: Facts) -> str:
    names = [f"“{name}”" for name in facts.get("names", ())]
    more = int(facts.get("count", 0)) - len(names)
    said = ", ".join(names) + (f" và {more} tên khác" if more > 0 else "")
    return f"{said or 'có tên'} không có trong danh mục của cơ quan, chưa biết còn hoạt động hay không"


OPEN: dict[str, Callable[[Facts], str]] = {
    "capacity_open": lambda f: (
        f"hôm nay {f['name']} không có tư cách ký văn bản này, nên chưa có dòng quyền hạn, chức vụ"
        if f.get("name")
        else "văn bản không ghi quyền hạn, chức vụ"
    ),
    "depth_read": lambda f: "bậc của các mục (I, 1, a) trong tệp chưa được xét, chỉ xét thứ tự",
    "ends_with_table": lambda f: "văn bản kết thúc bằng bảng, không có dòng để đặt dấu “./.”",
    "letterhead_unseen": lambda f: "phần phía trên tên loại chưa được xem",
    "no_bases": lambda f: "văn bản không có căn cứ nào",
    "no_duties": lambda f: "văn bản không có chế độ báo cáo nào",
    "no_tasks": lambda f: "văn bản không có nhiệm vụ nào phải ghi chủ trì, thời gian",
    "one_tier": lambda f: "văn bản chỉ có một bậc báo cáo, không có hạn gửi lên trên để so",
    "other_agency": lambda f: "văn bản của cơ quan khác, chưa xét theo tên và ký hiệu của cơ quan này",
    "record_not_asked": lambda f: "chưa đối chiếu với các văn bản đã có trong hệ thống",
    "signer_open": lambda f: "chưa chọn người ký",
    "tiers_parties": lambda f: f"{_apart(f)}: tên nơi gửi hoặc nơi nhận không có trong danh mục của cơ quan",
    "tiers_rhythm": lambda f: f"{_apart(f)}: hai chế độ báo cáo khác kỳ",
    "tiers_undated": lambda f: f"{_apart(f)}: có hạn chưa ghi ngày",
    "type_unseen": lambda f: "tệp không cho biết kiểu chữ, chưa xét căn cứ có in nghiêng hay không",
    "units_unknown": _unlisted,
}
"""Why a point was not judged; for each of `workflow.lint.open_points.WHYS`."""


def open_sentence(one: Unjudged) -> str:
    """A point with the reason why it was not judged, without a full stop."""
    return f"{NAMES[one.point]}: {OPEN[one.why](one.facts)}"
