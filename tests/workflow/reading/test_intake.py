"""What comes in is told by its bytes: words of four kinds, and every other file refused by its own name."""

import hashlib
import random
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tests.workflow.reading.files import (
    body,
    own,
    packed,
    paragraph,
    pictured,
    raw_zip,
    relations,
    set_in_type,
    sheet,
    types,
    word,
)
from tests.workflow.reading.files import content_of as content_in
from tests.workflow.reading.texts import DOCUMENTS, proposal, raw
from workflow.errors import Unreadable
from workflow.reading import read, read_text, take_in
from workflow.reading.cleaning import LIMIT, normal
from workflow.reading.intake import LARGEST_FILE, take_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ODT = "application/vnd.oasis.opendocument.text"


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\x00\x00" + bytes(400)


def refusal(data: bytes, name: str = "ke-hoach.docx") -> str:
    with pytest.raises(Unreadable) as refused:
        take_in(data, name)
    return refused.value.reason


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(own("s0.txt", "pdf"))))
    writer.encrypt("mat-khau", algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


OTHERS = {
    "empty": b" \x00\r\n\t ",
    "binary": bytes(range(1, 32)) * 40,
    "doc": stream("WordDocument"),
    "xls": stream("Workbook"),
    "ppt": stream("PowerPoint Document"),
    "encrypted_office": stream("EncryptedPackage"),
    "ole": OLE,
    "rtf": b"{\\rtf1\\ansi K\\u7871?}",
    "odt": packed({"mimetype": ODT, "content.xml": "<a/>"}),
    "xlsx": packed({"[Content_Types].xml": types(), "xl/workbook.xml": "<a/>"}),
    "pptx": packed({"[Content_Types].xml": types(), "ppt/presentation.xml": "<a/>"}),
    "macros": word(body(paragraph("Chạy đi")), **{"word/vbaProject.bin": b"x"}),
    "archive": packed({"ke-hoach.docx": b"x"}),
    "image": b"\x89PNG\r\n\x1a\n" + bytes(60),
    "executable": b"MZ\x90\x00" + bytes(80) + b"This program cannot be run",
    "media": b"ID3\x03" + bytes(90),
    "damaged": b"%PDF-1.7\nkh\xf4ng ph\xe1i",
}


@pytest.mark.parametrize("reason", OTHERS)
def test_a_file_of_another_kind_is_refused_by_its_name(reason):
    if reason in ("odt",):
        # The kind of an OpenDocument stands unpacked at its very beginning.
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as whole:
            whole.writestr("mimetype", ODT)
        assert refusal(made.getvalue()) == "odt"
    else:
        assert refusal(OTHERS[reason]) == reason


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (b"\x7fELF\x02", "executable"), (b"\xca\xfe\xba\xbe", "executable"), (b"#!/bin/sh\n", "executable"),
        (b"\xff\xd8\xff\xe0", "image"), (b"GIF89a", "image"), (b"II*\x00", "image"), (b"RIFF1234WEBP", "image"),
        (b"RIFF1234WAVE", "media"), (b"1234ftypheic", "image"), (b"1234ftypisom", "media"),
        (b"Rar!\x1a\x07\x01", "archive"), (b"7z\xbc\xaf\x27\x1c", "archive"), (b"\x1f\x8b\x08", "archive"),
        (b"PK\x05\x06", "archive"), (b"x" * 257 + b"ustar", "archive"), (b"BZh9", "archive"),
    ],
)  # fmt: skip
def test_the_first_bytes_decide(start, reason):
    assert refusal(start + bytes(range(256)), "ke-hoach.txt") == reason


