"""
What stands above the text: agency, number and symbol, place and date, type, subject, addressees.

A blank in the print is a None here; nothing is taken from anywhere but the printed lines.
"""

import re
from dataclasses import replace

from workflow.patterns import expression
from workflow.reading.cleaning import GAP, Row
from workflow.reading.kinds import code_in_symbol, title_of
from workflow.reading.marks import read_mark
from workflow.reading.number_line import DATE, LONG, NUMBER, PARTY_NUMBER, Header, with_date, with_number
from workflow.reading.paragraphs import Wrapping, continues
from workflow.reading.units import is_unit
from workflow.reading.words import bare, is_upper, low, squeeze, starts_lower

_FREEDOM = expression(r"doc lap\s*[-–.,]?\s*tu do\s*[-–.,]?\s*hanh phuc")


_REPUBLIC = expression(r"cong hoa xa hoi chu nghia viet nam")


_PARTY = expression(r"dang cong san viet nam")


_ABOUT = expression(r"(?:^|(?<=[\s\t(]))(?:V/v|Về việc|VV|v/v)\s*:?\s*(?=\S)")


_TO = expression(r"^\s*kính\s+gửi\s*:?\s*")


_BASIS = expression(
    r"(?:căn cứ|thực hiện (?:kế hoạch|quyết định|chỉ thị|nghị quyết|nghị định|công văn|chương trình|kết luận"
    r"|thông báo|luật|hướng dẫn|thông tư|văn bản|đề án|sự chỉ đạo|ý kiến)"
    r"|theo (?:kế hoạch|quyết định|công văn|đề nghị|chỉ đạo)|xét (?:đề nghị|tình hình|nhu cầu)|trên cơ sở|tiếp "
    r"theo|để (?:triển khai|thực hiện|tiếp tục|kịp thời|góp phần)|nhằm |phát huy|kính gửi)"
)


_URGENCY = {"hoa toc": "hoa_toc", "thuong khan": "thuong_khan", "khan": "khan", "hoa toc hen gio": "hoa_toc"}


_STAMPS = expression(
    r"(?:du thao|du thao lan.{0,12}|mat|toi mat|tuyet mat|hoa toc|thuong khan|khan|ban sao|sao y|cong bao.{0,30}"
    r"|phu luc|\(?ban du thao\)?)"
)


def read_header(rows: list[Row], wrap: Wrapping) -> Header:
    """The header of a document; for a text without one, what little there is."""
    rows = [row if len(row.text) <= LONG else replace(row, text=row.text[:LONG]) for row in rows[:80]]
    title = _title_place(rows)
    top = title if title is not None else _letter_end(rows)
    header = _number_and_date(rows[:top], whole=title is None)
    header = _agencies(rows[:top], header)
    if title is not None:
        code, _ = title_of(_plain(rows[title])) or ("", "")
        subject, note, after = _subject(rows, title, wrap)
        header = replace(header, doc_type=code, titled=True, subject=subject, subject_note=note, body=after)
    elif header.symbol:
        letter = "CV" if header.subject or _has_addressee(rows) else None
        header = replace(header, doc_type=code_in_symbol(header.symbol) or letter, body=top)
    else:
        header = replace(header, doc_type="CV" if header.subject and _has_addressee(rows) else None, body=top)
    return _addressees(rows, header)


def _plain(row: Row) -> str:
    return squeeze(row.flat.replace("|", " "))


def _title_place(rows: list[Row]) -> int | None:
    """The row that names the type in capitals; a type inside the header's agency ("BAN CHỈ ĐẠO …") is none."""
    for place, row in enumerate(rows[:60]):
        text = _plain(row)
        if read_mark(text) is not None and place > 3:
            return None
        found = title_of(text)
        if found is None or text.endswith(":"):
            continue
        rest = found[1]
        if (
            not row.plain
            and len(text) <= 320
            and not (rest and starts_lower(rest) and not row.heading and not row.bold)
        ):
            return place
    return None


def _letter_end(rows: list[Row]) -> int:
    """Where the text of a công văn begins: after its number, date and "V/v"."""
    last = 0
    for place, row in enumerate(rows[:16]):
        text = _plain(row)
        if _TO.match(low(text)):
            return place
        number = with_number(text, "", Header()).number_line
        if (
            number
            or with_date(text, "", Header()).date_line
            or _ABOUT.match(text)
            or _FREEDOM.search(bare(text))
        ):
            last = place + 1
    return last


