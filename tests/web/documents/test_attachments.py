"""Tệp kèm theo at the browser: brought, listed, taken down; never shown inline and never another document's."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.record import Record
from tests.web.conftest import Door, Person, form_fields, text_of
from tests.workflow.acts import count, looking, text, working
from tests.workflow.commands.test_attachments import PDF, bring, package
from web.config import LARGEST_BODY, LARGEST_UPLOAD
from workflow.commands.attachments import LARGEST
from workflow.models import Attachment, Entry, StoredFile

BOUNDARY = "ranh-gioi-cua-bieu-mau"


def upload(person: Person, document_id: int, name: str, data: bytes) -> TestResponse:
    """The form of the page with this file in it, as a browser sends it."""
    path = f"/van-ban/{document_id}/dinh-kem"
    page = person.get(path)
    fields = form_fields(page, path)
    return send(
        person.client, path, name, data, csrf_token=fields["csrf_token"], seen_version=fields["seen_version"]
    )


def send(client: FlaskClient, path: str, name: str, data: bytes, **fields: str) -> TestResponse:
    """The client's own encoder leaves a file open for a body beyond half a megabyte, so the body is written here."""
    said = name.replace('"', "%22")
    parts = [
        f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = (
        f'Content-Disposition: form-data; name="file"; filename="{said}"\r\nContent-Type: text/html\r\n\r\n'
    )
    parts.append(head.encode() + data + b"\r\n")
    body = b"".join(f"--{BOUNDARY}\r\n".encode() + part for part in parts) + f"--{BOUNDARY}--\r\n".encode()
    return client.post(
        path,
        input_stream=io.BytesIO(body),
        content_length=len(body),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        follow_redirects=True,
    )


def test_a_drafter_brings_a_file_and_finds_it_on_the_paper_and_beside_it(
    sign_in: Door, sqlite_record: Record
):
    plan_id = sqlite_record.draft()
    lan = sign_in("lan")
    answer = upload(lan, plan_id, "Biểu số 1.pdf", PDF)
    assert "Đã đính kèm “Biểu số 1.pdf”" in text_of(answer.text)
    page = lan.get(f"/van-ban/{plan_id}")
    assert "<p>Kèm theo: Biểu số 1.pdf</p>" in page
    assert "Tệp kèm theo (1)" in text_of(page)
    assert "Thêm tệp kèm theo" in text_of(page)
    assert "<p>Kèm theo: Biểu số 1.pdf</p>" in lan.get(f"/van-ban/{plan_id}/in")


def test_a_file_comes_down_as_a_file_whatever_it_holds(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    sha256 = bring(sqlite_record, plan_id, "trang <b>.txt", b"<script>alert(1)</script>")
    lan = sign_in("lan")
    answer = lan.client.get(f"/van-ban/{plan_id}/dinh-kem/{sha256}")
    assert answer.data == b"<script>alert(1)</script>"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    with looking(sqlite_record) as w:
        entry = w.db.execute(
            select(Entry.action, Entry.document_id, Entry.body).order_by(Entry.id.desc())
        ).first()
    assert (entry.action, entry.document_id) == ("download", plan_id)
    assert sha256 in entry.body.decode()


@pytest.mark.tampered
def test_a_file_that_is_not_the_one_approved_does_not_come_down(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    sha256 = bring(sqlite_record, plan_id)
    with working(sqlite_record) as w:
        w.db.exec_driver_sql("DROP TRIGGER stored_file_no_update")
        w.db.exec_driver_sql("UPDATE stored_file SET data = CAST('khac' AS BLOB)")
    answer = sign_in("lan").client.get(f"/van-ban/{plan_id}/dinh-kem/{sha256}")
    assert answer.status_code == 409
    assert "không khớp mã đã duyệt" in text_of(answer.text)
    assert "attachment" not in answer.headers.get("Content-Disposition", "")


def test_a_file_of_another_document_is_not_found_though_its_hash_is_known(
    sign_in: Door, sqlite_record: Record
):
    mine, other = sqlite_record.draft(), sqlite_record.draft("nhung", unit="QLKH")
    sha256 = bring(sqlite_record, other, login="nhung")
    lan = sign_in("lan")
    for path in (
        f"{mine}/dinh-kem/{sha256}",
        f"{other}/dinh-kem/{sha256}",
        f"{other}/dinh-kem",
        f"{mine}/dinh-kem/{'0' * 64}",
        f"{mine}/dinh-kem/..%2f..%2fetc",
    ):
        lan.get(f"/van-ban/{path}", status=404)
    assert sign_in("nhung").client.get(f"/van-ban/{other}/dinh-kem/{sha256}").data == PDF


def test_a_reader_of_the_old_text_still_gets_the_file_it_had(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    sha256 = bring(sqlite_record, plan_id)
    lan = sign_in("lan")
    lan.get(f"/van-ban/{plan_id}/dinh-kem")
    answer = lan.submit(f"/van-ban/{plan_id}/dinh-kem/{sha256}/bo")
    assert "Đã bỏ tệp khỏi văn bản" in text_of(answer.text)
    assert text(sqlite_record, plan_id).attachments == ()
    assert lan.client.get(f"/van-ban/{plan_id}/dinh-kem/{sha256}").status_code == 200


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", package("docm"), "Lưu tệp không kèm macro"),
        ("a.html", b"<html>", "chỉ nhận PDF, DOCX, XLSX"),
        ("a.pdf", b"", "Chọn một tệp có nội dung"),
        ("a.png", PDF, "nội dung là loại .pdf"),
        ("a.pdf", PDF + b" " * LARGEST, "Chọn tệp không quá 20 MB"),
    ],
)
def test_a_file_that_is_refused_is_named_beside_its_field(
    sign_in: Door, sqlite_record: Record, name: str, data: bytes, words: str
):
    plan_id = sqlite_record.draft()
    answer = upload(sign_in("lan"), plan_id, name, data)
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert "data-errors" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert count(sqlite_record, StoredFile) == 0


def test_the_name_a_browser_sends_is_never_read_as_markup(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    lan = sign_in("lan")
    upload(lan, plan_id, '../<img src=x onerror="1">.pdf', PDF)
    (file,) = text(sqlite_record, plan_id).attachments
    assert "/" not in file.name
    assert "<img" not in lan.get(f"/van-ban/{plan_id}")


def test_only_this_route_takes_a_large_body_and_only_from_who_is_signed_in(
    app, sign_in: Door, sqlite_record: Record
):
    plan_id = sqlite_record.draft()
    lan = sign_in("lan")
    large = PDF + b" " * (LARGEST_BODY + 1)
    assert upload(lan, plan_id, "lon.pdf", large).status_code == 200
    assert upload(lan, plan_id, "qua-lon.pdf", PDF + b" " * LARGEST_UPLOAD).status_code == 413
    assert lan.post(f"/van-ban/{plan_id}/gop-y", {"text": "a" * (LARGEST_BODY + 1)}).status_code == 413
    stranger = app.test_client()
    assert send(stranger, f"/van-ban/{plan_id}/dinh-kem", "a.pdf", large).status_code == 413
    assert count(sqlite_record, Attachment) == 1


def test_who_may_not_edit_sees_the_files_and_no_form(sign_in: Door, sqlite_record: Record):
    plan_id = sqlite_record.draft()
    bring(sqlite_record, plan_id)
    sqlite_record.step("lan", plan_id, "submit")
    hung = sign_in("hung")
    page = hung.get(f"/van-ban/{plan_id}/dinh-kem")
    assert "so-lieu.pdf" in page
    assert 'type="file"' not in page
    answer = hung.post(
        f"/van-ban/{plan_id}/dinh-kem", {"seen_version": "3", "file": (io.BytesIO(PDF), "b.pdf")}
    )
    assert answer.status_code == 409
    assert count(sqlite_record, Attachment) == 1
