"""Sentences that oblige someone to report, and sentences that only seem to."""

from typing import Any

import pytest

from workflow.reading.deadlines import dues_in
from workflow.reading.obligations import FoundObligation, read_obligations
from workflow.reading.words import low


def brief(items: list[FoundObligation]) -> list[tuple[Any, ...]]:
    return [(item.from_, item.to, item.recurrence, item.due_month, item.due_day) for item in items]


def test_a_day_that_is_named_latest_counts_itself() -> None:
    [found] = read_obligations(
        "Các phòng báo cáo kết quả về Văn phòng chậm nhất là ngày 10/12 hằng năm.", "III.1", None
    )
    assert (found.inclusive, found.last_on_time, found.recurrence) == (True, ("12-10",), "yearly")
    [strict] = read_obligations(
        "Các phòng báo cáo kết quả về Văn phòng trước ngày 10/12 hằng năm.", "III.1", None
    )
    assert (strict.inclusive, strict.last_on_time) == (False, ("12-09",))


def test_a_yearly_report_that_may_also_be_asked_for_is_two() -> None:
    text = "Trước ngày 15/11 hằng năm hoặc đột xuất, các xã báo cáo Sở Nội vụ kết quả thực hiện."
    found = read_obligations(text, "", None)
    assert [item.recurrence for item in found] == ["yearly", "ad_hoc"]
    assert found[1].due_day is None


def test_quarter_half_and_year_each_keep_their_own_day() -> None:
    text = (
        "Hằng quý (trước ngày 20 của tháng cuối quý), 6 tháng (trước ngày 15/6), hằng năm (trước ngày 10/12), các phòng "
        "báo cáo kết quả về Văn phòng Sở."
    )
    assert brief(read_obligations(text, "", None)) == [
        ("các phòng", "Văn phòng Sở", "quarterly", (3, 6, 9, 12), 20),
        ("các phòng", "Văn phòng Sở", "half_yearly", 6, 15),
        ("các phòng", "Văn phòng Sở", "yearly", 12, 10),
    ]


def test_rhythms_and_days_said_in_one_order_go_together() -> None:
    text = "Định kỳ 6 tháng, hằng năm, các thôn báo cáo kết quả về UBND xã trước ngày 15/6 và 15/12."
    assert brief(read_obligations(text, "", None)) == [
        ("các thôn", "UBND xã", "half_yearly", 6, 15),
        ("các thôn", "UBND xã", "yearly", 12, 15),
    ]


def test_a_number_of_months_is_no_part_of_the_receiver() -> None:
    text = "Các đơn vị báo cáo Sở Y tế 6 tháng trước ngày 15/6 và năm trước ngày 05/12."
    assert brief(read_obligations(text, "", None)) == [
        ("Các đơn vị", "Sở Y tế", "half_yearly", 6, 15),
        ("Các đơn vị", "Sở Y tế", "yearly", 12, 5),
    ]


def test_a_report_of_nine_months_is_neither_of_a_half_year_nor_of_a_year() -> None:
    text = (
        "Các đơn vị báo cáo UBND tỉnh 6 tháng (trước ngày 20/6), 9 tháng (trước ngày 20/9)"
        " và cả năm (trước ngày 05/12)."
    )
    assert brief(read_obligations(text, "", None)) == [
        ("Các đơn vị", "UBND tỉnh", "half_yearly", 6, 20),
        ("Các đơn vị", "UBND tỉnh", "unspecified", 9, 20),
        ("Các đơn vị", "UBND tỉnh", "yearly", 12, 5),
    ]
    in_order = "Định kỳ 6 tháng, 9 tháng, năm, các xã báo cáo UBND tỉnh trước ngày 15/6, 15/9 và 15/12."
    assert [item.recurrence for item in read_obligations(in_order, "", None)] == [
        "half_yearly",
        "unspecified",
        "yearly",
    ]


def test_a_report_of_nine_months_that_is_due_every_year_is_one() -> None:
    text = "Các đơn vị báo cáo UBND tỉnh 9 tháng trước ngày 20/9 hằng năm."
    assert brief(read_obligations(text, "", None)) == [("Các đơn vị", "UBND tỉnh", "yearly", 9, 20)]


def test_nine_months_of_the_past_are_no_rhythm() -> None:
    text = "Phòng Tài chính báo cáo UBND tỉnh kết quả 9 tháng đầu năm."
    assert read_obligations(text, "", None, dated_only=True) == []


def test_every_month_has_no_month_and_a_star() -> None:
    [found] = read_obligations("Các xã gửi báo cáo về Sở Tư pháp trước ngày 25 hằng tháng.", "", None)
    assert (found.recurrence, found.due_month, found.due_day) == ("monthly", None, 25)
    assert found.last_on_time == ("*-24",)


def test_months_in_a_row_are_one_obligation_of_a_quarter() -> None:
    [found] = read_obligations(
        "UBND các xã báo cáo Sở Tư pháp trước ngày 15 các tháng 3, 6, 9, 12.", "", None
    )
    assert (found.recurrence, found.due_month) == ("quarterly", (3, 6, 9, 12))
    assert found.last_on_time == ("03-14", "06-14", "09-14", "12-14")


