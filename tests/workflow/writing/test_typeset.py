"""The PDF of a paper, measured: margins, sizes, weights, rules, page numbers, tags; its text and its bytes."""

import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record import plan
from tests.web.samples import PLAN, REPORT
from tests.workflow.writing.papers import FACTS, ISSUED, Pages, demo_contents, squeezed
from workflow.content import Attachment, Content, Node, Recipient, Row
from workflow.errors import Unprintable
from workflow.writing.sheet import sheet_of
from workflow.writing.typeset import pdf

ALIKE = 0.6
"""Millimetres two positions may lie apart and still be one."""


def changed(content: Content = PLAN, /, **values) -> Content:
    return msgspec.structs.replace(content, **values)


LETTER = changed(
    doc_type="cong_van",
    symbol="SKHCN-VP",
    subject="đôn đốc gửi báo cáo kết quả thực hiện dân chủ ở cơ sở năm 2026",
    addressees=("Các phòng, đơn vị thuộc Sở",),
    urgency="hoa_toc",
)


@pytest.fixture(scope="module")
def issued() -> Pages:
    return Pages(sheet_of(PLAN, ISSUED))


@pytest.fixture(scope="module")
def letter() -> Pages:
    return Pages(sheet_of(LETTER, ISSUED))


@pytest.fixture(scope="module")
def report() -> Pages:
    rows = tuple(
        Row(f"II.{n}", f"Nhiệm vụ thứ {n} của kế hoạch năm", "Văn phòng Sở", "done", f"Đã xong {n} việc")
        for n in range(90)
    )
    return Pages(sheet_of(changed(REPORT, results=rows), FACTS))


def test_the_page_is_a4_with_the_margins_of_the_decree(issued: Pages):
    assert issued.size == pytest.approx((210, 297), abs=0.1)
    assert min(word.left for word in issued.body) == pytest.approx(30, abs=ALIKE)
    assert min(word.top for word in issued.body) == pytest.approx(20, abs=1)
    ink = [char for page in issued._plumbed.pages for char in page.chars if char["text"].strip()]
    assert max(char["x1"] for char in ink) * 25.4 / 72 == pytest.approx(195, abs=ALIKE)
    long = Pages(
        sheet_of(changed(sections=tuple(Node(paragraphs=("Một dòng.",)) for _ in range(90))), ISSUED)
    )
    assert max(word.bottom for word in long.words) <= 277.6


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), True, False),
        ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False),
        ("ỦY BAN NHÂN DÂN TỈNH HÒA AN", (12, 13), False, False),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", (12, 13), True, False),
        ("Số: 07/KH-SKHCN", (13, 13), False, False),
        ("Hòa An, ngày 05 tháng 02 năm 2026", (13, 14), False, True),
        ("KHẨN", (13, 14), True, False),
        ("KẾ HOẠCH", (13, 14), True, False),
        ("Triển khai công tác", (13, 14), True, False),
        ("Căn cứ Kế hoạch số 88", (13, 14), False, True),
        ("Sở Khoa học và Công nghệ xây dựng", (13, 14), False, False),
        ("I. MỤC ĐÍCH", (13, 14), True, False),
        ("1. Mục đích", (13, 14), True, False),
        ("a) Phân công rõ việc", (13, 14), False, False),
        ("- Đơn vị thực hiện", (13, 14), False, False),
        ("Nơi nhận:", (12, 12), True, True),
        ("- Sở Nội vụ (b/c);", (11, 11), False, False),
        ("KT. GIÁM ĐỐC", (13, 14), True, False),
        ("PHÓ GIÁM ĐỐC", (13, 14), True, False),
        ("Trần Thị Ngọc Mai", (13, 14), True, False),
    ],
)
def test_every_part_is_set_as_phu_luc_i_says(issued: Pages, text: str, size: tuple, bold: bool, italic: bool):
    word = issued.line(text)
    assert size[0] <= word.size <= size[1]
    assert (word.bold, word.italic) == (bold, italic)


