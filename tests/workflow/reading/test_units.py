"""Names of units in running text: where they end, how lists part, and when there is no name."""

import pytest

from workflow.reading.units import split_names, subject_of


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Văn phòng Sở theo dõi, hướng dẫn các phòng.", "Văn phòng Sở"),
        ("Trưởng các phòng, ban, trung tâm triển khai Kế hoạch.", "Trưởng các phòng, ban, trung tâm"),
        ("Trung tâm Tin học - Công báo tăng cường đăng tin.", "Trung tâm Tin học - Công báo"),
        (
            "Đề nghị Công đoàn, Đoàn Thanh niên cơ quan theo chức năng phối hợp.",
            "Công đoàn, Đoàn Thanh niên cơ quan",
        ),
        ("Giao Phòng Tổ chức cán bộ chủ trì.", "Phòng Tổ chức cán bộ"),
        ("Sở Văn hóa, Thể thao và Du lịch chủ trì.", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Văn phòng HĐND và UBND xã theo dõi.", "Văn phòng HĐND và UBND xã"),
        ("Ban Quản lý dự án đầu tư xây dựng tỉnh thực hiện.", "Ban Quản lý dự án đầu tư xây dựng tỉnh"),
        ("Phòng Phổ biến, giáo dục pháp luật đôn đốc việc này.", "Phòng Phổ biến, giáo dục pháp luật"),
        ("Ban kiểm tra nội bộ họp hằng tháng.", "Ban kiểm tra nội bộ"),
        ("Uỷ ban nhân dân các xã, phường tổ chức.", "Uỷ ban nhân dân các xã, phường"),
        ("Văn phòng Sở lo nước uống, chỗ ngồi.", "Văn phòng Sở"),
        ("Sở Y tế 05 ngày trước khi tổ chức.", "Sở Y tế"),
        ("Sở Y tế chín tháng một lần.", "Sở Y tế"),
        ("Trường Tiểu học số 2 tháng trước đã báo.", "Trường Tiểu học số 2"),
        ("Ủy ban nhân dân Phường 5 tháng 6/2026 tổ chức.", "Ủy ban nhân dân Phường 5"),
    ],
)
def test_a_name_ends_where_its_work_begins(sentence: str, unit: str) -> None:
    found = subject_of(sentence)
    assert found is not None
    assert found[0] == unit


@pytest.mark.parametrize(
    "sentence",
    [
        "Kinh phí lấy từ dự toán.",
        "Ban hành Quy chế của Sở.",
        "Phòng, chống tham nhũng.",
        "Tổ chức tuyên truyền về Luật.",
        "Thanh tra, kiểm tra việc chấp hành.",
        "Báo cáo kết quả về Sở.",
        "Hội nghị được mở trong tháng 6.",
        "Phòng Kỹ thuật an toàn trực ngày 02/9.",
        "Các nội dung khác làm sau.",
    ],
)
def test_what_is_no_unit_or_has_no_clear_end_names_nobody(sentence: str) -> None:
    assert subject_of(sentence) is None


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Văn phòng Sở và các đơn vị thuộc Sở.", ("Văn phòng Sở", "các đơn vị thuộc Sở")),
        ("Các phòng, ban, đơn vị thuộc Sở", ("Các phòng, ban, đơn vị thuộc Sở",)),
        (
            "Trung tâm Nghiên cứu, Chuyển giao công nghệ và Đổi mới sáng tạo",
            ("Trung tâm Nghiên cứu, Chuyển giao công nghệ và Đổi mới sáng tạo",),
        ),
        (
            "Các cơ quan, đơn vị trực thuộc, các phòng chuyên môn, nghiệp vụ Sở",
            ("Các cơ quan, đơn vị trực thuộc", "các phòng chuyên môn, nghiệp vụ Sở"),
        ),
        (
            "Sở Nội vụ, Sở Tài chính, UBND các xã, phường và các đơn vị liên quan",
            ("Sở Nội vụ", "Sở Tài chính", "UBND các xã, phường", "các đơn vị liên quan"),
        ),
        ("Phòng Tổ chức và Thanh tra", ("Phòng Tổ chức và Thanh tra",)),
        ("Văn phòng, Thanh tra Sở", ("Văn phòng", "Thanh tra Sở")),
        ("Văn phòng HĐND và UBND xã", ("Văn phòng HĐND và UBND xã",)),
    ],
)
def test_a_list_parts_only_between_units(value: str, names: tuple[str, ...]) -> None:
    assert split_names(value) == names


def test_a_known_name_is_never_cut() -> None:
    known = ("Ban Pháp chế và Ban Dân tộc liên ngành",)
    value = "Ban Pháp chế và Ban Dân tộc liên ngành, Sở Y tế"
    assert split_names(value) == ("Ban Pháp chế", "Ban Dân tộc liên ngành", "Sở Y tế")
    assert split_names(value, known) == ("Ban Pháp chế và Ban Dân tộc liên ngành", "Sở Y tế")


@pytest.mark.parametrize("value", ["Không", "Không có.", "Chưa xác định"])
def test_words_that_say_there_is_nobody_are_no_unit(value: str) -> None:
    assert split_names(value) == ()