def test_the_receiver_of_one_tier_sends_the_next() -> None:
    text = (
        "Các đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 10/11 hằng năm"
        " để tổng hợp báo cáo Sở Nội vụ trước ngày 15/11."
    )
    assert brief(read_obligations(text, "", None)) == [
        ("Các đơn vị", "Văn phòng Sở", "yearly", 11, 10),
        ("Văn phòng Sở", "Sở Nội vụ", "yearly", 11, 15),
    ]


def test_a_new_clause_has_its_own_sender_and_day() -> None:
    text = (
        "Trước ngày 15/11 hằng năm, các đơn vị gửi báo cáo về Phòng Tổ chức;"
        " trước ngày 30/11, Phòng Tổ chức báo cáo Sở Nội vụ."
    )
    assert brief(read_obligations(text, "", None)) == [
        ("các đơn vị", "Phòng Tổ chức", "yearly", 11, 15),
        ("Phòng Tổ chức", "Sở Nội vụ", "yearly", 11, 30),
    ]


def test_a_dated_report_is_due_once() -> None:
    [found] = read_obligations("Đề nghị các xã báo cáo kết quả về Sở Nội vụ trước ngày 20/6/2025.", "", None)
    assert (found.recurrence, found.due_year, found.last_on_time) == ("once", 2025, ("06-19",))


def test_via_is_kept_apart_from_the_receiver() -> None:
    [found] = read_obligations(
        "Các trạm báo cáo kết quả về Sở Y tế (qua Văn phòng Sở) trước ngày 05/12 hằng năm.", "", None
    )
    assert (found.to, found.via) == ("Sở Y tế", "Văn phòng Sở")


def test_a_receiver_that_cannot_be_told_is_none_rather_than_the_next_name() -> None:
    [found] = read_obligations(
        "Các tổ gửi báo cáo cho Cụm thi đua số 3 trước ngày 10/10 hằng năm, Sở Y tế theo dõi.", "", None
    )
    assert found.to is None
    assert (found.due_month, found.due_day) == (10, 10)


def test_an_impossible_day_is_no_day() -> None:
    [found] = read_obligations(
        "Các phòng báo cáo kết quả về Văn phòng Sở trước ngày 30/02 hằng năm.", "", None
    )
    assert (found.due_month, found.due_day, found.last_on_time) == (None, None, ())
    assert found.recurrence == "yearly"


def test_first_of_march_is_on_time_on_the_last_day_of_february_every_year() -> None:
    [found] = read_obligations("Các phòng báo cáo kết quả về Sở Y tế trước ngày 01/3 hằng năm.", "", None)
    assert found.last_on_time == ("02-28",)
    [leap] = read_obligations("Các phòng báo cáo kết quả về Sở Y tế trước ngày 01/3/2024.", "", None)
    assert leap.last_on_time == ("02-29",)


@pytest.mark.parametrize(
    "text",
    [
        "Sở đã báo cáo UBND tỉnh kết quả thực hiện tại Báo cáo số 12/BC-SYT.",
        "Xây dựng báo cáo tổng kết, trình Giám đốc ký ban hành.",
        "Nâng cao chất lượng công tác báo cáo.",
        "Theo dõi, kiểm tra và báo cáo kết quả thi hành Luật.",
        "Phòng Tài chính gửi hồ sơ cho Kho bạc.",
        "Kịp thời giải quyết những khó khăn, vướng mắc khi thực hiện.",
        "Số liệu tính đến ngày 31/10/2024.",
    ],
)
def test_what_names_no_receiver_and_no_day_obliges_nobody(text: str) -> None:
    assert read_obligations(text, "", "Văn phòng Sở") == []


@pytest.mark.parametrize(
    ("words", "day", "months", "inclusive"),
    [
        ("trước ngày 15 tháng 11", 15, (11,), False),
        ("muộn nhất ngày 15/11", 15, (11,), True),
        ("trước 17 giờ ngày 15/11", 15, (11,), True),
        ("trước ngày 05 tháng đầu quý sau", 5, (1, 4, 7, 10), False),
        ("ngày 25 hằng tháng", 25, (), True),
        ("chậm nhất ngày cuối cùng của tháng 6", "last", (6,), True),
        ("trước tháng 12 hằng năm", 1, (12,), False),
    ],
)
def test_a_deadline_is_read_as_written(
    words: str, day: int | str, months: tuple[int, ...], inclusive: bool
) -> None:
    [due] = dues_in(low(words))
    assert (due.day, due.months, due.inclusive) == (day, months, inclusive)


@pytest.mark.parametrize(
    "words",
    [
        "chậm nhất 05 ngày trước ngày 15/12/2026",
        "15 ngày làm việc trước ngày 15/12/2026",
        "trong vòng 10 ngày kể từ ngày 15/6 hằng năm",
        "từ ngày 15/6 hằng năm",
        "sau ngày 15/12 hằng năm",
        "số liệu tính đến hết ngày 10/12",
        "số liệu từ ngày 15/12 năm trước đến hết ngày 14/12",
        "số liệu tính đến ngày 14/12 hằng năm",
    ],
)
def test_a_day_that_others_are_counted_from_is_no_deadline(words: str) -> None:
    assert dues_in(low(words)) == []


