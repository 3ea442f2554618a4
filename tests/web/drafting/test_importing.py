"""Nhập từ văn bản: read, shown, agreed to piece by piece, and only then a draft; nothing of it enters a register."""

import io
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.web.conftest import Person, form_fields, text_of
from tests.web.drafting.test_editing import CANARY, count, stored
from tests.web.drafting.texts import PLAN, SHOPPING
from workflow.content import tasks
from workflow.engine import Identity
from workflow.models import Document
from workflow.reading import read, to_content

TEXTS = Path(__file__).parents[2] / "fixtures" / "texts"


def read_text(person: Person, text: str, **values: object):
    person.get("/ke-hoach/nhap")
    return person.submit("/ke-hoach/nhap", {"text": text, "read": "1", **values})


def upload(person: Person, data: bytes, name: str):
    """As a browser sends it; the body is built here, so that no file of the test's own stays open."""
    fields = form_fields(person.get("/ke-hoach/nhap"), "/ke-hoach/nhap")
    address = fields.pop("__action__")
    boundary, body = encode_multipart({**fields, "read": "1", "file": FileStorage(io.BytesIO(data), name)})
    kind = f"multipart/form-data; boundary={boundary}"
    person.page = person.client.post(address, data=body, content_type=kind)
    return person.page


def create(person: Person, **values: object):
    """What a browser sends, ticks included, with the button "Tạo dự thảo"."""
    return person.submit("/ke-hoach/nhap", {**values, "create": "1"})


def drafted(record, page):
    assert page.request.path.endswith("/sua"), text_of(page.text)[:600]
    return stored(record, int(page.request.path.split("/")[2]))


def test_a_text_becomes_a_draft_with_the_facts_it_states(sign_in, sqlite_record):
    lan = sign_in("lan")
    before = count(sqlite_record)
    words = text_of(read_text(lan, PLAN).text)
    assert count(sqlite_record) == before
    assert "Giữ làm thông tin nguồn, không vào sổ" in words
    assert "Họ tên người ký Lý Hoài Phương" in words
    assert "trước ngày 10/11, muộn nhất hết ngày 09/11" in words
    assert "trước ngày 15/11, muộn nhất hết ngày 14/11" in words
    assert "Thời gian Văn bản không ghi" in words
    draft = drafted(sqlite_record, create(lan))
    content, document = draft.content, draft.document
    assert content.subject == "Mở rộng đối thoại với người lao động năm 2026"
    assert [basis.reference_no for basis in content.bases] == ["205/QĐ-UBND", "18/KH-SNV"]
    assert content.bases[0].date == "2026-02-20"
    assert [(ref, node.task.leads, node.task.time.kind) for ref, node in tasks(content)][:3] == [
        ("II.1", ("Văn phòng Sở",), "quarters"),
        ("II.2", ("Phòng Chuyển đổi số",), "unspecified"),
        ("II.3", ("Văn phòng Sở",), "continuous"),
    ]
    assert [(one.name, one.purpose) for one in content.recipients] == [
        ("Sở Nội vụ", "to_report"),
        ("Các phòng, đơn vị thuộc Sở", None),
    ]
    assert document.number is None
    assert document.reference_no is None
    assert document.signer_id == sqlite_record.person("mai")
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        kept = w.db.scalar(
            Document.__table__.select()
            .where(Document.id == document.id)
            .with_only_columns(Document.source_reference)
        )
    assert kept["number"] == "37"
    assert kept["signer_name"] == "Lý Hoài Phương"
    assert (kept["day"], kept["month"], kept["year"]) == (12, 3, 2026)


@pytest.mark.parametrize(
    "name", ["s0.txt", "s2.txt", "s3.txt", "s4.txt", "hop_tac_xa.txt", "trang_in.txt", "bang_nhiem_vu.md"]
)
def test_what_nobody_touched_is_stored_as_it_was_read(sign_in, sqlite_record, name):
    lan = sign_in("lan")
    data = (TEXTS / name).read_bytes()
    expected = to_content(
        read(data, units=units_of(sqlite_record)), field="to_chuc_hanh_chinh", drafting_unit="Văn phòng Sở"
    )
    page = upload(lan, data, name)
    assert page.status_code == 200, text_of(page.text)[:400]
    content = drafted(sqlite_record, create(lan, doc_type="KH")).content
    assert content.sections == expected.sections
    assert content.bases == expected.bases
    assert content.recipients == expected.recipients
    assert content.closing == expected.closing
    assert content.opening == expected.opening
    assert content.subject == expected.subject


