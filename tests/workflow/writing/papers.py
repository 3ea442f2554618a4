"""A PDF as what stands on its pages: words with their place and face, rules, and the text as it is read."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pdfplumber
import pypdfium2

from workflow.content import Content
from workflow.reading import read, to_content
from workflow.settings import DEFINITIONS
from workflow.writing.facts import PaperFacts
from workflow.writing.sheet import Sheet, sheet_of
from workflow.writing.typeset import pdf

MM = 72 / 25.4
FACTS = PaperFacts(
    agency_name="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    parent_name="ỦY BAN NHÂN DÂN TỈNH HÒA AN",
    issued_by="Sở Khoa học và Công nghệ",
    signature_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer_name="Trần Thị Ngọc Mai",
    saved_at=dt.datetime(2026, 4, 20, 5, tzinfo=dt.UTC),
)
ISSUED = replace(
    FACTS,
    number=7,
    date=dt.date(2026, 2, 5),
    signed_at=dt.datetime(2026, 2, 4, 2, 41, 7, tzinfo=dt.UTC),
    signed_digest="8f3a19c2d07e5512",
    issued=True,
)


@dataclass(frozen=True)
class Word:
    """A line's stretch of one face: its text, page from 1, millimetres from the left and top edge, points, face."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    italic: bool

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


class Pages:
    """`Pages(sheet)` sets it; `Pages(data=…)` opens what was set."""

    def __init__(self, sheet: Sheet | None = None, *, data: bytes = b"") -> None:
        self.data = data or pdf(sheet or sheet_of(Content(), FACTS))
        self._plumbed = pdfplumber.open(io.BytesIO(self.data))

    def __len__(self) -> int:
        return len(self._plumbed.pages)

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        page = self._plumbed.pages[0]
        return page.width / MM, page.height / MM

    @cached_property
    def words(self) -> list[Word]:
        return [word for number, page in enumerate(self._plumbed.pages, 1) for word in _words(number, page)]

    @cached_property
    def rules(self) -> list[tuple[int, float, float, float]]:
        """Horizontal strokes that are no box or table: page, left, right and top in millimetres."""
        return [
            (number, line["x0"] / MM, line["x1"] / MM, line["top"] / MM)
            for number, page in enumerate(self._plumbed.pages, 1)
            for line in page.lines
            if abs(line["top"] - line["bottom"]) < 0.1
        ]

    def line(self, text: str) -> Word:
        """The one stretch that begins so."""
        found = [word for word in self.words if word.text.startswith(text)]
        assert len(found) == 1, (text, [word.text for word in self.words])
        return found[0]

    @cached_property
    def body(self) -> list[Word]:
        """What stands between the margins: without page numbers and marks."""
        return [word for word in self.words if 20 <= word.top <= 277.5]

    @cached_property
    def text(self) -> str:
        """All between the margins in the order of the file, one space between words."""
        told = []
        document = pypdfium2.PdfDocument(self.data)
        for page in document:
            told.append(page.get_textpage().get_text_bounded(top=page.get_height() - 19 * MM))
        # PDFium tells a hyphen at the end of a line by a sign of its own.
        return " ".join(re.sub(r"[\x02\ufffe]\s*", "-", " ".join(told)).replace("\u200b", "").split())

    def says(self, text: str) -> bool:
        """Whether it is there, wherever the lines break."""
        return squeezed(text) in squeezed(self.text)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _words(number: int, page: Any) -> Iterator[Word]:
    shown = page.dedupe_chars().extract_words(
        keep_blank_chars=True,
        use_text_flow=True,
        extra_attrs=["fontname", "size"],
        x_tolerance=2,
        y_tolerance=2,
    )
    for word in shown:
        face = word["fontname"]
        yield Word(
            text=" ".join(word["text"].split()),
            page=number,
            left=word["x0"] / MM,
            right=word["x1"] / MM,
            top=word["top"] / MM,
            bottom=word["bottom"] / MM,
            size=round(word["size"], 1),
            bold="Bold" in face,
            italic="Italic" in face,
        )


def demo_contents() -> list[Content]:
    """The texts of the demo as the reader understands them."""
    texts = sorted((DEFINITIONS / "demo").glob("*.txt"))
    return [to_content(read(text.read_bytes()), field="x", drafting_unit="Văn phòng Sở") for text in texts]
