"""A Content → DOCX → Content: nothing is lost, for texts a drafter may write, for our fixtures, and for the originals."""

import datetime as dt
import io
import os
import re
import zipfile
from typing import Any

import docx as python_docx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.web.samples import PLAN, REPORT
from tests.workflow.reading.files import packed
from tests.workflow.reading.texts import DOCUMENTS, raw, seed_texts
from tests.workflow.writing.contents import as_printed, contents, without_proposals
from workflow.content import Content, Node, Recipient, Row, canonical
from workflow.reading import Proposal, read, read_text, to_content
from workflow.reading.docx import docx_text
from workflow.settings import DEFINITIONS
from workflow.writing.docx import docx
from workflow.writing.docx_body import MOTTO, WIDTH
from workflow.writing.docx_measures import balanced, bold_width
from workflow.writing.facts import PaperFacts
from workflow.writing.sheet import sheet_of

ROUND_TRIPS = int(os.environ.get("TRINHKY_ROUND_TRIPS", 1000 if os.environ.get("CI") else 60))
"""Set in CI, and by whoever soaks: how many generated contents go to Word and back."""

AGENCY: dict[str, Any] = {
    "agency_name": "Sở Khoa học và Công nghệ",
    "parent_name": "Ủy ban nhân dân tỉnh Hòa An",
    "signature_lines": ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    "signer_name": "Trần Thị Mai",
}
DRAFT = PaperFacts(**AGENCY)
ISSUED = PaperFacts(
    **AGENCY,
    number=7,
    date=dt.date(2026, 2, 5),
    issued=True,
    signed_at=dt.datetime(2026, 2, 4, 3, tzinfo=dt.UTC),
    signed_digest="ab" * 32,
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def said(content: Content, facts: PaperFacts = DRAFT) -> Proposal:
    return read_text(docx_text(docx(sheet_of(content, facts))).text)


def back(content: Content, facts: PaperFacts = DRAFT) -> Content:
    return to_content(said(content, facts), field=content.field, drafting_unit=content.drafting_unit)


def aligned(found: tuple[Node, ...], written: tuple[Node, ...]) -> tuple[Node, ...]:
    pairs = zip(found, written, strict=False)
    return (*(without_proposals(one, other) for one, other in pairs), *found[len(written) :])


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def body(content: Content, facts: PaperFacts = DRAFT) -> Any:
    return etree.fromstring(parts_of(docx(sheet_of(content, facts)))["word/document.xml"])


def style_of(paragraph: Any) -> str:
    return str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))


def indents(paragraph: Any) -> tuple[int, int]:
    place = paragraph.find(f"{W}pPr/{W}ind")
    return int(place.get(f"{W}left")), int(place.get(f"{W}right"))


def rule_sides(block: Any) -> tuple[int, int]:
    """How far the rule that stands directly in a cell, or in the body, is from both sides of it."""
    (rule,) = (one for one in block.findall(f"{W}p") if style_of(one) == "TKKe")
    return indents(rule)


def shown(root: Any) -> str:
    return "".join(text.text or "" for text in root.iter(f"{W}t"))


@settings(max_examples=ROUND_TRIPS, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents(), st.booleans())
def test_any_content_comes_back_from_word_in_every_structured_field(content: Content, issued: bool) -> None:
    written, found = as_printed(content), as_printed(back(content, ISSUED if issued else DRAFT))
    found = msgspec.structs.replace(
        found,
        sections=aligned(found.sections, written.sections),
        closing=aligned(found.closing, written.closing),
    )
    assert msgspec.to_builtins(found) == msgspec.to_builtins(written)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_was_read_from_a_text_is_read_again_from_its_word_file(name: str) -> None:
    content = to_content(read(raw(name)), field="x", drafting_unit="VP")
    assert msgspec.to_builtins(as_printed(back(content))) == msgspec.to_builtins(as_printed(content))


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_the_four_plans_go_to_word_and_back_byte_for_byte(number: str) -> None:
    own = f"s{int(number)}.txt"
    for name, data in seed_texts(number, own):
        content = to_content(read(data), field="x", drafting_unit="VP")
        again = back(content, ISSUED)
        assert canonical(as_printed(again)) == canonical(as_printed(content)), name


@pytest.mark.parametrize("path", sorted((DEFINITIONS / "demo").glob("*.txt")), ids=lambda path: path.stem)
def test_the_plans_of_the_demo_go_to_word_and_back(path: Any) -> None:
    content = to_content(read(path.read_bytes()), field="x", drafting_unit="VP")
    assert canonical(as_printed(back(content))) == canonical(as_printed(content))


