"""That a step was told upwards, as its people read it: on the document's page, in its history, in the list of work."""

from tests.record import Record
from tests.web.conftest import Door, text_of
from tests.web.statements import statements
from tests.workflow.acts import at
from workflow.commands.tick import tick

SAID = "Đã báo lên Phạm Quốc Hùng, Chánh Văn phòng"


def told_above(record: Record, *days: int) -> int:
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    for day in days or (23,):
        at(record, 2026, 4, day, 16)
        tick(record.engine)
    return plan_id


def test_the_page_says_whom_it_was_told_and_that_the_signer_is_still_the_signer(
    sign_in: Door, sqlite_record: Record
):
    plan_id = told_above(sqlite_record, 23, 29)
    for login in ("lan", "mai"):
        page = text_of(sign_in(login).get(f"/van-ban/{plan_id}"))
        assert "Đang chờ: Trần Thị Ngọc Mai" in page
        assert (
            f"{SAID} lúc 23/4/2026 16:00 ; Đoàn Quốc Việt, Giám đốc lúc 29/4/2026 16:00 vì chờ quá thời hạn 2 ngày "
            "làm việc. Người xử lý không đổi."
        ) in page
        history = page[page.index("Lịch sử phê duyệt") :]
        assert history.count(SAID) == 1
        assert "quy tắc: báo lên trưởng đơn vị khi quá thời hạn của bước" in history


def test_once_the_step_is_taken_only_the_history_says_it(sign_in: Door, sqlite_record: Record):
    plan_id = told_above(sqlite_record)
    sqlite_record.step("mai", plan_id, "sign")
    page = text_of(sign_in("lan").get(f"/van-ban/{plan_id}"))
    assert page.count(SAID) == 1
    assert page.index(SAID) > page.index("Lịch sử phê duyệt")


def test_a_signature_of_the_page_from_before_still_stands(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "check_format")
    at(sqlite_record, 2026, 4, 23, 16)
    mai = sign_in("mai")
    mai.get(f"/viec?chon={plan_id}")
    tick(sqlite_record.engine)
    answer = mai.submit(f"/van-ban/{plan_id}/buoc/ky")
    assert "Đã ký duyệt" in text_of(answer.text)


def test_the_list_of_work_marks_it_for_whom_it_waits_without_another_statement(
    sign_in: Door, sqlite_record: Record
):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "check_format")
    at(sqlite_record, 2026, 4, 23, 16)
    mai = sign_in("mai")
    assert "đã báo lên" not in text_of(mai.get("/viec"))
    with statements(sqlite_record.engine) as before:
        mai.get("/viec")
    tick(sqlite_record.engine)
    mai.get("/viec")
    with statements(sqlite_record.engine) as after:
        page = mai.get("/viec")
    assert "quá thời hạn, đã báo lên Phạm Quốc Hùng, Chánh Văn phòng" in text_of(page)
    assert len(after) == len(before)


def test_the_one_above_finds_it_in_his_list_and_the_log_has_a_filter_for_it(
    sign_in: Door, sqlite_record: Record
):
    plan_id = told_above(sqlite_record)
    hung = sign_in("hung")
    page = hung.get("/thong-bao")
    assert "Quá thời hạn xử lý" in text_of(page)
    assert f'href="/van-ban/{plan_id}"' in page
    log = text_of(hung.get("/lich-su?hanh-vi=don-doc"))
    assert "Báo lên cấp trên: chờ quá thời hạn xử lý" in log
    assert "báo lên trưởng đơn vị khi quá thời hạn của bước" in log
