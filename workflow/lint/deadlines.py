"""
Days: those no calendar has, deadlines that the text does not say or no card keeps, and tiers in which the outer one
falls first.
"""

import re
from collections.abc import Iterator

from workflow.content import Obligation
from workflow.lint.finding import Finding
from workflow.lint.places import Spot
from workflow.lint.stating import months_of, states, words_under
from workflow.lint.tasks import PLANS
from workflow.lint.text import Text
from workflow.lint.tiers import Tiers, tiers_of
from workflow.patterns import expression
from workflow.reading.content_of import obligation_of
from workflow.reading.negations import told_in
from workflow.reading.unreal import unreal_days
from workflow.reading.words import sentences

_ASKED = expression("báo cáo", re.I)

Stated = tuple[Spot, Obligation]


def real(text: Text) -> Iterator[Finding]:
    """31/11 and 29/02/2025 are no days: the text says something else than was meant."""
    for spot in text.spots:
        told = {day: None for line in spot.texts for day in unreal_days(line)}
        for day in told:
            yield text.found("day_unreal", spot, words=" ".join(day.split()))


def said(text: Text) -> Iterator[Finding]:
    """The day on which a report is due stands in the part that asks for it: nobody is late by a day unwritten."""
    for spot, duty in stated(text):
        if duty.due_day is None or duty.by_reference:
            continue
        assert spot.node is not None
        if not states(words_under(spot.node), duty):
            yield text.found("due_not_in_text", spot, day=day_words(duty), to=duty.to or "")


def kept(text: Text) -> Iterator[Finding]:
    """
    A day by which somebody is to report to somebody, in a part of a plan where no card keeps it: when the plan goes
    out nobody is reminded of it. As the reading of a whole text would understand the sentence.
    """
    if text.content.doc_type not in PLANS or not _ASKED.search(text.whole):
        return
    days = {(duty.due_day, month) for _, duty in stated(text) for month in months_of(duty) or (None,)}
    for spot in text.parts:
        assert spot.node is not None
        if spot.node.obligations:
            continue
        for duty in _read(words_under(spot.node), spot.ref):
            told = {(duty.due_day, month) for month in months_of(duty) or (None,)}
            if duty.due_day is not None and duty.to and not told <= days:
                yield text.found("due_without_card", spot, day=day_words(duty), to=duty.to)


def _read(words: str, ref: str) -> Iterator[Obligation]:
    for line in words.split("\n"):
        if _ASKED.search(line):
            for _, sentence in sentences(line):
                yield from map(obligation_of, told_in(sentence, ref, None).duties)


def tiers(text: Text) -> Iterator[Finding]:
    """What one collects is due before what he sends on (domain: two tiers); judged by the last good days."""
    listed = stated(text)
    for lower, upper in tiers_in(text).wrong:
        yield text.found(
            "tiers_order", listed[lower][0], lower=told(listed[lower][1]), upper=told(listed[upper][1])
        )


def tiers_in(text: Text) -> Tiers:
    """The tiers of all duties that the text states, by their places in `stated`."""
    return tiers_of([duty for _, duty in stated(text)], text.agency.known, on=text.agency.on)


def stated(text: Text) -> list[Stated]:
    return [(spot, duty) for spot in text.parts if spot.node is not None for duty in spot.node.obligations]


def told(duty: Obligation) -> dict[str, str]:
    """A duty as it is named in a finding."""
    return {"from": duty.from_ or "", "to": duty.to or "", "day": day_words(duty)}


def day_words(duty: Obligation) -> str:
    """ "10/11", "25" in the shortest form; "last" stays for the words of the screen, "" where no day is told."""
    if duty.due_day is None:
        return ""
    months = f"{months_of(duty)[0]:02d}" if len(months_of(duty)) == 1 else ""
    day = duty.due_day if duty.due_day == "last" else f"{duty.due_day:02d}"
    return f"{day}/{months}" if months else str(day)


CHECKS = (real, said, kept, tiers)