def test_the_head_stands_side_by_side_and_number_and_date_on_one_line(issued: Pages):
    parent, agency = issued.line("ỦY BAN"), issued.line("SỞ KHOA HỌC VÀ CÔNG")
    country, motto = issued.line("CỘNG HÒA"), issued.line("Độc lập")
    number, day = issued.line("Số:"), issued.line("Hòa An, ngày")
    assert parent.top == pytest.approx(country.top, abs=0.1)
    assert agency.top > parent.top
    assert motto.top > country.top
    assert number.top == pytest.approx(day.top, abs=0.1)
    assert parent.right < country.left
    assert parent.centre == pytest.approx(agency.centre, abs=ALIKE)
    assert number.centre == pytest.approx(agency.centre, abs=ALIKE)
    assert motto.centre == pytest.approx(country.centre, abs=ALIKE)
    assert day.centre == pytest.approx(country.centre, abs=ALIKE)
    assert country.right == pytest.approx(195, abs=ALIKE)


def test_the_rules_are_as_long_as_the_decree_says(issued: Pages):
    agency, motto = issued.line("SỞ KHOA HỌC VÀ CÔNG"), issued.line("Độc lập")
    subject = issued.line("chính và dân chủ ở cơ sở năm 2026")
    under = {}
    for word in (agency, motto, subject):
        page, left, right, top = min(issued.rules, key=lambda rule: abs(rule[3] - word.bottom) + abs(
            (rule[1] + rule[2]) / 2 - word.centre))  # fmt: skip
        assert page == 1
        assert 0 < top - word.bottom < 2
        assert (left + right) / 2 == pytest.approx(word.centre, abs=ALIKE)
        under[word.text] = (right - left) / (word.right - word.left)
    assert len(issued.rules) == 3
    assert under[motto.text] == pytest.approx(1, abs=0.02)
    assert 1 / 3 <= under[agency.text] <= 1 / 2
    assert 1 / 3 <= under[subject.text] <= 1 / 2


def test_title_and_subject_are_centred_and_the_body_begins_with_an_indent(issued: Pages):
    middle = (30 + 195) / 2
    assert issued.line("KẾ HOẠCH").centre == pytest.approx(middle, abs=ALIKE)
    assert issued.line("chính và dân chủ").centre == pytest.approx(middle, abs=ALIKE)
    for begins in (
        "Căn cứ Kế hoạch",
        "Sở Khoa học và Công nghệ xây",
        "I. MỤC ĐÍCH",
        "a) Phân công",
        "- Đơn vị thực",
    ):
        assert issued.line(begins).left == pytest.approx(42.7, abs=0.2)
    assert issued.line("Hòa An về dân chủ").left == pytest.approx(30, abs=0.2)


def test_lines_and_paragraphs_keep_the_distances_of_the_decree(issued: Pages):
    first, second = issued.line("Căn cứ Kế hoạch"), issued.line("Hòa An về dân chủ")
    single = 1.149 * 14 * 25.4 / 72
    between = second.top - first.top
    assert single <= between <= 1.5 * single
    following = issued.line("Căn cứ Quyết định")
    assert following.top - second.top - between >= 6 * 25.4 / 72 - 0.01


def test_the_number_of_the_page_stands_in_the_middle_of_the_top_margin_from_page_two(issued: Pages):
    pages = Pages(sheet_of(changed(sections=PLAN.sections * 4), ISSUED))
    above = [word for word in pages.words if word.bottom < 20]
    assert [(word.text, word.page) for word in above] == [(str(n), n) for n in range(2, len(pages) + 1)]
    for word in above:
        assert word.centre == pytest.approx((30 + 195) / 2, abs=ALIKE)
        assert 13 <= word.size <= 14
        assert not word.bold


def test_the_motto_stands_there_once(issued: Pages):
    assert issued.text.count("Độc lập - Tự do - Hạnh phúc") == 1


