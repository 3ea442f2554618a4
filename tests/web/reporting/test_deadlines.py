"""Deadlines: the last good day, lateness by the day in Việt Nam, own reports first, the agency's by plan."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.person import form_fields
from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.registry.conftest import counted
from tests.web.reporting.conftest import Year, enter_again
from workflow.content import Node, Obligation
from workflow.engine import Identity
from workflow.queries.reporting import standing

LAST_MINUTE = datetime(2026, 11, 9, 16, 59, tzinfo=UTC)
"""09/11 23:59 in Việt Nam."""


@pytest.fixture(params=["UTC", "America/New_York"])
def server_zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_before_the_tenth_is_in_time_until_the_ninth_is_over(sign_in, year: Year, server_zone):
    clock = year.record.clock
    clock.now = LAST_MINUTE
    nhung = sign_in("nhung")
    words = text_of(nhung.get("/han"))
    assert "Trước ngày 10/11, muộn nhất hết ngày 09/11".lower() in words.lower()
    assert "Chưa lập" in words
    assert "Hôm nay là ngày cuối" in words
    assert "Quá hạn" not in words
    clock.now = LAST_MINUTE + timedelta(minutes=1)
    words = text_of(nhung.get("/han"))
    assert "Quá hạn 1 ngày" in words
    assert "Báo cáo muộn vẫn được nhận" in words


@pytest.mark.parametrize(("moment", "late"), [(LAST_MINUTE, 0), (LAST_MINUTE + timedelta(minutes=1), 1)])
def test_a_report_is_late_by_the_day_its_head_sent_it(sign_in, year: Year, server_zone, moment, late):
    report_id = year.begin("QLKH")
    year.fill("nhung", report_id)
    year.record.step("nhung", report_id, "submit")
    year.record.clock.now = moment
    year.record.step("khoi", report_id, "approve_content")
    with year.record.engine.reading(year.record.who("nhung")) as w:
        found = standing(w, year.instance("QLKH"))
    assert (found.state, found.late_days) == ("submitted", late)
    words = text_of(sign_in("nhung").get("/han"))
    assert ("Đã gửi, nộp muộn 1 ngày" in words) is bool(late)


def test_asking_for_more_does_not_move_the_day_it_was_sent(sign_in, year: Year):
    year.record.clock.now = LAST_MINUTE
    report_id = year.send("QLKH")
    year.record.clock.forward(days=3)
    year.record.step("hung", report_id, "return", note="Bổ sung số liệu của quý IV")
    nhung = sign_in("nhung")
    words = text_of(nhung.get("/han"))
    assert "Cần bổ sung" in words
    assert "Gửi ngày 09/11/2026" in words
    year.fill("nhung", report_id, result="Đã bổ sung số liệu")
    year.record.step("nhung", report_id, "submit")
    year.record.step("khoi", report_id, "approve_content")
    words = text_of(nhung.get("/han"))
    assert "Gửi ngày 09/11/2026" in words
    assert "nộp muộn" not in words


def test_a_late_report_stays_late_when_more_was_asked_for(year: Year):
    year.record.clock.now = LAST_MINUTE + timedelta(days=3)
    report_id = year.send("QLKH")
    year.record.step("hung", report_id, "return", note="Bổ sung số liệu của quý IV")
    with year.record.engine.reading(year.record.who("hung")) as w:
        found = standing(w, year.instance("QLKH"))
    assert (found.state, found.late_days, found.overdue_days) == ("returned", 3, 0)


def test_the_form_of_a_report_says_by_when_and_to_whom_it_goes(sign_in, year: Year):
    report_id = year.begin("TTCNS")
    cuc = sign_in("cuc")
    words = text_of(cuc.get(f"/van-ban/{report_id}/sua"))
    assert (
        "Hạn Năm 2026: trước ngày 10/11, muộn nhất hết ngày 09/11 Còn 20 ngày (14 ngày làm việc) "
        "Nơi nhận Văn phòng Sở Căn cứ 01/KH-SKHCN"
    ) in words
    year.record.clock.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    words = text_of(enter_again(cuc).get(f"/van-ban/{report_id}/sua"))
    assert "hết ngày 09/11 Quá hạn 14 ngày. Báo cáo muộn vẫn được nhận Nơi nhận Văn phòng Sở" in words


def test_the_form_of_a_report_sent_back_says_how_late_it_was_sent(sign_in, year: Year):
    year.record.clock.now = LAST_MINUTE + timedelta(days=3)
    report_id = year.send("QLKH")
    year.record.step("hung", report_id, "return", note="Bổ sung số liệu của quý IV")
    words = text_of(sign_in("nhung").get(f"/van-ban/{report_id}/sua"))
    assert "hết ngày 09/11 Nộp muộn 3 ngày. Gửi ngày 12/11/2026 Nơi nhận Văn phòng Sở" in words


def test_a_report_that_was_cancelled_answers_nothing(sign_in, year: Year):
    report_id = year.begin("QLKH")
    year.record.step("nhung", report_id, "cancel", note="Lập nhầm kỳ báo cáo")
    nhung = sign_in("nhung")
    words = text_of(nhung.get("/han"))
    assert "Chưa lập" in words
    assert f"/van-ban/{report_id}" not in nhung.page.text


def test_a_last_day_without_work_says_which_day_to_aim_at(sign_in, year: Year):
    words = text_of(sign_in("hung").get(f"/han/{year.duty(2)}"))
    assert "Ngày 14/11 là Thứ Bảy, không làm việc: nên gửi trong ngày 13/11" in words


def test_what_is_far_off_is_not_asked_for_yet(sign_in, sqlite_record: Record):
    Year(sqlite_record)
    words = text_of(sign_in("nhung").get("/han"))
    assert "Không có báo cáo đến hạn trong 30 ngày tới." in words
    assert "Còn 203 ngày (140 ngày làm việc)" in words


def test_a_unit_sees_its_own_reports_and_not_the_agencys_table(sign_in, year: Year):
    words = text_of(sign_in("nhung").get("/han"))
    assert "Phòng Quản lý khoa học" in words
    assert "Trung tâm Công nghệ số" not in words
    assert "Các mốc năm" not in words


def test_leaders_see_every_plan_with_both_tiers_and_the_units_that_are_overdue(sign_in, year: Year):
    year.send("QLKH")
    year.record.clock.now = LAST_MINUTE + timedelta(days=2)
    words = text_of(sign_in("mai").get("/han"))
    assert "Các mốc năm 2026" in words
    assert "Trước 10/11 · đơn vị → Văn phòng Sở" in words
    assert "8 đơn vị quá hạn: Phòng Công nghệ và Đổi mới sáng tạo" in words
    assert "Trước 15/11 · cơ quan → Sở Nội vụ" in words
    assert "Lập báo cáo" not in words


def test_the_year_can_be_changed(sign_in, year: Year):
    nhung = sign_in("nhung")
    assert "trước ngày 10/11" in text_of(nhung.get("/han?nam=2027"))
    assert "Không có báo cáo đến hạn trong 30 ngày tới." in text_of(nhung.get("/han?nam=2029"))


def test_what_is_owed_from_last_year_comes_first(sign_in, year: Year):
    year.record.clock.now = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)
    words = text_of(sign_in("nhung").get("/han"))
    assert "Quá hạn 56 ngày" in words
    assert words.index("Quá hạn 56 ngày") < words.index("Sắp tới")


def test_a_unit_begins_its_report_from_its_deadline_and_only_once(sign_in, year: Year):
    nhung = sign_in("nhung")
    instance_id = year.instance("QLKH")
    nhung.get("/han")
    answer = nhung.post(f"/han/ky/{instance_id}/lap", follow=False)
    report_id = year.report_of(instance_id)
    assert answer.status_code == 303
    assert answer.location == f"/van-ban/{report_id}/sua"
    assert year.state(report_id).definition_id == "bao_cao_don_vi"
    words = text_of(nhung.get("/han"))
    assert "Đang lập" in words
    assert f"/han/ky/{instance_id}/lap" not in nhung.page.text
    again = nhung.post(f"/han/ky/{instance_id}/lap")
    assert again.status_code == 422
    assert "kỳ này đã có báo cáo đang lập hoặc đã gửi" in text_of(again.text)
    assert f'href="/van-ban/{report_id}"' in again.text


def test_pressing_twice_begins_one_report_and_leads_to_it_both_times(sign_in, year: Year):
    nhung = sign_in("nhung")
    form = form_fields(nhung.get("/han"), f"/han/ky/{year.instance('QLKH')}/lap")
    action = form.pop("__action__")
    first, second = (nhung.client.post(action, data=form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location == f"/van-ban/{year.report_of(year.instance('QLKH'))}/sua"


@pytest.mark.parametrize(
    ("login", "page", "unit", "tier", "act", "opens"),
    [
        ("nhung", "/han", "QLKH", 1, "/han/ky/{}/lap", "10/10/2027"),
        ("lan", "/tong-hop", "VP", 2, "/tong-hop/{}/lap", "15/10/2027"),
    ],
)
def test_a_period_that_is_not_open_says_when_it_opens_and_offers_no_report(
    sign_in, year: Year, login, page, unit, tier, act, opens
):
    instance_id = year.instance(unit, tier=tier, year=2027)
    person = sign_in(login)
    for seen in (f"{page}?nam=2027", f"/han/{year.duty(tier)}?nam=2027"):
        words = text_of(person.get(seen))
        assert "Chưa đến kỳ" in words
        assert f"Kỳ này mở từ ngày {opens}" in words
        assert act.format(instance_id) not in person.page.text
    refused = person.post(act.format(instance_id))
    assert refused.status_code == 422
    assert f"kỳ này chưa mở. Lập báo cáo được từ ngày {opens}." in text_of(refused.text)
    assert year.report_of(instance_id) is None


@pytest.mark.parametrize(
    ("login", "status"), [("yen", 403), ("mai", 403), ("minh", 403), ("huy", 403), ("xuan", 404)]
)
def test_nobody_else_begins_the_report_of_a_unit(sign_in, year: Year, login, status):
    answer = sign_in(login).post(f"/han/ky/{year.instance('QLKH')}/lap")
    assert answer.status_code == status
    assert year.report_of(year.instance("QLKH")) is None


def test_another_agency_sees_nothing_of_it(sign_in, year: Year):
    xuan = sign_in("xuan")
    assert "Thực hiện dân chủ" not in xuan.get("/han")
    xuan.get(f"/han/{year.duty(1)}", status=404)
    xuan.get(f"/han/ky/{year.instance('QLKH')}/mien", status=404)


def test_an_auditor_reads_every_deadline_and_can_press_nothing(sign_in, year: Year):
    minh = sign_in("minh")
    for path in ("/han", f"/han/{year.duty(1)}", "/tong-hop"):
        page = minh.get(path)
        assert "Thực hiện dân chủ trong cơ quan" in page
        assert page.count('method="post"') == 1
        assert "/mien" not in page
    assert "Trung tâm Công nghệ số" in text_of(minh.get(f"/han/{year.duty(1)}"))


def test_quarterly_periods_are_named_one_by_one(sign_in, sqlite_record: Record):
    duty = Obligation(
        from_="Phòng Quản lý khoa học", to="Văn phòng Sở", recurrence="quarterly", due_day=20, raw="Hằng quý."
    )
    section = Node(label="I", title="TỔ CHỨC", paragraphs=("Báo cáo hằng quý.",), obligations=(duty,))
    sqlite_record.bring_to(sqlite_record.draft(content=plan(sections=(section,))), "issue")
    words = text_of(sign_in("nhung").get("/han"))
    assert "quý II năm 2026" in words
    assert "quý IV năm 2026" in words


def test_a_line_that_names_one_period_counts_that_period_alone(sign_in, sqlite_record: Record):
    duty = Obligation(
        from_="Các phòng thuộc Sở", to="Văn phòng Sở", recurrence="quarterly", due_day=20, raw="Hằng quý."
    )
    section = Node(label="I", title="TỔ CHỨC", paragraphs=("Báo cáo hằng quý.",), obligations=(duty,))
    year = Year(sqlite_record, content=plan(sections=(section,)))
    sqlite_record.clock.now = datetime(2026, 6, 17, 2, 0, tzinfo=UTC)
    year.send("QLKH")
    sqlite_record.clock.now = datetime(2026, 6, 21, 2, 0, tzinfo=UTC)
    mai = sign_in("mai")
    words = text_of(mai.get("/han"))
    assert "Trước 20/06 · đơn vị → Văn phòng Sở 1/6" in words
    assert "quý II năm 2026: trước ngày 20/06, muộn nhất hết ngày 19/06 5 đơn vị quá hạn" in words
    assert "Cả 3 kỳ: đã gửi 1/18, quá hạn 5 1/6 đã gửi" in words
    words = text_of(mai.get("/tong-hop"))
    assert "muộn nhất hết ngày 19/06 . Đã gửi 1/6. Cả 3 kỳ: đã gửi 1/18, quá hạn 5." in words
    assert "Đã gửi quý II năm 2026 : 1/6 , 5 quá hạn quý III năm 2026 : 0/6 quý IV năm 2026 : 0/6" in words
    words = text_of(mai.get(f"/han/{year.duty(1)}"))
    assert "Hạn quý II năm 2026: trước ngày 20/06" in words
    assert "Đã gửi, cả 3 kỳ 1/18" in words


def test_the_statements_do_not_grow_with_the_plans(sign_in, year: Year):
    hung = sign_in("hung")
    paths = ("/han", "/tong-hop")
    few, many = [], []
    for path in paths:
        with counted(year.record) as said:
            hung.get(path)
        few.append(len(said))
    for _ in range(11):
        year.record.bring_to(year.record.draft(), "issue")
    enter_again(hung)
    for path in paths:
        with counted(year.record) as said:
            hung.get(path)
        many.append(len(said))
    assert many == few


def test_a_standing_out_of_sight_is_none(year: Year):
    with year.record.engine.reading(year.record.who("xuan")) as w:
        assert standing(w, year.instance("QLKH")) is None
    with year.record.engine.reading(Identity(rule="test")) as w:
        assert standing(w, year.instance("QLKH")) is not None
