"""A sentence that takes a report away and the items below it: they oblige nobody and are shown with it."""

from typing import Any

import pytest

from tests.workflow.reading.test_doubts import plan, warned
from workflow.reading import Proposal, read_text

_STATION = "Trạm Y tế xã báo cáo Sở Y tế trước ngày 15/11 hằng năm"
_BRANCH = "Chi cục Dân số trước ngày 20/11 hằng năm báo cáo Sở Y tế"
_ASKED = "Các phòng báo cáo Văn phòng Sở trước ngày 10/11 hằng năm."


def senders(found: Proposal) -> list[Any]:
    return [item.from_ for item in found.obligations]


@pytest.mark.parametrize(
    ("duty", "lines"),
    [
        (
            f"Các đơn vị sau không phải báo cáo:\n- {_STATION};\n- {_BRANCH}.",
            ("Các đơn vị sau không phải báo cáo:", f"{_STATION};", f"{_BRANCH}."),
        ),
        (
            "1. Các đơn vị sau không phải báo cáo Sở Y tế:\n- Sở A;\n- Sở B.",
            ("Các đơn vị sau không phải báo cáo Sở Y tế:", "Sở A;", "Sở B."),
        ),
        (
            f"1. Bãi bỏ các chế độ báo cáo sau đây:\na) {_STATION};\nb) {_BRANCH}.",
            ("Bãi bỏ các chế độ báo cáo sau đây:", f"{_STATION};", f"{_BRANCH}."),
        ),
        (
            f"1. Các báo cáo được bãi bỏ\n- {_STATION}.\n- {_BRANCH}.",
            ("Các báo cáo được bãi bỏ", f"{_STATION}.", f"{_BRANCH}."),
        ),
        (
            f"- Không thực hiện báo cáo đối với các đơn vị sau:\n+ {_STATION};\n+ {_BRANCH}.",
            ("Không thực hiện báo cáo đối với các đơn vị sau:", f"{_STATION};", f"{_BRANCH}."),
        ),
        (
            f"- Dừng các báo cáo sau:\n- {_STATION};\n- {_BRANCH}.",
            ("Dừng các báo cáo sau:", f"{_STATION};", f"{_BRANCH}."),
        ),
        (
            f"Bãi bỏ các chế độ báo cáo sau:\n\n{_STATION}.\n\n{_BRANCH}.",
            ("Bãi bỏ các chế độ báo cáo sau:", f"{_STATION}.", f"{_BRANCH}."),
        ),
        (
            "Các đơn vị sau không phải báo cáo quý, chỉ báo cáo năm trước ngày 15/12:\n- Sở A;\n- Sở B.",
            ("Các đơn vị sau không phải báo cáo quý, chỉ báo cáo năm trước ngày 15/12:", "Sở A;", "Sở B."),
        ),
    ],
)
def test_items_below_a_denial_oblige_nobody_and_are_shown_with_it(duty: str, lines: tuple[str, ...]) -> None:
    found = plan(duty=duty)
    assert senders(found) == []
    assert warned(found, "obligation_denied") == ["\n".join(lines)]


@pytest.mark.parametrize(
    "duty",
    [
        f"1. Các đơn vị sau không phải báo cáo:\n- {_STATION};\n- {_BRANCH}.\n2. {_ASKED}",
        f"Các đơn vị sau không phải báo cáo:\n\n{_STATION};\n\n{_BRANCH}.\n\n{_ASKED}",
        f"Các đơn vị sau không phải báo cáo:\n- {_STATION};\n- {_BRANCH}.\n- {_ASKED}",
        f"{_ASKED} Các đơn vị sau không phải báo cáo:\n- {_STATION};\n- {_BRANCH}.",
    ],
)
def test_what_stands_before_or_after_the_denied_items_is_read(duty: str) -> None:
    found = plan(duty=duty)
    assert senders(found) == ["Các phòng"]
    [raw] = warned(found, "obligation_denied")
    assert raw.split("\n") == ["Các đơn vị sau không phải báo cáo:", f"{_STATION};", f"{_BRANCH}."]


@pytest.mark.parametrize(
    "duty",
    [
        f"Trường hợp không phát sinh thì không phải báo cáo; các đơn vị khác:\n- {_STATION};",
        f"Các đơn vị báo cáo Sở Y tế trước ngày 15/11 hằng năm, không gửi báo cáo giấy, gồm:\n- {_STATION};",
        f"Các đơn vị không phải báo cáo quý.\n- {_STATION}.",
    ],
)
def test_items_below_what_denies_nothing_of_them_stay_duties(duty: str) -> None:
    assert "Trạm Y tế xã" in senders(plan(duty=duty))


def test_a_task_among_denied_items_is_none() -> None:
    duty = "1. Các đơn vị sau không phải báo cáo:\n- Phòng A báo cáo Sở Y tế trước ngày 15/11 hằng năm."
    found = plan(head="TỔ CHỨC THỰC HIỆN", duty=duty)
    assert [task.ref for task in found.tasks if task.ref.startswith("II")] == []
    assert senders(found) == []


def test_a_letter_without_parts_may_deny_a_list_too() -> None:
    text = f"""SỞ Y TẾ
Số: 12/SYT-VP
V/v chế độ báo cáo

Hòa An, ngày 05 tháng 01 năm 2026

Kính gửi: Các đơn vị trực thuộc

Các đơn vị sau không phải báo cáo:

- {_STATION};

- {_BRANCH}.

{_ASKED}

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Nguyễn Văn An
"""
    found = read_text(text)
    assert senders(found) == ["Các phòng"]
    [raw] = warned(found, "obligation_denied")
    assert len(raw.split("\n")) == 3
