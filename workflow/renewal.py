"""
Last year's text taken up for this year: which dates and figures in it still are last year's, and what they would
become a year later. It changes no word; each place is something a person looks at.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from workflow.content import Basis, Content, Node, Obligation, Task, walk
from workflow.figures import figures
from workflow.reading.times import read_time

_YEAR = r"(?:19|20|21)\d\d"
_DATED = re.compile(
    rf"(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}/(?P<a>{_YEAR})|ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+(?P<b>{_YEAR})"
    rf"|(?:quý|tháng)\s[^.;:()]{{0,40}}?(?:năm\s+|/)(?P<c>{_YEAR})|năm\s+(?P<d>{_YEAR})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d[\w.]*/[\w./&-]+,?\s+$")
"""Before a date: the number of the document whose date it is."""
_LASTING = frozenset({"Hiến pháp", "Bộ luật", "Luật", "PL", "NĐ", "TT", "TTLT"})
"""Types that hold until they are repealed; the others are often made anew every year."""


@dataclass(frozen=True)
class Todo:
    """
    One paragraph that still says last year. `found` are the words meant; `proposal` is the paragraph with its years
    moved on, "" where only figures are to be looked at.
    """

    place: str
    text: str
    found: tuple[str, ...]
    proposal: str


@dataclass(frozen=True)
class OldBasis:
    """
    A căn cứ that stands word for word as it did, `number` counted from 1 in the new text. `of_year`: made for that
    year, so that there is probably one for the next; else it is to be seen whether it is still in force.
    """

    number: int
    raw: str
    of_year: bool


def bases_to_check(before: Content, now: Content, *, year: int) -> tuple[OldBasis, ...]:
    """Of a text begun from one of `year`. Their dates never move; a person finds out what holds today."""
    stood = {basis.raw for basis in before.bases}
    return tuple(
        OldBasis(number, basis.raw, _made_for(basis, year))
        for number, basis in enumerate(now.bases, 1)
        if basis.raw in stood
    )


def _made_for(basis: Basis, year: int) -> bool:
    dated = (basis.date or "").startswith(str(year)) or f"năm {year}" in basis.raw
    return dated and basis.doc_type not in _LASTING


def todos(before: Content, now: Content, *, year: int) -> tuple[Todo, ...]:
    """
    What stands in `now` exactly as it stood in `before`, a text of `year`, and names that year or the next, or a
    figure. Căn cứ (`bases_to_check`) and the dates of documents named by their number are left as they are: a law
    does not change its date.
    """
    stood = {text for _, text in _texts(before)}
    return tuple(
        Todo(place, text, found, _moved(text, year) if _dated(text, year) else "")
        for place, text in _texts(now)
        if text in stood and (found := _found(text, year))
    )


def accepted(content: Content, texts: frozenset[str], *, year: int) -> Content:
    """The text with the proposals for these paragraphs taken over: their years move on, nothing else changes."""

    def moved(text: str) -> str:
        return moved_on(text, year=year, by=1) if text in texts else text

    return msgspec.structs.replace(
        content,
        subject=moved(content.subject),
        addressees=tuple(map(moved, content.addressees)),
        opening=tuple(map(moved, content.opening)),
        sections=_below(content.sections, moved),
        closing=_below(content.closing, moved),
        recipients=tuple(msgspec.structs.replace(item, name=moved(item.name)) for item in content.recipients),
        annexes=tuple(map(moved, content.annexes)),
    )


def _below(nodes: tuple[Node, ...], moved: Callable[[str], str]) -> tuple[Node, ...]:
    return tuple(
        msgspec.structs.replace(
            node,
            title=moved(node.title),
            paragraphs=tuple(map(moved, node.paragraphs)),
            task=_moved_task(node.task, moved),
            obligations=tuple(_moved_duty(duty, node, moved) for duty in node.obligations),
            children=_below(node.children, moved),
        )
        for node in nodes
    )


def _moved_task(task: Task | None, moved: Callable[[str], str]) -> Task | None:
    """The time anew from its words, so that dates and words stay one."""
    if task is None:
        return None
    task = msgspec.structs.replace(task, method=moved(task.method) if task.method else task.method)
    if moved(task.time.raw) == task.time.raw:
        return task
    return msgspec.structs.replace(task, time=read_time(moved(task.time.raw)))


def _moved_duty(duty: Obligation, node: Node, moved: Callable[[str], str]) -> Obligation:
    """The sentence it was read from goes along with the paragraph it stands in."""
    raw = moved(duty.raw)
    for text in _words_of(node):
        at = text.find(duty.raw) if duty.raw else -1
        if at >= 0 and moved(text) != text:
            # A year is as long as the next one, so the sentence stands where it stood.
            raw = moved(text)[at : at + len(duty.raw)]
            break
    report = duty.embedded_in
    return msgspec.structs.replace(duty, raw=raw, embedded_in=moved(report) if report else report)


def _words_of(node: Node) -> tuple[str, ...]:
    return (node.title, *node.paragraphs)


def moved_on(text: str, *, year: int, by: int) -> str:
    """
    The text with the dates of `year` and the year after moved by so many years; nothing else changes. The date of a
    document that is named by its number stays: "Kế hoạch số 88/KH-UBND ngày 10/4/2025" is of that day for ever.
    """
    return _DATED.sub(lambda match: _later(match, year, by), text)


def _moved(text: str, year: int) -> str:
    return moved_on(text, year=year, by=1)


def _later(match: re.Match[str], year: int, by: int) -> str:
    said = _year_in(match)
    if not _of_year(match, year):
        return match[0]
    moved = match[0][: match[0].rindex(said)] + str(int(said) + by)
    return moved.replace("29/02/", "28/02/").replace("29/2/", "28/2/") if (int(said) + by) % 4 else moved


def _found(text: str, year: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*_dated(text, year), *figures(text)]))


def _dated(text: str, year: int) -> list[str]:
    return [match[0] for match in _DATED.finditer(text) if _of_year(match, year)]


def _of_year(match: re.Match[str], year: int) -> bool:
    """Whether a date is one of `year` or the next, and not that of a document named before it."""
    start = match.start()
    named = _NUMBERED.search(match.string, max(0, start - 60), start)
    return int(_year_in(match)) in (year, year + 1) and named is None


def _year_in(match: re.Match[str]) -> str:
    return next(value for value in match.groups() if value)


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    yield "Trích yếu", content.subject
    yield from (("Kính gửi", text) for text in content.addressees)
    for text in content.opening:
        yield "Mở đầu", text
    for ref, node in walk(content):
        yield from _texts_of(f"Mục {ref}" if ref else "Kết thúc", node)
    yield from (("Nơi nhận", item.name) for item in content.recipients)
    for number, text in enumerate(content.annexes, 1):
        yield f"Phụ lục {number}", text


def _texts_of(place: str, node: Node) -> Iterator[tuple[str, str]]:
    yield from ((place, text) for text in _words_of(node) if text)
    if node.task is not None:
        more = (("thời gian", node.task.time.raw), ("hình thức", node.task.method or ""))
        yield from ((f"{place}, {what}", text) for what, text in more if text)
    for duty in node.obligations:
        if duty.raw and not any(duty.raw in text for text in _words_of(node)):
            yield f"{place}, câu nêu hạn", duty.raw
        if duty.embedded_in:
            yield f"{place}, báo cáo lồng ghép", duty.embedded_in
