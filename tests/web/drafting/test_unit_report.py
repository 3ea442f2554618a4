"""A unit's own report: how each task stands, with last time's words beside; refused only where it says too little."""

import msgspec
import pytest

from tests.record import plan
from tests.web.conftest import text_of
from tests.web.drafting.test_editing import CANARY, stored
from workflow.content import Row

ROWS = (Row("II.1", "Tổ chức đối thoại", "Phòng QLCN"), Row("II.2", "Lập sổ theo dõi", "Phòng QLCN"))


@pytest.fixture
def report(sqlite_record):
    parent = sqlite_record.draft()
    content = plan(
        doc_type="BC", subject="Kết quả năm 2026", results=ROWS, sections=(), parent_reference="01/KH-SKHCN"
    )

    def make(**changes):
        return sqlite_record.draft(
            "yen", unit="QLCN", signer=None, definition_id="bao_cao_don_vi", plan_id=parent,
            content=msgspec.structs.replace(content, **changes),
        )  # fmt: skip

    return make


def test_a_report_is_written_saved_and_sent(sign_in, sqlite_record, report):
    yen, document = sign_in("yen"), report()
    words = text_of(yen.get(f"/van-ban/{document}/sua"))
    assert "II.1 Tổ chức đối thoại" in words
    assert "chưa có báo cáo trước" in words
    page = yen.submit(
        f"/van-ban/{document}/sua", {"rows-0-status": "done", "rows-0-result": "2 hội nghị.", "save": "1"}
    )
    assert "Đã lưu báo cáo đang lập" in page.text
    page = yen.submit(
        f"/van-ban/{document}/sua", {"rows-0-status": "done", "rows-1-status": "not_started", "send": "1"}
    )
    assert page.status_code == 422
    assert '<a href="#rows-1-reason">Ghi lý do chưa thực hiện cho mục II.2</a>' in page.text
    page = yen.submit(
        f"/van-ban/{document}/sua",
        {"rows-1-status": "not_started", "rows-1-reason": "Chờ mẫu sổ.", "send": "1"},
    )
    assert page.request.path == f"/van-ban/{document}/buoc/trinh"
    assert stored(sqlite_record, document).content.results == (
        msgspec.structs.replace(ROWS[0], status="done", result="2 hội nghị."),
        msgspec.structs.replace(ROWS[1], status="not_started", reason="Chờ mẫu sổ."),
    )


def test_a_row_without_a_state_is_told_at_its_first_choice(sign_in, sqlite_record, report):
    yen, document = sign_in("yen"), report()
    yen.get(f"/van-ban/{document}/sua")
    page = yen.submit(f"/van-ban/{document}/sua", {"send": "1"})
    assert '<a href="#rows-0-status-0">Chọn tình trạng thực hiện cho mục II.1</a>' in page.text
    assert 'id="rows-0-status-0"' in page.text


def test_last_time_stands_beside(sign_in, sqlite_record, report):
    report(results=(msgspec.structs.replace(ROWS[0], status="running", result="Mới xong <một> hội nghị."),))
    document = report()
    page = sign_in("yen").get(f"/van-ban/{document}/sua")
    words = text_of(page)
    assert "Báo cáo lần trước: Đang thực hiện Mới xong <một> hội nghị." in words
    assert words.count("Báo cáo lần trước:") == 1


def test_a_conflict_keeps_what_was_typed(sign_in, sqlite_record, report):
    yen, document = sign_in("yen"), report()
    yen.get(f"/van-ban/{document}/sua")
    other = {"rows-0-status": "running", "rows-0-result": "Chữ kia.", "save": "1"}
    first = dict(other)
    page = yen.page
    yen.submit(f"/van-ban/{document}/sua", first)
    yen.page = page
    page = yen.submit(
        f"/van-ban/{document}/sua", {"rows-0-status": "done", "rows-0-result": "Chữ này.", "save": "1"}
    )
    assert page.status_code == 409
    assert "Chữ này." in page.text
    assert "Bỏ: kia Thêm: này" in text_of(page.text)
    assert stored(sqlite_record, document).content.results[0].result == "Chữ kia."


def test_words_are_escaped_and_rows_cannot_be_added(sign_in, sqlite_record, report):
    yen, document = sign_in("yen"), report()
    yen.get(f"/van-ban/{document}/sua")
    typed = {"rows-0-status": CANARY, "rows-0-result": CANARY, "rows-7-result": "thêm", "save": "1"}
    page = yen.submit(f"/van-ban/{document}/sua", typed)
    assert "<script>alert" not in page.text
    results = stored(sqlite_record, document).content.results
    assert len(results) == 2
    assert results[0].status == ""
