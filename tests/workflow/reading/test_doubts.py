"""Words that say something no value can carry: nothing is made of them, and a warning holds them."""

from typing import Any

import pytest

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

II. {head}
{duty}

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.

GIÁM ĐỐC

Nguyễn Văn An
"""


def plan(
    *, basis: str = "", work: str = "1. Rà soát văn bản.", head: str = "CHẾ ĐỘ BÁO CÁO", duty: str = ""
) -> Proposal:
    return read_text(_PLAN.format(basis=basis, work=work, head=head, duty=duty))


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


@pytest.mark.parametrize(
    "duty",
    [
        "Các đơn vị không phải báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Các đơn vị không thực hiện báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Các đơn vị thôi báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Từ năm 2026, các đơn vị dừng báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Trước ngày 15/11 hằng năm, các đơn vị không còn phải gửi báo cáo về Sở Y tế.",
        "Bãi bỏ quy định các đơn vị báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Bãi bỏ chế độ báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
    ],
)
def test_a_duty_that_is_taken_away_is_none_and_its_sentence_is_shown(duty: str) -> None:
    found = plan(duty=duty)
    assert found.obligations == ()
    assert warned(found, "obligation_denied") == [duty]


@pytest.mark.parametrize(
    "duty",
    [
        "Các đơn vị báo cáo Sở Y tế không muộn hơn ngày 15/11 hằng năm.",
        "Các đơn vị báo cáo Sở Y tế trước ngày 15/11 hằng năm, không gửi báo cáo giấy.",
        "Nếu không phát sinh thì không phải báo cáo số liệu; các đơn vị báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Đề xuất bãi bỏ các quy định không còn phù hợp, báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
    ],
)
def test_a_duty_that_stands_beside_a_denial_stays(duty: str) -> None:
    found = plan(duty=duty)
    assert ("Sở Y tế", "yearly", 11, 15) in duties(found)
    assert warned(found, "obligation_denied") == []


_TASK = "1. Rà soát văn bản\n- {lead}\n- Thời gian thực hiện: {time}"


@pytest.mark.parametrize("time", ["Quý V năm 2026", "Quý IV, V năm 2026", "Quý 5/2026"])
def test_a_quarter_that_no_year_has_is_no_time_and_is_shown(time: str) -> None:
    found = plan(work=_TASK.format(lead="Đơn vị chủ trì: Phòng Kế hoạch.", time=time))
    [task] = found.tasks
    assert (task.time.kind, task.time.raw, task.time.from_, task.time.to) == ("unspecified", time, None, None)
    assert warned(found, "impossible_quarter") == [time]


def test_a_number_of_meetings_in_a_quarter_is_no_quarter() -> None:
    found = plan(work="1. Mỗi quý 5 cuộc kiểm tra, quý I/2026 và quý IV năm 2026.")
    assert warned(found, "impossible_quarter") == []


def test_leads_and_helpers_under_one_label_are_doubted() -> None:
    label = "Đơn vị chủ trì, phối hợp: Phòng Kế hoạch; Văn phòng Sở"
    found = plan(work=_TASK.format(lead=label, time="Quý I năm 2026"))
    [task] = found.tasks
    assert task.confidence == 0.5
    assert warned(found, "lead_unclear") == [label]


def test_one_name_under_such_a_label_leads() -> None:
    found = plan(work=_TASK.format(lead="Đơn vị chủ trì, phối hợp: Phòng Kế hoạch", time="Quý I năm 2026"))
    [task] = found.tasks
    assert (task.leads, task.confidence) == (("Phòng Kế hoạch",), 0.95)
    assert warned(found, "lead_unclear") == []


def test_a_label_that_names_nobody_stays_a_line_of_the_text() -> None:
    found = plan(
        work=_TASK.format(lead="Đơn vị chủ trì: Phòng A\n- Đơn vị phối hợp: Không", time="Quý I năm 2026")
    )
    [task] = found.tasks
    assert (task.leads, task.coordinators) == (("Phòng A",), ())
    [line] = found.sections[0].children[0].children
    assert line.paragraphs == ("Đơn vị phối hợp: Không",)


@pytest.mark.parametrize(
    "duty",
    [
        "Các đơn vị (trừ Trường Chính trị tỉnh) báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Các đơn vị, ngoại trừ Văn phòng Sở, báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Các đơn vị báo cáo Sở Y tế trước ngày 15/11 hằng năm, riêng Văn phòng Sở không phải báo cáo.",
    ],
)
def test_an_exception_that_no_obligation_can_hold_is_shown(duty: str) -> None:
    found = plan(duty=duty)
    assert duties(found) == [("Sở Y tế", "yearly", 11, 15)]
    assert warned(found, "obligation_exception") == [duty]


@pytest.mark.parametrize(
    "duty",
    [
        "Các đơn vị báo cáo Sở Y tế việc khấu trừ thuế trước ngày 15/11 hằng năm.",
        "Các đơn vị phòng trừ dịch bệnh, báo cáo Sở Y tế trước ngày 15/11 hằng năm.",
        "Các đơn vị báo cáo Sở Y tế trước ngày 15/11 hằng năm, trừ trường hợp bất khả kháng.",
    ],
)
def test_what_excepts_no_unit_is_not_shown(duty: str) -> None:
    assert warned(plan(duty=duty), "obligation_exception") == []
