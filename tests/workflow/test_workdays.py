"""Working days and deadlines in Việt Nam, on a server that runs in UTC."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import DefinitionError
from workflow.workdays import (
    VN,
    add_workdays,
    aim_day,
    is_late,
    is_workday,
    issue_aim,
    issue_deadline,
    last_on_time,
    load_corrections,
    next_workday,
    previous_workday,
    vn_date,
    workdays_between,
    working_hours_between,
)

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
STEPS = st.integers(-60, 60)


def vn(text):
    """An instant given in Việt Nam's time, as the server holds it: in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=VN).astimezone(UTC)


def test_the_day_changes_at_midnight_in_viet_nam_not_in_utc():
    assert vn_date(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert vn_date(datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC)) == date(2027, 1, 1)
    assert vn_date(vn("2028-02-29 23:59:59")) == date(2028, 2, 29)
    assert vn_date(vn("2028-03-01 00:00:00")) == date(2028, 3, 1)
    assert vn_date(datetime(2026, 11, 14, 12, 0, tzinfo=timezone(timedelta(hours=-11)))) == date(2026, 11, 15)


def test_an_instant_without_a_zone_has_no_date():
    naive = datetime(2026, 11, 14, 12)  # noqa: DTZ001
    for question in (vn_date, issue_deadline, lambda at: is_late(at, date(2026, 11, 14))):
        with pytest.raises(ValueError, match="zone"):
            question(naive)
    with pytest.raises(ValueError, match="zone"):
        working_hours_between(naive, naive)


def test_a_datetime_is_not_taken_for_a_date():
    with pytest.raises(TypeError):
        is_workday(datetime(2026, 11, 14, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2026-11-14", "a Saturday"),
        ("2026-11-15", "a Sunday"),
        ("2026-02-16", "the eve of Tết"),
        ("2026-02-17", "Tết"),
        ("2026-02-20", "the fourth day of Tết"),
        ("2025-01-27", "Tết of another year"),
        ("2026-04-27", "a substitute day for Giỗ Tổ on a Sunday"),
        ("2026-04-30", "30/4"),
        ("2026-05-01", "1/5"),
        ("2026-08-31", "a day exchanged for a Saturday"),
        ("2026-09-02", "Quốc khánh"),
        ("2026-11-24", "Ngày Văn hóa Việt Nam"),
        ("2026-01-02", "a day exchanged, from our own corrections"),
    ],
)
def test_offices_are_closed(day, what):
    assert not is_workday(date.fromisoformat(day)), what


@pytest.mark.parametrize(
    "day", ["2026-08-22", "2026-01-10", "2024-05-04", "2026-02-23", "2025-11-24", "2026-11-23", "2026-02-13"]
)
def test_offices_are_open_on_exchanged_saturdays_and_ordinary_days(day):
    assert is_workday(date.fromisoformat(day))


def test_tet_and_its_weekends_are_one_gap():
    assert next_workday(date(2026, 2, 13)) == date(2026, 2, 23)
    assert previous_workday(date(2026, 2, 23)) == date(2026, 2, 13)
    assert add_workdays(date(2026, 2, 12), 2) == date(2026, 2, 23)


def test_a_working_saturday_counts():
    assert next_workday(date(2026, 8, 21)) == date(2026, 8, 22)
    assert add_workdays(date(2026, 8, 21), 2) == date(2026, 8, 24)
    assert workdays_between(date(2026, 8, 28), date(2026, 9, 3)) == 1  # Fri to Thu over the exchanged Monday


def test_the_new_year_is_stepped_over():
    assert next_workday(date(2026, 12, 31)) == date(2027, 1, 4)
    assert previous_workday(date(2027, 1, 1)) == date(2026, 12, 31)
    assert add_workdays(date(2025, 12, 31), 1) == date(2026, 1, 5)
    assert add_workdays(date(2028, 2, 28), 1) == date(2028, 2, 29)


@given(DAYS, STEPS)
def test_stepping_and_counting_agree(day, n):
    reached = add_workdays(day, n)
    assert workdays_between(day, reached) == n
    assert reached == day if n == 0 else is_workday(reached)


@given(DAYS, STEPS, STEPS)
def test_steps_one_way_may_be_taken_in_two_parts(day, one, other):
    if one * other >= 0:
        assert add_workdays(add_workdays(day, one), other) == add_workdays(day, one + other)


@given(DAYS)
def test_neighbours_leave_no_working_day_between_them(day):
    after, before = next_workday(day), previous_workday(day)
    assert before < day < after
    between = {day + timedelta(days=n) for n in range((before - day).days + 1, (after - day).days)} - {day}
    assert not any(is_workday(other) for other in between)


@given(DAYS, DAYS)
def test_counting_is_counting(one, other):
    start, end = min(one, other), max(one, other)
    days = [start + timedelta(days=n) for n in range(1, min((end - start).days, 400) + 1)]
    assert workdays_between(start, days[-1] if days else start) == sum(is_workday(day) for day in days)


@given(st.integers(2015, 2035))
def test_a_year_has_as_many_working_days_as_years_have(year):
    assert 245 <= workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) <= 254


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20 08:00", "2026-11-20 17:00", 8),
        ("2026-11-20 11:30", "2026-11-20 13:30", 1),
        ("2026-11-20 12:00", "2026-11-20 13:00", 0),
        ("2026-11-20 16:00", "2026-11-23 09:00", 2),
        ("2026-11-20 17:00", "2026-11-23 08:00", 0),
        ("2026-11-23 16:30", "2026-11-25 08:30", 1),  # over Ngày Văn hóa Việt Nam
        ("2026-08-22 00:00", "2026-08-22 23:59:59", 8),  # a working Saturday
        ("2026-02-14 00:00", "2026-02-22 23:59:59", 0),
        ("2026-11-20 00:00", "2026-11-20 08:00", 0),
        ("2026-11-20 10:00", "2026-11-20 10:15", 0.25),
    ],
)
def test_working_hours_are_the_agencys(start, end, hours):
    assert working_hours_between(vn(start), vn(end)) == timedelta(hours=hours)
    assert working_hours_between(vn(end), vn(start)) == -timedelta(hours=hours)


