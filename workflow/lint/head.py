"""Symbol, number, place, date, type and trích yếu (Phụ lục I, Phần I, mục II.3–II.5)."""

import re
from collections.abc import Iterator

import msgspec

from workflow.catalogue import DocumentType, catalogue
from workflow.completeness import SUBJECT_LONGEST
from workflow.content import Content
from workflow.folding import fold
from workflow.lint.dates import padded
from workflow.lint.finding import Finding, Fix
from workflow.lint.stops import unstopped
from workflow.lint.text import Text
from workflow.patterns import expression
from workflow.reading.words import UPPER

BARE = {"CV": "cong_van", "ThC": "thu_cong"}
"""The types without an abbreviation of their own, as texts are read."""
_SPACED = expression(r"\d\s+/|/\s+\S|\S\s+-|-\s+\S")
_TYPED = expression(
    rf"\s*(?:Số\s*:\s*[\d.…_ ]*/\s*[{UPPER}]|[{UPPER}][\w ]{{1,30}},\s+ngày[\s\d.…_]*tháng[\s\d.…_]*năm[\s\d.…_]*$)"
)


def symbol(text: Text) -> Iterator[Finding]:
    """Type, dash, agency: "KH-SKHCN"; of a công văn the agency and the unit: "SKHCN-VP"."""
    kind, said = _type(text.content), text.content.symbol
    if kind is None:
        return
    if not said:
        yield text.found("symbol_missing", "symbol", meant=_symbol(text, kind))
    elif kind.abbreviation:
        meant = _symbol(text, kind)
        if said != meant:
            yield text.found("symbol_form", "symbol", fix=Fix(said, meant), said=said, meant=meant)
    elif not re.fullmatch(rf"{re.escape(text.agency.symbol)}-[{UPPER}&]{{1,12}}", said):
        yield text.found("symbol_form", "symbol", said=said, meant=f"{text.agency.symbol}-…")


def number(text: Text) -> Iterator[Finding]:
    """On a paper that bears a number: no space inside, and a zero before a number under ten."""
    line, given = text.paper.number_line, text.paper.number
    if _SPACED.search(line.partition(":")[2] or line):
        yield text.found("symbol_spacing", "head", before=line, after=f"Số: {given}/{text.content.symbol}")
    if len(given) == 1 and given in "123456789":
        yield text.found("number_zero", "head", before=given, after=f"0{given}")


def place(text: Text) -> Iterator[Finding]:
    """The place is the agency's own; a provincial agency writes the name of the province."""
    said, meant = text.content.place, text.agency.place
    if not said:
        yield text.found("place_missing", "place", meant=meant)
    elif said != meant:
        yield text.found("place_form", "place", fix=Fix(said, meant), said=said, meant=meant)


def date(text: Text) -> Iterator[Finding]:
    """On a paper that bears a date: zeros before days under ten and months 1 and 2."""
    line = text.paper.date_line
    if line and padded(line) != line:
        yield text.found("date_zero", "head", before=line, after=padded(line))


def number_in_text(text: Text) -> Iterator[Finding]:
    """The number and the date are given after the signature (Điều 15), never typed into the text."""
    for spot in text.spots:
        if spot.root in ("opening", "sections", "closing"):
            for line in spot.texts:
                if _TYPED.match(line):
                    yield text.found("number_in_text", spot, words=line.strip()[:80])
                    break


def doc_type(text: Text) -> Iterator[Finding]:
    if _type(text.content) is None:
        yield text.found("type_unknown", "subject", said=text.content.doc_type)


def subject(text: Text) -> Iterator[Finding]:
    """Present, short, without the name of the type in front and without a stop at its end."""
    said = text.content.subject.strip()
    if not said:
        yield text.found("subject_missing", "subject")
        return
    if len(said) > SUBJECT_LONGEST:
        yield text.found("subject_long", "subject", length=len(said), most=SUBJECT_LONGEST)
    if (rest := _without_type(text.content)) != said:
        kind = _type(text.content)
        assert kind is not None
        yield text.found("subject_repeats_type", "subject", fix=Fix(said, rest), type=kind.name)
    if unstopped(said) != said:
        yield text.found("subject_stop", "subject", fix=Fix(said[-12:], unstopped(said[-12:])))


def body(text: Text) -> Iterator[Finding]:
    if not text.content.sections and not text.content.results:
        yield text.found("sections_missing", "sections")


def without_type(content: Content, finding: Finding) -> Content:
    return msgspec.structs.replace(content, subject=_without_type(content))


def without_stop(words: str) -> str:
    return unstopped(words)


def _without_type(content: Content) -> str:
    """ "Kế hoạch triển khai …" → "Triển khai …"; "Kế hoạch số 88/KH-UBND …" speaks of another document."""
    said, kind = content.subject.strip(), _type(content)
    while kind is not None and said:
        name, folded = fold(kind.name), fold(said)
        size = len(name.split())
        if not re.match(rf"{name}(?:\s?[:–-])?\s(?!so\s)", folded):
            break
        rest = " ".join(said.split()[size:]).lstrip(":-– ")
        said = rest[:1].upper() + rest[1:]
    return said


def _type(content: Content) -> DocumentType | None:
    code = BARE.get(content.doc_type, content.doc_type)
    known = catalogue().document_types
    return next((item for item in known if code in (item.abbreviation, item.code)), None)


def _symbol(text: Text, kind: DocumentType) -> str:
    return f"{kind.abbreviation or text.agency.symbol}-{text.agency.symbol if kind.abbreviation else '…'}"


CHECKS = (doc_type, symbol, number, place, date, subject, body, number_in_text)