def test_a_letter_has_its_subject_under_the_number_and_no_title(letter: Pages):
    number, subject = letter.line("Số: 07/SKHCN-VP"), letter.line("V/v đôn đốc")
    assert 12 <= subject.size <= 13
    assert not subject.bold
    assert 6 <= (subject.top - number.bottom) * 72 / 25.4 <= 14
    assert subject.centre == pytest.approx(number.centre, abs=ALIKE)
    assert letter.line("HỎA TỐC").top > subject.bottom
    assert letter.line("Kính gửi: Các phòng").centre == pytest.approx((30 + 195) / 2, abs=ALIKE)
    assert "CÔNG VĂN" not in letter.text


def test_several_addressees_stand_under_one_another(report: Pages):
    first, second = report.line("- Ủy ban nhân dân tỉnh Hòa An;"), report.line("- Sở Nội vụ tỉnh Hòa An.")
    assert first.left == pytest.approx(second.left, abs=0.1)
    assert report.line("Kính gửi:").top == pytest.approx(first.top, abs=0.2)


def test_number_and_day_are_blank_until_they_are_given():
    draft = Pages(sheet_of(PLAN, FACTS))
    assert re.search(r"Số: ?/KH-SKHCN", draft.text)
    assert "07" not in draft.text
    assert re.search(r"Hòa An, ngày tháng năm Triển|Hòa An, ngày tháng năm", draft.text)
    gap = draft.line("/KH-SKHCN").left - draft.line("Số:").right if _apart(draft) else 12
    assert gap >= 8, "room to write the number in by hand"


def _apart(pages: Pages) -> bool:
    return any(word.text.startswith("/KH-SKHCN") for word in pages.words)


def test_a_paper_that_is_not_out_says_so_on_every_page_and_an_issued_one_nowhere(issued: Pages):
    draft = Pages(sheet_of(changed(sections=PLAN.sections * 4), FACTS))
    marks = [word for word in draft.words if word.text == "BẢN DỰ THẢO"]
    assert [word.page for word in marks] == list(range(1, len(draft) + 1))
    assert all(word.bottom < 20 for word in marks)
    for pages in (issued, Pages(sheet_of(PLAN, FACTS, clean=True))):
        assert "DỰ THẢO" not in " ".join(word.text for word in pages.words)
    other = Pages(sheet_of(PLAN, replace(FACTS, mark="ĐÃ KÝ, CHƯA CẤP SỐ")))
    assert other.words[0].text == "ĐÃ KÝ, CHƯA CẤP SỐ"


def test_the_mark_of_approval_is_never_a_chu_ky_so_and_a_clean_copy_has_none(issued: Pages):
    assert issued.says("Đã ký duyệt trên hệ thống 04/02/2026 09:41:07 · mã 8f3a 19c2 d07e")
    assert "chữ ký số" not in issued.text
    assert "Đã ký duyệt" not in Pages(sheet_of(PLAN, ISSUED, clean=True)).text


def test_between_title_and_name_there_is_room_for_a_hand(issued: Pages):
    assert issued.line("Trần Thị Ngọc Mai").top - issued.line("PHÓ GIÁM ĐỐC").bottom >= 25


@pytest.mark.parametrize("count", [1, 20, 45, 60, 75, 85])
def test_recipients_and_signature_are_never_torn_apart(count: int):
    recipients = tuple(Recipient(f"Cơ quan, đơn vị số {n} của tỉnh Hòa An") for n in range(count))
    for sections in (PLAN.sections[:1], PLAN.sections):
        pages = Pages(sheet_of(changed(recipients=recipients, sections=sections), ISSUED))
        foot = [word for word in pages.words if word.text.startswith(("- Cơ quan, đơn vị số", "- Lưu"))]
        assert len(foot) == count + 1
        places = {
            word.page
            for word in (*foot, pages.line("Nơi nhận:"), pages.line("KT. GIÁM"), pages.line("Trần Thị"))
        }
        assert len(places) == 1
        assert pages.line("Nơi nhận:").top == pytest.approx(pages.line("KT. GIÁM").top, abs=0.6)
        assert max(word.bottom for word in foot) <= 277.6
        beside = [word for word in foot if word.left > 100]
        assert all(word.top > pages.line("Trần Thị").bottom for word in beside)