@given(*[st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1), timezones=st.just(UTC))] * 3)  # noqa: DTZ001
def test_working_hours_add_up(one, two, three):
    a, b, c = sorted((one, two, three))
    assert working_hours_between(a, b) + working_hours_between(b, c) == working_hours_between(a, c)


@pytest.mark.parametrize(
    ("last", "weekday", "aim"),
    [
        ("2024-11-09", "Sat", "2024-11-08"),
        ("2024-11-14", "Thu", "2024-11-14"),
        ("2024-11-30", "Sat", "2024-11-29"),
        ("2025-11-09", "Sun", "2025-11-07"),
        ("2025-11-14", "Fri", "2025-11-14"),
        ("2025-11-30", "Sun", "2025-11-28"),
        ("2026-11-09", "Mon", "2026-11-09"),
        ("2026-11-14", "Sat", "2026-11-13"),
        ("2026-11-30", "Mon", "2026-11-30"),
        ("2027-11-09", "Tue", "2027-11-09"),
        ("2027-11-14", "Sun", "2027-11-12"),
        ("2027-11-30", "Tue", "2027-11-30"),
        ("2026-11-24", "Tue", "2026-11-23"),
        ("2026-02-20", "Fri", "2026-02-13"),
        ("2026-08-22", "Sat", "2026-08-22"),
    ],
)
def test_reminders_aim_at_the_last_working_day(last, weekday, aim):
    day = date.fromisoformat(last)
    assert day.strftime("%a") == weekday
    assert aim_day(day) == date.fromisoformat(aim)


@given(DAYS)
def test_the_aim_is_a_working_day_not_after_the_last_one(day):
    aim = aim_day(day)
    assert aim <= day
    assert is_workday(aim)
    assert (aim == day) == is_workday(day)


@pytest.mark.parametrize(
    ("submitted", "late"),
    [
        ("2026-11-14 08:00", 0),
        ("2026-11-14 23:59:59", 0),
        ("2026-11-15 00:00:00", 1),
        ("2026-11-15 08:00", 1),
        ("2026-11-24 00:00:00", 10),
        ("2026-01-01 00:00", 0),
    ],
)
def test_before_15_11_is_late_from_the_first_second_of_15_11(submitted, late):
    """A Saturday stays the last day: lateness is judged by the date, the reminder alone aims earlier."""
    assert is_late(vn(submitted), last_on_time(11, 15, 2026, inclusive=False)) == late


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), DAYS)  # noqa: DTZ001
def test_days_late_lead_back_to_the_last_day(submitted, last):
    late = is_late(submitted, last)
    assert late >= 0
    if late:
        assert vn_date(submitted) - timedelta(days=late) == last
    else:
        assert vn_date(submitted) <= last


@pytest.mark.parametrize(
    ("signed", "aim", "deadline"),
    [
        ("2026-11-19 10:00", "2026-11-19", "2026-11-20"),
        ("2026-11-20 16:59:59", "2026-11-20", "2026-11-23"),
        ("2026-11-20 23:59:59", "2026-11-20", "2026-11-23"),
        ("2026-11-21 00:00:00", "2026-11-23", "2026-11-23"),
        ("2026-11-23 09:00", "2026-11-23", "2026-11-25"),
        ("2026-12-31 17:00", "2026-12-31", "2027-01-04"),
        ("2026-02-13 15:00", "2026-02-13", "2026-02-23"),
        ("2026-08-21 15:00", "2026-08-21", "2026-08-22"),
        ("2026-08-22 15:00", "2026-08-22", "2026-08-24"),
    ],
)
def test_a_signed_document_goes_out_that_day_and_at_the_latest_the_next_working_day(signed, aim, deadline):
    assert issue_aim(vn(signed)) == date.fromisoformat(aim)
    assert issue_deadline(vn(signed)) == date.fromisoformat(deadline)


def test_every_correction_of_the_catalogue_holds():
    corrections = load_corrections()
    assert corrections
    for item in corrections:
        assert is_workday(item.day) == item.work, item


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("days: [{day: 2026-02-30, work: true, name: a, source: b}]", "date"),
        ("days: [{day: 2026-01-02, work: yes, name: a, source: b}]", "bool"),
        ("days: [{day: 2026-01-02, work: true, name: a}]", "source: missing"),
        ("days: [{day: 2026-01-02, work: true, name: a, source: ' '}]", "no source"),
        ("days: [{day: 2026-01-02, work: true, name: a, source: b, more: 1}]", "no such name"),
        (
            "days:\n- {day: 2026-01-02, work: true, name: a, source: b}\n"
            "- {day: 2026-01-02, work: false, name: a, source: b}",
            "stands twice",
        ),
        ("{}", "missing"),
    ],
)
def test_a_faulty_file_of_corrections_is_refused_with_its_reason(tmp_path, text, words):
    path = tmp_path / "holidays.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=words) as refusal:
        load_corrections(path)
    assert str(refusal.value).startswith("holidays.yaml")


def test_the_calendar_is_loaded_at_the_first_question_only():
    program = (
        "import sys, datetime, workflow.workdays as w\n"
        "assert 'holidays' not in sys.modules\n"
        "assert w.is_workday(datetime.date(2026, 8, 22))\n"
        "assert 'holidays' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env={"TZ": "UTC"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