def test_the_name_decides_nothing():
    text = raw("s0.txt")
    assert take_in(text, "hinh.png").text == take_in(text, "a.docx").text == take_in(text).text
    assert take_in(own("s0.txt", "docx"), "a.txt").kind == "docx"
    assert take_in(own("s0.txt", "pdf"), "a.exe").kind == "pdf"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Kế hoạch.docx", "Kế hoạch.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lan\\kh.docx", "kh.docx"),
        ("a\x00b\n\u202egpj.exe", "ab gpj.exe".replace(" ", "")),
        ("<script>alert(1)</script>.pdf", "script>.pdf"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_name_is_a_line_to_look_at(name, shown):
    assert take_in(raw("s0.txt"), name).name == shown


def test_what_came_in_is_known_by_its_own_bytes():
    data = own("s0.txt", "docx")
    taken = take_in(data, "s0.docx")
    assert (taken.size, taken.sha256) == (len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_in_any_form_of_unicode_is_the_same_text(encoding):
    text = raw("s3.txt").decode()
    taken = take_in(text.encode(encoding), "a.txt")
    assert taken.text == normal(text)
    assert taken.encoding == encoding[:6].rstrip("-")
    assert taken.warnings == ()


def test_letters_with_marks_apart_come_together():
    import unicodedata

    text = raw("s0.txt").decode()
    taken = take_in(unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode(), "a.txt")
    assert taken.text == normal(text)


UNTOLD = {
    ("hop_tac_xa.txt", "docx"),  # an annex without a text of its own is only named
    ("hop_tac_xa.txt", "pdf"),
    ("cong_van.txt", "docx"),  # a letter is of no procedure of ours: its subject has no place on our paper
    ("cong_van.txt", "pdf"),
    (
        "bang_nhiem_vu.md",
        "pdf",
    ),  # that a heading without a number holds the numbered ones below, no page can show
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name in DOCUMENTS for kind in ("docx", "pdf") if (name, kind) not in UNTOLD],
)
def test_our_own_paper_comes_back_with_everything_it_says(name, kind):
    before = proposal(name)
    after = read_text(take_in(own(name, kind), f"{name}.{kind}").text)
    assert sheet(content_in(after), before) == sheet(content_in(before), before)
    assert after.signer_name == (before.signer_name or "Nguyễn Văn An")
    if before.symbol:
        assert (after.number, after.symbol) == ((before.number or "7").zfill(2), before.symbol)
        assert after.date == (before.date or "2026-04-05")


def test_too_much_is_refused_before_it_is_read():
    assert refusal(b"%PDF-1.7" + bytes(LARGEST_FILE)) == "too_large"
    assert refusal(b"a" * (2 * LIMIT + 1)) == "text_too_large"
    assert refusal(b"a" * (LIMIT + 1)) == "text_too_large"
    sure = random.Random(3)
    long = (paragraph(" ".join(str(sure.random()) for _ in range(100))) for _ in range(1200))
    assert refusal(word(body(*long))) == "text_too_large"
    with pytest.raises(Unreadable, match="text_too_large"):
        take_text("ế" * LIMIT)


def test_the_largest_text_is_still_taken():
    assert len(take_in(b"a " * (LIMIT // 2)).text) == LIMIT


@pytest.mark.parametrize("pages", [1, 3])
def test_a_scan_is_recognised_as_one(pages):
    assert refusal(pictured(pages)) == "scanned_pdf"
    stamp = "Người ký: Sở Nội vụ, Thời gian ký: 12.03.2026 10:11:12 +07:00"
    assert refusal(pictured(pages, words=stamp)) == "scanned_pdf"


def test_a_scanned_page_among_others_is_named():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(own("s0.txt", "pdf"))))
    writer.append(PdfReader(BytesIO(pictured(1))))
    made = BytesIO()
    writer.write(made)
    taken = take_in(made.getvalue())
    last = len(writer.pages)
    assert [warning.code for warning in taken.warnings] == ["pages_pictured"]
    assert f"Trang {last} " in taken.warnings[0].message
    assert read_text(taken.text).number == "52"


def test_a_pdf_that_asks_for_a_word_is_refused_by_name():
    assert refusal(encrypted()) == "encrypted_pdf"


def test_a_pdf_of_too_many_pages_is_refused():
    assert refusal(set_in_type("\n".join(["#pagebreak()"] * 301) + "x")) == "too_many_pages"


def test_an_empty_pdf_and_an_empty_word_file_hold_nothing():
    assert refusal(set_in_type("#page[]")) == "empty"
    assert refusal(word(body())) == "empty"


def test_a_word_file_of_pictures_only_says_so():
    picture = relations(("image", "media/image1.png", ""))
    data = word(body("<w:p/>"), **{"word/_rels/document.xml.rels": picture, "word/media/image1.png": b"x"})
    assert refusal(data) == "pictures_only"


@pytest.mark.parametrize("flags", [0x1, 0x41])
def test_a_locked_zip_is_refused_by_name(flags):
    data = raw_zip([("[Content_Types].xml", b"x"), ("word/document.xml", b"x")], flags=flags)
    assert refusal(data) == "encrypted_office"


def test_a_pasted_text_goes_the_same_way():
    text = raw("s0.txt").decode()
    taken = take_text(text.replace("\n", "\r\n"))
    assert (taken.text, taken.name, taken.encoding) == (normal(text), "", "unicode")
    assert read_text(taken.text) == read(raw("s0.txt"))
