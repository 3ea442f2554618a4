"""The office's page on which the duties of a unit that ended go to its successor."""

from tests.record import Record
from tests.web.conftest import text_of
from tests.workflow.acts import at, history, issued_plan
from tests.workflow.commands.test_units import end, unit_of


def test_the_matrix_leads_to_the_page_and_the_page_hands_over(sign_in, sqlite_record: Record):
    record = sqlite_record
    plan_id, unit = issued_plan(record), unit_of(record, "BCVT")
    assert "Bàn giao…" not in text_of(sign_in("hung").get("/tong-hop"))
    end(record)
    at(record, 2026, 10, 15)
    hung = sign_in("hung")
    hung.enter()
    page = hung.get("/tong-hop")
    path = f"/tong-hop/{plan_id}/ban-giao/{unit.id}"
    assert path in page
    words = text_of(hung.get(path))
    assert unit.name in words
    assert "30/6/2026" in words
    assert f"Bàn giao cho {unit_of(record, 'CDS').name}" in words
    hung.submit(path, {"basis": "ngắn"})
    assert hung.page.status_code == 422
    assert "ngắn" in hung.page.text
    assert 'aria-invalid="true"' in hung.page.text
    hung.submit(path, {"basis": "QĐ 45/QĐ-UBND ngày 01/5/2026 về sáp nhập phòng"})
    assert hung.page.status_code == 200
    assert "Đã bàn giao" in text_of(hung.page.text)
    assert path not in hung.get("/tong-hop")
    assert history(record, plan_id)[-1]["action"] == "hand_over"
    words = text_of(hung.get(path))
    hung.submit(path, {"basis": "QĐ 45/QĐ-UBND ngày 01/5/2026 về sáp nhập phòng"})
    assert hung.page.status_code == 422
    assert "không còn nghĩa vụ báo cáo nào để bàn giao" in text_of(hung.page.text)


def test_nobody_else_comes_to_the_page_and_an_active_unit_has_no_button(sign_in, sqlite_record: Record):
    plan_id, unit = issued_plan(sqlite_record), unit_of(sqlite_record, "BCVT")
    path = f"/tong-hop/{plan_id}/ban-giao/{unit.id}"
    sign_in("thu").get(path, status=403)
    page = sign_in("hung").get(path)
    assert "Đơn vị này đang hoạt động." in text_of(page)
    assert f'action="{path}"' not in page
    end(sqlite_record, heir=None)
    at(sqlite_record, 2026, 7, 2)
    hung = sign_in("hung")
    hung.enter()
    assert "Chưa có đơn vị kế thừa." in text_of(hung.get(path))
    hung.get(f"/tong-hop/{plan_id}/ban-giao/0", status=404)
