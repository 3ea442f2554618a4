"""Căn cứ: complete, one a line, in the order of their force, and saying what their data say (mục II.6)."""

from collections.abc import Iterator

import msgspec

from workflow.content import Basis, Content
from workflow.folding import fold
from workflow.lint.facts import number_key
from workflow.lint.finding import Finding, Fix
from workflow.lint.places import Spot
from workflow.lint.stops import unstopped
from workflow.lint.text import Text
from workflow.patterns import expression
from workflow.reading.citations import Citation, spans
from workflow.reading.dates import days_in

NEEDS_ALL = frozenset({"QĐ", "NĐ", "TT", "TTLT", "CT", "KH", "CV", "TB", "CĐ", "KL", "TTr", "BC", "HD"})
"""Laws are cited by name; rules, projects and the like come with the document that issued them."""
NO_LONGER = ("voided", "closed", "recalled", "superseded")
"""States of a document on which nothing new is based."""
_BEGIN = r"(?:Căn cứ|Thực hiện|Theo|Xét)\s"
_NUMBERED = expression(
    rf"\s*(?:{_BEGIN})?(?:Quyết định|Nghị định|Thông tư|Chỉ thị|Kế hoạch|Công văn|Thông báo|Công điện|Kết luận|Tờ trình"
    r"|Báo cáo|Hướng dẫn)\s+(?!số\s)"
)
_SECOND = expression(rf"\s*[;.\n]\s*(?={_BEGIN})|\s*\n\s*")
_RANKS = (
    (0, expression(r"Hiến pháp")),
    (1, expression(r"(?:Bộ l|L)uật|Pháp lệnh")),
    (3, expression(r"/NĐ-CP")),
    (4, expression(r"/(?:QĐ|CT)-TTg")),
    (5, expression(r"/TT(?:LT)?-")),
    (6, expression(r"/(?:QĐ|KH|CT|NQ|CTr)-(?:UBND|HĐND)")),
)


def complete(text: Text) -> Iterator[Finding]:
    """Type, number, date and issuer, where it is a document that has them (Phụ lục I: laws by name only)."""
    for spot, basis in _all(text):
        missing = lacking(basis.raw)
        if "issuer" in missing:
            yield text.found("basis_issuer", spot, words=_short(basis.raw))
        elif missing:
            yield text.found("basis_incomplete", spot, words=_short(basis.raw), lacking=missing)


def lacking(raw: str) -> list[str]:
    """What the words of a căn cứ leave out: "number", "date", or "issuer" alone where those two are there."""
    cited = _first(raw)
    if cited is None:
        # "Căn cứ Quyết định ngày 12/3/2026 của UBND tỉnh": of a day, so one certain document.
        return ["number"] if _NUMBERED.match(raw) and days_in(raw) else []
    if cited.doc_type not in NEEDS_ALL:
        return []
    there = {"number": cited.reference_no, "date": cited.date or days_in(raw)}
    missing = [name for name, found in there.items() if not found]
    return missing or ([] if cited.issuer or " của " in raw else ["issuer"])


def one_a_line(text: Text) -> Iterator[Finding]:
    for spot, basis in printed(text):
        parts = _split(basis.raw)
        if len(parts) > 1:
            yield text.found("basis_lines", spot, fix=Fix(_short(basis.raw), "\n".join(map(_short, parts))))


def endings(text: Text) -> Iterator[Finding]:
    """ ";" after each, "." after the last; asked of a finished paper only, for our own puts them itself."""
    rows = printed(text) if text.paper.as_printed else []
    for place, (spot, basis) in enumerate(rows, 1):
        said = basis.raw.rstrip()[-1:]
        wrong = ".,:" if place < len(rows) else ";,:"
        if said and said in wrong:
            meant = "." if place == len(rows) else ";"
            yield text.found("basis_end", spot, fix=Fix(basis.raw.strip()[-12:], ended(basis.raw.strip()[-12:])),
                             said=said, meant=meant)  # fmt: skip


