"""Several rhythms over one day: the day is given only to the one that can carry it, the others have none."""

from typing import Any

import pytest

from tests.workflow.reading.test_doubts import plan, warned
from workflow.reading.obligations import read_obligations


def rhythms(text: str) -> list[tuple[Any, ...]]:
    return [(item.recurrence, item.due_month, item.due_day) for item in read_obligations(text, "", None)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Các đơn vị thực hiện báo cáo định kỳ 6 tháng về Sở Y tế và hằng năm, trước ngày 15/12 hằng năm.",
            [("yearly", 12, 15), ("half_yearly", None, None)],
        ),
        (
            "Các đơn vị báo cáo 6 tháng, hằng năm trước ngày 05/12 về Sở Y tế.",
            [("yearly", 12, 5), ("half_yearly", None, None)],
        ),
        (
            "Các đơn vị báo cáo Sở Y tế hằng quý, 6 tháng, hằng năm trước ngày 05/12.",
            [("yearly", 12, 5), ("quarterly", None, None), ("half_yearly", None, None)],
        ),
        (
            "Các đơn vị báo cáo Sở Y tế hằng quý, hằng năm trước ngày 15 của tháng cuối quý.",
            [("quarterly", (3, 6, 9, 12), 15), ("yearly", None, None)],
        ),
        (
            "Các đơn vị báo cáo Sở Y tế hằng tháng và hằng năm trước ngày 25 hằng tháng.",
            [("monthly", None, 25), ("yearly", None, None)],
        ),
        (
            "Các đơn vị báo cáo Sở Y tế hằng tháng, hằng quý trước ngày 15/12.",
            [("monthly", None, None), ("quarterly", None, None)],
        ),
        (
            "Các đơn vị báo cáo Sở Y tế 6 tháng và hằng năm trước ngày 15/6.",
            [("half_yearly", None, None), ("yearly", None, None)],
        ),
        (
            "Các đơn vị báo cáo Sở Y tế 6 tháng và hằng năm trước ngày 15/6 hằng năm.",
            [("half_yearly", None, None), ("yearly", None, None)],
        ),
    ],
)
def test_one_day_is_given_only_to_the_rhythm_that_can_carry_it(text: str, read: list[Any]) -> None:
    assert rhythms(text) == read
    undated = [item for item in plan(duty=text).obligations if item.due_day is None]
    assert len(warned(plan(duty=text), "obligation_without_date")) == len(undated) > 0


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Các đơn vị báo cáo Sở Y tế 6 tháng, hằng năm trước ngày 15/6, 15/12 hằng năm.",
            [("half_yearly", 6, 15), ("yearly", 12, 15)],
        ),
        (
            "Hằng năm, định kỳ 6 tháng, các đơn vị báo cáo Sở Y tế trước ngày 15/6 và 15/12.",
            [("half_yearly", 6, 15), ("half_yearly", 12, 15)],
        ),
        (
            "Các đơn vị báo cáo Sở Y tế 6 tháng trước ngày 15/6 và hằng năm trước ngày 15/12.",
            [("half_yearly", 6, 15), ("yearly", 12, 15)],
        ),
    ],
)
def test_as_many_days_as_rhythms_go_with_them(text: str, read: list[Any]) -> None:
    assert rhythms(text) == read


def test_the_next_receiver_has_the_rhythms_of_the_first_by_the_same_rule() -> None:
    one = (
        "Các đơn vị báo cáo Văn phòng Sở 6 tháng, hằng năm trước ngày 05/12"
        " để tổng hợp báo cáo UBND tỉnh trước ngày 15/12."
    )
    assert rhythms(one) == [("yearly", 12, 5), ("half_yearly", None, None), ("yearly", 12, 15)]
    each = (
        "Các đơn vị báo cáo Văn phòng Sở 6 tháng, hằng năm trước ngày 05/6 và 05/12"
        " để tổng hợp báo cáo UBND tỉnh trước ngày 15/6 và 15/12."
    )
    assert rhythms(each) == [
        ("half_yearly", 6, 5),
        ("yearly", 12, 5),
        ("half_yearly", 6, 15),
        ("yearly", 12, 15),
    ]
