"""Words that say something no value can carry: nothing is made of them, and a warning holds them."""

from typing import Any

from workflow.reading import Proposal, read_text

_PLAN = """SỞ Y TẾ
Số: 5/KH-SYT
Hòa An, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Triển khai công tác năm 2026

Căn cứ Kế hoạch số 1/KH-UBND ngày 02/01/2026 của UBND tỉnh;
{basis}

I. NỘI DUNG
{work}

II. CHẾ ĐỘ BÁO CÁO
{duty}

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.

GIÁM ĐỐC

Nguyễn Văn An
"""


def plan(*, basis: str = "", work: str = "1. Rà soát văn bản.", duty: str = "") -> Proposal:
    return read_text(_PLAN.format(basis=basis, work=work, duty=duty))


def warned(found: Proposal, code: str) -> list[str]:
    return [warning.raw for warning in found.warnings if warning.code == code]


def duties(found: Proposal) -> list[tuple[Any, ...]]:
    return [(item.to, item.recurrence, item.due_month, item.due_day) for item in found.obligations]


def test_a_report_of_nine_months_is_shown_with_its_words() -> None:
    duty = "Các đơn vị báo cáo UBND tỉnh 6 tháng trước ngày 20/6 và 9 tháng trước ngày 20/9."
    found = plan(duty=duty)
    assert duties(found) == [("UBND tỉnh", "half_yearly", 6, 20), ("UBND tỉnh", "unspecified", 9, 20)]
    assert warned(found, "nine_month_report") == [duty]
    yearly = plan(duty="Các đơn vị báo cáo UBND tỉnh 9 tháng trước ngày 20/9 hằng năm.")
    assert duties(yearly) == [("UBND tỉnh", "yearly", 9, 20)]
    assert len(warned(yearly, "nine_month_report")) == 1