def italic(text: Text) -> Iterator[Finding]:
    """Căn cứ are set in italic type; asked of a file that tells its type, for our own paper sets them so."""
    upright = [fold(line) for line in text.paper.upright or ()]
    for spot, basis in printed(text) if upright else ():
        said = fold(unstopped(basis.raw))
        if said and any(said in line for line in upright):
            yield text.found("basis_upright", spot, words=_short(basis.raw))


def agreement(text: Text) -> Iterator[Finding]:
    """The number and date beside a căn cứ are those in its words: the record finds the document by them."""
    for spot, basis in _all(text):
        cited, days = _first(basis.raw), [day.iso for day in days_in(basis.raw)]
        number = cited.reference_no if cited else None
        if basis.reference_no and number and number_key(number) != number_key(basis.reference_no):
            yield text.found("basis_disagrees", spot, said=number, kept=basis.reference_no)
        elif basis.date and days and basis.date not in days:
            yield text.found("basis_disagrees", spot, said=days[0] or "", kept=basis.date)


def standing(text: Text) -> Iterator[Finding]:
    """What a text rests on still stands: no document of this system whose number was voided or that is closed."""
    gone = {(one.key, one.dated.year): one for one in text.paper.known or () if one.state in NO_LONGER}
    for spot, basis in _all(text) if gone else ():
        cited = _first(basis.raw)
        if cited is None or not (cited.reference_no and cited.date):
            continue
        known = gone.get((number_key(cited.reference_no), int(cited.date[:4])))
        if known is not None:
            yield text.found("basis_gone", spot, number=known.reference_no, state=known.state)


def order(text: Text) -> Iterator[Finding]:
    """Law before decree, decree before circular, the province's own documents last; only among "Căn cứ" lines."""
    last: tuple[int, str] | None = None
    for spot, basis in printed(text):
        rank = _rank(basis.raw)
        if rank is None or not basis.raw.lstrip().startswith(("Căn cứ", "Luật", "Nghị định")):
            continue
        if last is not None and rank < last[0]:
            yield text.found("basis_order", spot, words=_short(basis.raw), before=last[1])
            return
        last = (rank, _short(basis.raw))


def ended(words: str) -> str:
    """Without the sign at its end: the paper prints the right one."""
    return unstopped(words)


def split(content: Content, finding: Finding) -> Content:
    """One line for each căn cứ, each with the data read from its own words."""
    place = int(finding.place.partition("/")[2])
    found = [_basis(part) for part in _split(content.bases[place].raw)]
    bases = (*content.bases[:place], *found, *content.bases[place + 1 :])
    return msgspec.structs.replace(content, bases=bases)


def printed(text: Text) -> list[tuple[Spot, Basis]]:
    """Those with a line of their own; one told in the opening is a sentence, not a line."""
    opening = " ".join(text.content.opening)
    return [
        (spot, basis)
        for spot, basis in _all(text)
        if basis.raw.strip() and basis.raw.strip().rstrip(" ;.,") not in opening
    ]


def _all(text: Text) -> list[tuple[Spot, Basis]]:
    """Those told in the opening too."""
    return [(text.spots_at[f"bases/{place}"], basis) for place, basis in enumerate(text.content.bases)]


def _split(raw: str) -> list[str]:
    return [part for part in (piece.strip(" ;") for piece in _SECOND.split(raw.strip())) if part]


def _basis(raw: str) -> Basis:
    cited = _first(raw)
    if cited is None:
        return Basis(raw)
    return Basis(raw, cited.doc_type, cited.reference_no, cited.date, cited.issuer)


def _first(raw: str) -> Citation | None:
    """The document a line names; what its title quotes comes later."""
    found = spans(raw)
    return found[0][2] if found else None


def _rank(raw: str) -> int | None:
    cited = _first(raw)
    head = cited.raw if cited else raw[:60]
    return next((rank for rank, pattern in _RANKS if pattern.search(head)), None)


def _short(words: str) -> str:
    words = words.strip()
    return words if len(words) <= 70 else f"{words[:68]}…"


CHECKS = (complete, one_a_line, endings, italic, agreement, standing, order)