def test_another_office_may_write_other_ids_for_our_styles_as_long_as_it_keeps_their_names() -> None:
    parts = parts_of(docx(sheet_of(PLAN, DRAFT)))
    ids = sorted(set(re.findall(rb'w:styleId="(TK\w+)"', parts["word/styles.xml"])), key=len, reverse=True)
    for name in ("word/styles.xml", "word/document.xml", "word/header1.xml", "word/header2.xml"):
        for place, own in enumerate(ids):
            parts[name] = parts[name].replace(b'"%s"' % own, b'"Style%d"' % place)
    assert b'"TK' not in parts["word/document.xml"]
    saved = docx_text(packed(parts)).text
    assert saved == docx_text(docx(sheet_of(PLAN, DRAFT))).text


def test_number_and_date_stand_there_only_once_they_are_given() -> None:
    plan = msgspec.structs.replace(PLAN, doc_type="KH")
    draft, issued = said(plan), said(plan, ISSUED)
    assert (draft.number, draft.symbol, draft.date) == (None, "KH-SKHCN", None)
    assert (issued.number, issued.symbol, issued.date) == ("07", "KH-SKHCN", "2026-02-05")
    assert issued.signer_name == "Trần Thị Mai"
    assert (issued.capacity, issued.signer_title) == ("KT", "PHÓ GIÁM ĐỐC")
    assert issued.agency == "Sở Khoa học và Công nghệ"
    assert issued.parent_agency == "ỦY BAN NHÂN DÂN TỈNH HÒA AN"


def test_a_draft_says_so_in_the_margin_of_every_page_and_the_issued_paper_does_not() -> None:
    draft, issued = (parts_of(docx(sheet_of(PLAN, facts))) for facts in (DRAFT, ISSUED))
    for name in ("word/header1.xml", "word/header2.xml"):
        assert "BẢN DỰ THẢO" in draft[name].decode()
        assert "BẢN DỰ THẢO" not in issued[name].decode()
    assert "BẢN DỰ THẢO" not in docx_text(docx(sheet_of(PLAN, DRAFT))).text


def test_equal_papers_are_equal_bytes() -> None:
    assert docx(sheet_of(PLAN, ISSUED)) == docx(sheet_of(PLAN, ISSUED))
    assert docx(sheet_of(PLAN, ISSUED)) != docx(sheet_of(PLAN, DRAFT))


def test_the_page_is_a4_with_the_margins_of_the_decree_and_numbers_from_the_second_page() -> None:
    data = docx(sheet_of(PLAN, DRAFT))
    (section,) = python_docx.Document(io.BytesIO(data)).sections
    inches = (section.page_width.mm, section.page_height.mm)
    assert [round(one) for one in inches] == [210, 297]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(one.mm) for one in margins] == [20, 15, 20, 30]
    assert section.different_first_page_header_footer
    assert b" PAGE " in parts_of(data)["word/header2.xml"]
    assert b" PAGE " not in parts_of(data)["word/header1.xml"]


def test_every_part_is_set_in_times_new_roman_for_all_kinds_of_letters() -> None:
    styles = etree.fromstring(parts_of(docx(sheet_of(PLAN, DRAFT)))["word/styles.xml"])
    fonts = list(styles.iter(f"{W}rFonts"))
    assert fonts
    for one in fonts:
        assert {one.get(f"{W}{kind}") for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}


def test_headings_are_words_own_so_that_its_outline_shows_them() -> None:
    opened = python_docx.Document(io.BytesIO(docx(sheet_of(PLAN, DRAFT))))
    headings = [
        (one.style.name, one.text) for one in opened.paragraphs if one.style.name.startswith("Heading")
    ]
    assert headings[:4] == [
        ("Heading 1", "I. MỤC ĐÍCH, YÊU CẦU"),
        ("Heading 2", "1. Mục đích"),
        ("Heading 2", "2. Yêu cầu"),
        ("Heading 1", "II. NỘI DUNG THỰC HIỆN"),
    ]


def test_the_head_of_a_long_table_comes_back_and_no_row_is_torn() -> None:
    table = python_docx.Document(io.BytesIO(docx(sheet_of(REPORT, DRAFT)))).tables[2]
    assert [cell.text for cell in table.rows[0].cells] == ["Mục", "Nhiệm vụ", "Đơn vị", "Kết quả"]
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)


def test_the_last_paragraph_stays_with_the_signature() -> None:
    blocks = list(body(REPORT).find(f"{W}body"))
    last = next(place for place, block in enumerate(blocks) if "Nơi nhận" in shown(block))
    held = [block for block in blocks[:last] if shown(block)][-1]
    assert "kính báo cáo" in shown(held)
    assert held.find(f"{W}pPr/{W}keepNext") is not None


