"""
A Content and its facts as the page of NĐ 30/2020 shows them: one frozen value for the PDF and the DOCX.

Plain text only, in the order it is read. It says what stands where and in which face; how wide, the
templates know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from workflow.content import Content
from workflow.patterns import expression
from workflow.workdays import VN, in_figures
from workflow.writing.facts import PaperFacts
from workflow.writing.paper import (
    Part,
    basis_lines,
    doc_number,
    enclosure_lines,
    long_date,
    missing_sentence,
    outline,
    recipient_lines,
    result_words,
)
from workflow.writing.paper_words import DRAFT, ESIGNED, RESULT_COLUMNS, URGENCY_MARKS, type_name

LETTERS = frozenset({"cong_van", "CV"})
"""Types whose subject stands as "V/v …" under the number (Phụ lục I: ô 5b instead of 5a)."""

_BARE = expression(r"phụ lục( [0-9A-ZĐ.]{1,6})?", re.IGNORECASE)
"""A title that is no more than a number: what follows it is a name."""

Kind = Literal["basis", "text", "heading", "line"]
Face = Literal["", "chapter", "section", "point"]


@dataclass(frozen=True)
class Line:
    """
    One paragraph. `mark` is what stands before its text ("I.", "a)", "-"), "" for none.

    `kind`: basis (căn cứ, italic), text, heading, line (what a task writes under its paragraph).
    Of a heading, `level` is its depth from 1 and `face` how Phụ lục I sets it: "chapter" (Phần, Chương, Mục:
    centred, the mark on its own line), "section" (I., 1.: bold), "point" (a), -: as the text).
    """

    kind: Kind
    text: str
    mark: str = ""
    level: int = 0
    face: Face = ""

    @property
    def words(self) -> str:
        """The paragraph as it is read."""
        return f"{self.mark} {self.text}".strip()


@dataclass(frozen=True)
class Table:
    """The results of a report; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Annex:
    """
    A phụ lục, on a page of its own: `title` ("Phụ lục I"), the `name` below it ("" where the title is more than a
    number), `note` on the document it belongs to ("" where its own lines say so).
    """

    title: str
    name: str
    note: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """
    `letter` is the form of a công văn: no `title`, its subject as "V/v …" under the number. `number` and
    `day` ("ngày 05 tháng 02 năm 2026") are "" until given. `mark` is "" on the paper that goes out and on a
    clean copy. `esign` are the lines of the mark of approval. `dated` is the document's own date, for the file.
    """

    letter: bool
    title: str
    subject: str
    parent_name: str
    agency_name: str
    number: str
    symbol: str
    place: str
    day: str
    urgency: str
    mark: str
    addressees: tuple[str, ...]
    body: tuple[Line, ...]
    results: Table | None
    closing: tuple[Line, ...]
    recipients: tuple[str, ...]
    signature_lines: tuple[str, ...]
    signer: str
    esign: tuple[str, ...]
    annexes: tuple[Annex, ...]
    dated: str

    @property
    def reference(self) -> str:
        """52/KH-SKHCN; "" until the number is given."""
        return "/".join(part for part in (self.number, self.symbol) if part) if self.number else ""


def sheet_of(content: Content, facts: PaperFacts, *, clean: bool = False) -> Sheet:
    """`clean` leaves out the marks: the copy for the wet signature and the seal."""
    letter = content.doc_type in LETTERS
    sections, closing = outline(content, level=1)
    given = facts.number is not None
    basis = [Line("basis", text) for text in basis_lines(content)]
    opening = [Line("text", text) for text in content.opening]
    missing = missing_sentence(content)
    ending = [Line("text", missing)] if missing else []
    enclosed = [Line("text", text) for text in enclosure_lines(content)]
    number = doc_number(facts.number) if facts.number is not None else ""
    return Sheet(
        letter=letter,
        title="" if letter else type_name(content.doc_type).upper(),
        subject=content.subject,
        parent_name=facts.parent_name.upper(),
        agency_name=facts.agency_name.upper(),
        number=number,
        symbol=content.symbol,
        place=content.place,
        day=long_date(facts.date) if given and facts.date else "",
        urgency=URGENCY_MARKS.get(content.urgency, ""),
        mark="" if clean else " · ".join(filter(None, (_mark(facts), facts.stamp))),
        addressees=content.addressees,
        body=(*basis, *opening, *_lines(sections)),
        results=_results(content),
        closing=(*ending, *_lines(closing), *enclosed),
        recipients=recipient_lines(content),
        signature_lines=facts.signature_lines,
        signer=facts.signer_name,
        esign=() if clean else _esign(facts),
        annexes=annexes(content, facts),
        dated=_dated(facts).isoformat(),
    )


