"""Words that take a report away: what still is asked is read, what is denied obliges nobody and is shown."""

from typing import Any

import pytest

from tests.workflow.reading.test_doubts import plan, warned
from workflow.reading import Proposal

_OWNER = "Các đơn vị"


def duties(found: Proposal) -> list[tuple[Any, ...]]:
    return [
        (item.from_, item.to, item.recurrence, item.due_month, item.due_day) for item in found.obligations
    ]


@pytest.mark.parametrize(
    ("duty", "asked"),
    [
        (
            "Các đơn vị không phải báo cáo quý, chỉ báo cáo năm trước ngày 15/12.",
            (_OWNER, None, "yearly", 12, 15),
        ),
        (
            "Các đơn vị không phải báo cáo quý mà báo cáo Sở Y tế hằng năm trước ngày 15/12.",
            (_OWNER, "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Các đơn vị không phải báo cáo quý, 6 tháng; chỉ báo cáo Sở Y tế hằng năm trước ngày 15/12.",
            (_OWNER, "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Các đơn vị không phải báo cáo Sở Nội vụ trước ngày 10/10 hằng năm,"
            " chỉ báo cáo Sở Y tế trước ngày 15/12 hằng năm.",
            (_OWNER, "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Các đơn vị báo cáo Sở Y tế hằng năm trước ngày 15/12, không phải báo cáo quý.",
            (_OWNER, "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Các đơn vị báo cáo Sở Y tế trước ngày 15/12 hằng năm (không phải báo cáo quý, 6 tháng).",
            (_OWNER, "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Các đơn vị báo cáo Sở Y tế trước ngày 15/12 hằng năm và không báo cáo Sở Nội vụ.",
            (_OWNER, "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Thay vì báo cáo quý, các đơn vị báo cáo Sở Y tế hằng năm trước ngày 15/12.",
            ("các đơn vị", "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Các đơn vị gửi báo cáo điện tử, không gửi báo cáo giấy, về Sở Y tế trước ngày 15/12 hằng năm.",
            (_OWNER, "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Không phải báo cáo hằng quý, các đơn vị chỉ báo cáo Sở Y tế trước ngày 15/12 hằng năm.",
            ("các đơn vị", "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Báo cáo quý được bãi bỏ, các đơn vị báo cáo Sở Y tế hằng năm trước ngày 15/12.",
            ("các đơn vị", "Sở Y tế", "yearly", 12, 15),
        ),
        (
            "Các trạm y tế không phải báo cáo Sở Y tế trước ngày 10/12 hằng năm;"
            " các phòng báo cáo Sở Y tế trước ngày 15/12 hằng năm.",
            ("các phòng", "Sở Y tế", "yearly", 12, 15),
        ),
    ],
)
def test_of_a_report_denied_and_another_asked_the_asked_one_alone_is_read(
    duty: str, asked: tuple[Any, ...]
) -> None:
    found = plan(duty=duty)
    assert duties(found) == [asked]
    assert [item.raw for item in found.obligations] == [duty]
    assert warned(found, "obligation_partly_denied") == [duty]
    assert warned(found, "obligation_denied") == []


@pytest.mark.parametrize(
    "duty",
    [
        "Trước ngày 15/12 hằng năm, các đơn vị không phải báo cáo quý, chỉ báo cáo năm.",
        "Các đơn vị báo cáo Sở Y tế hằng năm, không phải báo cáo quý, trước ngày 15/12.",
        "Các đơn vị không phải báo cáo quý mà lồng ghép vào báo cáo năm trước ngày 15/12.",
        "Các trạm không phải báo cáo Sở Y tế hằng quý; trước ngày 15/12 hằng năm báo cáo Sở Nội vụ.",
        "Chế độ báo cáo Sở Y tế trước ngày 15/11 hằng năm được bãi bỏ.",
        "Các đơn vị không thuộc diện phải báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Không áp dụng chế độ báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
    ],
)
def test_where_the_asked_cannot_be_told_from_the_denied_there_is_no_obligation(duty: str) -> None:
    found = plan(duty=duty)
    assert duties(found) == []
    assert warned(found, "obligation_denied") == [duty]


@pytest.mark.parametrize(
    "duty",
    [
        "Các đơn vị báo cáo Sở Y tế hằng năm, không gửi báo cáo giấy, trước ngày 15/12.",
        "Các đơn vị không chỉ báo cáo kết quả mà còn báo cáo Sở Y tế vướng mắc trước ngày 15/12 hằng năm.",
    ],
)
def test_a_denial_that_changes_nothing_of_a_duty_is_not_shown(duty: str) -> None:
    found = plan(duty=duty)
    assert (_OWNER, "Sở Y tế", "yearly", 12, 15) in duties(found)
    assert warned(found, "obligation_partly_denied") == warned(found, "obligation_denied") == []