def test_a_bullet_with_a_task_writes_its_lines_with_a_plus() -> None:
    content = back(
        msgspec.structs.replace(
            PLAN,
            doc_type="KH",
            sections=(
                Node(
                    "II",
                    "NỘI DUNG",
                    children=(
                        Node(
                            "-",
                            paragraphs=("Soạn tờ gấp.",),
                            task=PLAN.sections[1].children[0].children[0].task,
                        ),
                        Node("-", paragraphs=("Phát tờ gấp.",)),
                    ),
                ),
            ),
        )
    )
    first, second = content.sections[0].children
    assert first.task is not None
    assert first.task.leads == ("Văn phòng Sở",)
    assert second.task is None


def test_each_annex_begins_a_page_and_counts_its_own_pages() -> None:
    content = msgspec.structs.replace(REPORT, annexes=("PHỤ LỤC I\nSố liệu.", "PHỤ LỤC II\nBiểu."))
    starts = [one.get(f"{W}start") for one in body(content).iter(f"{W}pgNumType")]
    assert starts == ["1", "1", "1"]
    assert back(content).annexes == ("PHỤ LỤC I\nSố liệu.", "PHỤ LỤC II\nBiểu.")


def test_the_name_of_an_annex_stands_below_its_number_and_above_its_document() -> None:
    text = "PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n1. Rà soát văn bản.\n2. Tập huấn."
    content = msgspec.structs.replace(PLAN, doc_type="KH", annexes=(text,))
    blocks = [one for one in body(content, ISSUED).find(f"{W}body").findall(f"{W}p") if shown(one)]
    start = next(place for place, one in enumerate(blocks) if shown(one) == "PHỤ LỤC I")
    assert [style_of(one) for one in blocks[start : start + 4]] == [
        "TKPhuLuc",
        "TKTenPhuLuc",
        "TKKemTheo",
        "TKNoiDung",
    ]
    assert shown(blocks[start + 1]) == "DANH MỤC NHIỆM VỤ"
    assert back(content, ISSUED).annexes == (text,)
    for name in ("mẫu phiếu hỏi", "– mẫu phiếu hỏi", "MẪU"):
        two = ("PHỤ LỤC\nMột dòng dài hơn ba mươi chữ, không dấu chấm", f"PHỤ LỤC\n{name}\nCâu 1")
        assert back(msgspec.structs.replace(content, annexes=two)).annexes == two


