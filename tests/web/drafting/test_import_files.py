"""A file at the door: Word and PDF become the same confirm page as a pasted text; hostile ones a sentence, never more."""

import hashlib
import io
import os
import re
from collections import Counter
from contextlib import closing

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.faults.readers import Readers
from tests.faults.test_hostile_files import mutated
from tests.web.conftest import Person, form_fields, text_of
from tests.web.drafting.test_editing import count, stored
from tests.web.drafting.texts import PLAN
from tests.workflow.reading.files import body, content_of, own, packed, paragraph, pictured, sheet, word
from tests.workflow.reading.test_encodings import to_tcvn3
from workflow.engine import Identity
from workflow.models import Document, Entry
from workflow.reading import intake, read_text
from workflow.writing.docx import docx
from workflow.writing.typeset import pdf

HERE = "/ke-hoach/nhap"
PAGES = int(os.environ.get("TRINHKY_HOSTILE_PAGES", 1_000 if os.environ.get("CI") else 60))


def upload(person: Person, data: bytes, name: str, **values: str):
    fields = form_fields(person.get(HERE), HERE)
    address = fields.pop("__action__")
    boundary, sent = encode_multipart(
        {**fields, "read": "1", **values, "file": FileStorage(io.BytesIO(data), name)}
    )
    person.page = person.client.post(
        address, data=sent, content_type=f"multipart/form-data; boundary={boundary}"
    )
    return person.page


def paper(kind: str) -> bytes:
    proposal = read_text(PLAN)
    made = sheet(content_of(proposal), proposal)
    return docx(made) if kind == "docx" else pdf(made)


def create(person: Person, **values: object):
    return person.submit(HERE, {**values, "create": "1"})


def source_of(record, document_id: int) -> dict:
    with record.engine.reading(Identity(rule="test")) as w:
        return w.db.scalar(select(Document.source_reference).where(Document.id == document_id))


def draft_id(page) -> int:
    assert page.request.path.endswith("/sua"), text_of(page.text)[:600]
    return int(page.request.path.split("/")[2])


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_file_becomes_the_draft_its_text_would(sign_in, sqlite_record, kind):
    lan = sign_in("lan")
    data = paper(kind)
    before = count(sqlite_record)
    words = text_of(upload(lan, data, f"Kế hoạch 37.{kind}").text)
    assert count(sqlite_record) == before
    assert f"Tệp Kế hoạch 37.{kind}" in words
    assert hashlib.sha256(data).hexdigest() in words
    assert "Tệp không được lưu" in words
    draft = stored(sqlite_record, draft_id(create(lan)))
    lan.page = None
    lan.get(HERE)
    lan.submit(HERE, {"text": PLAN, "read": "1"})
    assert draft.content == stored(sqlite_record, draft_id(create(lan))).content


def test_what_stays_of_a_file_is_its_name_size_and_digest(sign_in, sqlite_record):
    lan = sign_in("lan")
    data = paper("docx")
    upload(lan, data, "C:\\Tài liệu\\<b>kh</b>.docx")
    document_id = draft_id(create(lan))
    kept = source_of(sqlite_record, document_id)
    file = {
        "name": "b>.docx",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "kind": "docx",
        "encoding": "unicode",
    }
    assert kept["source_file"] == file
    assert kept["number"] == "37"
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        bodies = w.db.scalars(select(Entry.body).where(Entry.document_id == document_id)).all()
    assert any(hashlib.sha256(data).hexdigest().encode() in bytes(each) for each in bodies)
    for page in (f"/van-ban/{document_id}", f"/van-ban/{document_id}/sua", "/lich-su"):
        assert "b>.docx" not in lan.get(page)


def test_a_pasted_text_has_no_file(sign_in, sqlite_record):
    lan = sign_in("lan")
    lan.get(HERE)
    lan.submit(HERE, {"text": PLAN, "read": "1"})
    assert "Tệp gốc" not in text_of(lan.page.text)
    assert "source_file" not in source_of(sqlite_record, draft_id(create(lan)))


@pytest.mark.parametrize("forged", ["", "abc", "eyJuYW1lIjoiYSJ9.xxxx"])
def test_a_seal_that_is_not_ours_or_of_another_text_names_no_file(sign_in, sqlite_record, forged):
    lan = sign_in("lan")
    upload(lan, paper("docx"), "a.docx")
    assert "source_file" not in source_of(sqlite_record, draft_id(create(lan, seal=forged)))
    upload(lan, paper("docx"), "a.docx")
    changed = form_fields(lan.page.text, HERE)["text"].replace("đối thoại", "đối  thoại")
    assert "source_file" not in source_of(sqlite_record, draft_id(create(lan, text=changed)))