def test_more_recipients_than_a_page_holds_go_on_overleaf_with_none_lost():
    recipients = tuple(Recipient(f"Cơ quan, đơn vị số {n}") for n in range(300))
    pages = Pages(sheet_of(changed(recipients=recipients), ISSUED))
    for n in range(300):
        assert pages.says(f"- Cơ quan, đơn vị số {n};")


def test_a_signature_is_never_alone_on_its_page():
    for lines in range(20, 32):
        sections = tuple(Node(paragraphs=(f"Đoạn văn số {n} của kế hoạch.",)) for n in range(lines))
        pages = Pages(sheet_of(changed(sections=sections), ISSUED))
        page = pages.line("KT. GIÁM ĐỐC").page
        above = [word for word in pages.body if word.page == page and word.text.startswith("Đoạn văn số")]
        assert above, lines


def test_a_long_table_repeats_its_head_and_keeps_its_rows_whole(report: Pages):
    heads = [word for word in report.words if word.text == "Nhiệm vụ"]
    pages = {word.page for word in report.words if word.text.startswith("Nhiệm vụ thứ")}
    assert len(pages) >= 3
    assert {word.page for word in heads} == pages
    assert all(word.bold for word in heads)
    for n in range(90):
        cells = [word for word in report.words if word.text == f"II.{n}"]
        assert len(cells) == 1
        assert report.says(f"Nhiệm vụ thứ {n} của kế hoạch năm")


def test_a_row_longer_than_a_page_is_carried_over():
    row = Row("II.1", "Nhiệm vụ dài", "Văn phòng Sở", "done", "Kết quả cụ thể của từng việc. " * 300)
    pages = Pages(sheet_of(changed(REPORT, results=(row,)), FACTS))
    assert squeezed(pages.text).count("từng") == 300, "not a word lost between pages"
    assert max(word.bottom for word in pages.words) <= 277.6


def test_units_whose_report_is_missing_are_named(report: Pages):
    assert report.says("chưa nhận được báo cáo của Chi cục Tiêu chuẩn Đo lường Chất lượng (chưa gửi); Phòng")


def test_each_annex_begins_a_page_and_counts_its_own():
    many = "\n".join(f"{n}. Dòng của phụ lục thứ nhất" for n in range(60))
    content = changed(
        annexes=(f"Phụ lục I\nDanh mục nhiệm vụ\n{many}", "Phụ lục II\nBiểu mẫu\nMột dòng", "Bảng số liệu")
    )
    pages = Pages(sheet_of(content, ISSUED))
    one = next(word for word in pages.words if word.text == "Phụ lục I")
    second = pages.line("Phụ lục II")
    assert one.top == pytest.approx(20, abs=1)
    assert second.top == pytest.approx(20, abs=1)
    assert one.centre == pytest.approx((30 + 195) / 2, abs=ALIKE)
    assert one.bold
    assert next(word for word in pages.words if word.text == "Danh mục nhiệm vụ").bold
    assert pages.says(
        "(Kèm theo Kế hoạch số 07/KH-SKHCN ngày 05 tháng 02 năm 2026 của Sở Khoa học và Công nghệ)"
    )
    numbers = {word.page: word.text for word in pages.words if word.bottom < 20}
    assert one.page not in numbers
    assert numbers[one.page + 1] == "2"
    assert second.page not in numbers
    assert pages.says("Kèm theo: Bảng số liệu")


def test_files_that_go_along_are_listed_before_the_signature():
    content = changed(attachments=(Attachment("bang-so-lieu.xlsx", "a" * 64, 10),))
    pages = Pages(sheet_of(content, ISSUED))
    line = pages.line("Kèm theo: bang-so-lieu.xlsx")
    foot = pages.line("Nơi nhận:")
    assert (line.page, line.top) < (foot.page, foot.top)


