"""A later day for a report: agreed with a reason, shown everywhere, and never what lateness is judged by."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.record import Record
from tests.web.conftest import text_of
from tests.web.reporting.conftest import Year
from tests.workflow.acts import at, history, instances, issued_plan, looking, report_of_unit, row, working
from workflow.commands.extending import extend
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale
from workflow.models import Instance
from workflow.queries.reporting import standing

REASON = "Bổ sung số liệu quý IV theo yêu cầu của Văn phòng"


def give(record: Record, plan_id: int, instance_id: int, login: str = "hung", **changes) -> None:
    how = {
        "seen_version": row(record, plan_id).version,
        "new_day": date(2026, 11, 20),
        "reason": REASON,
    } | changes
    with working(record, login) as w:
        extend(w, instance_id=instance_id, **how)


def test_the_later_day_is_kept_and_the_first_still_judges(record: Record):
    plan_id = issued_plan(record)
    instance_id = instances(record, plan_id, tier=1, year=2026)["QLKH"].id
    at(record, 2026, 11, 1)
    give(record, plan_id, instance_id)
    with looking(record) as w:
        kept = w.db.execute(
            select(Instance.extended_to, Instance.last_on_time).where(Instance.id == instance_id)
        ).one()
    assert kept == (date(2026, 11, 20), date(2026, 11, 9))
    said = history(record, plan_id)[-1]
    assert (said["action"], said["facts"]["new_day"], said["facts"]["due"]) == (
        "extend",
        "2026-11-20",
        "2026-11-09",
    )
    at(record, 2026, 11, 12)
    report_of_unit(record, "QLKH", instance_id)
    with looking(record, "hung") as w:
        assert standing(w, instance_id).late_days == 3
    with pytest.raises(NeedUnmet, match="instance_open"):
        give(record, plan_id, instance_id)


@pytest.mark.parametrize("new_day", [date(9999, 12, 31), date(2027, 11, 10)])
def test_a_day_more_than_a_year_after_the_first_is_mistyped_and_refused(sqlite_record: Record, new_day):
    record = sqlite_record
    plan_id = issued_plan(record)
    instance_id = instances(record, plan_id, tier=1, year=2026)["QLKH"].id
    with pytest.raises(Invalid) as refused:
        give(record, plan_id, instance_id, new_day=new_day)
    assert [(fault.place, fault.rule) for fault in refused.value.faults] == [("new_day", "too_late")]
    give(record, plan_id, instance_id, new_day=date(2027, 11, 9))


def test_only_the_chanh_van_phong_agrees_and_only_to_a_later_day(sqlite_record: Record):
    record = sqlite_record
    plan_id = issued_plan(record)
    instance_id = instances(record, plan_id, tier=1, year=2026)["QLKH"].id
    for login in ("viet", "lan", "khoi", "huy"):
        with pytest.raises((NotYourStep, NotFound)):
            give(record, plan_id, instance_id, login)
    for changes in ({"new_day": date(2026, 11, 9)}, {"new_day": None}, {"reason": "ngắn"}):
        with pytest.raises(Invalid):
            give(record, plan_id, instance_id, **changes)
    with pytest.raises(Stale):
        give(record, plan_id, instance_id, seen_version=1)
    own = instances(record, plan_id, tier=2, year=2026)["VP"].id
    with pytest.raises(NotFound):
        give(record, plan_id, own)
    at(record, 2026, 12, 1)
    with pytest.raises(Invalid):
        give(record, plan_id, instance_id)


def test_the_office_sends_back_agrees_to_a_day_and_the_unit_sees_it(sign_in, year: Year):
    year.record.clock.now = datetime(2026, 11, 12, 3, 0, tzinfo=UTC)
    report_id = year.send("TDC")
    year.record.step("hung", report_id, "return", note="Bổ sung số liệu quý IV")
    hung = sign_in("hung")
    assert "Hẹn ngày mới…" in text_of(hung.get(f"/han/{year.duty(1)}"))
    assert "/gia-han" in hung.get("/tong-hop")
    hung.get(f"/han/ky/{year.instance('TDC')}/gia-han?ve=/tong-hop")
    hung.submit("/gia-han", {"new_day": "09/11/2026", "reason": REASON})
    assert hung.page.status_code == 422
    assert 'href="#new_day">Chọn ngày nộp mới sau hạn ban đầu và không trước hôm nay' in hung.page.text
    assert REASON in hung.page.text
    hung.submit("/gia-han", {"new_day": "20/11/2026", "reason": REASON})
    assert "Đúng hạn hay muộn vẫn tính theo hạn ban đầu." in text_of(hung.page.text)
    assert "Hẹn nộp đến hết ngày 20/11/2026" in text_of(sign_in("nam").get("/han"))
    nam = sign_in("nam")
    assert "Văn phòng hẹn nộp đến hết ngày 20/11/2026." in text_of(nam.get(f"/van-ban/{report_id}/sua"))
    words = text_of(nam.get(f"/van-ban/{report_id}"))
    assert "Nộp muộn 3 ngày hạn đến hết ngày 09/11/2026" in words


def test_nobody_else_finds_the_form(sign_in, year: Year):
    sign_in("nhung").get(f"/han/ky/{year.instance('QLKH')}/gia-han", status=403)
    sign_in("hung").get(f"/han/ky/{year.instance('VP', tier=2)}/gia-han", status=404)


def test_a_late_report_is_stamped_on_its_paper_and_a_punctual_one_is_not(sign_in, year: Year):
    punctual = year.send("QLKH")
    year.record.clock.now = datetime(2026, 11, 12, 3, 0, tzinfo=UTC)
    late = year.send("TDC")
    hung = sign_in("hung")
    for path in ("", "/in"):
        assert '<p class="mark-draft">Nộp muộn 3 ngày</p>' in hung.get(f"/van-ban/{late}{path}")
        assert "Nộp muộn" not in hung.get(f"/van-ban/{punctual}{path}")
    assert hung.client.get(f"/van-ban/{late}/tep.pdf").data[:5] == b"%PDF-"
