"""Phiếu trình and biên bản over the web: for whoever sees the document, each download an entry, nothing changed."""

import pytest
from sqlalchemy import text

from tests.record import Record
from tests.web.audit.logs import number_of
from tests.web.conftest import text_of
from tests.web.documents.test_files import download, issued
from tests.web.documents.test_signing import accesses
from tests.workflow.writing.papers import Pages


def test_the_page_leads_to_both_and_each_comes_as_a_file_of_its_name(sign_in, sqlite_record: Record):
    document_id = issued(sqlite_record)
    lan = sign_in("lan")
    page = lan.get(f"/van-ban/{document_id}")
    for name in ("phieu-trinh", "bien-ban"):
        assert f'href="/van-ban/{document_id}/{name}.pdf"' in page
    assert "In biên bản phê duyệt" in text_of(page)
    slip = download(lan, f"/van-ban/{document_id}/phieu-trinh.pdf")
    assert f'filename="phieu-trinh-{document_id}-ban-1.pdf"' in slip.headers["Content-Disposition"]
    assert Pages(data=slip.data).line("PHIẾU TRÌNH")
    told = download(lan, f"/van-ban/{document_id}/bien-ban.pdf")
    assert 'filename="bien-ban-01-KH-SKHCN.pdf"' in told.headers["Content-Disposition"]
    assert Pages(data=told.data).line("BIÊN BẢN PHÊ DUYỆT")


def test_each_download_is_an_access_entry(sign_in, sqlite_record: Record):
    document_id = issued(sqlite_record)
    mai = sign_in("mai")
    download(mai, f"/van-ban/{document_id}/phieu-trinh.pdf")
    download(mai, f"/van-ban/{document_id}/bien-ban.pdf")
    told = b"".join(accesses(sqlite_record, document_id, "download")).decode()
    assert '"label":"Tải phiếu trình"' in told
    assert '"label":"Tải biên bản phê duyệt"' in told
    assert '"full_text":true' not in told


def test_those_who_do_not_see_the_document_get_neither(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    for name in ("phieu-trinh", "bien-ban"):
        assert sign_in("nhung").client.get(f"/van-ban/{document_id}/{name}.pdf").status_code == 404
        assert sign_in("lan").client.get(f"/van-ban/{document_id + 9}/{name}.pdf").status_code == 404


def test_the_history_leads_to_the_certificate_of_one_document(sign_in, sqlite_record: Record):
    document_id = issued(sqlite_record)
    minh = sign_in("minh")
    link = f'href="/van-ban/{document_id}/bien-ban.pdf"'
    assert link in minh.get(f"/lich-su?van_ban={document_id}")
    assert link in minh.get(f"/lich-su/{number_of(sqlite_record, 'sign')}")
    assert link not in minh.get("/lich-su"), "of no document in particular"
    assert Pages(data=download(minh, f"/van-ban/{document_id}/bien-ban.pdf").data).says("Tống Khắc Minh")


@pytest.mark.tampered
def test_a_text_that_no_longer_holds_has_a_certificate_that_says_so_and_no_slip(
    sign_in, sqlite_record: Record
):
    document_id = issued(sqlite_record)
    with sqlite_record.engine.database.write.begin() as db:
        db.execute(text("DROP TRIGGER revision_no_update"))
        db.execute(text("UPDATE revision SET content = CAST(replace(content, 'cơ quan', 'đơn vị') AS BLOB)"))
    lan = sign_in("lan")
    assert lan.client.get(f"/van-ban/{document_id}/phieu-trinh.pdf").status_code == 409
    told = Pages(data=download(lan, f"/van-ban/{document_id}/bien-ban.pdf").data)
    assert told.says("NỘI DUNG ĐANG LƯU KHÔNG CHO RA MÃ NÀY")
