"""The pages of tasks: whose page says what, what may be noted there, and that refusals keep what was typed."""

import io
import re
from datetime import UTC, datetime

import pytest

from tests.person import form_fields
from tests.record import Record
from tests.web.conftest import text_of
from tests.web.statements import statements
from tests.workflow.acts import at
from tests.workflow.commands.test_tasks import note, plan_of, standing
from tests.workflow.commands.test_units import end


@pytest.fixture
def plan_id(sqlite_record: Record) -> int:
    return plan_of(sqlite_record)


def test_the_page_of_a_plan_shows_every_task_unit_and_time_with_its_state(
    sign_in, sqlite_record: Record, plan_id
):
    task = standing(sqlite_record, plan_id, "Rà soát quy chế", period="2026-Q2")
    note(sqlite_record, "nhung", task.id, words="Đã họp với các phòng", figure="2 cuộc họp")
    mai = sign_in("mai")
    assert f'href="/van-ban/{plan_id}/nhiem-vu"' in mai.get(f"/van-ban/{plan_id}")
    words = text_of(mai.get(f"/van-ban/{plan_id}/nhiem-vu"))
    assert "Nhiệm vụ của kế hoạch (13)" in words
    assert (
        "Quý II năm 2026 hết ngày 30/6/2026 Đang thực hiện Đã họp với các phòng (2 cuộc họp) Võ Hồng Nhung"
        in words
    )
    assert "Sau khi Chính phủ ban hành Nghị định chưa tính hạn Chờ sự kiện" in words
    assert "Chưa rõ đơn vị chủ trì 1" in words
    assert "Công đoàn ngành" in words
    assert "Ghi tiến độ" not in words


def test_state_quarter_and_unit_filter_without_script(sign_in, sqlite_record: Record, plan_id):
    mai = sign_in("mai")
    path = f"/van-ban/{plan_id}/nhiem-vu"
    assert "kế hoạch (2)" in text_of(mai.get(f"{path}?tinh-trang=awaiting"))
    assert "kế hoạch (10)" in text_of(mai.get(f"{path}?quy=2026-Q3"))
    assert "Quý III năm 2026" in text_of(mai.page.text)
    assert "Quý iii" not in mai.page.text
    unit = standing(sqlite_record, plan_id, "Tuyên truyền").unit_id
    words = text_of(mai.get(f"{path}?don-vi={unit}&quy=2026-Q3"))
    assert "kế hoạch (2)" in words
    assert "Không có nhiệm vụ nào khớp bộ lọc." in text_of(mai.get(f"{path}?tinh-trang=done"))
    mai.get(f"{path}?tinh-trang=x&quy=y&don-vi=z&tu=-5")


def test_a_unit_sees_what_is_still_open_first_and_notes_it(sign_in, sqlite_record: Record, plan_id):
    nhung = sign_in("nhung")
    words = text_of(nhung.get("/nhiem-vu"))
    assert "Nhiệm vụ (3)" in words
    assert "Triển khai nghị định" not in words
    assert "Triển khai nghị định" in text_of(nhung.get("/nhiem-vu?tinh-trang="))
    task = standing(sqlite_record, plan_id, "Tuyên truyền")
    nhung.get(f"/nhiem-vu/{task.id}")
    nhung.submit("/tien-do", {"progress": "done", "done_so_far": "Đã mở ba lớp", "figure": "3 lớp"})
    words = text_of(nhung.page.text)
    assert "Đã ghi tiến độ." in words
    assert "Hoàn thành" in words
    assert "Số liệu: 3 lớp" in words
    assert "Nhiệm vụ (2)" in text_of(nhung.get("/nhiem-vu"))
    assert "Ghi tiến độ nhiệm vụ" not in text_of(nhung.get(f"/van-ban/{plan_id}"))
    assert "Ghi tiến độ nhiệm vụ" in text_of(sign_in("hung").get("/lich-su"))


def test_a_file_goes_with_a_note_and_is_read_by_whoever_reads_the_plan(
    sign_in, sqlite_record: Record, plan_id
):
    task = standing(sqlite_record, plan_id, "Tuyên truyền")
    nhung = sign_in("nhung")
    nhung.get(f"/nhiem-vu/{task.id}")
    file = (io.BytesIO("Danh sách lớp".encode()), "danh-sach.txt")
    nhung.submit("/tien-do", {"progress": "running", "done_so_far": "Đang mở lớp", "attachment": file})
    assert "Tải danh-sach.txt" in text_of(nhung.page.text)
    link = nhung.page.text.split(f'href="/van-ban/{plan_id}/dinh-kem/')[1].split('"')[0]
    mai = sign_in("mai")
    assert mai.client.get(f"/van-ban/{plan_id}/dinh-kem/{link}").data == "Danh sách lớp".encode()


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    sign_in, sqlite_record: Record, plan_id
):
    task = standing(sqlite_record, plan_id, "Tuyên truyền")
    nhung = sign_in("nhung")
    nhung.get(f"/nhiem-vu/{task.id}")
    nhung.submit("/tien-do", {"done_so_far": "Đã làm một phần", "figure": "x" * 300})
    assert nhung.page.status_code == 422
    page = nhung.page.text
    assert "<title>Lỗi:" in page
    assert 'href="#progress-0">Chọn tình trạng thực hiện' in page
    assert "Rút ngắn số liệu" in page
    assert "Đã làm một phần" in page
    bad = {"progress": "done", "done_so_far": "Xong", "attachment": (io.BytesIO(b"MZ\x90"), "a.exe")}
    nhung.get(f"/nhiem-vu/{task.id}")
    nhung.submit("/tien-do", bad)
    assert nhung.page.status_code == 422
    assert "Chọn tệp loại khác" in nhung.page.text


