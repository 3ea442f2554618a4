"""The report a unit with its own seal numbered itself: its PDF, number and day; and who may not bring one."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from tests.record import Record
from tests.web.conftest import text_of
from tests.workflow.acts import at, fill_results, history, instances, issued_plan, looking, row, text, working
from workflow.commands.attachments import incoming
from workflow.commands.numbered_reports import upload_numbered
from workflow.commands.reporting import start_unit_report
from workflow.errors import Invalid, NeedUnmet, Stale, StepNotOpen
from workflow.models import NumberedReport
from workflow.verification import verify

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def begin(record: Record, login: str, unit: str) -> int:
    plan_id = issued_plan(record)
    at(record, 2026, 10, 20)
    with working(record, login) as w:
        return start_unit_report(w, instance_id=instances(record, plan_id, tier=1, year=2026)[unit].id)


def bring(
    record: Record, report_id: int, login: str = "sen", *, data: bytes = PDF, name: str = "bc.pdf", **changes
):
    how = {
        "seen_version": row(record, report_id).version,
        "reference_no": "45/BC-TTKT",
        "dated": date(2026, 10, 19),
    } | changes
    with working(record, login) as w:
        return upload_numbered(w, document_id=report_id, file=incoming(name, data), **how)


def test_the_number_the_day_and_the_file_are_kept_and_checked_with_the_log(record: Record):
    report_id = begin(record, "sen", "TTKT")
    bring(record, report_id)
    assert [file.name for file in text(record, report_id).attachments] == ["bc.pdf"]
    assert history(record, report_id)[-1]["facts"]["numbered"]["reference_no"] == "45/BC-TTKT"
    bring(record, report_id, data=PDF + b"2", name="bc-2.pdf", reference_no="46 / BC-TTKT")
    assert [file.name for file in text(record, report_id).attachments] == ["bc-2.pdf"]
    with looking(record) as w:
        kept = w.db.scalars(select(NumberedReport.reference_no).order_by(NumberedReport.id)).all()
        report = verify(w)
    assert kept == ["45/BC-TTKT", "46/BC-TTKT"]
    assert report.holds
    assert str(report.counts["numbered"]) == "2/2"


def test_only_a_unit_with_a_seal_of_its_own_brings_one(sqlite_record: Record):
    report_id = begin(sqlite_record, "nhung", "QLKH")
    with pytest.raises(NeedUnmet, match="own_seal"):
        bring(sqlite_record, report_id, "nhung")


def test_what_is_no_number_no_day_or_no_pdf_is_refused(sqlite_record: Record):
    record = sqlite_record
    report_id = begin(record, "sen", "TTKT")
    for changes, place in (
        ({"reference_no": "BC 45"}, "reference_no"),
        ({"reference_no": "٤٥/BC-TTKT"}, "reference_no"),
        ({"reference_no": ""}, "reference_no"),
        ({"dated": None}, "dated"),
        ({"dated": date(2026, 10, 21)}, "dated"),
        ({"data": b"chu thuong", "name": "bc.txt"}, "numbered"),
    ):
        with pytest.raises(Invalid) as error:
            bring(record, report_id, **changes)
        assert [fault.place for fault in error.value.faults] == [place]
    with pytest.raises(Stale):
        bring(record, report_id, seen_version=7)
    fill_results(record, "sen", report_id)
    record.step("sen", report_id, "submit")
    with pytest.raises(StepNotOpen):
        bring(record, report_id)


def test_the_unit_brings_it_on_a_page_of_its_own(sign_in, sqlite_record: Record):
    report_id = begin(sqlite_record, "sen", "TTKT")
    sen = sign_in("sen")
    assert f"/van-ban/{report_id}/bao-cao-da-ky" in sen.get(f"/van-ban/{report_id}/sua")
    sen.get(f"/van-ban/{report_id}/bao-cao-da-ky")
    file = (io.BytesIO(PDF), "bao-cao.pdf")
    sen.submit("/bao-cao-da-ky", {"reference_no": "45", "dated": "19/10/2026", "numbered": file})
    assert sen.page.status_code == 422
    assert 'href="#reference_no">Ghi số, ký hiệu như trên báo cáo, ví dụ 45/BC-TTKT' in sen.page.text
    assert 'value="19/10/2026"' in sen.page.text
    sen.submit("/bao-cao-da-ky", {"reference_no": "45/BC-TTKT", "dated": "19/10/2026"})
    assert "Chọn một tệp có nội dung" in sen.page.text
    file = (io.BytesIO(PDF), "bao-cao.pdf")
    sen.submit("/bao-cao-da-ky", {"reference_no": "45/BC-TTKT", "dated": "19/10/2026", "numbered": file})
    words = text_of(sen.page.text)
    assert "Đã gắn báo cáo đã ký, đóng dấu." in words
    assert "Báo cáo của đơn vị: số 45/BC-TTKT ngày 19/10/2026" in words
    assert "Đã gắn báo cáo số 45/BC-TTKT" in text_of(sen.get(f"/van-ban/{report_id}/sua"))


def test_a_room_of_the_agency_finds_no_such_page(sign_in, sqlite_record: Record):
    report_id = begin(sqlite_record, "nhung", "QLKH")
    nhung = sign_in("nhung")
    assert "bao-cao-da-ky" not in nhung.get(f"/van-ban/{report_id}/sua")
    nhung.get(f"/van-ban/{report_id}/bao-cao-da-ky", status=404)
