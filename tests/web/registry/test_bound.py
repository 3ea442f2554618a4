"""The register to be bound and the register as a workbook: measured, opened, and with nothing in them that acts."""

import io
import re
from dataclasses import replace

import pdfplumber
import pypdf
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.registry.conftest import multiply
from tests.workflow.writing.papers import Pages
from tests.workflow.writing.test_typeset import ALIKE, tags
from web.registry.sheet import HEADINGS, WIDTHS
from web.workbook import workbook
from workflow.content import Recipient
from workflow.engine import Identity
from workflow.models import Entry
from workflow.writing.printed_book import PrintedBook, PrintedRow
from workflow.writing.typeset import book_pdf

BOOK = PrintedBook(
    parent_name="ỦY BAN NHÂN DÂN TỈNH HÒA AN",
    agency_name="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    title="SỔ ĐĂNG KÝ VĂN BẢN ĐI",
    name="Kế hoạch, năm 2026",
    cover=(("Từ ngày", "05/02/2026 đến ngày 31/12/2026"), ("Từ số", "01 đến số 80"), ("Quyển số", "……")),
    checked="Sổ liên tục 01–80, 1 số hủy.",
    columns=HEADINGS,
    rows=tuple(
        PrintedRow(
            (f"{n:02d}/KH-SKHCN", "05/02/2026", f"Kế hoạch Việc thứ {n} của năm", "Trần Thị Ngọc Mai", "Sở Nội vụ",
             "Lưu: VT, VP.", "2", "06/02/2026", "", "Hủy ngày 07/02/2026: sai thể thức" if n == 7 else ""),
            void=n == 7,
        )
        for n in range(1, 81)
    ),
    closing="Sổ này có {pages} trang, kể cả bìa; đăng ký 80 số.",
    footer="In từ hệ thống, không thay thế bản gốc.",
    dated="2026-12-31",
)  # fmt: skip


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(data=book_pdf(BOOK))


@pytest.fixture
def issued(sqlite_record: Record) -> int:
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    return document_id


def test_the_page_lies_on_its_side_with_room_to_bind_on_the_inner_edge(pages: Pages):
    assert pages.size == pytest.approx((297, 210), abs=0.1)
    assert len(pages) >= 4
    for number in range(2, len(pages)):
        rules = [word for word in pages.words if word.page == number]
        left, right = min(word.left for word in rules), max(word.right for word in rules)
        inner, outer = (297 - right, left) if number % 2 == 0 else (left, 297 - right)
        assert inner >= 25 - ALIKE
        assert 12 - ALIKE <= outer < 25


def test_every_page_of_rows_has_the_ten_headings_with_their_numbers(pages: Pages):
    numbered = {
        number: [
            word.text for word in pages.words if word.page == number and re.fullmatch(r"\(\d+\)", word.text)
        ]
        for number in range(1, len(pages) + 1)
    }
    with_rows = {word.page for word in pages.words if re.match(r"\d\d/KH-SKHCN", word.text)}
    assert 1 not in with_rows, "the cover"
    for number in with_rows:
        assert numbered[number] == [f"({n})" for n in range(1, 11)]
    assert tags(pages.data).count("/TR") == 82


def test_every_number_stands_there_once_and_pages_are_counted(pages: Pages):
    told = [word.text for word in pages.words if re.match(r"\d\d/KH-SKHCN", word.text)]
    assert told == [f"{n:02d}/KH-SKHCN" for n in range(1, 81)]
    above = [(word.text, word.page) for word in pages.words if word.bottom < 18]
    assert above == [(str(n), n) for n in range(2, len(pages) + 1)]
    assert pages.says(f"Sổ này có {len(pages)} trang, kể cả bìa; đăng ký 80 số.")
    assert pages.words[-1].page == len(pages)


def test_the_cover_says_whose_book_of_which_year_from_when_to_when(pages: Pages):
    cover = " ".join(word.text for word in pages.words if word.page == 1)
    for said in (
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        "Kế hoạch, năm 2026",
        "Từ ngày: 05/02/2026 đến ngày 31/12/2026",
        "Từ số: 01 đến số 80",
        "Quyển số: ……",
        "Sổ liên tục 01–80, 1 số hủy.",
    ):
        assert said in cover