def test_the_words_that_were_taken_are_marked_and_numbered_and_lead_both_ways(sign_in, sqlite_record):
    lan = sign_in("lan")
    page = upload(lan, paper("docx"), "a.docx").text
    source = page[page.index('<pre class="source"') : page.index("</pre>")]
    marks = re.findall(r'<mark data-part="([^"]+)"(?: id="(goc-\d+)")?>(.*?)</mark>', source, re.DOTALL)
    by_part: dict[str, list[str]] = {}
    for parts, _, words in marks:
        for part in parts.split():
            by_part.setdefault(part, []).append(text_of(re.sub(r"<a .*?</a>", "", words)))
    assert by_part["subject"] == ["Mở rộng đối thoại với người lao động năm 2026"]
    assert by_part["nhiem-vu-0"] == [
        "Tổ chức hội nghị đối thoại", "Văn phòng Sở", "Các phòng, đơn vị thuộc Sở", "Quý II năm 2026",
    ]  # fmt: skip
    assert by_part["bao-cao-1"][0].endswith("trước ngày 15/11 hằng năm")
    assert by_part["noi-nhan-0"] == ["Sở Nội vụ"]
    assert "Lý Hoài Phương" in by_part["nguon"]
    ids = set(re.findall(r'id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)
    assert set(links) <= ids
    assert len([link for link in links if link.startswith("goc-")]) >= len(by_part)
    assert "**" not in source


def test_old_letters_are_put_right_and_the_page_says_so(sign_in, sqlite_record):
    lan = sign_in("lan")
    words = text_of(upload(lan, to_tcvn3(PLAN).encode("latin-1"), "cu.txt").text)
    assert "Văn bản dùng bảng mã TCVN3 (ABC), đã được chuyển sang Unicode" in words
    assert "Bảng mã TCVN3 (ABC)" in words
    # The note stays when the page is drawn again.
    assert "TCVN3 (ABC)" in text_of(lan.submit(HERE, {"redraw": "1"}).text)
    kept = source_of(sqlite_record, draft_id(create(lan)))
    assert kept["source_file"]["encoding"] == "tcvn3"


REFUSED = {
    "bản quét": (lambda: pictured(2), "a.pdf"),
    "chứa macro": (lambda: word(body(paragraph("x")), **{"word/vbaProject.bin": b"x"}), "a.docx"),
    "tệp Word đời cũ": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument\x00".encode("utf-16-le"), "a.doc"),
    "tệp nén": (lambda: packed({"a.docx": b"x"}), "a.zip"),
    "khai báo kiểu tài liệu": (lambda: word('<!DOCTYPE a [<!ENTITY x "y">]>' + body()), "a.docx"),
    "bung ra quá lớn": (lambda: packed({"word/document.xml": bytes(60_000_000)}), "a.docx"),
    "tệp lớn hơn 20 MB": (lambda: bytes(20 * 1024 * 1024 + 1), "a.docx"),
}  # fmt: skip


@pytest.mark.parametrize("words", REFUSED)
def test_a_file_that_is_not_taken_is_told_by_name_at_its_field(sign_in, sqlite_record, words):
    lan = sign_in("lan")
    before = count(sqlite_record)
    make, name = REFUSED[words]
    page = upload(lan, make(), name)
    assert page.status_code == 422
    assert words in text_of(page.text)
    assert '<a href="#file">Chưa nhập: ' in page.text
    assert "<title>Lỗi:" in page.text
    assert count(sqlite_record) == before


def test_a_body_beyond_a_file_is_a_sentence_and_other_pages_keep_their_limit(sign_in, sqlite_record):
    lan = sign_in("lan")
    page = upload(lan, bytes(22 * 1024 * 1024), "a.docx")
    assert page.status_code == 413
    assert "tệp 20 MB" in page.text
    assert upload(lan, b"x", "a.txt", text="a " * 2_000_000).status_code == 413
    big = FileStorage(io.BytesIO(bytes(4 * 1024 * 1024)), "a.docx")
    boundary, sent = encode_multipart({"file": big})
    kind = f"multipart/form-data; boundary={boundary}"
    assert lan.client.post("/ke-hoach/moi/soan", data=sent, content_type=kind).status_code == 413


def test_a_stranger_may_send_no_file(sign_in, sqlite_record):
    lan = sign_in("lan")
    stranger = lan.client.application.test_client()
    big = FileStorage(io.BytesIO(bytes(4 * 1024 * 1024)), "a.docx")
    boundary, sent = encode_multipart({"file": big})
    kind = f"multipart/form-data; boundary={boundary}"
    assert stranger.post(HERE, data=sent, content_type=kind).status_code in (303, 400, 401, 413)
    assert count(sqlite_record)[0] == 0


def test_mutated_files_never_break_the_page(sign_in, sqlite_record, monkeypatch):
    lan = sign_in("lan")
    before = count(sqlite_record)
    with closing(Readers()) as readers:
        monkeypatch.setattr(intake, "parsed", readers.parsed)
        seen = Counter(upload(lan, mutated(number), "a.docx").status_code for number in range(PAGES))
    assert set(seen) == {200, 422}
    assert count(sqlite_record) == before


def test_the_form_says_what_it_takes(sign_in, sqlite_record):
    page = sign_in("lan").get(HERE)
    assert 'accept=".docx,.pdf,.txt,.md"' in page
    assert "tối đa 20 MB" in text_of(page)


def test_our_own_paper_of_a_seed_keeps_its_duties(sign_in, sqlite_record):
    lan = sign_in("lan")
    page = text_of(upload(lan, own("s0.txt", "pdf"), "s0.pdf").text)
    assert "trước ngày 10/11, muộn nhất hết ngày 09/11" in page
    assert "trước ngày 15/11, muộn nhất hết ngày 14/11" in page
