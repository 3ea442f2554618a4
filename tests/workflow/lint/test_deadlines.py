"""Days that do not exist, deadlines unwritten, tiers out of order."""

import pytest
from msgspec.structs import replace

from tests.workflow.lint.texts import codes, found, good, only, reporting, saying
from workflow.content import Node, Obligation


def third(children) -> object:
    plan = good()
    return replace(plan, sections=(*plan.sections[:2], replace(plan.sections[2], children=children)))


@pytest.mark.parametrize(
    "words",
    [
        "Báo cáo trước ngày 31/11 hằng năm.",
        "Họp ngày 30 tháng 02 năm 2026.",
        "Hết hạn ngày 29/02/2025.",
        "Báo cáo chậm nhất 31/4 hằng năm.",
        "Báo cáo trước ngày 31 các tháng 6, 11.",
    ],
)
def test_a_day_that_no_calendar_has_is_an_error(words):
    assert only(saying(words), "day_unreal").severity == "error"


@pytest.mark.parametrize(
    "words",
    [
        "Trực 24/24 giờ, kể cả ngày 24/24 giờ.",
        "Đạt 31/35 chỉ tiêu, tăng 12/11 so với năm trước.",
        "Ngày 29/02/2024 là ngày có thật; ngày 31/12 hằng năm khóa sổ.",
        "Theo tiêu chuẩn số 45/13/2024 của ngành.",
    ],
)
def test_fractions_and_numbers_are_no_days(words):
    assert "day_unreal" not in codes(saying(words))


def test_the_inner_report_is_due_before_the_outer():
    content = third(reporting("trước ngày 15/11 hằng năm", "trước ngày 15/11 hằng năm", 15, 15))
    finding = only(content, "tiers_order")
    assert finding.facts["lower"] == {
        "from": "Các phòng, đơn vị thuộc Sở",
        "to": "Văn phòng Sở",
        "day": "15/11",
    }
    assert finding.facts["upper"]["to"] == "UBND tỉnh"


def test_the_office_and_its_agency_are_one_collector():
    first, second = reporting("trước ngày 20/11 hằng năm", lower_day=20)
    sent = second.paragraphs[0].replace("Văn phòng Sở", "Sở KH&CN")
    by_agency = replace(
        second, paragraphs=(sent,), obligations=(replace(second.obligations[0], from_="Sở KH&CN"),)
    )
    finding = only(third((first, by_agency)), "tiers_order")
    assert (finding.ref, finding.facts["lower"]["day"], finding.facts["upper"]["day"]) == (
        "III.1",
        "20/11",
        "15/11",
    )


def test_before_a_day_is_earlier_than_on_that_day():
    """ "Trước ngày 10/11" leaves the 9th, "chậm nhất ngày 10/11" the 10th: the second may be the outer one."""
    first, second = reporting("trước ngày 10/11 hằng năm", "chậm nhất là ngày 10/11 hằng năm", 10, 10)
    late = replace(second, obligations=(replace(second.obligations[0], inclusive=True),))
    assert codes(third((first, late))) == []


def test_other_rhythms_are_not_compared():
    first, second = reporting()
    quarterly = Obligation("Văn phòng Sở", "UBND tỉnh", recurrence="quarterly", due_month=(3, 6, 9, 12), due_day=5,
                           raw=second.paragraphs[0])  # fmt: skip
    words = "Văn phòng Sở báo cáo UBND tỉnh trước ngày 05 của tháng cuối quý./."
    assert codes(third((first, Node("2", "", (words,), obligations=(quarterly,))))) == []


def test_a_deadline_stands_in_the_words_of_its_part():
    first, second = reporting()
    moved = replace(first, obligations=(replace(first.obligations[0], due_day=12),))
    finding = only(third((moved, second)), "due_not_in_text")
    assert finding.facts["day"] == "12/11"
    assert finding.ref == "III.1"


@pytest.mark.parametrize(
    ("words", "month", "day"),
    [
        ("trước ngày 10 tháng 11 hằng năm", 11, 10),
        ("trước ngày 10/11", 11, 10),
        ("trước ngày 15/6 và ngày 15/12 hằng năm", (6, 12), 15),
        ("trước ngày 25 hằng tháng", None, 25),
        ("chậm nhất ngày 05 của tháng cuối quý", (3, 6, 9, 12), 5),
    ],
)
def test_a_deadline_may_be_written_in_several_ways(words, month, day):
    said = f"Các phòng gửi kết quả về Sở {words}."
    duty = Obligation("Các phòng", "Sở", recurrence="yearly", due_month=month, due_day=day, raw=said)
    first = Node("1", "", (said,), obligations=(duty,))
    assert "due_not_in_text" not in [one.code for one in found(third((first, reporting()[1])))]


ASKED = "Các phòng gửi báo cáo về Văn phòng Sở trước ngày 15/12/2026."


def test_a_deadline_that_no_card_keeps_is_named():
    content = third((Node("1", "", (ASKED,)), *reporting()))
    (finding,) = (one for one in found(content) if one.code == "due_without_card")
    assert (finding.severity, finding.ref, finding.facts["day"]) == ("warning", "III.1", "15/12")
    assert finding.facts["to"] == "Văn phòng Sở"


def test_a_last_day_without_a_number_is_a_deadline_too():
    words = "Các phòng gửi báo cáo về Văn phòng Sở chậm nhất ngày cuối cùng của tháng."
    found_days = [
        one.facts["day"]
        for one in found(third((Node("1", "", (words,)), *reporting())))
        if one.code == "due_without_card"
    ]
    assert found_days == ["last"]


@pytest.mark.parametrize(
    "words",
    [
        "Các phòng gửi báo cáo về Văn phòng Sở khi có yêu cầu.",
        "Các phòng gửi báo cáo về Văn phòng Sở trước ngày 10/11 hằng năm.",  # the card of the next part keeps that day
        "Năm 2025, các phòng đã nộp 15 báo cáo trong 12 tháng.",
        "Hội nghị tổ chức trước ngày 15/12/2026.",
        "Các phòng không phải gửi báo cáo về Văn phòng Sở trước ngày 15/12/2026.",
    ],
)
def test_what_is_no_new_deadline_is_not_taken_for_one(words):
    assert "due_without_card" not in codes(third((Node("1", "", (words,)), *reporting())))


def test_of_what_is_no_plan_no_deadline_is_kept():
    report = replace(third((Node("1", "", (ASKED,)), *reporting())), doc_type="BC")
    assert "due_without_card" not in codes(report)


def test_a_deadline_by_another_document_or_without_a_day_is_not_asked_for():
    said = "Báo cáo theo thời gian quy định tại Công văn số 12/UBND-NC ngày 06/02/2026 của UBND tỉnh."
    for duty in (Obligation("Các phòng", "Sở", by_reference=True, due_day=3), Obligation("Các phòng", "Sở")):
        assert codes(third((Node("1", "", (said,), obligations=(duty,)), reporting()[1]))) == []
