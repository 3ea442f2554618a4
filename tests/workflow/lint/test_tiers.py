"""Who sends on what he collects, by whatever name he is called; and each deadline before the one it feeds."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.workflow.lint.texts import AGENCY, TODAY
from workflow.content import Obligation
from workflow.lint.tiers import Unclear, tiers_of

UNITS = "Các phòng, đơn vị thuộc Sở"
OWN = "Sở Khoa học và Công nghệ"


def duty(sender: str | None, to: str | None, day: Any, month: Any = 11, **more: Any) -> Obligation:
    given = {"recurrence": "yearly", "due_month": month, "due_day": day} | more
    return Obligation(sender, to, **given)


def wrong(*duties: Obligation, on: date = TODAY) -> list[tuple[int, int]]:
    return list(tiers_of(duties, AGENCY.known, on=on).wrong)


def unclear(*duties: Obligation) -> list[tuple[int, int, str]]:
    return [(one.lower, one.upper, one.why) for one in tiers_of(duties, AGENCY.known, on=TODAY).unclear]


@pytest.mark.parametrize(
    ("receiver", "sender"),
    [
        ("Văn phòng Sở", "VP Sở"),
        ("Văn phòng", "Văn phòng Sở"),
        # The office collects, the agency sends on.
        ("Văn phòng Sở", OWN),
        ("Văn phòng Sở", "Sở"),
        ("Văn phòng Sở", "Sở KH&CN"),
        ("Sở", "Văn phòng Sở"),
        ("Sở KH&CN", OWN),
        # Any own unit may collect for what the agency reports, where it sends nothing on itself.
        ("Phòng KHTC&PC", "Sở"),
        ("Phòng Kế hoạch - Tài chính", "Văn phòng Sở"),
        # What goes out of the agency without a sender is the agency's.
        ("Văn phòng Sở", None),
        # Among others.
        ("Văn phòng Sở", "Văn phòng Sở và Phòng Quản lý khoa học"),
        ("Phòng Quản lý khoa học và Văn phòng Sở", "VP Sở"),
    ],
)
def test_a_party_is_known_by_any_of_its_names(receiver, sender):
    late = duty(UNITS, receiver, 20)
    assert wrong(late, duty(sender, "UBND tỉnh", 15)) == [(0, 1)]
    assert wrong(duty(UNITS, receiver, 10), duty(sender, "UBND tỉnh", 15)) == []
    assert unclear(late, duty(sender, "UBND tỉnh", 15)) == []


def test_who_passes_it_on_counts_as_a_receiver():
    late = duty(UNITS, "Ban Giám đốc", 20, via="VP Sở")
    assert wrong(late, duty("Văn phòng Sở", "UBND tỉnh", 15)) == [(0, 1)]


def test_a_unit_of_a_group_that_collects_reports_with_the_group():
    late = duty("Trạm quan trắc", "Trung tâm Công nghệ số", 12)
    assert wrong(late, duty(UNITS, "Văn phòng Sở", 10)) == [(0, 1)]


def test_a_unit_that_sends_on_itself_is_judged_by_that_and_not_by_the_agencys_own():
    three = (
        duty("Các đơn vị trực thuộc Sở", "Phòng Quản lý khoa học", 5),
        duty("Phòng QLKH", "Văn phòng Sở", 10),
        duty("Sở", "UBND tỉnh", 15),
    )
    assert wrong(*three) == []
    assert wrong(replace(three[0], due_day=12), *three[1:]) == [(0, 1)]
    assert wrong(three[0], replace(three[1], due_day=15), three[2]) == [(1, 2)]


def test_every_upper_duty_needs_one_below_it_that_comes_first():
    """20/11 is before 01/12, but the report of 15/11 has nothing to be made of."""
    lower = duty(UNITS, "Văn phòng Sở", 20)
    uppers = duty("Sở", "Sở Nội vụ", 15), duty("Sở", "UBND tỉnh", 1, 12)
    assert wrong(lower, *uppers) == [(0, 1)]
    assert wrong(replace(lower, due_day=10), *uppers) == []


def test_two_turns_of_a_year_written_as_two_duties_are_paired():
    lowers = duty(UNITS, "Văn phòng Sở", 15, 6), duty(UNITS, "Văn phòng Sở", 15, 11)
    uppers = duty("Sở", "UBND tỉnh", 20, 6), duty("Sở", "UBND tỉnh", 1, 12)
    assert wrong(*lowers, *uppers) == []
    assert wrong(*lowers, duty("Sở", "UBND tỉnh", 10, 6), uppers[1]) == [(0, 2)]
    assert wrong(lowers[0], duty(UNITS, "Văn phòng Sở", 5, 12), *uppers) == [(1, 2)]


@pytest.mark.parametrize(
    ("rhythm", "lower", "upper", "right"),
    [
        ("quarterly", (25, (3, 6, 9, 12)), (5, (1, 4, 7, 10)), True),
        ("quarterly", (25, (3, 6, 9, 12)), (20, (3, 6, 9, 12)), False),
        ("quarterly", (20, (3, 6, 9, 12)), ("last", (3, 6, 9, 12)), True),
        ("half_yearly", (15, (6, 12)), (5, (1, 7)), True),
        ("half_yearly", (15, (6, 12)), (10, (6, 12)), False),
        ("monthly", (25, None), (5, None), True),
        ("monthly", (25, None), (20, None), False),
        ("yearly", (20, 12), (5, 1), True),
        ("yearly", (15, 12), (15, 11), False),
        ("yearly", (15, 11), (15, 11), False),
        ("once", (10, 11), (15, 11), True),
        ("once", (15, 11), (10, 11), False),
        ("unspecified", (15, 11), (10, 11), False),
    ],
)
def test_a_turn_is_compared_with_the_same_turn_and_may_be_sent_on_in_the_next_year(
    rhythm, lower, upper, right
):
    pair = (
        duty(UNITS, "Văn phòng Sở", *lower, recurrence=rhythm),
        duty("Sở", "UBND tỉnh", *upper, recurrence=rhythm),
    )
    assert (wrong(*pair) == []) is right
    assert unclear(*pair) == []


def test_what_an_office_lays_before_its_own_agency_is_not_taken_for_what_it_collects():
    assert wrong(duty("Văn phòng Sở", "Sở", 25), duty("Văn phòng Sở", "UBND tỉnh", 15)) == []
    assert wrong(duty("Văn phòng Sở", "Sở", 25), duty("Sở", "UBND tỉnh", 15)) == [(0, 1)]


def test_two_reports_of_one_sender_or_to_one_receiver_are_no_tiers():
    assert wrong(duty("Sở", "UBND tỉnh", 15), duty("Sở", "Sở Nội vụ", 1, 12)) == []
    both = duty("Trạm quan trắc", "Văn phòng Sở", 20), duty("Phòng Quản lý khoa học", "VP Sở", 15)
    assert (wrong(*both), unclear(*both)) == ([], [])


@pytest.mark.parametrize(
    ("receiver", "sender"),
    [("Tổ giúp việc", "Sở"), (None, "Sở"), ("Văn phòng Sở", "Tổ giúp việc"), ("Tổ tổng hợp", "Ban chỉ đạo")],
)
def test_of_whom_nobody_knows_it_is_said_that_nothing_could_be_judged(receiver, sender):
    pair = duty(UNITS, receiver, 20), duty(sender, "UBND tỉnh", 15)
    assert wrong(*pair) == []
    assert unclear(*pair) == [(0, 1, "parties")]


def test_a_name_nobody_knows_is_still_the_same_name():
    late = duty(UNITS, "Tổ giúp việc", 20)
    assert wrong(late, duty("tổ giúp việc.", "UBND tỉnh", 15)) == [(0, 1)]


@pytest.mark.parametrize(
    ("upper", "why"),
    [
        (duty("Sở", "UBND tỉnh", None, None), "undated"),
        (duty("Sở", "UBND tỉnh", None, None, by_reference=True), "undated"),
        (duty("Sở", "UBND tỉnh", 5, (3, 6, 9, 12), recurrence="quarterly"), "rhythm"),
    ],
)
def test_days_that_are_not_there_and_other_rhythms_are_not_judged(upper, why):
    pair = duty(UNITS, "Văn phòng Sở", 20), upper
    assert wrong(*pair) == []
    assert unclear(*pair) == [(0, 1, why)]


def test_what_is_told_when_something_happens_has_no_order():
    called = duty("Sở", "UBND tỉnh", None, None, recurrence="ad_hoc")
    assert unclear(duty(UNITS, "Văn phòng Sở", 20), called) == []


def test_what_could_not_be_judged_is_told_once_for_each_lower_duty():
    lower = duty(UNITS, "Tổ giúp việc", 20)
    found = tiers_of(
        (lower, duty("Sở", "UBND tỉnh", 15), duty("Sở", "Sở Nội vụ", 1, 12)), AGENCY.known, on=TODAY
    )
    assert found.unclear == (Unclear(0, 1, "parties"),)
