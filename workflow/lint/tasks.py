"""Tasks: who leads each and when it is done; asked of the parts that set tasks, not of those that share out the work."""

from collections.abc import Callable, Iterator

from workflow.content import Node, Task
from workflow.folding import fold
from workflow.lint.finding import Finding
from workflow.lint.places import Spot
from workflow.lint.text import Text
from workflow.reading.dates import day_before, days_in
from workflow.reading.meaning import kind_of
from workflow.task_times import lacks_time
from workflow.writing.paper import BULLETS

PLANS = ("KH", "CTr", "PA", "ĐA", "DA")
SHARES_OUT = ("to chuc thuc hien", "phan cong", "trach nhiem", "che do bao cao", "kinh phi")
"""Headings under which work is shared out: leads and times were told before."""


def leads(text: Text) -> Iterator[Finding]:
    yield from _lacking(text, "task_without_lead", lambda spot: not _task(spot).leads)


def times(text: Text) -> Iterator[Finding]:
    yield from _lacking(text, "task_without_time", lambda spot: lacks_time(_task(spot).time))


def cards(text: Text) -> Iterator[Finding]:
    """Each part that sets work has a card that says who and when, its own or one above or below it (ux.md 4.5)."""
    if text.content.doc_type not in PLANS:
        return
    for at, node in enumerate(text.content.sections):
        spot = text.spots_at[f"sections/{at}"]
        if kind_of(node.title) != "work" or _root(spot) in _shared(text):
            continue
        bare = [text.spots_at[place].ref for place in _without_card(node, spot.place)]
        if bare:
            yield text.found("task_without_card", spot, refs=list(dict.fromkeys(bare)), count=len(bare))


def _without_card(node: Node, place: str) -> Iterator[str]:
    """The lowest numbered parts that say something while no card stands at them, above or below them."""
    if node.task is not None:
        return
    numbered = [
        (at, child) for at, child in enumerate(node.children) if child.label and child.label not in BULLETS
    ]
    for at, child in numbered:
        yield from _without_card(child, f"{place}/children/{at}")
    if not numbered and "/children/" in place and not _has_card(node) and _says(node):
        yield place


def _has_card(node: Node) -> bool:
    return node.task is not None or any(map(_has_card, node.children))


def _says(node: Node) -> bool:
    return bool(node.title.strip() or any(map(str.strip, node.paragraphs)))


def dates(text: Text) -> Iterator[Finding]:
    """The day by which a task is done is the day its words say."""
    for spot in _of_tasks(text.parts):
        time = _task(spot).time
        days = days_in(time.raw)
        real = {day.iso for day in days} | {
            day_before(day.year, day.month, day.day).isoformat() for day in days if day.iso
        }
        if time.kind in ("date_before", "range") and time.to and days and time.to not in real:
            yield text.found("task_date_elsewhere", spot, said=time.raw, kept=time.to)


def _lacking(text: Text, code: str, lacks: Callable[[Spot], bool]) -> Iterator[Finding]:
    """One finding for each great part, with the references of all that lack it."""
    of_root: dict[str, list[Spot]] = {}
    for spot in asked_tasks(text):
        if lacks(spot):
            of_root.setdefault(_root(spot), []).append(spot)
    for found in of_root.values():
        refs = list(dict.fromkeys(spot.ref or "…" for spot in found))
        yield text.found(code, found[0], refs=refs, count=len(found))


def asked_tasks(text: Text) -> Iterator[Spot]:
    """The tasks that must say who and when: those of a plan; letters and decisions set none."""
    if text.content.doc_type in PLANS:
        shared = _shared(text)
        yield from (spot for spot in _of_tasks(text.parts) if _root(spot) not in shared)


def _root(spot: Spot) -> str:
    return "/".join(spot.place.split("/")[:2])


def _of_tasks(parts: tuple[Spot, ...]) -> Iterator[Spot]:
    return (spot for spot in parts if spot.node is not None and spot.node.task is not None)


def _task(spot: Spot) -> Task:
    assert spot.node is not None
    assert spot.node.task is not None
    return spot.node.task


def _shared(text: Text) -> set[str]:
    return {
        f"sections/{at}"
        for at, node in enumerate(text.content.sections)
        if fold(node.title).startswith(SHARES_OUT)
        or any(f" {words}" in fold(node.title) for words in SHARES_OUT[:1])
    }


CHECKS = (leads, times, cards, dates)
