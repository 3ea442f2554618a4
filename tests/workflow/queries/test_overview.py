"""The leaders' picture over acts whose answers are known by hand; on both databases."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.record import Record
from tests.web.reporting.conftest import OCTOBER, Year
from tests.web.statements import statements
from tests.workflow.acts import issued_plan
from tests.workflow.commands.test_tasks import content, note, standing
from workflow.commands.reporting import waive
from workflow.commands.tick import tick
from workflow.errors import NotYourStep
from workflow.models import Instance
from workflow.queries.overview import Picture, picture
from workflow.queries.overview_due import CAME, behind, came_of, milestones, unit_records
from workflow.queries.overview_flow import steps_of, stopped, whom_they_wait_for
from workflow.queries.overview_returns import by_group
from workflow.queries.overview_scope import scope_of
from workflow.queries.overview_signing import cases_behind, history
from workflow.queries.overview_tasks import led_by_units, tasks_behind
from workflow.queries.reporting import standings

STATEMENTS = 8
"""Of one picture; a record without plans or reports is spared one of them."""


def seen_by(record: Record, login: str, year: int | None = None) -> Picture:
    with record.engine.reading(record.who(login)) as w:
        return picture(w, year)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def at(record: Record, day: int, hour: int) -> None:
    """This hour in Việt Nam of that day of April 2026."""
    record.clock.now = datetime(2026, 4, day, hour - 7, tzinfo=UTC)


def signed(record: Record, *moments: tuple[int, int]) -> list[int]:
    """All trình at 13:00 on Monday 20/4/2026, each signed on its day at its hour; the clock only goes on."""
    at(record, 20, 13)
    ids = [record.draft() for _ in moments]
    for document_id in ids:
        record.bring_to(document_id, "submit")
    for document_id, (day, hour) in zip(ids, moments, strict=True):
        at(record, day, hour)
        for login, step in (("hung", "approve_content"), ("thu", "check_format"), ("mai", "sign")):
            record.step(login, document_id, step)
    return ids


def test_the_time_from_trinh_to_ky_is_told_by_month_in_working_hours(record: Record):
    signed(record, (20, 15), (20, 17), (21, 9), (22, 17))
    at(record, 23, 9)
    seen = seen_by(record, "viet")
    assert seen.months == [(2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3), (2026, 4)]
    assert [item.took for item in seen.signings] == [hours(20), hours(5), hours(4), hours(2)]
    assert {item.month for item in seen.signings} == {(2026, 4)}


def test_a_return_counts_from_the_first_trinh(record: Record):
    document_id = record.draft()
    at(record, 20, 13)
    record.step("lan", document_id, "submit")
    record.step("hung", document_id, "return", note="Bổ sung căn cứ ở mục I.")
    at(record, 21, 9)
    record.bring_to(document_id, "submit")
    at(record, 21, 10)
    for login, step in (("hung", "approve_content"), ("thu", "check_format"), ("mai", "sign")):
        record.step(login, document_id, step)
    assert [item.took for item in seen_by(record, "viet").signings] == [hours(6)]


def test_where_documents_stand_and_since_when(record: Record):
    ids = [record.draft() for _ in range(5)]
    record.bring_to(ids[0], "submit")
    record.bring_to(ids[1], "check_format")
    record.clock.forward(days=3)
    record.bring_to(ids[2], "submit")
    record.bring_to(ids[3], "sign")
    seen = seen_by(record, "viet")
    steps = steps_of(seen.stopped)
    assert [(step.label, [item.id for item in step.items]) for step in steps] == [
        ("Chờ trưởng phòng duyệt", [ids[0], ids[2]]),
        ("Chờ ký", [ids[1]]),
        ("Đã ký, chờ cấp số", [ids[3]]),
    ]
    assert steps[0].oldest == timedelta(days=3)
    assert [item.id for item in steps[0].overdue] == [ids[0]]
    assert steps[2].overdue == ()


def test_a_step_is_named_and_a_person_only_to_his_head(record: Record):
    waiting, checking = record.draft(), record.draft()
    record.bring_to(waiting, "check_format")
    record.bring_to(checking, "approve_content")
    told = {}
    for login in ("viet", "hung", "mai", "tam"):
        with record.engine.reading(record.who(login)) as w:
            told[login] = whom_they_wait_for(w, stopped(w, scope_of(w)))
    people = record.directory.by_login
    assert told["viet"][waiting] == people["mai"].name  # the deputy's head is the director
    assert people["thu"].name in told["hung"][checking]  # who checks the format sits in his unit
    assert waiting not in told["hung"]
    assert told["mai"] == {}


def test_each_reader_has_the_picture_of_what_he_may_see(record: Record):
    (done,) = signed(record, (20, 17))
    waiting = record.draft()
    record.bring_to(waiting, "submit")
    at(record, 21, 9)
    ids = {login: {item.id for item in seen_by(record, login).stopped} for login in ("viet", "hung", "minh")}
    assert ids == {"viet": {waiting, done}, "hung": {waiting, done}, "minh": {done}}
    head = seen_by(record, "khoi")
    assert head.stopped == []
    assert head.unit_names == ("Phòng Quản lý khoa học",)
    for login in ("lan", "nhung", "van", "huy"):
        with pytest.raises(NotYourStep) as refused:
            seen_by(record, login)
        assert refused.value.who


def test_the_forecast_rests_on_signed_documents_that_waited_longer(record: Record):
    signed(record, (20, 14), (20, 15), (20, 16), (20, 17), (21, 9), (21, 10))
    document_id = record.draft()
    at(record, 21, 13)
    record.bring_to(document_id, "submit")
    (told,) = (one for one in seen_by(record, "viet").outlooks if one.item.id == document_id)
    # 1, 2, 3, 4, 5, 6 hours of work after 13:00 of the 21st: the third smallest is 3, the sixth 6.
    assert (told.cases, told.middle, told.late) == (6, date(2026, 4, 21), date(2026, 4, 22))
    at(record, 21, 14)
    (later,) = (one for one in seen_by(record, "viet").outlooks if one.item.id == document_id)
    assert (later.cases, later.middle, later.late) == (5, date(2026, 4, 21), date(2026, 4, 22))
    with record.engine.reading(record.who("viet")) as w:
        (item,) = (one for one in stopped(w, scope_of(w)) if one.id == document_id)
        behind = cases_behind(item, history(w, scope_of(w)))
    assert [case.took for case in behind] == [hours(2), hours(3), hours(4), hours(5), hours(6)]


def test_four_cases_are_too_few_for_a_forecast(record: Record):
    signed(record, (20, 14), (20, 15), (20, 16), (20, 17))
    document_id = record.draft()
    record.bring_to(document_id, "submit")
    told = seen_by(record, "viet").outlooks
    assert [(one.item.id, one.cases, one.middle, one.late) for one in told] == [(document_id, 4, None, None)]


def test_returns_are_grouped_by_their_words_and_an_erased_one_says_so(record: Record):
    for words in (
        "Bổ sung căn cứ ở phần đầu.",
        "Căn cứ thiếu ngày; thời hạn quá sát.",
        "Viết lại đoạn hai cho rõ.",
    ):
        document_id = record.draft()
        record.bring_to(document_id, "submit")
        record.step("hung", document_id, "return", note=words)
        record.clock.forward(minutes=1)
    found = seen_by(record, "viet").returns
    assert found[0].words == "Viết lại đoạn hai cho rõ."
    assert {item.step for item in found} == {"Chờ trưởng phòng duyệt"}
    assert [(group, len(items)) for group, items in by_group(found)] == [
        ("bases", 2),
        ("deadlines", 1),
        ("unclassified", 1),
    ]
    assert seen_by(record, "minh").returns == []
    record.clock.forward(days=366)
    assert seen_by(record, "viet").returns == []


def test_deadlines_and_units_are_counted_as_their_reports_came(record: Record):
    year = Year(record)
    record.clock.now = OCTOBER
    for unit in ("QLKH", "QLCN"):
        record.step("hung", year.send(unit), "accept")
    record.clock.now = datetime(2026, 11, 12, 3, tzinfo=UTC)
    year.send("TDC")
    seen = seen_by(record, "viet")
    first, second = seen.milestones
    assert (first.last_on_time, first.due, first.tier) == (date(2026, 11, 9), date(2026, 11, 10), 1)
    assert len(set(first.overdue_units)) == len(first.overdue_units) == 6
    assert "Phòng Quản lý khoa học" not in first.overdue_units
    assert dict(first.count) == {"on_time": 2, "late": 1, "overdue": 6}
    assert (second.receiver, dict(second.count)) == ("Sở Nội vụ", {"waiting": 1})
    by_name = {unit.unit_name: (unit.fallen, dict(unit.count)) for unit in seen.units}
    assert len(by_name) == 9
    assert by_name["Phòng Quản lý khoa học"] == (1, {"on_time": 1})
    head = seen_by(record, "khoi")
    assert [unit.unit_name for unit in head.units] == ["Phòng Quản lý khoa học"]
    assert [sum(one.count.values()) for one in head.milestones] == [1]


def test_what_the_database_counts_is_what_looking_at_each_report_says(record: Record):
    """A number and the list behind it: of the agency, of one milestone, of one unit, page after page."""
    year = Year(record)
    record.clock.now = OCTOBER
    for unit in ("QLKH", "QLCN"):
        record.step("hung", year.send(unit), "accept")
    year.begin("BCVT")
    with record.engine.work(record.who("viet")) as w:
        seen = year.state(year.plan_id).version
        waive(w, instance_id=year.instance("CDS"), seen_version=seen, reason="Lồng ghép trong báo cáo khác")
    for now in (OCTOBER, datetime(2026, 11, 12, 3, tzinfo=UTC)):
        record.clock.now = now
        with record.engine.reading(record.who("viet")) as w:
            scope = scope_of(w)
            told = Counter((item.unit_id, came_of(item)) for item in standings(w, Instance.year == 2026))
            whole = behind(w, scope, 2026, CAME, most=50)
            assert Counter((item.unit_id, came_of(item)) for item in whole.items) == told
            assert whole.total == told.total()
            assert sum((one.count for one in milestones(w, scope, 2026)), Counter()) == Counter(
                came for _, came in told.elements()
            )
            for unit in unit_records(w, scope, 2026):
                assert unit.count == Counter(came for own, came in told.elements() if own == unit.unit_id)
                assert behind(w, scope, 2026, CAME, unit_id=unit.unit_id, most=9).total == 1
            for one in milestones(w, scope, 2026):
                for came in CAME:
                    found = behind(w, scope, 2026, [came], milestone=one, start=0, most=50)
                    assert found.total == len(found.items) == one.count[came]
                pages = [
                    behind(w, scope, 2026, CAME, milestone=one, start=start, most=4) for start in (0, 4, 8)
                ]
                ids = [item.instance_id for page in pages for item in page.items]
                assert len(ids) == len(set(ids)) == one.count.total()


def test_tasks_are_counted_as_they_are_listed(record: Record):
    plan_id = issued_plan(record, content=content())  # at least one of every state but overdue, in April
    looking_at = [("viet", 2026), ("khoi", 2026), ("minh", 2026), ("viet", 2027)]
    note(record, "nhung", standing(record, plan_id, "Rà soát quy chế", period="2026-Q2").id, "running")
    note(record, "nhung", standing(record, plan_id, "Tuyên truyền").id, "done")
    for day in (record.clock.now, OCTOBER, datetime(2027, 1, 5, 3, tzinfo=UTC)):
        record.clock.now = day
        tick(record.engine)
        for login, year in looking_at:
            with record.engine.reading(record.who(login)) as w:
                scope = scope_of(w)
                listed = Counter((item.unit_id, item.state) for item in tasks_behind(w, scope, year))
                counted = Counter(
                    {
                        (led.unit_id, state): n
                        for led in led_by_units(w, scope, year)
                        for state, n in led.count.items()
                    }
                )
            assert listed == counted, (login, year, day)
    record.clock.now = datetime(2027, 1, 6, 3, tzinfo=UTC)
    count = {led.unit_name: led.count for led in seen_by(record, "viet", 2026).tasks}
    assert count["Phòng Quản lý khoa học"] == {"overdue": 2, "done": 1}
    assert count["Phòng Chuyển đổi số"] == {"overdue": 1}
    assert [led.unit_name for led in seen_by(record, "khoi", 2026).tasks] == ["Phòng Quản lý khoa học"]
    assert (
        seen_by(record, "viet").tasks[1].count["awaiting"] == 1
    )  # the event has no day: it is of the present year


def test_the_number_of_statements_does_not_grow(record: Record):
    def count() -> int:
        with record.engine.reading(record.who("viet")) as w, statements(record.engine) as sent:
            picture(w)
        return len(sent)

    signed(record, (20, 15))
    first = count()
    year = Year(record)
    signed(record, (20, 16), (20, 17), (21, 9))
    record.bring_to(record.draft(), "submit")
    record.clock.now = OCTOBER
    year.send("QLKH")
    assert first <= count() == STATEMENTS
