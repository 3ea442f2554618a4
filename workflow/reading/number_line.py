"""
Number, symbol, place and date as printed above a text, blanks and all.
"""

import re
from dataclasses import dataclass, field, replace

from workflow.patterns import expression
from workflow.reading.cleaning import GAP
from workflow.reading.dates import iso
from workflow.reading.kinds import code_in_symbol
from workflow.reading.words import UPPER, is_upper, low, squeeze

_BLANK = r"[\s._…\-–]{0,60}"


_SYMBOL = r"[A-ZĐa-zđ][\wĐđ&]{0,11}(?:(?:\s?[-–/]\s?|\.)[A-ZĐa-zđ\d][\wĐđ&]{0,14}){0,4}"


NUMBER = expression(
    rf"(?:^|(?<=[\s\t]))S[ốôóo]\s{{0,3}}[:.;]?{_BLANK}(\d{{1,5}}[a-zA-Z]?)?{_BLANK}[/]\s{{0,4}}((?:(?:19|20)\d\d\s?/\s?)?{_SYMBOL})",
    re.I,
)


PARTY_NUMBER = expression(
    rf"(?:^|(?<=[\s\t]))S[ốôóo]\s{{0,3}}[:.;]?{_BLANK}(\d{{1,5}})?\s{{0,3}}[-–]\s{{0,3}}([{UPPER}][\wĐđ]{{0,6}}\s?/\s?[{UPPER}][\wĐđ]{{0,10}}(?:-[{UPPER}\w]{{1,10}})?)"
)


_BARE_NUMBER = expression(
    rf"^(\d{{1,5}})\s{{0,3}}/\s{{0,3}}([{UPPER}][\wĐđ]{{0,4}}\s?[-–]\s?[{UPPER}][{UPPER}&\d]{{1,12}})(?!\w)"
)


DATE = expression(
    rf"(?P<place>(?:[^\W\d_][\w.'’]{{0,20}}[ "
    rf"\-]\s?){{0,6}}[^\W\d_][\w.'’]{{0,20}})\s?,\s{{0,4}}(?:ngày{_BLANK}(?P<day>\d{{1,2}})?{_BLANK}tháng{_BLANK}(?P<month>\d{{1,2}})?{_BLANK}năm{_BLANK}(?P<year>(?:19|20|21)\d\d)?"
    rf"|(?:ngày\s{{1,3}})?(?P<day2>\d{{1,2}})\s?[/.-]\s?(?P<month2>\d{{1,2}})\s?[/.-]\s?(?P<year2>(?:19|20|21)\d\d))(?!\d)",
    re.I,
)


_BARE_DATE = expression(
    rf"^ngày{_BLANK}(\d{{1,2}})?{_BLANK}tháng{_BLANK}(\d{{1,2}})?{_BLANK}năm{_BLANK}((?:19|20|21)\d\d)?$",
    re.I,
)


LONG = 700


@dataclass(frozen=True)
class Header:
    """The parts above the text, `body` the place of the first row after them, `lines` the raw rows used."""

    agency: str | None = None
    parent_agency: str | None = None
    doc_type: str | None = None
    titled: bool = False
    motto: bool = False
    number_line: str | None = None
    number: str | None = None
    symbol: str | None = None
    date_line: str | None = None
    place: str | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    subject: str | None = None
    subject_note: str | None = None
    urgency: str = "thuong"
    addressees: tuple[str, ...] = ()
    body: int = 0
    conflicts: tuple[str, ...] = field(default=())

    @property
    def date(self) -> str | None:
        return iso(self.year, self.month, self.day)


def with_number(text: str, following: str, header: Header) -> Header:
    for pattern in (NUMBER, PARTY_NUMBER, _BARE_NUMBER):
        found = pattern.search(text)
        if not found and re.fullmatch(r"Số\s*:?", text, re.I):
            found = pattern.search(f"{text} {squeeze(following)}")
        if found and (found.start() == 0 or not re.search(r"[a-zà-ỹ]\s*$", text[: found.start()])):
            symbol = re.sub(r"\s+", "", found[2]).replace("–", "-").rstrip(".-/")
            if code_in_symbol(symbol) is None and "-" not in symbol and "/" not in symbol and len(symbol) < 4:
                continue
            return replace(header, number_line=found[0].strip(), number=found[1], symbol=symbol)
    return header


def with_date(text: str, following: str, header: Header) -> Header:
    line = squeeze(text)
    if header.number_line and header.number_line in line:
        line = line.replace(header.number_line, " ", 1).strip()
        text = text.replace(header.number_line, GAP, 1)
    pieces = [squeeze(piece) for piece in text.split(GAP) if piece.strip()]
    for piece in [*pieces, line, f"{line} {squeeze(following)}"]:
        found = DATE.match(piece) or (DATE.search(piece) if piece == line else None)
        if found and len(squeeze(found["place"])) <= 40 and found["place"].strip()[0].isupper():
            day, month, year = (found[name] or found[f"{name}2"] for name in ("day", "month", "year"))
            if year is None and month is None and day is None and "ngày" not in low(found[0]):
                continue
            if len(piece) > found.end() + 4 and piece[found.end() :].strip(" .|"):
                continue
            return replace(
                header,
                date_line=found[0].strip(),
                place=_place(found["place"]),
                day=int(day) if day else None,
                month=int(month) if month else None,
                year=int(year) if year else None,
            )
        short = _BARE_DATE.match(piece)
        if short:
            numbers = [int(item) if item else None for item in short.groups()]
            return replace(header, date_line=piece, day=numbers[0], month=numbers[1], year=numbers[2])
    return header


def _place(text: str) -> str:
    """The place without what a column on its left left there ("V/v …", capitals of an agency)."""
    words = squeeze(text).split(" ")
    kept: list[str] = []
    for word in reversed(words):
        if not word[0].isupper() or (len(word) > 3 and is_upper(word)):
            break
        kept.insert(0, word)
    name = " ".join(kept)
    whole = re.search(rf"(?:Thành phố|Thị xã|Thị trấn) {re.escape(name)}$", squeeze(text)) if name else None
    return whole[0] if whole else name or squeeze(text)