def test_the_office_opens_a_task_that_waits(sign_in, sqlite_record: Record, plan_id):
    task = standing(sqlite_record, plan_id, "Triển khai nghị định")
    lan, nhung = sign_in("lan"), sign_in("nhung")
    assert "/su-kien" not in nhung.get(f"/nhiem-vu/{task.id}")
    assert "Văn phòng ghi văn bản, sự kiện" in text_of(nhung.page.text)
    lan.get(f"/nhiem-vu/{task.id}")
    lan.submit("/su-kien", {"event": "NĐ", "last_day": "1/1/2020"})
    assert lan.page.status_code == 422
    assert "Ghi văn bản, sự kiện dài ít nhất 10 ký tự" in lan.page.text
    assert "Chọn hạn hoàn thành từ hôm nay trở đi" in lan.page.text
    lan.submit("/su-kien", {"event": "Nghị định số 59/2026/NĐ-CP", "last_day": "không rõ"})
    assert "Ghi ngày theo mẫu" in lan.page.text
    twice = form_fields(lan.page.text, "/su-kien") | {
        "event": "Nghị định số 59/2026/NĐ-CP",
        "last_day": "31/10/2026",
    }
    lan.submit("/su-kien", {"event": "Nghị định số 59/2026/NĐ-CP", "last_day": "31/10/2026"})
    assert lan.client.post(twice.pop("__action__"), data=twice).status_code == 303
    words = text_of(lan.page.text)
    assert "Nhiệm vụ được mở cho 2 đơn vị." in words
    assert "hết ngày 31/10/2026" in words
    assert "Ghi tiến độ" in text_of(nhung.get(f"/nhiem-vu/{task.id}"))


@pytest.mark.parametrize("login", ["yen", "viet", "minh", "van", "hung"])
def test_nobody_of_another_unit_notes_or_finds_a_form(sign_in, sqlite_record: Record, plan_id, login):
    task = standing(sqlite_record, plan_id, "Rà soát quy chế", period="2026-Q2")
    person = sign_in(login)
    assert "/tien-do" not in person.get(f"/nhiem-vu/{task.id}")
    data = {"progress": "done", "done_so_far": "Xong"}
    assert person.post(f"/nhiem-vu/{task.id}/tien-do", data).status_code == 403
    assert standing(sqlite_record, plan_id, "Rà soát quy chế", period="2026-Q2").noted is None


def test_who_has_no_unit_and_a_plan_not_issued_are_told_so(sign_in, sqlite_record: Record, plan_id):
    assert "không thuộc đơn vị nào" in text_of(sign_in("minh").get("/nhiem-vu"))
    draft = sqlite_record.draft()
    assert "Kế hoạch chưa phát hành" in text_of(sign_in("lan").get(f"/van-ban/{draft}/nhiem-vu"))
    sign_in("nhung").get(f"/van-ban/{draft}/nhiem-vu", status=404)
    sign_in("nhung").get("/nhiem-vu/999", status=404)


def test_late_is_said_in_words(sign_in, sqlite_record: Record, plan_id):
    sqlite_record.clock.now = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
    assert "Quá hạn 2 ngày" in text_of(sign_in("nhung").get("/nhiem-vu"))


def test_pages_ask_the_same_number_of_statements_however_many_tasks(sign_in, sqlite_record: Record, plan_id):
    nhung, counts = sign_in("nhung"), []
    paths = ("/nhiem-vu", f"/van-ban/{plan_id}/nhiem-vu")
    for _ in range(2):
        for path in paths:
            nhung.get(path)  # warm
        with statements(sqlite_record.engine) as sent:
            for path in paths:
                nhung.get(path)
        counts.append(len(sent))
        for _ in range(2):
            other = plan_of(sqlite_record)
            note(sqlite_record, "nhung", standing(sqlite_record, other, "Tuyên truyền").id)
        for number in range(4):
            note(
                sqlite_record,
                "nhung",
                standing(sqlite_record, plan_id, "Tuyên truyền").id,
                words=f"Lần {number}",
            )
    assert counts[0] == counts[1]


def test_the_tasks_of_a_unit_that_ended_are_handed_over_from_the_page_of_the_plan(
    sign_in, sqlite_record: Record, plan_id
):
    end(sqlite_record)
    at(sqlite_record, 2026, 7, 1)
    path = f"/van-ban/{plan_id}/nhiem-vu"
    assert "đã kết thúc hoạt động, chưa bàn giao" in text_of(sign_in("mai").get(path))
    assert "/ban-giao/" not in sign_in("mai").get(path)
    hung = sign_in("hung")
    link = re.search(r'href="(/tong-hop/\d+/ban-giao/[^"]+)"', hung.get(path))
    assert link
    hung.get(link[1])
    hung.submit(link[1].split("?")[0], {"basis": "QĐ 45/QĐ-UBND ngày 01/5/2026 về sáp nhập phòng"})
    assert hung.page.request.path == path
    words = text_of(hung.page.text)
    assert "và các nhiệm vụ chưa hoàn thành" in words
    assert "Phòng Chuyển đổi số nhận bàn giao từ Phòng Bưu chính, Viễn thông" in words
