"""Amounts are found whatever they count; days, parts of laws and numbers of things are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.figures import figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mở 3 lớp cho 1200 người.", ["3 lớp", "1200 người"]),
        ("Đạt từ 80% trở lên, xây dựng 10 - 15 mô hình.", ["80%", "10 - 15 mô hình"]),
        ("Tổ chức 02 (hai) hội nghị.", ["02 (hai) hội nghị"]),
        ("Kinh phí 1.200 triệu đồng.", ["1.200 triệu đồng"]),
        ("Tại 5 xã, 12 thôn, 7 ấp; trồng 3,5 ha rừng.", ["5 xã", "12 thôn", "7 ấp", "3,5 ha"]),
        ("Theo khoản 2 Điều 13 và Điều 5 quy định.", []),
        ("Trước ngày 10 tháng 11 năm 2025.", []),
        ("Trong 05 ngày làm việc; 6 tháng đầu năm.", []),
        ("Năm 2025 triển khai; quý 3 thực hiện.", []),
        ("Nghị quyết số 57-NQ/TW, Luật số 10/2025/QH15 quy định.", []),
        ("Đợt 1 gồm các phòng; cấp độ 3 trở lên.", []),
        ("1. Mục đích", []),
        ("", []),
    ],
)
def test_amounts_and_what_is_none(text, found):
    assert list(figures(text)) == found


AMOUNTS = st.integers(1, 99_999).map(str) | st.sampled_from(["1.200", "3,5", "02"])
UNITS = st.sampled_from(
    [
        "lớp",
        "người",
        "lượt người",
        "hội nghị",
        "hộ",
        "ấp",
        "cây cầu",
        "tin bài",
        "triệu đồng",
        "điểm cầu",
        "ki-ốt",
    ]
)


@given(
    AMOUNTS,
    UNITS,
    st.sampled_from(["Mở ", "gồm ", "cho ít nhất ", "(", ""]),
    st.sampled_from([".", ", xong", ""]),
)
def test_any_amount_of_anything_is_found(amount, unit, before, after):
    (found,) = figures(f"{before}{amount} {unit}{after}")
    assert found.startswith(f"{amount} {unit[:2]}")
