"""Whether a sentence states the date that its card says."""

import pytest

from workflow.content import Obligation
from workflow.lint.stating import states


@pytest.mark.parametrize(
    ("words", "day", "month", "found"),
    [
        ("báo cáo trước ngày 10/11 hằng năm", 10, 11, True),
        ("trước ngày 01/12", 1, 12, True),
        ("trước ngày 1/12", 1, 12, True),
        ("trước ngày 15 tháng 11 hằng năm", 15, 11, True),
        ("trước ngày 10 các tháng 3, 6", 10, (3, 6), True),
        ("trước ngày 10 các tháng 3, 6", 10, (3, 6, 9), False),
        ("trước ngày 10/11", 15, 11, False),
        ("trước ngày 110/11", 10, 11, False),
        ("các đơn vị gửi báo cáo", 10, 11, False),
        ("ngày cuối tháng", "last", None, True),
        ("trước ngày 25 hằng tháng", 25, None, True),
        ("trước ngày 2 hằng tháng", 25, None, False),
        ("không ghi gì", None, None, True),
    ],
)
def test_a_date_is_found_as_people_write_it(words, day, month, found):
    assert states(words, Obligation(due_day=day, due_month=month)) is found
