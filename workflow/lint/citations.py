"""Citations that disagree: within the text, with their own symbol, with the calendar, with documents of this system."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from workflow.folding import fold
from workflow.lint.facts import KnownDocument, number_key
from workflow.lint.finding import Finding
from workflow.lint.text import Cited, Text
from workflow.patterns import expression
from workflow.reading.citations import disagreements
from workflow.reading.words import bare

_YEAR = expression(r"^\d+\w?/((?:19|20)\d\d)/")
_ABOUT = expression(r"\s*,?\s*(?:về|quy định|sửa đổi|ban hành|phê duyệt)\b")
_PARTS = expression(r"[/-]")
SAME_WORDS = 6


def within(text: Text) -> Iterator[Finding]:
    """One document with two dates, or two issuers: one of them is wrong."""
    first = {cited.citation.raw: cited for cited in reversed(text.citations)}
    for what, raws in disagreements([cited.citation for cited in text.citations]):
        name, _, kind = what.partition(": ")
        code = "cited_dates" if kind == "ngày" else "cited_issuers"
        yield text.found(code, first[raws[-1]].spot, name=name, raws=raws[:4])


def numbers(text: Text) -> Iterator[Finding]:
    """Type, date, issuer and title the same, the number another."""
    seen: dict[tuple[str, ...], dict[str, Cited]] = defaultdict(dict)
    for cited in text.citations:
        item = cited.citation
        if not (item.reference_no and item.date and item.issuer and _ABOUT.match(cited.after)):
            continue
        title = fold(cited.after).replace(",", " ").split()[:SAME_WORDS]
        if len(title) == SAME_WORDS:
            seen[(str(item.doc_type), item.date, bare(item.issuer), *title)].setdefault(
                item.reference_no.lstrip("0").upper(), cited
            )
    for group in seen.values():
        if len(group) > 1:
            *_, last = group.values()
            yield text.found(
                "cited_numbers", last.spot, raws=[cited.citation.raw for cited in group.values()]
            )


def years(text: Text) -> Iterator[Finding]:
    """ "30/2020/NĐ-CP" is of 2020; and nothing is cited that is dated after the text itself."""
    told: set[tuple[str, str]] = set()
    for cited in text.citations:
        item = cited.citation
        if not item.date or (item.raw, cited.spot.place) in told:
            continue
        told.add((item.raw, cited.spot.place))
        year = _YEAR.match(item.reference_no or "")
        if year and year[1] != item.date[:4]:
            yield text.found("cited_year", cited.spot, raw=item.raw, year=year[1], date=item.date)
        elif date.fromisoformat(item.date) > text.agency.on:
            yield text.found("cited_future", cited.spot, raw=item.raw, date=item.date,
                             on=text.agency.on.isoformat())  # fmt: skip


def known(text: Text) -> Iterator[Finding]:
    """A document of this system bears another day than the text says; of another year it is another document."""
    days: dict[str, set[date]] = defaultdict(set)
    for document in text.paper.known or ():
        days[document.key].add(document.dated)
    told: set[str] = set()
    for cited in text.citations if days else ():
        item = cited.citation
        key = number_key(item.reference_no or "")
        if not item.date or key not in days or item.raw in told:
            continue
        said = date.fromisoformat(item.date)
        same_year = sorted(day for day in days[key] if day.year == said.year)
        if same_year and said not in same_year:
            told.add(item.raw)
            yield text.found(
                "cited_known", cited.spot, raw=item.raw, date=item.date, known=same_year[0].isoformat()
            )


def known_numbers(text: Text) -> Iterator[Finding]:
    """A document of this system with this day, symbol and title bears another number than the text says."""
    listed: dict[tuple[str, date], list[KnownDocument]] = defaultdict(list)
    for document in text.paper.known or ():
        listed[(_symbol(document.reference_no), document.dated)].append(document)
    told: set[str] = set()
    for cited in text.citations if listed else ():
        item = cited.citation
        if not (item.date and item.reference_no) or item.raw in told:
            continue
        same = listed.get((_symbol(item.reference_no), date.fromisoformat(item.date)), [])
        if any(one.key == number_key(item.reference_no) for one in same):
            continue
        meant = next((one for one in same if _titled(cited.after, one.subject)), None)
        if meant is not None:
            told.add(item.raw)
            yield text.found("cited_known_number", cited.spot, raw=item.raw, known=meant.reference_no)


def _titled(after: str, subject: str) -> bool:
    """Whether the words behind a citation begin as this title does; of a short title all of it counts."""
    found = _ABOUT.match(after)
    wanted = fold(subject).replace(",", " ").split()[:SAME_WORDS]
    if found is None or len(wanted) < SAME_WORDS - 2:
        return False
    said = fold(after[found.end() :]).replace(",", " ").split()
    return said[: len(wanted)] == wanted


def _symbol(number: str) -> str:
    return number.partition("/")[2].replace(" ", "").upper()


def cited_days(text: Text) -> frozenset[date]:
    """The days of what this text cites of its own agency, to ask which documents bear them."""
    own = text.agency.symbol
    return frozenset(
        date.fromisoformat(cited.citation.date)
        for cited in text.citations
        if cited.citation.date and own in _PARTS.split(cited.citation.reference_no or "")
    )


def cited_numbers(text: Text) -> frozenset[tuple[str, int]]:
    """(number as the record writes it, year) of each dated citation, to ask which of them are known."""
    found = set()
    for cited in text.citations:
        number, day = cited.citation.reference_no, cited.citation.date
        if number and day:
            head, slash, rest = number.partition("/")
            found.add((f"{head.lstrip('0').zfill(2)}{slash}{rest}", int(day[:4])))
    return frozenset(found)


CHECKS = (within, numbers, years, known, known_numbers)
