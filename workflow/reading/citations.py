"""
Documents a text cites: type, number and symbol, date, issuer, each only where the words say so.

Two citations of one document that disagree are reported, not settled.
"""

import re
from collections import defaultdict

from msgspec import Struct

from workflow.patterns import expression
from workflow.reading.dates import DAY_MONTH_YEAR, Day, days_in
from workflow.reading.kinds import ADMINISTRATIVE, CITED_ONLY, code_of
from workflow.reading.units import name_at
from workflow.reading.words import UPPER, bare, bare_end, low, squeeze


class Citation(Struct, frozen=True):
    """One citation. `printed` is a line of its own ("Căn cứ …;"); False where it stands in a sentence."""

    raw: str
    doc_type: str | None = None
    reference_no: str | None = None
    date: str | None = None
    issuer: str | None = None
    printed: bool = False


_NAMES = sorted({*ADMINISTRATIVE, *CITED_ONLY}, key=len, reverse=True)
_TYPE = expression(rf"(?<!\w)({'|'.join(_NAMES)})(?!\w)")
_PARTY = rf"\d{{1,5}}\s?[-–]\s?[{UPPER}][\w]{{0,6}}\s?/\s?[{UPPER}][\w]{{0,8}}(?:[-–.][\w&]{{1,12}}){{0,2}}"
_STATE = (
    rf"\d{{1,5}}[a-zA-Z]?\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?[{UPPER}][\w&]{{0,11}}"
    rf"(?:\s?[-–.]\s?(?!\d)[\w&.]{{0,11}}[\w&]){{0,4}}"
)
_REFERENCE = expression(
    rf"\s{{0,3}}(?:(?:liên tịch\s)?số\s{{0,2}}[:.]?\s{{0,2}})?({_PARTY}|{_STATE})(?![\w/])", re.I
)
_DATED = expression(
    rf"\s{{0,3}}[,(]?\s{{0,2}}(?:ban hành\s|ký\s)?(?=ngày\s|\d)(?:{DAY_MONTH_YEAR.pattern})", re.I
)
_ISSUER = expression(r"\s{0,3}[),]{0,2}\s{0,2}của\s+", re.I)
_BODIES = (
    "ban chấp hành trung ương đảng|ban chấp hành trung ương|ban chấp hành đảng bộ tỉnh|ban thường vụ tỉnh ủy|"
    "ban thường vụ thành ủy|ban thường vụ huyện ủy|ban thường vụ đảng ủy|bộ chính trị|ban bí thư trung ương đảng|"
    "ban bí thư|trung ương đảng|ủy ban thường vụ quốc hội|quốc hội|chủ tịch nước|thủ tướng chính phủ|thủ tướng|chính phủ"
)
_BODY = expression(rf"(?:{_BODIES})(?!\w)")
_LAW_NAME_END = expression(
    r"[,.;:()“”\"]|\s(?:ngày|số|năm \d|trên địa bàn|trong|tại|của|có hiệu lực|cho|đến|khi|bảo đảm|theo|được|nhằm"
    r"|sau khi|thống nhất|và các|và trách|và nghị|"
    r"gắn|phù hợp|đã|do|đặc biệt|với|từ|về)\b"
)


_LAW_DATED = expression(r"(\s[^;.:()]{2,120}?)(?=\s(?:ngày \d|số \d|năm \d))")


def citations_in(text: str) -> list[Citation]:
    """Every citation that carries a number or a date, in order; windows are bounded, so the scan is linear."""
    return [found for _, _, found in spans(text)]


def spans(text: str) -> list[tuple[int, int, Citation]]:
    """(start, end, citation) of every numbered or dated citation."""
    lowered = low(text)
    found: list[tuple[int, int, Citation]] = []
    at = 0
    for match in _TYPE.finditer(lowered):
        if match.start() < at:
            continue
        kind = _kind(text, match)
        read = _read(text, lowered, match, kind)
        if read is not None:
            at = read[1]
            found.append(read)
    return found


def _kind(text: str, match: re.Match[str]) -> str:
    return code_of(text[match.start() : match.end()])


def _read(text: str, lowered: str, match: re.Match[str], kind: str) -> tuple[int, int, Citation] | None:
    reference = _REFERENCE.match(text, match.end())
    end = reference.end() if reference else match.end()
    if not reference:
        if not text[match.start()].isupper() or kind not in ("Luật", "Bộ luật", "PL", "NQ", "Hiến pháp"):
            return None
        if kind == "NQ" or not text[match.end() + 1 : match.end() + 2].isupper():
            return None
        limit = min(len(lowered), match.end() + 160)
        # In a căn cứ the name runs to its date or number, commas and all.
        whole = (
            _LAW_DATED.match(lowered, match.end(), limit)
            if lowered[: match.start()].strip() == "căn cứ"
            else None
        )
        stop = _LAW_NAME_END.search(lowered, whole.end(1) if whole else match.end(), limit)
        end = stop.start() if stop else min(len(text), match.end() + 160)
        numbered = _REFERENCE.match(text, end) if stop and stop[0].strip() == "số" else None
        if numbered:
            reference, end = numbered, numbered.end()
    day: Day | None = None
    dated = _DATED.match(text, end)
    if dated:
        days = days_in(text, dated.start(), dated.end())
        day = days[0] if days else None
        end = dated.end()
    elif reference is None:
        year = re.match(r"\s+năm\s+(?:19|20)\d\d", lowered[end : end + 12])
        end = end + year.end() if year else end
        if end <= match.end() + 1:
            return None
    issuer, after = _issuer(text, lowered, end) if reference or day else (None, end)
    end = after if issuer else end
    number = squeeze(reference[1]).replace(" ", "").replace("–", "-") if reference else None
    raw = squeeze(text[match.start() : end]).rstrip(" ,;(")
    return match.start(), end, Citation(raw, kind, number, day.iso if day else None, issuer)


