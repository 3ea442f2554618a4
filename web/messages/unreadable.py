"""Why a file or a text was not read: each kind by its name, and what to do instead."""

from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]

READABLE = "Đọc được tệp Word (.docx), PDF có chữ, .txt và .md, tối đa 20 MB."


MEGABYTE = 1024 * 1024


def _is(what: str, do: str) -> Callable[[Facts], str]:
    return lambda facts: f"{what}. {do}"


_SAVE_AS_WORD = "Mở tệp, lưu lại dưới dạng .docx rồi nhập tệp mới."
_PASTE = "Mở tệp, sao chép toàn văn rồi dán vào ô nhập văn bản."

UNREADABLE: dict[str, Callable[[Facts], str]] = {
    "empty": _is("chưa có chữ nào để đọc", "Dán toàn văn hoặc chọn tệp khác."),
    "too_large": lambda facts: (
        f"tệp lớn hơn {facts.get('limit', 20 * MEGABYTE) // MEGABYTE} MB. Bỏ hình ảnh hoặc phụ lục rồi nhập lại."
    ),
    "text_too_large": _is("phần chữ của văn bản lớn hơn 2 MB", "Bỏ bớt phụ lục rồi nhập lại."),
    "too_many_pages": lambda facts: (
        f"tệp PDF có {facts.get('pages', 'quá nhiều')} trang, giới hạn là {facts.get('limit', 300)}. "
        "Tách riêng phần văn bản chính rồi nhập lại."
    ),
    "binary": _is("tệp này không phải tệp chữ", "Dùng tệp Word (.docx), PDF có chữ, .txt hoặc .md."),
    "encoding": _is(
        "không nhận ra chắc chắn bảng mã của tệp (đã thử UTF-8, UTF-16, TCVN3, VNI, Windows-1258)",
        "Mở tệp, lưu lại với bảng mã UTF-8 rồi nhập lại.",
    ),
    "secret": _is(
        "văn bản mang dấu độ mật nên không được đọc",
        "Văn bản mật soạn và gửi ngoài hệ thống này, theo quy định bảo vệ bí mật nhà nước.",
    ),
    "doc": _is("đây là tệp Word đời cũ (.doc)", _SAVE_AS_WORD),
    "macros": _is(
        "tệp Word này chứa macro (.docm), tức là có lệnh chạy được",
        "Lưu lại dưới dạng .docx, không macro, rồi nhập tệp mới."
    ),
    "odt": _is("đây là tệp OpenDocument (.odt, .ods, .odp)", _SAVE_AS_WORD),
    "rtf": _is("đây là tệp RTF", _SAVE_AS_WORD),
    "xls": _is("đây là bảng tính Excel đời cũ (.xls)", "Chép phần chữ sang Word rồi nhập tệp .docx."),
    "xlsx": _is("đây là bảng tính Excel (.xlsx)", "Chép bảng cần dùng sang Word rồi nhập tệp .docx."),
    "ppt": _is("đây là tệp trình chiếu đời cũ (.ppt)", "Chép phần chữ sang Word rồi nhập tệp .docx."),
    "pptx": _is("đây là tệp trình chiếu (.pptx)", "Chép phần chữ cần dùng sang Word rồi nhập tệp .docx."),
    "ole": _is("đây là tệp văn phòng đời cũ, không rõ chương trình nào tạo", _SAVE_AS_WORD),
    "encrypted_office": _is(
        "tệp Word được đặt mật khẩu hoặc mã hóa", "Gỡ mật khẩu trong Word, lưu lại rồi nhập tệp mới."
    ),
    "encrypted_pdf": _is("tệp PDF được đặt mật khẩu mở", "Gỡ mật khẩu rồi nhập tệp mới, hoặc dùng bản Word."),
    "scanned_pdf": _is(
        "tệp PDF này là bản quét: các trang chỉ có ảnh, không có lớp chữ",
        "Dùng tệp Word gốc; nếu không còn, nhận dạng chữ bằng phần mềm của cơ quan, soát lại rồi nhập tệp đã có chữ.",
    ),
    "pdf_letters": _is(
        "chữ trong tệp PDF không kèm bảng mã nên không đọc đúng được", "Dùng tệp Word gốc, hoặc gõ lại phần cần dùng."
    ),
    "pictures_only": _is("tệp Word này chỉ có hình ảnh, không có chữ", "Dùng bản Word có chữ, hoặc gõ lại nội dung."),
    "image": _is("đây là tệp hình ảnh", "Dùng tệp Word gốc hoặc PDF có chữ; ảnh chụp văn bản không đọc được."),
    "media": _is("đây là tệp âm thanh hoặc phim", READABLE),
    "archive": _is("đây là tệp nén (.zip, .rar, .7z …)", "Giải nén, rồi nhập riêng tệp văn bản bên trong."),
    "executable": _is(
        "đây là chương trình chạy được, không phải văn bản", "Không mở tệp này; báo quản trị nếu nhận từ nơi khác."
    ),
    "bomb": _is(
        "tệp nén bên trong bung ra quá lớn hoặc có quá nhiều phần so với giới hạn an toàn",
        "Mở bằng Word, lưu lại dưới dạng .docx rồi nhập tệp mới.",
    ),
    "unsafe_names": _is(
        "tên các phần bên trong tệp trỏ ra ngoài tệp, là dấu hiệu của tệp bị cài cắm",
        "Không mở tệp này; xin lại tệp gốc.",
    ),
    "dtd": _is(
        "tệp Word này khai báo kiểu tài liệu (DTD) để gọi dữ liệu từ ngoài, là dấu hiệu của tệp bị cài cắm",
        "Không mở tệp này; xin lại tệp gốc.",
    ),
    "damaged": _is(
        "tệp bị hỏng hoặc không trọn vẹn",
        "Thử mở tệp trên máy; nếu mở được thì lưu lại rồi nhập tệp mới. Nếu không, m" + _PASTE[1:],
    ),
    "unsafe": _is(
        "không đọc được tệp này trong giới hạn an toàn về bộ nhớ và thời gian",
        _PASTE,
    ),
    "busy": _is("hệ thống đang đọc nhiều tệp khác", "Chờ một phút rồi gửi lại."),
}  # fmt: skip
"""By the reason of `Unreadable`; each is what follows "Chưa nhập: ", begins small and ends with a full stop."""


def unreadable_sentence(reason: str, facts: Facts) -> str:
    return f"Chưa nhập: {UNREADABLE[reason](facts)}"