def test_two_days_of_every_month_are_two_deadlines_before_which_it_is_due() -> None:
    found = read_obligations("Trước ngày 15 và ngày 30 hằng tháng, các xã báo cáo Sở Nội vụ.", "", None)
    assert [(item.recurrence, item.due_day, item.last_on_time) for item in found] == [
        ("monthly", 15, ("*-14",)),
        ("monthly", 30, ("*-29",)),
    ]


def test_figures_that_are_sent_on_a_day_are_due_on_it() -> None:
    [found] = read_obligations("Các xã gửi số liệu về Sở Nội vụ vào ngày 15 hằng tháng.", "", None)
    assert (found.recurrence, found.due_day, found.last_on_time) == ("monthly", 15, ("*-15",))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Các phòng báo cáo Văn phòng Sở, Văn phòng Sở báo cáo UBND tỉnh trước ngày 20/12 hằng năm.",
            [("Các phòng", "Văn phòng Sở", None), ("Văn phòng Sở", "UBND tỉnh", 20)],
        ),
        (
            "Ngoài báo cáo Sở Y tế, các trung tâm báo cáo UBND xã trước ngày 15/11 hằng năm.",
            [("các trung tâm", "UBND xã", 15)],
        ),
        (
            "Các xã báo cáo Sở Nội vụ số liệu năm trước ngày 15/12 hằng năm.",
            [("Các xã", "Sở Nội vụ", 15)],
        ),
        (
            "Phòng Tổ chức đôn đốc các xã báo cáo Sở Nội vụ trước ngày 15/12 hằng năm.",
            [("các xã", "Sở Nội vụ", 15)],
        ),
        ("Sở Nội vụ nhận báo cáo của các xã trước ngày 15/12 hằng năm.", []),
        ("Đến ngày 15/12/2026 đơn vị nào chưa gửi báo cáo về Sở Nội vụ thì bị nhắc nhở.", []),
    ],
)
def test_who_reports_to_whom_is_not_taken_from_the_words_of_another(text: str, read: list[Any]) -> None:
    assert [(item.from_, item.to, item.due_day) for item in read_obligations(text, "", None)] == read


@pytest.mark.parametrize(
    "text",
    [
        "Các xã báo cáo UBND tỉnh trước ngày 15/12, Sở Nội vụ trước ngày 20/12 hằng năm.",
        "Các sở trước ngày 15/12, UBND các xã trước ngày 20/12 hằng năm báo cáo UBND tỉnh.",
        "Các sở báo cáo trước ngày 15/12, UBND các xã báo cáo trước ngày 20/12 hằng năm về UBND tỉnh.",
    ],
)
def test_a_second_day_that_is_somebody_elses_is_nobodys(text: str) -> None:
    first, second = read_obligations(text, "", None)
    assert (first.to, first.due_day) == ("UBND tỉnh", 15)
    assert (second.from_, second.to, second.due_day) == (None, None, 20)


@pytest.mark.parametrize(
    "text",
    [
        "Các phòng hoàn thành việc rà soát trước ngày 30/9/2026 và báo cáo Sở Nội vụ.",
        "Các phòng tổ chức hội nghị tổng kết trước ngày 30/11, báo cáo Sở Nội vụ kết quả.",
    ],
)
def test_the_day_of_other_work_is_not_the_day_of_the_report(text: str) -> None:
    [found] = read_obligations(text, "", None)
    assert (found.to, found.due_day, found.due_year) == ("Sở Nội vụ", None, None)


def test_each_work_keeps_its_own_day() -> None:
    text = "Các phòng hoàn thành rà soát trước ngày 30/9/2026 và báo cáo Sở Nội vụ trước ngày 10/10/2026."
    [found] = read_obligations(text, "", None)
    assert (found.due_day, found.due_month, found.recurrence) == (10, 10, "once")
    within = "Trước ngày 15/11/2026, các phòng tổng hợp kết quả và báo cáo Sở Nội vụ."
    assert [item.due_day for item in read_obligations(within, "", None)] == [15]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Báo cáo quý I gửi trước ngày 15/3, báo cáo 6 tháng gửi trước ngày 15/6,"
            " báo cáo năm gửi trước ngày 15/12 về Sở Nội vụ.",
            ["unspecified", "half_yearly", "yearly"],
        ),
        (
            "Chậm nhất ngày 05/7 (đối với báo cáo 6 tháng) và 05/01 năm sau (đối với báo cáo năm),"
            " các xã báo cáo Sở Nội vụ.",
            ["half_yearly", "yearly"],
        ),
    ],
)
def test_a_day_does_not_take_the_rhythm_of_the_next(text: str, read: list[str]) -> None:
    assert [item.recurrence for item in read_obligations(text, "", None)] == read