def _number_and_date(rows: list[Row], *, whole: bool) -> Header:
    header = Header()
    about: list[str] = []
    texts = [row.text.replace("|", GAP) for row in rows]
    for place, text in enumerate(texts):
        flat = squeeze(text)
        folded = bare(flat)
        if _REPUBLIC.search(folded) or _FREEDOM.search(folded) or _PARTY.search(folded):
            header = replace(header, motto=True)
        stamp = _URGENCY.get(folded)
        if stamp:
            header = replace(header, urgency=stamp)
        if header.number_line is None:
            header = with_number(flat, texts[place + 1] if place + 1 < len(texts) else "", header)
        if header.date_line is None and not stamp:
            header = with_date(text, texts[place + 1] if place + 1 < len(texts) else "", header)
        found = _ABOUT.search(text)
        if found and whole and not about:
            about = _about(texts, place, found.end())
    if about:
        header = replace(header, subject=squeeze(" ".join(about)).rstrip(". "))
    return header


def _about(texts: list[str], place: int, at: int) -> list[str]:
    """The lines of "V/v …", to the date, the addressee or a blank column."""
    lines = [texts[place][at:].split(GAP)[0]]
    for text in texts[place + 1 : place + 6]:
        flat = squeeze(text)
        if _TO.match(low(flat)) or DATE.match(flat) or not flat or title_of(flat) or is_upper(flat):
            break
        left = text.split(GAP)[0]
        dated = DATE.search(left)
        if dated or not (
            starts_lower(left) or re.search(r"(?:của|và|về|các|,|năm|số)$", low(squeeze(lines[-1])))
        ):
            break
        lines.append(left)
    dated = DATE.search(lines[0])
    if dated:
        lines[0] = lines[0][: dated.start()]
    return lines


_COLUMN_HEAD = expression(
    r"(?:ubnd|uy ban|hdnd|hoi dong|so|van phong|trung tam|ban|bo|chi cuc|cuc|truong|benh vien|cong an|dang|cong "
    r"doan|lien doan"
    r"|hoi|phong|tong cuc|tinh doan|tinh uy|thanh uy|huyen uy|thanh tra|tram|to|vien|kho bac|bao hiem|dai|bao"
    r"|ubmttq|mat tran"
    r"|dang bo|chi bo|doan|bch|hoc vien|dai hoc|toa an|quy|ban chi huy|thu vien|bao tang|doan tncs|vp|cong ty)(?!\w)"
)


def _agencies(rows: list[Row], header: Header) -> Header:
    """The left column of the header: the agency above, and the one that issues."""
    lines: list[str] = []
    for row in rows:
        left = _left_column(row.text.replace("|", GAP), header)
        folded = bare(left)
        if (
            not left
            or _STAMPS.fullmatch(folded)
            or folded in _URGENCY
            or not is_upper(left)
            or len(left) > 90
        ):
            if left and not is_upper(left) and lines and header.number_line and left in header.number_line:
                break
            continue
        lines.append(left)
    names: list[str] = []
    for line in lines[:6]:
        if names and not _COLUMN_HEAD.match(bare(line)):
            names[-1] = f"{names[-1]} {line}"
        elif _COLUMN_HEAD.match(bare(line)):
            if names and re.search(r"(?:và|CỦA|VÀ|-|,)$", names[-1]):
                names[-1] = f"{names[-1]} {line}"
            else:
                names.append(line)
    names = [squeeze(name).rstrip(" -–*") for name in names]
    if not names:
        return header
    return replace(header, agency=names[-1], parent_agency=names[-2] if len(names) > 1 else None)


def _left_column(text: str, header: Header) -> str:
    folded = bare(text)
    for pattern in (_REPUBLIC, _FREEDOM, _PARTY) if len(text) <= 300 else ():
        found = pattern.search(folded)
        if found:
            left = squeeze(text[: found.start()].split(GAP)[0])
            # Where line ends were lost the left column goes on behind the right one.
            return left or squeeze(text[found.end() :].split(GAP)[0]).strip(" -_")
    if len(text) > 300:
        return ""
    if GAP in text:
        text = next((piece for piece in text.split(GAP) if piece.strip()), "")
    flat = squeeze(text)
    return "" if NUMBER.search(flat) or DATE.search(flat) or PARTY_NUMBER.search(flat) else flat


