"""CSV and JSON: the same events as on the page, safe in a spreadsheet, enough to compute every hash anew."""

import csv
import hashlib
import io
import json

import pytest

from tests.record import Record, plan
from tests.web.audit.logs import many_acts, number_of
from tests.web.conftest import text_of
from web.audit import routes
from web.audit.export import HEADINGS, safe
from workflow.log import merkle


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "query", ["", "?hanh_dong=soan", "?q=dan+chu", "?truy_cap=dang-nhap&hanh_dong=ky", "?q=zzz"]
)
def test_the_file_has_as_many_rows_as_the_page_says(sign_in, sqlite_record: Record, query):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    many_acts(sqlite_record, document_id, 70)
    minh = sign_in("minh")
    shown = text_of(minh.get(f"/lich-su{query}"))
    rows = _rows(minh.client.get(f"/lich-su.csv{query}").data)
    assert rows[0] == list(HEADINGS)
    assert f" {len(rows) - 1} sự kiện" in shown
    assert len(json.loads(minh.client.get(f"/lich-su.json{query}").data)["events"]) == len(rows) - 1


def test_the_csv_begins_with_the_mark_excel_wants(sign_in, sqlite_record: Record):
    answer = sign_in("minh").client.get("/lich-su.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lich-su.csv"'


def test_no_cell_starts_a_formula(sign_in, sqlite_record: Record):
    sqlite_record.draft(content=plan(subject='=HYPERLINK("http://x.example","bấm")'))
    document_id = sqlite_record.draft()
    sqlite_record.step("lan", document_id, "submit", note="+cmd|' /C calc'!A0 kính trình")
    rows = _rows(sign_in("lan").client.get("/lich-su.csv").data)[1:]
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert any("calc" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    for trap in ("=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", " =1"):
        assert safe(trap) == f"'{trap}"
    assert safe("01/KH-SKHCN") == "01/KH-SKHCN"


def test_the_json_is_enough_to_compute_every_hash_and_chain(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    minh = sign_in("minh")
    whole = json.loads(minh.client.get(f"/lich-su.json?van_ban={document_id}").data)
    events = whole["events"][::-1]
    assert len(events) == 8
    prev = "0" * 64
    for event in events:
        computed = hashlib.sha256(b"trinhky/entry/1\0" + event["stored"].encode()).hexdigest()
        assert computed == event["hash"]
        assert json.loads(event["stored"])["prev"] == prev
        prev = computed
    assert whole["checkpoint"].startswith(whole["public_key"].split("+")[0])
    assert len(whole["how_to_check"]) >= 5
    assert merkle.leaf_hash(bytes.fromhex(events[0]["hash"]))


def test_a_download_is_an_event_with_its_rows_and_filter(sign_in, sqlite_record: Record):
    minh = sign_in("minh")
    minh.client.get("/lich-su.csv?hanh_dong=quyen")
    page = text_of(minh.get("/lich-su?truy_cap=xem"))
    assert "Tải lịch sử" in page
    told = text_of(minh.get(f"/lich-su/{number_of(sqlite_record, 'download')}"))
    assert "csv" in told
    assert "quyen" in told


def test_too_many_events_are_refused_with_what_to_do_and_no_event_says_otherwise(
    sign_in, sqlite_record: Record, monkeypatch
):
    monkeypatch.setattr(routes, "MOST", 1)
    minh = sign_in("minh")
    answer = minh.client.get("/lich-su.csv")
    assert answer.status_code == 422
    assert "Thu hẹp theo ngày, hành động hoặc đơn vị" in text_of(answer.text)
    assert "Tải lịch sử" not in text_of(minh.get("/lich-su?truy_cap=xem"))
