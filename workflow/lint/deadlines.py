"""Days: those no calendar has, deadlines that the text does not say, and tiers in which the outer one falls first."""

import re
from collections.abc import Iterator
from datetime import date

from workflow.content import Obligation
from workflow.folding import fold
from workflow.lint.dates import unreal
from workflow.lint.finding import Finding
from workflow.lint.places import Spot
from workflow.lint.text import Text
from workflow.periods import last_on_time
from workflow.reading.deadlines import dues_in
from workflow.reading.words import low

Stated = tuple[Spot, Obligation]


def real(text: Text) -> Iterator[Finding]:
    """31/11 and 29/02/2025 are no days: the text says something else than was meant."""
    for spot in text.spots:
        told = {day: None for line in spot.texts for day in unreal(line)}
        for day in told:
            yield text.found("day_unreal", spot, words=" ".join(day.split()))


def said(text: Text) -> Iterator[Finding]:
    """The day on which a report is due stands in the part that asks for it: nobody is late by a day unwritten."""
    for spot, duty in stated(text):
        if duty.due_day is None or duty.by_reference:
            continue
        assert spot.node is not None
        words = low("\n".join((spot.node.title, *spot.node.paragraphs)))
        if not _says(words, duty):
            yield text.found("due_not_in_text", spot, day=day_words(duty), to=duty.to or "")


def tiers(text: Text) -> Iterator[Finding]:
    """What one collects is due before what he sends on (domain: two tiers); judged by the last good days."""
    dated = [one for one in stated(text) if _months(one[1]) and one[1].due_day is not None]
    by_sender: dict[str, list[Stated]] = {}
    for one in dated:
        if one[1].from_:
            by_sender.setdefault(fold(one[1].from_), []).append(one)
    for spot, lower in dated:
        heard = {fold(name) for name in (lower.to, lower.via) if name}
        uppers = [
            one for name in sorted(heard) for one in by_sender.get(name, ())
            if one[1] is not lower and one[1].recurrence == lower.recurrence
        ]  # fmt: skip
        if not uppers or any(_before(lower, upper, text.agency.on.year) for _, upper in uppers):
            continue
        upper = uppers[0][1]
        yield text.found(
            "tiers_order",
            spot,
            lower={"from": lower.from_ or "", "to": lower.to or "", "day": day_words(lower)},
            upper={"from": upper.from_ or "", "to": upper.to or "", "day": day_words(upper)},
        )


def stated(text: Text) -> list[Stated]:
    return [(spot, duty) for spot in text.parts if spot.node is not None for duty in spot.node.obligations]


def day_words(duty: Obligation) -> str:
    """ "10/11", "25 hằng tháng" in the shortest form; "last" stays for the words of the screen."""
    months = "/".join(f"{month:02d}" for month in _months(duty)) if len(_months(duty)) == 1 else ""
    day = duty.due_day if duty.due_day == "last" else f"{duty.due_day:02d}"
    return f"{day}/{months}" if months else str(day)


def _months(duty: Obligation) -> tuple[int, ...]:
    return (duty.due_month,) if isinstance(duty.due_month, int) else tuple(duty.due_month or ())


def _says(words: str, duty: Obligation) -> bool:
    dues = [due for due in dues_in(words) if due.day == duty.due_day]
    if any(not due.months for due in dues):
        return True
    told = {month for due in dues for month in due.months}
    if dues and set(_months(duty)) <= told:
        return True
    if duty.due_day == "last":
        return "cuối" in words
    months = _months(duty) or (None,)
    return all(_plainly(words, duty.due_day, month) for month in months)


def _plainly(words: str, day: object, month: int | None) -> bool:
    """Said in a way the reading does not know: the numbers stand beside each other, or the day stands alone."""
    if month is None:
        return bool(re.search(rf"(?<!\d)0?{day}(?!\d)", words))
    return bool(re.search(rf"(?<!\d)0?{day}(?:\s?[/.\-]\s?|\s+(?:của\s+)?tháng\s+)0?{month}(?!\d)", words))


def _before(lower: Obligation, upper: Obligation, year: int) -> bool:
    """Each lower day before the upper day of the same turn; where their turns differ there is nothing to compare."""
    ours, theirs = sorted(_months(lower)), sorted(_months(upper))
    if len(ours) != len(theirs):
        return True
    return all(
        _last(lower, low_, year) < _last(upper, high, year) for low_, high in zip(ours, theirs, strict=True)
    )


def _last(duty: Obligation, month: int, year: int) -> date:
    assert duty.due_day is not None
    return last_on_time(month, duty.due_day, year, inclusive=duty.inclusive)


CHECKS = (real, said, tiers)