def test_the_head_and_the_foot_are_two_columns_beside_each_other() -> None:
    head, foot = python_docx.Document(io.BytesIO(docx(sheet_of(PLAN, ISSUED)))).tables
    (issuer, motto), (number, day) = ([cell.text for cell in row.cells] for row in head.rows)
    assert issuer.split("\n")[:2] == ["ỦY BAN NHÂN DÂN TỈNH HÒA AN", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"]
    assert motto.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert number.startswith("Số: 07/")
    assert day == "Hòa An, ngày 05 tháng 02 năm 2026"
    recipients, signature = (cell.text for cell in foot.rows[0].cells)
    assert recipients.startswith("Nơi nhận:")
    assert recipients.endswith("Lưu: VT, VP.")
    assert signature.startswith("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nĐã ký duyệt trên hệ thống")
    assert signature.endswith("Trần Thị Mai")


def test_the_rules_of_the_head_and_the_subject_are_as_long_as_the_decree_says() -> None:
    root = body(PLAN)
    cells = list(root.iter(f"{W}tc"))
    left, right = (int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in cells[:2])
    issuer, motto = (room - sum(rule_sides(cell)) for room, cell in zip((left, right), cells, strict=False))
    agency, freedom = (
        bold_width(words, size) for words, size in (("SỞ KHOA HỌC VÀ CÔNG NGHỆ", 12), (MOTTO, 13))
    )
    assert 1 / 3 <= issuer / agency <= 1 / 2
    assert abs(motto - freedom) < 40, "as long as the words above"
    subject = next(one for one in root.iter(f"{W}p") if style_of(one) == "TKTrichYeu")
    under = WIDTH - sum(rule_sides(root.find(f"{W}body")))
    longest = WIDTH - sum(int(value) for value in indents(subject))
    assert 1 / 3 <= under / longest <= 1 / 2


def test_no_word_of_a_subject_is_left_alone_on_its_last_line() -> None:
    room = WIDTH - 2 * 720
    for many in range(4, 40):
        words = " ".join(["Nâng", *(["chất lượng"] * many), "2026"])
        width = balanced(words, 14, room)
        filled = [0]
        for word in words.split():
            wider = filled[-1] + bold_width(f" {word}" if filled[-1] else word, 14)
            filled = [*filled[:-1], wider] if wider <= width else [*filled, bold_width(word, 14)]
        assert (
            len(filled) == -(-bold_width(words, 14) // room)
            or len(filled) <= 1 + bold_width(words, 14) // room
        )
        assert len(filled) == 1 or filled[-1] > 0.4 * width, (many, filled, width)


def test_recipients_beyond_a_page_go_on_below_the_signature_and_come_back_in_their_order() -> None:
    named = tuple(Recipient(f"Ủy ban nhân dân xã số {place}", "to_implement") for place in range(1, 131))
    content = msgspec.structs.replace(PLAN, doc_type="KH", recipients=named)
    foot = python_docx.Document(io.BytesIO(docx(sheet_of(content, ISSUED)))).tables[-1]
    left, right = (cell.text for cell in foot.rows[0].cells)
    assert 60 < left.count("Ủy ban nhân dân xã") < 80
    assert right.index("Trần Thị Mai") < right.index("Ủy ban nhân dân xã")
    found = back(content, ISSUED)
    assert found.recipients == named
    assert found.archive_line.startswith("Lưu: VT")
    assert said(content, ISSUED).signer_name == "Trần Thị Mai"


def test_a_number_that_stands_alone_is_no_page_and_the_words_before_it_no_running_head() -> None:
    said = ("Số liệu như sau", "12", "<mẫu>.")
    part = Node("1", "Nâng cao chất lượng phục vụ người dân", said)
    content = back(
        msgspec.structs.replace(PLAN, doc_type="KH", sections=(Node("I", "NỘI DUNG", children=(part,)),))
    )
    assert content.sections[0].children[0].paragraphs == said


def test_a_point_typed_in_word_is_a_point_of_its_own_with_its_task() -> None:
    parts = parts_of(docx(sheet_of(msgspec.structs.replace(PLAN, doc_type="KH"), DRAFT)))
    text = parts["word/document.xml"].decode()
    end = text.index("</w:p>", text.index("Giúp người dân theo dõi")) + len("</w:p>")
    typed = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="TKNoiDung"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
        for words in ("e) Việc gõ thêm trong Word.", "- Đơn vị chủ trì: Thanh tra Sở.")
    )
    parts["word/document.xml"] = (text[:end] + typed + text[end:]).encode()
    found = to_content(read_text(docx_text(packed(parts)).text), field="", drafting_unit="")
    *_, before, new = found.sections[0].children[0].children
    assert (before.label, before.task) == ("đ", None)
    assert (new.label, new.title) == ("e", "Việc gõ thêm trong Word.")
    assert new.task is not None
    assert new.task.leads == ("Thanh tra Sở",)


def test_a_numbered_paragraph_all_in_capitals_is_no_heading() -> None:
    points = (
        Node("a", "", ("A&B A&B...", "Một.")),
        Node("b", "", ("UBND HÒA AN",), None, (), (Node("-", "", ("Hai.",)),)),
    )
    parts = (Node("I", "NỘI DUNG", children=(Node("1", "Công bố", (), None, (), points),)),)
    found = back(msgspec.structs.replace(PLAN, doc_type="KH", sections=parts)).sections
    assert aligned(found, parts) == parts


def test_a_cell_that_holds_bars_and_stars_comes_back_as_it_was() -> None:
    row = Row("1", "| a*b | c", "Văn phòng Sở", "done", "x|y (*)", "")
    content = msgspec.structs.replace(REPORT, results=(row,))
    assert back(content).results == (row,)


def test_signs_xml_cannot_hold_are_left_out_and_all_others_are_kept() -> None:
    content = msgspec.structs.replace(PLAN, opening=('Một\x00\x0b <w:p> & "hai" ]]> như sau:',))
    assert '<w:p> & "hai" ]]> như sau:' in shown(body(content))
    assert "\x00" not in shown(body(content))


# The order in which the schema wants what stands in w:pPr and w:rPr; Word refuses a file that breaks it.
PLACES = [
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "spacing",
    "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr",
]  # fmt: skip
LOOKS = [
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "spacing", "position", "sz", "szCs", "u", "bdr", "shd",
    "vertAlign", "lang",
]  # fmt: skip


@pytest.mark.parametrize("content", [PLAN, REPORT], ids=["plan", "report"])
def test_every_property_stands_where_the_schema_wants_it(content: Content) -> None:
    for name, part in parts_of(docx(sheet_of(content, ISSUED))).items():
        if not name.startswith("word/") or name.endswith(".rels"):
            continue
        root = etree.fromstring(part)
        for tag, order in (("pPr", PLACES), ("rPr", LOOKS)):
            for element in root.iter(f"{W}{tag}"):
                names = [re.sub(r"\{.*\}", "", child.tag) for child in element]
                assert names == sorted(set(names), key=order.index), (name, names)
