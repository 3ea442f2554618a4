"""The fields of a time make its words; words typed by hand win; what nobody touched stays as it was printed."""

import datetime as dt
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings

from tests.web.contents_of_all_kinds import TIMES
from web.drafting.times import When, fields_of, made_of, stood_of, time_of
from workflow.content import Time, TimeKind
from workflow.reading.times import read_time

MADE = [
    (When("quarters", ("3", "4"), year="2026"), "Quý III, IV năm 2026", "2026-07-01", "2026-12-31"),
    (When("quarters", ("1",), year="2026"), "Quý I năm 2026", "2026-01-01", "2026-03-31"),
    (When("year", year="2026"), "Năm 2026", "2026-01-01", "2026-12-31"),
    (When("year_onward", year="2026"), "Năm 2026 và các năm tiếp theo", "2026-01-01", None),
    (When("month", month="2", year="2028"), "Tháng 2/2028", "2028-02-01", "2028-02-29"),
    (When("month", month="12", year="2026"), "Tháng 12/2026", "2026-12-01", "2026-12-31"),
    (When("date_before", until=dt.date(2026, 6, 30)), "Trước ngày 30/6/2026", None, "2026-06-29"),
    (When("date_before", until=dt.date(2026, 1, 5)), "Trước ngày 05/01/2026", None, "2026-01-04"),
    (
        When("date_before", until=dt.date(2026, 6, 30), inclusive=True),
        "Chậm nhất là ngày 30/6/2026", None, "2026-06-30",
    ),
    (When("yearly_before", day="10/11"), "Trước ngày 10/11 hằng năm", None, None),
    (
        When("range", since=dt.date(2026, 3, 1), until=dt.date(2026, 4, 2)),
        "Từ ngày 01/3/2026 đến ngày 02/4/2026", "2026-03-01", "2026-04-02",
    ),
    (When("continuous"), "Thường xuyên", None, None),
    (When("continuous", year="2026"), "Thường xuyên trong năm 2026", "2026-01-01", "2026-12-31"),
    (When("periodic"), "Định kỳ và khi có yêu cầu", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("when", "raw", "since", "until"), MADE, ids=[one[1] for one in MADE])
def test_the_fields_make_the_words_and_the_dates(when, raw, since, until):
    made = made_of(when)
    assert (made.raw, made.from_, made.to) == (raw, since, until)
    assert fields_of(made) == when


@pytest.mark.parametrize("when", [one[0] for one in MADE], ids=[one[1] for one in MADE])
def test_the_words_are_read_back_as_the_same_time(when):
    made = made_of(when)
    assert read_time(made.raw) == made


def test_every_kind_can_be_said():
    kinds = {when.kind for when, *_ in MADE} | {"event", "relative", "unspecified"}
    assert kinds == set(get_args(TimeKind))


@settings(max_examples=300)
@given(TIMES)
def test_a_time_nobody_touched_is_the_same_time(time):
    assert time_of(fields_of(time), stood_of(time)) == time


def test_words_left_over_do_not_outlive_a_change_of_the_fields():
    stood = Time("quarters", "Quý III, Quý IV năm 2023", "2023-07-01", "2023-12-31")
    drawn = fields_of(stood)
    assert drawn.words == stood.raw
    assert drawn.quarters == ("3", "4")
    changed = time_of(replace(drawn, year="2027"), stood_of(stood))
    assert changed == Time("quarters", "Quý III, IV năm 2027", "2027-07-01", "2027-12-31")


def test_words_typed_by_hand_are_printed_as_typed():
    made = time_of(When("quarters", ("4",), year="2026", words="Trong quý IV năm 2026"))
    assert made == Time("quarters", "Trong quý IV năm 2026", "2026-10-01", "2026-12-31")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Quý III năm 2026", "quarters"),
        ("Sau khi Chính phủ ban hành Nghị định", "event"),
        ("Thường xuyên", "continuous"),
        ("Trước ngày 15/11 hằng năm", "yearly_before"),
    ],
)
def test_words_alone_are_understood_where_no_kind_was_chosen(words, kind):
    assert time_of(When(words=words)) == read_time(words)
    assert time_of(When(words=words)).kind == kind


@pytest.mark.parametrize("kind", ["event", "relative"])
def test_an_event_is_said_in_words(kind):
    assert time_of(When(kind, words="Khi có hướng dẫn của Bộ")) == Time(kind, "Khi có hướng dẫn của Bộ")


def test_what_a_browser_may_send_instead_of_a_time_is_no_time():
    assert time_of(When("year", year="2026"), '{"kind": "nothing"}') == made_of(When("year", year="2026"))
    assert time_of(When("year", year="2026"), "[") == made_of(When("year", year="2026"))
