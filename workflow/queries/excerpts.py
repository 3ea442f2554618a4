"""The place of a text where the words that were looked for stand, in the text's own spelling."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.queries.search_terms import SHORTEST_START, Terms
from workflow.search_words import WORD, word_of

BEFORE, AFTER = 12, 30
"""Words of an excerpt before the first that was found, and after it."""


@dataclass(frozen=True)
class Stretch:
    """A piece of text as it stands there; `found` if it was looked for."""

    text: str
    found: bool = False


class Looked:
    """What was looked for, as the texts of a page are read for it; made once for all of them."""

    def __init__(self, terms: Terms) -> None:
        self.words = frozenset(word.bare for word in terms.words)
        self.pairs = frozenset(terms.pairs)
        self.alone = self.words - {word for both in terms.pairs for word in both}
        self.spelt = {word.bare: word.spelt for word in terms.words if word.has_marks}
        self.last = terms.words[-1].bare if terms.open_end else ""
        joined = bool(self.last and terms.pairs and terms.pairs[-1][1] == self.last)
        self.before_last = terms.pairs[-1][0] if joined else ""
        self._near = [f" {first} {second} " for first, second in terms.pairs]
        self._single = [f" {word} " for word in self.words]

    def score(self, part: str) -> int:
        """Neighbours count for three words, also where the second is only begun; the beginning of a word for one."""
        score = sum([each in part for each in self._single])
        if not score and not self.last:
            return 0
        score += 3 * sum([each in part for each in self._near])
        if self.last and f" {self.last} " not in part:
            if self.before_last and f" {self.before_last} {self.last}" in part:
                return score + 3
            if score == 0 and len(self.last) >= SHORTEST_START and f" {self.last}" in part:
                return 1
        return score

    def near(self, first: str, second: str) -> bool:
        """That these two were typed side by side, the second perhaps only begun."""
        return (first, second) in self.pairs or (
            bool(self.before_last) and first == self.before_last and second.startswith(self.last)
        )


def marked(text: str, folded: str, looked: Looked) -> tuple[Stretch, ...]:
    """The whole text, with what was looked for told apart; of several words one alone is not what was looked for."""
    if not text:
        return ()
    read = _Read(text, folded)
    places = read.places(looked)
    if looked.pairs and len({read.words[at] for at in places}) < 2:
        places = set()
    return read.stretches(places, 0, len(read.text))


def excerpt(
    parts: Sequence[str], folded: Sequence[str], looked: Looked, *, besides: bool = False
) -> tuple[Stretch, ...]:
    """
    Some forty words of the part that holds most of what was looked for; nothing where no part holds any. If some of
    it was shown `besides`, only what says more: two neighbours of several words, and a word around them.

    `folded` are the same parts without marks, a blank before and after each word (`workflow.findable.folded_text`);
    they are searched, the parts read.
    """
    scores = [looked.score(part) for part in folded]
    best = max(scores, default=0)
    if best < (4 if besides and looked.pairs else 1):
        return ()
    at = scores.index(best)
    read = _Read(parts[at], folded[at])
    places = read.places(looked)
    if not places or (besides and len(places) == len(read.words)):
        return ()
    first = max(min(places) - BEFORE, 0)
    last = min(min(places) + AFTER, len(read.spans)) - 1
    start = read.spans[first][0] if first else 0
    end = read.spans[last][1] if last < len(read.spans) - 1 else len(read.text)
    stretches = read.stretches(places, start, end)
    opening = (Stretch("… "),) if first else ()
    closing = (Stretch(" …"),) if last < len(read.spans) - 1 else ()
    return (*opening, *stretches, *closing)


class _Read:
    """One text with the places of its words, and the words without marks."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.spans = [match.span() for match in WORD.finditer(self.text)]
        self.words = folded.split()
        if len(self.words) != len(self.spans):
            self.words = [word_of(self.text[start:end]).bare for start, end in self.spans]

    def places(self, looked: Looked) -> set[int]:
        """
        Which words to tell apart. Of neighbours, only where they stand side by side, if they do anywhere: a single
        syllable of "chuyển đổi số" says nothing. Of equal words, those with the marks that were typed, if any.
        """
        some = [at for at, word in enumerate(self.words) if word in looked.words]
        near: set[int] = set()
        if looked.pairs:
            for at in some:
                if at + 1 < len(self.words) and looked.near(self.words[at], self.words[at + 1]):
                    near |= {at, at + 1}
        places = near | {at for at in some if self.words[at] in looked.alone} if near else set(some)
        if not places and len(looked.last) >= SHORTEST_START:
            places = {at for at, word in enumerate(self.words) if word.startswith(looked.last)}
        spelt = {at for at in places if self._is_spelt(at, looked)}
        return spelt or places

    def _is_spelt(self, at: int, looked: Looked) -> bool:
        typed = looked.spelt.get(self.words[at])
        start, end = self.spans[at]
        return typed is None or word_of(self.text[start:end]).spelt == typed

    def stretches(self, places: set[int], start: int, end: int) -> tuple[Stretch, ...]:
        """The text from `start` to `end`; words found next to one another are one stretch."""
        shown = [at for at in sorted(places) if self.spans[at][0] >= start and self.spans[at][1] <= end]
        found: list[Stretch] = []
        at = start
        for before, number in pairwise([-2, *shown]):
            first, last = self.spans[number]
            if number - 1 == before:
                found[-1] = Stretch(found[-1].text + self.text[at:last], found=True)
            else:
                if self.text[at:first]:
                    found.append(Stretch(self.text[at:first]))
                found.append(Stretch(self.text[first:last], found=True))
            at = last
        if self.text[at:end]:
            found.append(Stretch(self.text[at:end]))
        return tuple(found)
