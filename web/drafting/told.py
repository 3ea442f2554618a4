"""On the confirm page: a warning of the reading, in which every place that has a card is a link to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.reading.checks import LACKING, MOST_NAMED, around_names
from workflow.reading.proposal import FoundTask, Warn


@dataclass(frozen=True)
class Told:
    """A sentence: `before`, then the places with the id of their card, then `after`."""

    before: str
    places: tuple[tuple[str, str], ...] = ()
    after: str = ""


def told(warning: Warn, tasks: Sequence[FoundTask], places: Sequence[str]) -> Told:
    """`places` are those of the cards of `tasks`, one by one; where they are not, the sentence links to none."""
    if warning.code not in LACKING or len(tasks) != len(places):
        return Told(warning.message)
    lacks, _ = LACKING[warning.code]
    cards = [(places[at], f"nhiem-vu-{at}") for at, task in enumerate(tasks) if lacks(task)]
    before, after = around_names(warning.code, len(cards))
    return Told(before, tuple(cards[:MOST_NAMED]), after)