def test_parts_and_points_are_set_by_their_kind_of_number():
    deep = Node(label="Chương I", title="Quy định chung", children=(
        Node(label="Điều 1", title="Phạm vi", children=(Node(label="a", title="Điểm có tiêu đề", paragraphs=("Lời.",)),)),
    ))  # fmt: skip
    pages = Pages(sheet_of(changed(sections=(deep,)), ISSUED))
    middle = (30 + 195) / 2
    assert pages.line("Chương I").centre == pytest.approx(middle, abs=ALIKE)
    assert pages.line("QUY ĐỊNH CHUNG").centre == pytest.approx(middle, abs=ALIKE)
    assert pages.line("Điều 1. Phạm vi").bold
    assert not pages.line("a) Điểm có tiêu đề").bold


def contents() -> list[tuple[str, Content]]:
    demo = [(f"demo {place}", content) for place, content in enumerate(demo_contents())]
    return [
        ("plan", PLAN),
        ("report", REPORT),
        ("letter", LETTER),
        ("small", plan()),
        ("empty", Content()),
        *demo,
    ]


@pytest.mark.parametrize(
    ("name", "content"), contents(), ids=lambda value: value if isinstance(value, str) else ""
)
@pytest.mark.parametrize("facts", [FACTS, ISSUED], ids=["draft", "issued"])
def test_the_file_says_every_paragraph_of_the_paper_word_for_word(name: str, content: Content, facts):
    sheet = sheet_of(content, facts)
    pages = Pages(sheet)
    said = squeezed(pages.text)
    at = 0
    for line in (*sheet.body, *sheet.closing):
        words = squeezed(line.words.upper() if line.face == "chapter" else line.words)
        found = said.upper().find(words.upper(), at) if line.face == "chapter" else said.find(words, at)
        assert found >= 0, line.words
        at = found
    for text in (
        sheet.title,
        sheet.subject,
        sheet.symbol,
        *sheet.recipients,
        *sheet.signature_lines,
        sheet.signer,
    ):
        assert squeezed(text) in said, text
    for row in sheet.results.rows if sheet.results else ():
        assert all(squeezed(cell) in said for cell in row)
    for annex in sheet.annexes:
        assert all(squeezed(line) in said for line in (annex.title, annex.name, annex.note, *annex.lines))


def test_the_file_is_tagged_pdf_a_2a_with_language_title_and_the_date_of_the_document(issued: Pages):
    reader = pypdf.PdfReader(io.BytesIO(issued.data))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>2<", metadata)
    assert re.search(r"pdfaid:conformance>A<", metadata)
    assert reader.metadata.title == f"KẾ HOẠCH {PLAN.subject}"
    assert reader.metadata.creation_date.date().isoformat() == "2026-02-05"
    assert [item["/Title"] for item in reader.outline if isinstance(item, dict)][:2] == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "II. NỘI DUNG THỰC HIỆN",
    ]
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            for below in font.get_object()["/DescendantFonts"]:
                described = below.get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(described), "every font is inside"


def tags(data: bytes) -> list[str]:
    """Of the structure tree, in reading order."""
    found: list[str] = []

    def below(item: object) -> None:
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            for one in item:
                below(one)
        elif isinstance(item, dict):
            if "/S" in item:
                found.append(str(item["/S"]))
            if "/K" in item:
                below(item["/K"])

    below(pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_headings_paragraphs_and_tables_are_tags_of_their_kind(issued: Pages, report: Pages):
    assert tags(issued.data).count("/H1") == 3
    assert tags(issued.data).count("/H2") == 3
    assert tags(issued.data).count("/P") > 10
    assert tags(report.data).count("/TH") == 4
    assert tags(report.data).count("/TR") == 91
    assert tags(issued.data).count("/Table") == 0, "the head and the foot are no tables"


def test_equal_papers_are_equal_bytes_whenever_and_by_whatever_thread_they_are_made(issued: Pages):
    sheet = sheet_of(PLAN, ISSUED)
    time.sleep(1.1)  # a clock in the file would have moved on
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: pdf(sheet), range(12)))
    assert set(made) == {issued.data}
    assert pdf(sheet_of(PLAN, replace(ISSUED, number=8))) != issued.data


