"""The paper as a file over the web: what went out byte for byte, before that the present text with its mark."""

import hashlib
import io
import re

import pytest
from sqlalchemy import select, text

from tests.record import Record, plan
from tests.web.conftest import form_fields, text_of
from tests.web.documents.test_signing import accesses
from tests.workflow.writing.papers import Pages
from workflow.commands.drafting import save_revision
from workflow.models import Document, IssuedFile
from workflow.writing import ahead

SCANNED = b"%PDF-1.7\n" + b"\x00\xff scan " * 50


def issued(record: Record, **changes) -> int:
    document_id = record.draft(content=plan(**changes)) if changes else record.draft()
    record.bring_to(document_id, "issue")
    return document_id


def two_texts(record: Record) -> int:
    document_id = record.draft()
    with record.engine.work(record.who("lan")) as w:
        save_revision(w, document_id=document_id, seen_version=1, content=plan(subject="Thực hiện dân chủ, bản hai"),
                      signer_id=record.person("mai"))  # fmt: skip
    return document_id


def download(person, path: str):
    answer = person.client.get(path)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.mimetype == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    return answer


def test_the_issued_file_comes_as_it_was_stored_under_its_number(sign_in, sqlite_record: Record):
    document_id = issued(sqlite_record)
    answer = download(sign_in("lan"), f"/van-ban/{document_id}/tep.pdf")
    with sqlite_record.engine.database.read.begin() as db:
        digest = db.scalar(select(IssuedFile.sha256).where(IssuedFile.document_id == document_id))
    assert hashlib.sha256(answer.data).hexdigest() == digest
    assert 'filename="01-KH-SKHCN.pdf"' in answer.headers["Content-Disposition"]
    again = download(sign_in("mai"), f"/van-ban/{document_id}/tep.pdf?sach=1")
    assert again.data == answer.data


def test_no_paper_is_set_while_a_step_holds_the_record(sign_in, sqlite_record: Record, monkeypatch):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "seal")
    held: list[bool] = []
    real = ahead.pdf

    def watched(*what, **how):
        held.append(sqlite_record.engine._turn.locked())
        return real(*what, **how)

    monkeypatch.setattr(ahead, "pdf", watched)
    van = sign_in("van")
    van.get(f"/van-ban/{document_id}/buoc/phat-hanh")
    van.submit(f"/van-ban/{document_id}/buoc/phat-hanh", {})
    assert held == [False]
    assert download(van, f"/van-ban/{document_id}/tep.pdf")


def test_the_page_shows_both_digests_and_leads_to_the_file(sign_in, sqlite_record: Record):
    document_id = issued(sqlite_record)
    page = sign_in("lan").get(f"/van-ban/{document_id}")
    told = text_of(page)
    with sqlite_record.engine.database.read.begin() as db:
        digest = db.scalar(select(IssuedFile.sha256).where(IssuedFile.document_id == document_id)) or ""
        content = db.scalar(select(Document.digest).where(Document.id == document_id)) or ""
    assert "Mã nội dung" in told
    assert "Mã tệp phát hành" in told
    assert digest in page
    assert content in page
    assert f'href="/van-ban/{document_id}/tep.pdf"' in page
    for path in (f"/van-ban/{document_id}/in", f"/van-ban/{document_id}/ban/1"):
        assert "tep.pdf" in sign_in("lan").get(path)


