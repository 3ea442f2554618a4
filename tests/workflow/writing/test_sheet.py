"""The paper as a value: what the PDF and the DOCX print is what the page on the screen says."""

import re
from dataclasses import asdict
from html.parser import HTMLParser

import msgspec
import pytest

from tests.web.gallery import build
from tests.web.samples import PLAN, REPORT
from tests.workflow.writing.papers import FACTS, ISSUED, demo_contents, squeezed
from workflow.content import Content, Missing, Node, Row
from workflow.writing.facts import PaperFacts
from workflow.writing.sheet import Line, Sheet, sheet_of

BLOCKS = {"p", "h2", "h3", "h4", "h5", "h6", "td", "th", "span", "b"}


class Blocks(HTMLParser):
    """The text of every block of the page that holds words of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in BLOCKS:
            self._open.append([])

    def handle_data(self, data: str) -> None:
        for words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS and self._open and (text := squeezed("".join(self._open.pop()))):
            self.found.append(text)


@pytest.fixture(scope="module")
def screen():
    """The blocks of the page as the web draws it."""
    app = build()
    source = '{% from "_macros/paper.html" import paper %}{{ paper(content, facts, clean) }}'

    def blocks(content: Content, facts: PaperFacts, *, clean: bool = False) -> list[str]:
        with app.test_request_context():
            parser = Blocks()
            parser.feed(app.jinja_env.from_string(source).render(content=content, facts=facts, clean=clean))
        return parser.found

    return blocks


def words_of(sheet: Sheet) -> str:
    rows = sheet.results.rows if sheet.results else ()
    columns = sheet.results.columns if sheet.results else ()
    endings = [";"] * (len(sheet.addressees) - 1) + ["."]
    several = [f"- {name}{end}" for name, end in zip(sheet.addressees, endings, strict=False)]
    parts = [
        sheet.mark, sheet.parent_name, sheet.agency_name, sheet.urgency, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", sheet.title, sheet.subject, "Kính gửi:", "Nơi nhận:", *several,
        "Kính gửi: " + "".join(sheet.addressees), *(line.words for line in (*sheet.body, *sheet.closing)),
        *columns, *(cell for row in rows for cell in row), *sheet.recipients, *sheet.signature_lines, sheet.signer,
        *sheet.esign, *(text for annex in sheet.annexes for text in (annex.title, annex.name, annex.note, *annex.lines)),
    ]  # fmt: skip
    return "\n".join(squeezed(part) for part in parts)


SAMPLES = [PLAN, REPORT, msgspec.structs.replace(PLAN, doc_type="cong_van"), Content(), *demo_contents()]


@pytest.mark.parametrize("content", SAMPLES, ids=range(len(SAMPLES)))
@pytest.mark.parametrize(("facts", "clean"), [(FACTS, False), (ISSUED, False), (ISSUED, True)])
def test_every_block_of_the_screen_is_on_the_paper(screen, content: Content, facts: PaperFacts, clean: bool):
    said = words_of(sheet_of(content, facts, clean=clean))
    lines = set(said.split("\n"))
    for block in screen(content, facts, clean=clean):
        assert block in lines or all(part in said for part in re.split(r"-(?=[^-]+[;.])", block) if part), (
            block
        )


@pytest.mark.parametrize("content", SAMPLES, ids=range(len(SAMPLES)))
def test_every_paragraph_of_the_paper_is_on_the_screen(screen, content: Content):
    shown = screen(content, ISSUED)
    sheet = sheet_of(content, ISSUED)
    for line in (*sheet.body, *sheet.closing):
        assert squeezed(line.words) in shown
    for text in (*sheet.recipients, *sheet.signature_lines, sheet.signer, sheet.agency_name):
        assert squeezed(text) in shown


def test_a_sheet_is_plain_data_that_goes_to_json_and_back():
    sheet = sheet_of(REPORT, ISSUED)
    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(sheet)), Sheet) == sheet
    assert asdict(sheet)["results"]["columns"] == ("Mục", "Nhiệm vụ", "Đơn vị", "Kết quả")


def test_marks_are_apart_from_the_words_they_stand_before():
    sheet = sheet_of(PLAN, ISSUED)
    assert Line("heading", "MỤC ĐÍCH, YÊU CẦU", "I.", 1, "section") in sheet.body
    assert Line("heading", "Mục đích", "1.", 2, "section") in sheet.body
    assert Line("text", "Phân công rõ việc, rõ người, rõ thời hạn cho từng đơn vị.", "a)") in sheet.body
    assert Line("text", "Gửi tài liệu cho từng đơn vị.", "-") in sheet.body
    assert sheet.reference == "07/KH-SKHCN"
    assert sheet_of(PLAN, FACTS).reference == ""


def test_a_row_says_how_it_stands_what_came_of_it_and_why_not():
    rows = (Row("1", "A", "B", "done", "Xong."), Row("2", "A", "B", "done"), Row("3", "A", "B", "", "Đang ghi"),
            Row("4", "A", "B", "not_started", reason="Chờ"), Row("5", "A", "B"))  # fmt: skip
    table = sheet_of(Content(results=rows), FACTS).results
    assert table is not None
    assert [row[3] for row in table.rows] == [
        "Đã hoàn thành. Xong.", "Đã hoàn thành", "Đang ghi", "Chưa thực hiện. Lý do: Chờ", "",
    ]  # fmt: skip


def test_missing_units_are_one_sentence():
    content = Content(missing_units=(Missing("Phòng A", "chưa gửi"), Missing("Phòng B")))
    (line,) = sheet_of(content, FACTS).closing
    assert line.text == "Đến khi lập báo cáo này, chưa nhận được báo cáo của Phòng A (chưa gửi); Phòng B."


def test_an_annex_names_its_document_unless_it_does_so_itself():
    one, two, three = sheet_of(
        Content(doc_type="KH", symbol="KH-SKHCN",
                annexes=("Phụ lục I\nA", "Phụ lục II\n(Kèm theo Kế hoạch này)\nB", "Bảng", "Phụ lục III\nC")),
        ISSUED,
    ).annexes  # fmt: skip
    assert (
        one.note
        == "(Kèm theo Kế hoạch số 07/KH-SKHCN ngày 05 tháng 02 năm 2026 của Sở Khoa học và Công nghệ)"
    )
    assert two.note == ""
    assert three.lines == ("C",)


def test_a_bare_number_of_an_annex_is_followed_by_its_name():
    texts = (
        "PHỤ LỤC I\nDanh mục nhiệm vụ\n1. Rà soát", "Phụ lục\nBiểu số 2\nDòng", "Phụ lục III\nMột dòng",
        "Phụ lục IV\n(Kèm theo Kế hoạch này)\nDòng", "Danh mục trang thiết bị\nMáy tính\nMáy in",
    )  # fmt: skip
    found = sheet_of(Content(doc_type="KH", annexes=texts), ISSUED).annexes
    assert [(annex.name, annex.lines) for annex in found] == [
        ("Danh mục nhiệm vụ", ("1. Rà soát",)),
        ("Biểu số 2", ("Dòng",)),
        ("", ("Một dòng",)),
        ("", ("(Kèm theo Kế hoạch này)", "Dòng")),
        ("", ("Máy tính", "Máy in")),
    ]


@pytest.mark.parametrize(
    ("facts", "dated"),
    [(ISSUED, "2026-02-05"), (FACTS, "2026-04-20"), (PaperFacts(), "1970-01-01")],
    ids=["issued", "draft", "unknown"],
)
def test_a_file_has_the_date_of_its_document_never_of_today(facts: PaperFacts, dated: str):
    assert sheet_of(PLAN, facts).dated == dated


def test_a_part_without_words_leaves_its_mark():
    assert sheet_of(Content(sections=(Node(label="1"),)), FACTS).body == (Line("text", "", "1."),)