def test_each_piece_is_taken_changed_or_left_blank(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    fields = form_fields(lan.page.text, "/ke-hoach/nhap")
    lan.page = lan.client.post(
        fields.pop("__action__"),
        data={n: v for n, v in fields.items() if n not in ("tasks-0-take", "bases-1-take", "recipients-0-take")}
        | {"subject": "Đối thoại", "tasks-1-leads": "", "tasks-2-raw": "Hằng quý", "tasks-2-kind": "periodic",
           "duties-0-due_day": "12", "create": "1"},
        follow_redirects=True,
    )  # fmt: skip
    content = drafted(sqlite_record, lan.page).content
    first, second, third = content.sections[1].children
    assert content.subject == "Đối thoại"
    assert first.task is None
    assert "- Đơn vị chủ trì: Văn phòng Sở." in first.paragraphs
    assert "- Thời gian thực hiện: Quý II năm 2026." in first.paragraphs
    assert second.task.leads == ()
    assert (third.task.time.kind, third.task.time.raw) == ("periodic", "Hằng quý")
    assert content.sections[2].children[0].obligations[0].due_day == 12
    assert len(content.bases) == 1
    assert [one.name for one in content.recipients] == ["Các phòng, đơn vị thuộc Sở"]


def test_a_slip_is_mended_only_where_it_was_ticked(sign_in, sqlite_record):
    lan = sign_in("lan")
    assert "Sửa Bỏ: chuyên biến thành Thêm: chuyển biến" in text_of(read_text(lan, PLAN).text)
    assert "tạo chuyên biến trong" in str(drafted(sqlite_record, create(lan)).content)
    read_text(lan, PLAN)
    mended = str(drafted(sqlite_record, create(lan, **{"corrections-0-take": "y"})).content)
    assert "tạo chuyển biến trong" in mended
    assert "chuyên biến" not in mended


def test_a_signer_is_proposed_by_capacity_never_by_name(sign_in, sqlite_record):
    lan = sign_in("lan")
    text = PLAN.replace("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "GIÁM ĐỐC").replace(
        "Lý Hoài Phương", "Trần Thị Ngọc Mai"
    )
    page = read_text(lan, text)
    assert form_fields(page.text, "/ke-hoach/nhap")["signer_id"] == str(sqlite_record.person("viet"))
    page = read_text(lan, PLAN.replace("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "").replace("Lý Hoài Phương", ""))
    assert form_fields(page.text, "/ke-hoach/nhap")["signer_id"] == ""
    assert "Văn bản không ghi tư cách ký" in page.text


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ((b"", "rong.txt"), "chưa có chữ nào để đọc"),
        ((b"\x00\x01\x02" * 90, "may.txt"), "không phải tệp chữ"),
        ((b"%PDF-1.7 abc", "a.pdf"), "tệp bị hỏng"),
        ((b"K\xc3", "cut.txt"), "UTF-8"),
        ((b"a " * 1_100_000, "lon.txt"), "lớn hơn 2 MB"),
        ((b"PK\x03\x04 xyz", "van-ban.docx"), "sao chép toàn văn rồi dán"),
        ((b"MZ\x90" + b"x" * 200, "ke-hoach.docx"), "chương trình chạy được"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_stored(sign_in, sqlite_record, file, words):
    lan = sign_in("lan")
    before = count(sqlite_record)
    page = upload(lan, *file)
    assert page.status_code == 422
    assert words in text_of(page.text)
    assert "<title>Lỗi:" in page.text
    assert count(sqlite_record) == before


def test_nothing_pasted_is_told_at_the_field(sign_in, sqlite_record):
    page = read_text(sign_in("lan"), "   ")
    assert page.status_code == 422
    assert '<a href="#text">Chưa nhập: chưa có chữ nào' in page.text


def test_a_body_beyond_all_limits_is_a_sentence_too(sign_in, sqlite_record):
    page = read_text(sign_in("lan"), "a " * 2_000_000)
    assert page.status_code == 413
    assert "quá lớn" in page.text


def test_a_text_that_is_no_document_is_said_to_be_none(sign_in, sqlite_record):
    lan = sign_in("lan")
    before = count(sqlite_record)
    page = read_text(lan, SHOPPING)
    assert page.status_code == 422
    assert "Chưa thấy đây là văn bản hành chính" in page.text
    assert "/ke-hoach/moi" in page.text
    assert count(sqlite_record) == before


def test_a_text_with_a_secret_mark_is_refused_at_the_door(sign_in, sqlite_record):
    lan = sign_in("lan")
    before = count(sqlite_record)
    page = read_text(
        lan, PLAN.replace("Sở Khoa học và Công nghệ lập", "**MẬT**\n\nSở Khoa học và Công nghệ lập")
    )
    assert page.status_code == 422
    assert "dấu độ mật" in page.text
    assert count(sqlite_record) == before


def test_two_presses_make_one_draft(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    fields = form_fields(lan.page.text, "/ke-hoach/nhap") | {"create": "1"}
    address = fields.pop("__action__")
    first, again = (lan.client.post(address, data=fields) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    assert count(sqlite_record)[0] == 1


def test_no_word_of_a_text_becomes_part_of_the_page(sign_in, sqlite_record):
    lan = sign_in("lan")
    text = PLAN
    for word in (
        "người lao động năm 2026",
        "Văn phòng Sở.",
        "Sở Nội vụ",
        "Lý Hoài Phương",
        "từng phòng",
        "Quý II",
        "Hòa An, ngày",
    ):
        text = text.replace(word, f"{word[:-1]}{CANARY}{word[-1]}")
    page = read_text(lan, text).text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") > 6
    assert "<script>alert" not in create(lan).text
    assert "<script>alert" not in read_text(lan, f"{SHOPPING} {CANARY}").text


def test_a_text_of_another_agency_says_so(sign_in, sqlite_record):
    page = read_text(
        sign_in("lan"),
        PLAN.replace("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SỞ DU LỊCH").replace(
            "Sở Khoa học và Công nghệ", "Sở Du lịch"
        ),
    )
    assert "Văn bản ghi cơ quan ban hành là Sở Du lịch" in text_of(page.text)


def test_a_report_is_begun_under_its_own_procedure(sign_in, sqlite_record):
    lan = sign_in("lan")
    text = PLAN.replace("\nKẾ HOẠCH\n", "\nBÁO CÁO\n").replace("37/KH-SKHCN", "37/BC-SKHCN")
    read_text(lan, text)
    draft = drafted(sqlite_record, create(lan))
    assert draft.document.definition_id == "bao_cao"
    assert draft.content.symbol == "BC-SKHCN"


def units_of(record):
    directory = record.directory
    agency = directory.agency_by_code["so_khcn"]
    return [
        unit.name
        for unit in directory.units_of(agency.id)
        if unit.kind != "outside" and unit.exists_on(record.clock.now.date())
    ]