def _starts_body(text: str) -> bool:
    lowered = low(text)
    if _BASIS.match(lowered) and not is_upper(text):
        return True
    return read_mark(text) is not None or bool(_TO.match(lowered))


def _subject(rows: list[Row], title: int, wrap: Wrapping) -> tuple[str | None, str | None, int]:
    """(subject, the line in brackets below it, the first row of the body)."""
    found = title_of(_plain(rows[title]))
    rest = found[1] if found else ""
    lines = [rest] if rest else []
    place, note = title + 1, None
    while place < len(rows):
        row, text = rows[place], _plain(rows[place])
        if not text or _STAMPS.fullmatch(bare(text)):
            place += 1
            continue
        if text.startswith("(") and text.endswith(")") and len(text) < 200:
            note, place = text, place + 1
            continue
        if not lines:
            if _starts_body(text) and (
                read_mark(text) is not None or low(text).startswith(("căn cứ", "kính gửi"))
            ):
                break
            if len(text) > 420 or (text.endswith((".", ":")) and len(text) > 200):
                break
            lines.append(text)
            place += 1
            if row.whole:
                break
            continue
        begins = _starts_body(text) and not starts_lower(text)
        if row.plain or (begins and (row.blanks or not _unfinished(lines[-1]))):
            break
        if rows[place - 1].alone and not row.bold and not starts_lower(text):
            break  # a subject in bold type does not go on in plain words
        if sum(map(len, lines)) > 500:
            break
        same_case = is_upper(lines[-1], letters=4) and is_upper(text, letters=4) and not is_unit_line(text)
        bold = row.bold and rows[place - 1].bold and not row.blanks
        wraps = continues(" ".join(lines), replace(rows[place - 1], text=lines[-1]), row, wrap)
        if note is None and (
            same_case or bold or wraps or (starts_lower(text) and not is_upper(lines[-1], letters=4))
        ):
            lines.append(text)
            place += 1
            continue
        break
    subject = squeeze(" ".join(lines)).rstrip(". ") if lines else ""
    if subject[:1] in ("“", '"') and subject[-1:] in ("”", '"') and len(subject) > 2:
        subject = subject[1:-1].strip()
    return subject or None, note, place


def is_unit_line(text: str) -> bool:
    """ "GIÁM ĐỐC SỞ Y TẾ" under the title of a decision says who decides; it is no part of the subject."""
    return bool(
        re.match(r"(?:giam doc|chu tich|uy ban|hoi dong|chanh van phong|truong |hieu truong)", bare(text))
    )


def _unfinished(text: str) -> bool:
    return bool(
        re.search(r"(?:\b(?:của|và|về|các|ngày|tháng|năm|số|theo|tại|cho|với|trong|trên)|[,-])$", low(text))
    )


def _has_addressee(rows: list[Row]) -> bool:
    return any(_TO.match(low(row.flat)) for row in rows[:25])


def _addressees(rows: list[Row], header: Header) -> Header:
    """ "Kính gửi: …" on one line, or a list of lines under it."""
    place = next(
        (
            place
            for place in range(header.body, min(len(rows), header.body + 6))
            if _TO.match(low(rows[place].flat))
        ),
        None,
    )
    if place is None:
        return header
    text = _plain(rows[place])
    first = text[_TO.match(low(text)).end() :].strip()  # type: ignore[union-attr]
    first = first.removeprefix("- ").strip()
    items = [first.rstrip(" .")] if first else []
    after = place + 1
    while after < len(rows) and len(items) < 40:
        row, text = rows[after], _plain(rows[after])
        if row.plain or rows[after - 1].whole:
            break
        mark = read_mark(text)
        if mark is not None and mark.style in ("dash", "plus"):
            items.append(mark.rest.rstrip(" ;."))
        elif items and starts_lower(text) and not rows[after - 1].flat.endswith(".") and len(text) < 90:
            items[-1] = f"{items[-1]} {text.rstrip(' ;.')}"
        elif (
            items
            and len(items[-1]) > 3
            and first.endswith((";", ","))
            and is_unit(text)
            and len(text) < 90
            and not row.blanks
            and not rows[after - 1].flat.rstrip().endswith(".")
        ):
            items.append(text.rstrip(" ;."))
        else:
            break
        after += 1
    parted = [part for item in items for part in re.split(r"\s*;\s*", item)] if len(items) == 1 else items
    named = tuple(squeeze(item).rstrip(" ;.") for item in parted if item.strip(" ;.-"))
    return replace(header, addressees=named, body=after)
