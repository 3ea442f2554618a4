"""The papers beside a document, measured: phiếu trình and biên bản share one page, whatever is said on it."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.writing.papers import Pages, squeezed
from tests.workflow.writing.test_typeset import ALIKE, tags
from workflow.writing.slip import Grid, Section, Signature, Slip, numbered, whole_digest
from workflow.writing.typeset import slip_pdf

DIGEST = "8f3a19c2d07e5512aa034be290f64be290f64be290f64be290f64be290f6c41d"
ROWS = tuple(((f"Khâu {n}",), ("Trần Thị Ngọc Mai", "Phó Giám đốc"), (f"Ý kiến thứ {n}.",)) for n in range(8))
SLIP = Slip(
    title="PHIẾU TRÌNH",
    subject="Về dự thảo Kế hoạch Triển khai thi hành Luật Thực hiện dân chủ ở cơ sở năm 2026",
    parent_name="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    agency_name="VĂN PHÒNG SỞ",
    number=None,
    symbol="",
    place="Hòa An",
    day="ngày 05 tháng 02 năm 2026",
    addressee="Trần Thị Ngọc Mai, Phó Giám đốc",
    sections=numbered(
        (
            Section("Nội dung trình", facts=(("Trích yếu", "Việc của năm"), ("Mã", whole_digest(DIGEST)))),
            Section("Không có gì"),
            Section("Căn cứ", lines=("Căn cứ Kế hoạch số 88/KH-UBND;", "Căn cứ Quyết định số 15/QĐ-SKHCN.")),
            Section("Ý kiến", grid=Grid(("Khâu", "Người", "Ý kiến"), (2, 3, 4), ROWS)),
        )
    ),
    signatures=(
        Signature(("NGƯỜI SOẠN THẢO",), "Nguyễn Thị Lan"),
        Signature(
            ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Trần Thị Ngọc Mai", ("Đã ký duyệt", "04/02/2026 09:41:07")
        ),
    ),
    opinion="Ý kiến của người ký:",
    footer="In từ hệ thống, không thay thế bản gốc.",
    dated="2026-02-05",
)


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(data=slip_pdf(SLIP))


def test_the_head_and_the_margins_are_those_of_the_decree(pages: Pages):
    assert pages.size == pytest.approx((210, 297), abs=0.1)
    assert min(word.left for word in pages.words) == pytest.approx(30, abs=ALIKE)
    assert max(word.right for word in pages.words) <= 195 + ALIKE
    country, unit = pages.line("CỘNG HÒA"), pages.line("VĂN PHÒNG SỞ")
    assert (country.bold, unit.bold) == (True, True)
    assert pages.line("SỞ KHOA HỌC").bold is False
    assert country.top == pytest.approx(pages.line("SỞ KHOA HỌC").top, abs=0.1)
    day = pages.line("Hòa An, ngày 05 tháng 02 năm 2026")
    assert (day.italic, 13 <= day.size <= 14) == (True, True)
    middle = (30 + 195) / 2
    for text in ("PHIẾU TRÌNH", "Kính gửi: Trần Thị Ngọc Mai"):
        assert pages.line(text).centre == pytest.approx(middle, abs=ALIKE)
    assert "Số:" not in pages.text, "a slip has no number"


def test_sections_that_say_nothing_are_left_out_of_the_count(pages: Pages):
    told = [word.text for word in pages.words if word.bold and re.match(r"\d\. ", word.text)]
    assert told == ["1. Nội dung trình", "2. Căn cứ", "3. Ý kiến"]


def test_titles_and_names_of_those_who_sign_stand_on_lines_of_their_own(pages: Pages):
    drafter, deputy = pages.line("NGƯỜI SOẠN THẢO"), pages.line("KT. GIÁM ĐỐC")
    assert drafter.top == pytest.approx(deputy.top, abs=0.1)
    one = pages.line("Nguyễn Thị Lan")
    (other,) = (word for word in pages.words if word.text == "Trần Thị Ngọc Mai" and word.bold)
    assert one.top == pytest.approx(other.top, abs=0.1)
    assert one.centre == pytest.approx(drafter.centre, abs=ALIKE)
    assert other.centre == pytest.approx(deputy.centre, abs=ALIKE)
    assert other.top - pages.line("PHÓ GIÁM ĐỐC").bottom >= 20, "room for a hand"
    assert pages.line("Đã ký duyệt").top > deputy.bottom


def test_whoever_decides_finds_lines_to_write_on(pages: Pages):
    asked = pages.line("Ý kiến của người ký:")
    below = [rule for rule in pages.rules if rule[0] == asked.page and rule[3] > asked.bottom]
    assert len(below) >= 5
    assert not Pages(data=slip_pdf(replace(SLIP, opinion=""))).says("Ý kiến của người ký")


def test_a_long_table_goes_on_under_its_head_and_the_pages_are_counted():
    rows = tuple(((f"Khâu {n}",), (), (f"Ý kiến thứ {n}.", "Dòng hai.")) for n in range(120))
    grid = Grid(("Khâu", "Người", "Lời"), (2, 3, 4), rows)
    long = Pages(data=slip_pdf(replace(SLIP, sections=(Section("Ý kiến", grid=grid),))))
    assert len(long) > 3
    heads = {word.page for word in long.words if word.text == "Khâu"}
    assert heads == {word.page for word in long.words if word.text.startswith("Khâu ")}
    numbers = [(word.text, word.page) for word in long.words if word.bottom < 20]
    assert numbers == [(str(n), n) for n in range(2, len(long) + 1)]
    assert all(long.says(f"Ý kiến thứ {n}.Dòng hai.") for n in range(120))
    foot = [word.page for word in long.words if word.text.startswith("In từ hệ thống")]
    assert foot == list(range(1, len(long) + 1))


def test_a_sign_without_a_shape_is_told_as_a_box_and_the_rest_word_for_word():
    said = "Đồng ý 😀 làm ngay 漢."
    odd = replace(SLIP, sections=(Section("Ý kiến", lines=(said,)),))
    assert Pages(data=slip_pdf(odd)).says("Đồng ý □ làm ngay □.")


@pytest.mark.parametrize("text", ['#read("/etc/passwd")', "*đậm* $x$ `mã` @t <n>", "\\u{41} // /* ]]["])
def test_nothing_people_write_is_read_as_markup(text: str):
    grid = Grid((text,), (1,), (((text, text),),))
    signed = (Signature((text,), text, (text, text)),)
    slip = replace(SLIP, subject=text, addressee=text, sections=(Section(text, ((text, text),), (text,), grid),),
                   signatures=signed, opinion=text, footer=text)  # fmt: skip
    assert squeezed(Pages(data=slip_pdf(slip)).text).count(squeezed(text)) >= 12


def test_the_file_is_tagged_pdf_a_2a_and_the_same_bytes_again(pages: Pages):
    reader = pypdf.PdfReader(io.BytesIO(pages.data))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>2<", metadata)
    assert re.search(r"pdfaid:conformance>A<", metadata)
    assert reader.metadata.creation_date.date().isoformat() == "2026-02-05"
    assert tags(pages.data).count("/H1") == 3
    assert tags(pages.data).count("/TH") == 3
    assert slip_pdf(SLIP) == pages.data


def test_a_digest_is_told_whole_in_groups():
    assert whole_digest(DIGEST).replace(" ", "") == DIGEST
    assert set(map(len, whole_digest(DIGEST).split())) == {8}


@settings(max_examples=60)
@given(said=st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_whatever_is_said_becomes_a_file(said: str):
    odd = replace(SLIP, subject=said, sections=(Section(said, facts=((said, said),), lines=(said,)),))
    assert slip_pdf(odd).startswith(b"%PDF-")


JOINERS = "\u200d\u200c\u202e\u20e3\ufe0f\u0301\u094d\u1161\u0e33☐\U0001f468\U0001f1fb\ufffeaệ "


@settings(max_examples=60)
@given(said=st.text(st.sampled_from(JOINERS), max_size=40))
def test_signs_that_join_into_others_break_nothing(said: str):
    odd = replace(SLIP, subject=said, sections=(Section(said, facts=((said, said),), lines=(said,)),))
    assert slip_pdf(odd).startswith(b"%PDF-")