def test_before_issue_the_file_is_the_present_text_with_its_mark(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    answer = download(sign_in("lan"), f"/van-ban/{document_id}/tep.pdf")
    assert f"van-ban-{document_id}-ban-1.pdf" in answer.headers["Content-Disposition"]
    assert Pages(data=answer.data).line("BẢN DỰ THẢO")
    clean = Pages(data=download(sign_in("lan"), f"/van-ban/{document_id}/tep.pdf?sach=1").data)
    assert not any("DỰ THẢO" in word.text for word in clean.words)
    sqlite_record.bring_to(document_id, "assign_number")
    numbered = Pages(data=download(sign_in("van"), f"/van-ban/{document_id}/tep.pdf").data)
    assert numbered.line("CHƯA PHÁT HÀNH")
    assert numbered.says("Số: 01/KH-SKHCN")


def test_an_earlier_text_is_marked_as_one_that_has_a_newer(sign_in, sqlite_record: Record):
    document_id = two_texts(sqlite_record)
    first = Pages(data=download(sign_in("lan"), f"/van-ban/{document_id}/ban/1/tep.pdf").data)
    second = Pages(data=download(sign_in("lan"), f"/van-ban/{document_id}/ban/2/tep.pdf").data)
    assert first.line("BẢN 1, ĐÃ CÓ BẢN MỚI")
    assert second.line("BẢN DỰ THẢO")
    assert second.says("bản hai")
    assert sign_in("lan").client.get(f"/van-ban/{document_id}/ban/3/tep.pdf").status_code == 404


def test_the_text_that_went_out_comes_as_it_was_stored_also_by_its_number_among_the_texts(
    sign_in, sqlite_record: Record
):
    document_id = two_texts(sqlite_record)
    sqlite_record.bring_to(document_id, "issue")
    lan = sign_in("lan")
    stored = download(lan, f"/van-ban/{document_id}/tep.pdf").data
    answer = download(lan, f"/van-ban/{document_id}/ban/2/tep.pdf")
    assert answer.data == stored, "nothing is set anew once it has gone out"
    assert 'filename="01-KH-SKHCN.pdf"' in answer.headers["Content-Disposition"]
    assert not any("KHÔNG PHẢI" in word.text for word in Pages(data=stored).words)
    first = Pages(data=download(lan, f"/van-ban/{document_id}/ban/1/tep.pdf").data)
    assert first.line("BẢN 1, ĐÃ CÓ BẢN MỚI")
    assert not first.says("01/KH-SKHCN"), "no number was ever given to that text"
    told = accesses(sqlite_record, document_id, "download")
    assert [b'"revision":2' in body for body in told] == [True, True, False]


def test_a_download_is_an_access_entry_and_changes_nothing_else(sign_in, sqlite_record: Record):
    document_id = issued(sqlite_record)
    lan = sign_in("lan")
    with sqlite_record.engine.database.read.begin() as db:
        version = db.scalar(select(Document.version).where(Document.id == document_id))
    download(lan, f"/van-ban/{document_id}/tep.pdf")
    (told,) = accesses(sqlite_record, document_id, "download")
    assert '"label":"Tải tệp PDF"'.encode() in told
    assert b'"full_text":false' in told, "sent, not shown"
    with sqlite_record.engine.database.read.begin() as db:
        assert db.scalar(select(Document.version).where(Document.id == document_id)) == version


def test_a_name_with_letters_of_vietnamese_is_told_in_both_ways(sign_in, sqlite_record: Record):
    from web.documents.files import fold_name

    assert fold_name("12-QĐ-UBND-Ủy ban.pdf") == "12-QD-UBND-Uy ban.pdf"
    document_id = issued(sqlite_record)
    header = download(sign_in("lan"), f"/van-ban/{document_id}/tep.pdf").headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=\"[\x20-\x7e]+\"; filename\*=UTF-8''[\x21-\x7e]+", header)


def test_those_who_do_not_see_the_document_see_none_of_its_files(sign_in, sqlite_record: Record):
    draft, out = sqlite_record.draft(), issued(sqlite_record)
    other = sign_in("nhung")
    assert other.client.get(f"/van-ban/{draft}/tep.pdf").status_code == 404
    assert other.client.get(f"/van-ban/{draft}/ban/1/tep.pdf").status_code == 404
    assert other.client.get(f"/van-ban/{out}/ban-quet.pdf").status_code == 404
    assert other.client.get("/van-ban/999/tep.pdf").status_code == 404


