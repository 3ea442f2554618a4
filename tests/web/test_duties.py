"""Deadlines as sentences."""

from dataclasses import replace

import pytest

from web.duties import due_words, short_dues
from workflow.queries.plan_duties import StatedDuty


def duty(day, *months, inclusive=False, recurrence="yearly", by_reference=False):
    return StatedDuty("I", "Phòng", "Sở", "", recurrence, inclusive, months, day, by_reference, "")


@pytest.mark.parametrize(("given", "said", "short"), [
    (duty(10, 11), "trước ngày 10/11, muộn nhất hết ngày 09/11, hằng năm", "10/11"),
    (duty(1, 12), "trước ngày 01/12, muộn nhất hết ngày 30/11, hằng năm", "01/12"),
    (duty(1, 3), "trước ngày 01/03, muộn nhất hết tháng 02, hằng năm", "01/03"),
    (duty(1, 1), "trước ngày 01/01, muộn nhất hết ngày 31/12, hằng năm", "01/01"),
    (duty(10, 11, inclusive=True), "chậm nhất là ngày 10/11, hằng năm", "10/11"),
    (duty(15, 6, 12, recurrence="half_yearly"),
     "trước ngày 15/06 và ngày 15/12, muộn nhất hết ngày 14/06 và ngày 14/12, 6 tháng một lần", "15/06, 15/12"),
    (duty(25, recurrence="monthly"), "trước ngày 25, hằng tháng", ""),
    (duty("last", 11), "chậm nhất là ngày cuối tháng 11, hằng năm", "ngày cuối tháng 11"),
    (duty(None, by_reference=True), "theo văn bản được viện dẫn, chưa xác định ngày", ""),
    (duty(None, recurrence="ad_hoc"), "khi có yêu cầu", ""),
    (duty(None), "văn bản chưa ghi ngày", ""),
])  # fmt: skip
def test_before_a_day_always_names_the_last_good_one(given, said, short):
    assert due_words(given) == said
    assert short_dues([given, given]) == ([short.removeprefix("ngày ")] if short else [])


def test_a_duty_kept_for_when_it_is_asked_for_waits_for_no_day():
    kept = replace(duty(None, recurrence="unspecified", by_reference=True), status="ad_hoc")
    assert due_words(kept) == "khi có yêu cầu"
