"""A duty that no unit owes: told on every page of its plan, and given to units by the head of the office."""

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.conftest import text_of
from workflow.content import Node, Obligation
from workflow.engine import Identity
from workflow.models import Instance
from workflow.models import Obligation as Duty

RAW = "Kết quả báo cáo về Văn phòng Sở trước ngày 10/11 hằng năm."
ORDER = "Công văn số 12/SKHCN-VP ngày 20/4/2026"


@pytest.fixture
def unowed(sqlite_record: Record) -> Duty:
    duty = Obligation(to="Văn phòng Sở", recurrence="yearly", due_month=11, due_day=10, raw=RAW)
    section = Node(label="III", title="TỔ CHỨC THỰC HIỆN", paragraphs=(RAW,), obligations=(duty,))
    sqlite_record.bring_to(sqlite_record.draft(content=plan(sections=(section,))), "issue")
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        return w.db.execute(select(Duty.id, Duty.document_id)).one()


def units_owing(record: Record, duty_id: int) -> set[int]:
    with record.engine.reading(Identity(rule="test")) as w:
        return set(w.db.scalars(select(Instance.unit_id).where(Instance.obligation_id == duty_id)))


def test_the_list_the_plan_and_the_duty_say_that_nobody_reports(sign_in, sqlite_record: Record, unowed):
    hung = sign_in("hung")
    words = text_of(hung.get("/han"))
    assert words.index("Chưa có đơn vị báo cáo 1") < words.index(RAW)
    assert "Xác định đơn vị…" in words
    assert "Chưa có đơn vị báo cáo" in text_of(hung.get(f"/van-ban/{unowed.document_id}"))
    words = text_of(hung.get(f"/han/{unowed.id}"))
    assert "Chưa có đơn vị nào phải báo cáo. Câu văn không nói ai báo cáo." in words
    assert "Năm 2026 nghĩa vụ này chưa có kỳ nào đến hạn" not in words


def test_the_head_of_the_office_ticks_the_units_that_report(sign_in, sqlite_record: Record, unowed):
    hung = sign_in("hung")
    page = hung.get(f"/han/{unowed.id}")
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        agency = w.directory.agency_by_code["so_khcn"].id
        chosen = [w.directory.unit_by_code(agency, code).id for code in ("QLKH", "CDS")]
        office = w.directory.unit_by_code(agency, "VP").id
    assert f'name="units" id="units-0" value="{office}"' not in page
    hung.submit(f"/han/{unowed.id}/don-vi-bao-cao", {"units": chosen, "named_by": ORDER})
    words = text_of(hung.page.text)
    assert "Đã ghi đơn vị phải báo cáo" in words
    assert "Đã gửi 0/2" in words
    assert units_owing(sqlite_record, unowed.id) == set(chosen)
    assert "Chưa có đơn vị báo cáo" not in text_of(hung.get("/han"))


def test_what_is_missing_is_told_and_what_was_typed_stays(sign_in, sqlite_record: Record, unowed):
    hung = sign_in("hung")
    hung.get(f"/han/{unowed.id}")
    hung.submit(f"/han/{unowed.id}/don-vi-bao-cao", {"named_by": ORDER})
    assert hung.page.status_code == 422
    assert "Chọn ít nhất một đơn vị phải báo cáo" in text_of(hung.page.text)
    assert f'value="{ORDER}"' in hung.page.text
    assert units_owing(sqlite_record, unowed.id) == set()


def test_it_may_be_kept_as_one_that_is_answered_when_asked_for(sign_in, sqlite_record: Record, unowed):
    hung = sign_in("hung")
    hung.get(f"/han/{unowed.id}")
    hung.submit(f"/han/{unowed.id}/khi-co-yeu-cau", {"reason": "Chỉ báo cáo khi Giám đốc yêu cầu"})
    assert "Đã ghi: báo cáo khi có yêu cầu" in text_of(hung.page.text)
    assert "Chưa có đơn vị báo cáo" not in text_of(hung.get("/han"))


@pytest.mark.parametrize("login", ["lan", "viet", "minh"])
def test_nobody_else_names_a_unit(sign_in, sqlite_record: Record, unowed, login):
    person = sign_in(login)
    assert "/don-vi-bao-cao" not in person.get(f"/han/{unowed.id}")
    given = {"units": ["1"], "named_by": ORDER, "seen_version": "1"}
    assert person.post(f"/han/{unowed.id}/don-vi-bao-cao", given).status_code == 403