def scan(person, document_id: int, data: bytes | None, name: str = "quet.pdf"):
    person.get(f"/van-ban/{document_id}")
    file = (io.BytesIO(data), name) if data is not None else (io.BytesIO(), "")
    return person.submit(f"/van-ban/{document_id}/ban-quet", {"file": file}, follow=False)


def test_van_thu_hangs_the_scan_on_the_page_and_everybody_finds_it(sign_in, sqlite_record: Record):
    document_id = issued(sqlite_record)
    assert "/ban-quet" not in sign_in("lan").get(f"/van-ban/{document_id}")
    answer = scan(sign_in("van"), document_id, SCANNED)
    assert answer.status_code == 303
    told = text_of(sign_in("van").get(f"/van-ban/{document_id}"))
    assert "Đã gắn bản quét." in told
    page = sign_in("lan").get(f"/van-ban/{document_id}")
    assert "Gắn bản quét đã ký, đóng dấu" in text_of(page)
    assert f'href="/van-ban/{document_id}/ban-quet.pdf"' in page
    got = download(sign_in("lan"), f"/van-ban/{document_id}/ban-quet.pdf")
    assert got.data == SCANNED
    assert "01-KH-SKHCN-ban-quet.pdf" in got.headers["Content-Disposition"]
    assert '/ban-quet"' not in sign_in("van").get(f"/van-ban/{document_id}"), "once"


@pytest.mark.parametrize(
    ("data", "words"),
    [(None, "Chọn tệp PDF của bản quét"), (b"MZ\x90", "Chọn tệp PDF: tệp đã chọn không phải PDF")],
)
def test_a_scan_that_is_refused_says_why_beside_its_field(sign_in, sqlite_record: Record, data, words: str):
    document_id = issued(sqlite_record)
    answer = scan(sign_in("van"), document_id, data)
    assert answer.status_code == 422
    told = text_of(answer.text)
    assert words in told
    assert "Có lỗi cần sửa" in told
    assert "<title>Lỗi:" in answer.text
    assert sign_in("van").client.get(f"/van-ban/{document_id}/ban-quet.pdf").status_code == 404


def test_a_scan_may_be_larger_than_other_requests_and_not_larger_than_its_limit(
    sign_in, sqlite_record: Record
):
    document_id = issued(sqlite_record)
    van = sign_in("van")
    page = van.get(f"/van-ban/{document_id}")
    fields = form_fields(page, f"/van-ban/{document_id}/ban-quet")

    def sent(size: int) -> int:
        """As one body of bytes: the test client would leave its temporary files open."""
        edge = "edge-of-a-part"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}\r\n'
            for name in ("csrf_token", "seen_version")
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        body = (
            "".join(parts).encode()
            + head.encode()
            + b"%PDF-".ljust(size, b"0")
            + f"\r\n--{edge}--\r\n".encode()
        )
        kind = f"multipart/form-data; boundary={edge}"
        return van.client.post(f"/van-ban/{document_id}/ban-quet", data=body, content_type=kind).status_code

    assert sent(22 * 1024 * 1024) == 413
    assert sent(20 * 1024 * 1024 + 1) == 422
    assert sent(20 * 1024 * 1024) == 303


@pytest.mark.tampered
def test_a_stored_file_that_does_not_give_its_digest_is_not_handed_out(sign_in, sqlite_record: Record):
    document_id = issued(sqlite_record)
    with sqlite_record.engine.database.write.begin() as db:
        db.execute(text("DROP TRIGGER stored_file_no_update"))
        db.execute(text("UPDATE stored_file SET data = zeroblob(10)"))
    for path in ("tep.pdf", "ban/1/tep.pdf"):
        answer = sign_in("lan").client.get(f"/van-ban/{document_id}/{path}")
        assert answer.status_code == 409
        assert "Tệp lưu không khớp mã tệp phát hành" in text_of(answer.text)