def _lines(parts: tuple[Part, ...], depth: int = 1) -> Iterator[Line]:
    for part in parts:
        mark = part.mark
        if part.title:
            face = _face(mark)
            yield Line("heading", part.title, mark.rstrip(".") if face == "chapter" else mark, depth, face)
            mark = ""
        paragraphs = part.paragraphs or (("",) if mark else ())
        for place, text in enumerate(paragraphs):
            yield Line("text", text, "" if place else mark)
        for text in part.lines:
            yield Line("line", text)
        yield from _lines(part.parts, depth + 1 if part.title else depth)


def _mark(facts: PaperFacts) -> str:
    """What the paper is instead of one that went out."""
    return facts.copy_mark if facts.issued else facts.mark or DRAFT


def _face(mark: str) -> Face:
    """Phụ lục I, mục II.6: how a heading is set follows from what kind of number it has."""
    if mark.casefold().startswith(("phần ", "chương ", "mục ")):
        return "chapter"
    return "point" if mark.endswith(")") or mark in {"-", "–", "+", "*", "•"} else "section"


def _results(content: Content) -> Table | None:
    if not content.results:
        return None
    rows = tuple((row.ref, row.task, row.unit, result_words(row)) for row in content.results)
    return Table(RESULT_COLUMNS, rows)


def annexes(content: Content, facts: PaperFacts) -> tuple[Annex, ...]:
    """Those with a text; one that is only named goes along as a paper of its own."""
    number = doc_number(facts.number) if facts.number is not None else ""
    return tuple(_annex(text, content, facts, number) for text in content.annexes if "\n" in text)


def _annex(text: str, content: Content, facts: PaperFacts, number: str) -> Annex:
    title, *lines = [line for line in text.split("\n") if line.strip()] or [""]
    told = any(map(_tells_its_document, lines[:3]))
    named = len(lines) > 1 and _BARE.fullmatch(title) is not None and not _tells_its_document(lines[0])
    reference = "/".join(part for part in (number or "……", content.symbol) if part)
    day = long_date(facts.date) if number and facts.date else "ngày …… tháng …… năm ……"
    note = f"(Kèm theo {type_name(content.doc_type)} số {reference} {day} của {facts.issued_by or facts.agency_name})"
    name = lines.pop(0) if named else ""
    return Annex(title, name, "" if told else note, tuple(lines))


def _tells_its_document(line: str) -> bool:
    return line.casefold().startswith(("(kèm theo", "(ban hành kèm"))


def _esign(facts: PaperFacts) -> tuple[str, ...]:
    """The mark of approval; never called a chữ ký số (ux.md 1, row 9)."""
    if facts.signed_at is None:
        return ()
    here = facts.signed_at.astimezone(VN)
    digest = facts.signed_digest[:12]
    groups = " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
    return (ESIGNED, f"{in_figures(here)} {here:%H:%M:%S} · mã {groups}")


def _dated(facts: PaperFacts) -> date:
    """A file tells the date of its document, never of its rendering, so that equal papers are equal bytes."""
    moment: datetime | None = facts.signed_at or facts.saved_at
    if facts.number is not None and facts.date is not None:
        return facts.date
    return moment.astimezone(VN).date() if moment else date(1970, 1, 1)