def test_sixty_pages_are_set_in_a_few_seconds():
    paragraph = "Nội dung của một đoạn văn đủ dài để đầy trang giấy của kế hoạch. " * 9
    sections = tuple(
        Node(label=str(n), title=f"Mục số {n}", paragraphs=(paragraph,) * 7) for n in range(1, 61)
    )
    start = time.perf_counter()
    data = pdf(sheet_of(changed(sections=sections), ISSUED))
    assert time.perf_counter() - start < 10
    document = pypdfium2.PdfDocument(data)
    assert len(document) >= 60
    for number in (2, 30, len(document)):
        assert document[number - 1].get_textpage().get_text_bounded(bottom=842 - 50).split() == [str(number)]


HOSTILE = [
    '#read("/etc/passwd")', "#import \"@preview/x:1.0.0\": *", "*đậm* _nghiêng_ $x^2$ `mã`", "= Tiêu đề", "- gạch",
    "/ mục: chú", "<nhãn> @tham-chiếu", "\\ // /* */ ]]][[[ }}}{{{", '"nháy" \'đơn\'', "#{sys.inputs}", "1. số", "+ cộng",
    "https://hoa-an.example/tep?id=1#2", "\\u{41} \\n", "-- --- ...", "~", "#set page(fill: red)",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_people_write_is_read_as_markup(text: str):
    content = changed(
        subject=text, addressees=(text, text), opening=(text,),
        sections=(Node(label="1", title=text, paragraphs=(text,)),),
        recipients=(Recipient(text),), annexes=(f"{text}\n{text}",), archive_line=text,
        results=(Row(text, text, text, "done", text),),
    )  # fmt: skip
    pages = Pages(sheet_of(content, replace(ISSUED, signer_name=text)))
    assert squeezed(pages.text).count(squeezed(text)) >= 12


SIGNS = st.text(
    st.sampled_from(
        "aAơƯệ ĐđẶ0123,.;:-–“”…()/\\#*_$@<>[]{}`'\"=+~^&|%!?\n\t\u200b\u00ad\x07\ufeff\u2028\u00a0"
    ),
    max_size=60,
)


@settings(max_examples=40)
@given(texts=st.lists(SIGNS, min_size=1, max_size=4), title=SIGNS, names=st.lists(SIGNS, max_size=3))
def test_whatever_is_typed_becomes_a_file(texts: list[str], title: str, names: list[str]):
    content = changed(
        subject=title,
        sections=(Node(label="1", title=title, paragraphs=tuple(texts)),),
        recipients=tuple(Recipient(name) for name in names),
    )
    assert pdf(sheet_of(content, FACTS)).startswith(b"%PDF-")


def test_a_word_without_end_does_not_run_off_the_page():
    pages = Pages(sheet_of(changed(subject="x" * 300, sections=(Node(paragraphs=("y" * 500,)),)), ISSUED))
    ink = [char for page in pages._plumbed.pages for char in page.chars if char["text"].strip()]
    assert max(char["x1"] for char in ink) * 25.4 / 72 < 196
    assert pages.says("y" * 500)


def test_nothing_turns_the_order_of_what_is_read():
    pages = Pages(sheet_of(changed(opening=("Giao \u202e53\u202c trường\u200d hợp.",)), ISSUED))
    assert pages.line("Giao 53 trường hợp.")


@pytest.mark.parametrize(
    ("text", "signs"), [("Vui 😀 nhé 😀", ("😀",)), ("漢字", ("漢", "字")), ("\ue000", ("\ue000",))]
)
def test_a_sign_no_font_has_is_refused_by_name(text: str, signs: tuple[str, ...]):
    with pytest.raises(Unprintable) as refused:
        pdf(sheet_of(changed(opening=(text,)), ISSUED))
    assert refused.value.signs == signs