def test_a_void_number_is_struck_through_and_its_reason_is_not(pages: Pages):
    whole = pdfplumber.open(io.BytesIO(pages.data))
    bare = pdfplumber.open(
        io.BytesIO(book_pdf(replace(BOOK, rows=tuple(replace(row, void=False) for row in BOOK.rows))))
    )
    struck = {
        (number, round(rule["top"], 1))
        for number, (page, plain) in enumerate(zip(whole.pages, bare.pages, strict=True), 1)
        for rule in set_of(page) - set_of(plain)
        for rule in ({"top": rule[1]},)
    }
    void = pages.line("07/KH-SKHCN")
    assert struck
    assert {number for number, _ in struck} == {void.page}
    reason = next(word for word in pages.words if word.text.startswith("Hủy ngày"))
    crossing = [
        rule
        for rule in set_of(whole.pages[void.page - 1]) - set_of(bare.pages[void.page - 1])
        if rule[0] * 25.4 / 72 >= reason.left - 0.1
    ]
    assert crossing == []


def set_of(page) -> set[tuple[float, float, float]]:
    return {
        (round(line["x0"], 1), round(line["top"], 1), round(line["x1"], 1))
        for line in (*page.lines, *page.rects)
    }


def test_the_file_is_tagged_pdf_a_2a(pages: Pages):
    reader = pypdf.PdfReader(io.BytesIO(pages.data))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>2<", metadata)
    assert re.search(r"pdfaid:conformance>A<", metadata)
    assert book_pdf(BOOK) == pages.data


@pytest.mark.tampered
def test_the_book_of_the_year_comes_as_a_file_and_leaves_an_entry(
    sign_in, sqlite_record: Record, issued: int
):
    multiply(sqlite_record, issued, 39, numbered=True)
    van = sign_in("van")
    assert '/so-van-ban.pdf?nam=2026&amp;so=KH"' in van.get("/so-van-ban")
    answer = van.client.get("/so-van-ban.pdf?nam=2026&so=KH")
    assert answer.mimetype == "application/pdf"
    assert 'filename="so-van-ban-di-2026-KH.pdf"' in answer.headers["Content-Disposition"]
    pages = Pages(data=answer.data)
    told = [word.text for word in pages.words if re.match(r"\d\d/KH-SKHCN", word.text)]
    assert told == [f"{n:02d}/KH-SKHCN" for n in range(1, 41)]
    assert van.client.get("/so-van-ban.xlsx?nam=2026&so=KH").status_code == 200
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        bodies = b"".join(w.db.scalars(select(Entry.body).where(Entry.action == "download"))).decode()
    assert '"format":"pdf"' in bodies
    assert '"format":"xlsx"' in bodies
    van.get("/so-van-ban.pdf?nam=2019&so=KH", status=404)


def cells_of(data: bytes) -> list[list[str | int | None]]:
    """As a spreadsheet reads them: text is text, a number a number, and nothing is a formula or a link."""
    [sheet] = load_workbook(io.BytesIO(data)).worksheets
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        assert cell.data_type in ("s", "n")
        assert cell.hyperlink is None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_has_the_ten_columns_and_a_count_that_can_be_summed(
    sign_in, sqlite_record: Record, issued
):
    answer = sign_in("lan").client.get("/so-van-ban.xlsx?nam=2026&so=KH")
    assert 'filename="so-van-ban-di-2026-KH.xlsx"' in answer.headers["Content-Disposition"]
    first, row = cells_of(answer.data)
    assert tuple(first) == HEADINGS
    assert row[0] == "01/KH-SKHCN"
    assert row[6] == 10


@pytest.mark.parametrize("name", ["=1+1", '+84 "912"', "-lệnh", "@SUM(A1)", "<b>&amp;</b>", "]]>"])
def test_no_text_of_the_workbook_acts(sign_in, sqlite_record: Record, name: str):
    content = plan(recipients=(Recipient(name),), archive_line="Lưu: VT, VP.")
    sqlite_record.bring_to(sqlite_record.draft(content=content), "issue")
    assert cells_of(sign_in("lan").client.get("/so-van-ban.xlsx").data)[1][4] == name


def test_whatever_is_typed_makes_a_workbook():
    odd = "a\x00\x07\x1b\ufffe\ud800b\n c\td"
    data = workbook(("Cột",), [(odd,), ("x" * 40_000,), (7,)], name="[a]:*?/\\' " * 9, widths=(10,))
    _, first, second, third = cells_of(data)
    assert first == ["a     b\n c\td"]
    assert second == ["x" * 32_767]
    assert third == [7]
    assert len(WIDTHS) == len(HEADINGS)
    assert workbook(("Cột",), [], name="", widths=(1,)) == workbook(("Cột",), [], name="", widths=(1,))


def test_the_same_rows_give_the_same_workbook():
    rows = [("01/KH-SKHCN", 3), ("02/KH-SKHCN", 1)]
    first, again = (workbook(("Số", "Bản"), rows, name="Kế hoạch: 2026", widths=(12, 6)) for _ in range(2))
    assert first == again
