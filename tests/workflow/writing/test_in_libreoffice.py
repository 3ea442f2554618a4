"""
The Word file as LibreOffice sets it, measured beside our own PDF: the same words on the same pages at the same places.

A comfort for whoever has LibreOffice on his machine: it is no part of an installation, and without it nothing is told.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.web.samples import PLAN, REPORT
from tests.workflow.reading.texts import DOCUMENTS, raw
from tests.workflow.writing.contents import as_printed
from tests.workflow.writing.papers import FACTS, ISSUED, Pages, Word, squeezed
from workflow.content import Node, Recipient, Row, Task, Time
from workflow.reading import read, read_text, take_in, to_content
from workflow.writing.docx import docx
from workflow.writing.sheet import Sheet, sheet_of
from workflow.writing.typeset import pdf

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice (soffice) on this machine")

ASIDE, DOWN = 1.5, 1.5
"""Millimetres: how far a word may stand from where our PDF has it, across and, at the head of a page, down."""
DRIFT = 3.5
"""Millimetres down, once blocks with air of their own lie between; pages of lines add nothing to it."""


def points(part: str, number: int) -> Node:
    said = (
        "Rà soát, cắt giảm giấy tờ mà người dân, doanh nghiệp phải nộp; công khai kết quả trên trang thông tin.",
    )
    task = Task(("Văn phòng Sở",), ("Thanh tra Sở",), None, Time("continuous", "Thường xuyên"))
    below = tuple(
        Node(letter, "", said, task, (), (Node("-", "", (f"Gạch đầu dòng của điểm {letter}.",)),))
        for letter in "abcd"
    )
    return Node(str(number), f"Nhóm {part.lower()}, thứ {number}", (), None, (), below)


PARTS = ("MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG THỰC HIỆN", "TỔ CHỨC THỰC HIỆN")
LONG = msgspec.structs.replace(
    PLAN,
    doc_type="KH",
    sections=tuple(
        Node("I" * place, title, (), None, (), tuple(points(title, number) for number in range(1, 4)))
        for place, title in enumerate(PARTS, 1)
    ),
    recipients=tuple(Recipient(f"Ủy ban nhân dân xã số {place}", "to_implement") for place in range(1, 20)),
)
ANNEXED = msgspec.structs.replace(
    PLAN,
    doc_type="KH",
    annexes=(
        "PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n1. Rà soát văn bản.\n2. Tập huấn.",
        "PHỤ LỤC II\nBiểu\nMột dòng.",
    ),
)
ROWS = tuple(Row(f"II.{n}", "Tập huấn kỹ năng số", "Văn phòng Sở", "done", "3 lớp.") for n in range(24))
TABLED = msgspec.structs.replace(REPORT, doc_type="BC", results=ROWS)
LETTER = msgspec.structs.replace(PLAN, doc_type="cong_van", addressees=("Sở Nội vụ tỉnh Hòa An",))

SHEETS = {
    "a plan with annexes": sheet_of(ANNEXED, ISSUED),
    "a draft of a report with a long table": sheet_of(TABLED, FACTS),
    "a long outline with many recipients": sheet_of(LONG, ISSUED),
    "a letter": sheet_of(LETTER, FACTS),
}


@pytest.fixture(scope="module")
def set_by_both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Pages, Pages]]:
    """Ours and theirs, by name; LibreOffice is started once, with a profile of its own."""
    folder = tmp_path_factory.mktemp("libreoffice")
    files = [folder / f"{place}.docx" for place in range(len(SHEETS))]
    for file, sheet in zip(files, SHEETS.values(), strict=True):
        file.write_bytes(docx(sheet))
    converted(files, "pdf", folder)
    return dict(zip(SHEETS, _opened(files), strict=True))


def converted(files: list[Path], kind: str, to: Path) -> None:
    """By one LibreOffice, with a profile of its own."""
    profile = f"-env:UserInstallation={(files[0].parent / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(to)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)


def _opened(files: list[Path]) -> Iterator[tuple[Pages, Pages]]:
    for file, sheet in zip(files, SHEETS.values(), strict=True):
        yield Pages(sheet), Pages(data=file.with_suffix(".pdf").read_bytes())


@pytest.fixture(params=SHEETS)
def both(request, set_by_both: dict[str, tuple[Pages, Pages]]) -> tuple[Sheet, Pages, Pages]:
    return SHEETS[request.param], *set_by_both[request.param]


def first(pages: Pages, text: str) -> Word:
    """The first stretch that begins so, wherever a line was broken or two stretches run together."""
    start = squeezed(text)[:24]
    return next(word for word in pages.words if squeezed(word.text).startswith(start))


def headings(sheet: Sheet) -> Iterator[str]:
    yield from (line.words for line in sheet.body if line.kind == "heading" and line.face == "section")
    yield from (annex.title for annex in sheet.annexes)
    yield from (annex.name for annex in sheet.annexes if annex.name)


def test_every_word_of_ours_is_in_theirs_in_the_same_order(both):
    _, ours, theirs = both
    assert squeezed(" ".join(sorted(ours.text.split()))) == squeezed(" ".join(sorted(theirs.text.split())))


def test_both_have_as_many_pages_of_a4(both):
    _, ours, theirs = both
    assert len(theirs) == len(ours)
    assert theirs.size == pytest.approx(ours.size, abs=0.3)
    assert min(word.left for word in theirs.body) == pytest.approx(30, abs=ASIDE)
    assert max(word.right for word in theirs.body) <= 195.5


def test_the_head_stands_where_ours_stands(both):
    sheet, ours, theirs = both
    for text in (
        sheet.parent_name,
        sheet.agency_name,
        "CỘNG HÒA XÃ HỘI",
        "Độc lập - Tự do",
        "Số:",
        sheet.title,
    ):
        if text:
            one, other = first(ours, text), first(theirs, text)
            assert (other.page, other.size, other.bold) == (one.page, one.size, one.bold), text
            assert other.left == pytest.approx(one.left, abs=ASIDE + 1), text
            assert other.top == pytest.approx(one.top, abs=DOWN), text


def test_headings_and_annexes_stand_on_the_same_pages_in_the_same_face(both):
    sheet, ours, theirs = both
    for text in headings(sheet):
        one, other = first(ours, text), first(theirs, text)
        assert (other.page, other.size, other.bold) == (one.page, one.size, one.bold), text
        assert other.left == pytest.approx(one.left, abs=ASIDE), text
        assert other.top == pytest.approx(one.top, abs=DRIFT), text


def test_the_signature_ends_both_on_one_page_beside_its_recipients(both):
    sheet, ours, theirs = both
    for text in ("Nơi nhận:", *sheet.signature_lines, sheet.signer):
        one, other = first(ours, text), first(theirs, text)
        assert (other.page, other.size, other.bold, other.italic) == (
            one.page,
            one.size,
            one.bold,
            one.italic,
        )
        assert other.centre == pytest.approx(one.centre, abs=ASIDE), text
    name, title = first(theirs, sheet.signer), first(theirs, sheet.signature_lines[-1])
    assert name.top - title.bottom > 25, "room for a signature"


def test_what_libreoffice_saved_again_is_read_as_what_we_wrote(tmp_path: Path):
    """Names of styles outlive its saving, their ids do not; its PDF is read as ours is."""
    contents = [to_content(read(raw(name)), field="x", drafting_unit="VP") for name in DOCUMENTS]
    files = [tmp_path / f"{place}.docx" for place in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(docx(sheet_of(content, ISSUED)))
    for kind in ("docx:MS Word 2007 XML", "pdf"):
        converted(files, kind, tmp_path / "again")
    for name, file, content in zip(DOCUMENTS, files, contents, strict=True):
        again = tmp_path / "again" / file.name
        assert as_read(again) == msgspec.to_builtins(as_printed(content)), name
        assert as_read(again.with_suffix(".pdf")) == as_read(pdf(sheet_of(content, ISSUED))), name


def as_read(file: Path | bytes) -> dict[str, Any]:
    data = file if isinstance(file, bytes) else file.read_bytes()
    found = to_content(read_text(take_in(data).text), field="x", drafting_unit="VP")
    told: dict[str, Any] = msgspec.to_builtins(as_printed(found))
    return told


def test_pages_are_numbered_and_marked_alike(both):
    sheet, ours, theirs = both
    for pages in (ours, theirs):
        margin = [word for word in pages.words if word.bottom < 20]
        numbers = [word for word in margin if word.text.isdigit()]
        assert all(word.centre == pytest.approx(112.5, abs=ASIDE) for word in numbers)
        marks = [word.page for word in margin if sheet.mark and word.text.startswith(sheet.mark)]
        assert marks == (list(range(1, len(pages) + 1)) if sheet.mark else [])
    assert _numbers(theirs) == _numbers(ours)


def _numbers(pages: Pages) -> list[tuple[int, str]]:
    return [(word.page, word.text) for word in pages.words if word.bottom < 20 and word.text.isdigit()]