def _issuer(text: str, lowered: str, at: int) -> tuple[str | None, int]:
    of = _ISSUER.match(text, at)
    if not of:
        return None, at
    body = _BODY.match(lowered, of.end())
    if body:
        return squeeze(text[body.start() : body.end()]), body.end()
    named = name_at(text, of.end())
    if named is None:
        return None, at
    name, end = named
    # "của UBND tỉnh triển khai …" ends at the verb; a name that swallowed half a sentence is none.
    return (name, end) if len(name.split()) <= 14 else (None, at)


_BASIS = expression(r"(?:căn cứ\s?:?|thực hiện|theo|xét|trên cơ sở|tiếp theo|triển khai(?: thực hiện)?)\s+")


def bases_of(lines: list[str], opening: list[str], subject: str) -> list[Citation]:
    """
    The căn cứ lines, then the documents the opening says are carried out ("Thực hiện Kế hoạch số …").

    Of a căn cứ the first citation of each part between ";" counts; what it quotes in its own title does not.
    """
    found: list[Citation] = []
    for line in lines:
        found += _line_bases(line)
    for paragraph in opening[:3]:
        found += _opening_bases(paragraph)
    numbered = [item for item in citations_in(subject) if item.reference_no]
    told = {item.reference_no for item in found}
    found += [item for item in numbered if item.reference_no not in told and _carried(item, opening)]
    return found


# "Theo đề nghị của Trưởng phòng … tại Tờ trình số …": the words between the asking and the paper that asks.
_ASKED_IN = expression(
    r"(?:theo|xét)\s+(?:đề nghị|đề xuất|báo cáo|ý kiến)\s+của\s[^;:]{2,160}?"
    r"(?:\s(?:tại|theo|trong)\s+(?:các\s+)?|\s?\(\s?)"
)


def _line_bases(line: str) -> list[Citation]:
    parts = [part for part in line.split(";") if part.strip()]
    found = []
    for place, part in enumerate(parts):
        raw = squeeze(line) if len(parts) == 1 else bare_end(part)
        said = low(part.strip())
        begins = _BASIS.match(said)
        cited = spans(part.strip())
        near = cited and cited[0][0] <= (begins.end() if begins else 0) + 12
        first = cited[0] if near or (cited and _ASKED_IN.fullmatch(said, 0, cited[0][0])) else None
        if first is None and place:
            continue
        item = first[2] if first else Citation(raw)
        found.append(Citation(raw, item.doc_type, item.reference_no, item.date, item.issuer, printed=True))
    return found


def _opening_bases(paragraph: str) -> list[Citation]:
    lowered = low(paragraph)
    if not lowered.startswith(
        ("thực hiện ", "căn cứ ", "triển khai ", "theo ", "tiếp theo ", "trên cơ sở ", "để triển khai ")
    ):
        return []
    found = []
    for start, part in _semicolons(paragraph):
        cited = [item for item in spans(part) if item[2].reference_no or item[2].date or start == 0]
        begins = _BASIS.match(low(part))
        limit = (begins.end() if begins else 0) + 25
        first = next((item for item in cited if item[0] <= limit), None)
        if first:
            found.append(first[2])
    return found


def _semicolons(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for part in text.split(";"):
        found.append((start, part.strip()))
        start += len(part) + 1
    return found


def _carried(item: Citation, opening: list[str]) -> bool:
    return any(
        item.reference_no and item.reference_no in squeeze(text).replace(" /", "/") for text in opening
    )


def disagreements(cited: list[Citation]) -> list[tuple[str, list[str]]]:
    """(what, the citations) where one document is cited with two dates, issuers, or numbers."""
    found: list[tuple[str, list[str]]] = []
    by_number: dict[str, list[Citation]] = defaultdict(list)
    by_rest: dict[tuple[str, str, str, str], list[Citation]] = defaultdict(list)
    for item in cited:
        if item.reference_no:
            by_number[f"{item.doc_type} {item.reference_no.lstrip('0').upper()}"].append(item)
            if item.date and item.issuer:
                symbol = re.sub(r"^\d+\w?", "", item.reference_no).upper()
                by_rest[str(item.doc_type), symbol, item.date, bare(item.issuer)].append(item)
    for name, items in by_number.items():
        dates = sorted({item.date for item in items if item.date})
        if len(dates) > 1:
            found.append((f"{name}: ngày", _raws(items)))
        issuers = {_issuer_key(item.issuer) for item in items if item.issuer}
        if len(issuers) > 1 and not _compatible(issuers):
            found.append((f"{name}: cơ quan ban hành", _raws(items)))
    return found


def _raws(items: list[Citation]) -> list[str]:
    return list(dict.fromkeys(item.raw for item in items))


def _issuer_key(issuer: str | None) -> str:
    return (
        bare(squeeze(issuer or ""))
        .replace("uy ban nhan dan", "ubnd")
        .replace("thu tuong chinh phu", "thu tuong")
    )


def _compatible(issuers: set[str]) -> bool:
    """ "UBND tỉnh" and "UBND tỉnh Hòa An" are one body, and "Chủ tịch UBND tỉnh" is not told apart."""
    shortest = min(issuers, key=len)
    return all(name.startswith(shortest) or shortest in name for name in issuers)
