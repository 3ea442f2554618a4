"""Days that no calendar has, as the reading and the lint tell them alike."""

import time

import pytest

from workflow.reading.unreal import unreal_days


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Họp ngày 30 tháng 02 năm 2026 và ngày 31/4/2026.", ["ngày 30 tháng 02 năm 2026", "ngày 31/4/2026"]),
        ("Báo cáo trước ngày 31/11 hằng năm.", ["ngày 31/11"]),
        ("Báo cáo chậm nhất 31/4 hằng năm.", ["chậm nhất 31/4"]),
        ("Ngày 29/02 có trong năm nhuận, 29/02/2025 thì không.", ["29/02/2025"]),
        ("Trực kể cả ngày 24/24 giờ; theo tiêu chuẩn số 45/13/2024.", []),
        ("Trước ngày 10/11 hằng năm; ngày 05 tháng 02 năm 2026.", []),
        ("Đạt 31/35 chỉ tiêu.", []),
    ],
)
def test_each_is_told_once_as_printed(words, days):
    assert list(unreal_days(words)) == days


def test_a_text_of_nothing_but_days_is_looked_through_in_time():
    words = "trước ngày 31/11 và ngày 30/02/2026; " * 20_000
    started = time.process_time()
    assert len(list(unreal_days(words))) == 40_000
    assert time.process_time() - started < 10
