"""The place of a text where the words that were looked for stand, in the text's own spelling."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.queries.search_terms import SHORTEST_START, Terms
from workflow.search_words import WORD, Word, word_of

BEFORE, AFTER = 12, 30
"""Words of an excerpt before the first that was found, and after it."""


@dataclass(frozen=True)
class Stretch:
    """A piece of text as it stands there; `found` if it was looked for."""

    text: str
    found: bool = False


def marked(text: str, terms: Terms) -> tuple[Stretch, ...]:
    """The whole text, with what was looked for told apart; of several words one alone is not what was looked for."""
    text = unicodedata.normalize("NFC", text)
    spans = [match.span() for match in WORD.finditer(text)]
    places = _places(text, spans, terms)
    if terms.pairs and len({word_of(text[slice(*spans[at])]).bare for at in places}) < 2:
        places = set()
    return _stretches(text, spans, places, 0, len(text))


def excerpt(
    parts: Sequence[str], folded: Sequence[str], terms: Terms, *, besides: bool = False
) -> tuple[Stretch, ...]:
    """
    Some forty words of the part that holds most of what was looked for; nothing where no part holds any, or
    no two neighbours of several words, if some of it was shown `besides`.

    `folded` are the same parts without marks (`workflow.findable.folded_text`); they are searched, the parts read.
    """
    scores = [_score(f" {part} ", terms) for part in folded]
    best = max(scores, default=0)
    if best < (4 if besides and terms.pairs else 1) or len(parts) != len(folded):
        return ()
    text = unicodedata.normalize("NFC", parts[scores.index(best)])
    spans = [match.span() for match in WORD.finditer(text)]
    places = _places(text, spans, terms)
    if not places:
        return ()
    first = max(min(places) - BEFORE, 0)
    last = min(min(places) + AFTER, len(spans)) - 1
    start = spans[first][0] if first else 0
    end = spans[last][1] if last < len(spans) - 1 else len(text)
    stretches = _stretches(text, spans, places, start, end)
    opening = (Stretch("… "),) if first else ()
    closing = (Stretch(" …"),) if last < len(spans) - 1 else ()
    return (*opening, *stretches, *closing)


def _score(part: str, terms: Terms) -> int:
    """Neighbours count for three words, also where the second is only begun; the beginning of a word for one."""
    score = sum(3 for first, second in terms.pairs if f" {first} {second} " in part)
    score += sum(1 for word in {word.bare for word in terms.words} if f" {word} " in part)
    if terms.open_end and (last := terms.words[-1].bare) and f" {last} " not in part:
        if terms.pairs and terms.pairs[-1][1] == last and f" {terms.pairs[-1][0]} {last}" in part:
            return score + 3
        if score == 0 and len(last) >= SHORTEST_START and f" {last}" in part:
            return 1
    return score


def _places(text: str, spans: Sequence[tuple[int, int]], terms: Terms) -> set[int]:
    """
    Which words to tell apart. Of neighbours, only where they stand side by side, if they do anywhere: a single
    syllable of "chuyển đổi số" says nothing. Of equal words, those with the marks that were typed, if any.
    """
    words = [word_of(text[start:end]) for start, end in spans]
    wanted = {word.bare for word in terms.words}
    neighbours = set(terms.pairs)
    near: set[int] = set()
    for at, (first, second) in enumerate(pairwise(words)):
        if (first.bare, second.bare) in neighbours or _begun(first, second, terms):
            near |= {at, at + 1}
    alone = wanted - {word for both in neighbours for word in both} if near else wanted
    places = near | {at for at, word in enumerate(words) if word.bare in alone}
    if not places and terms.open_end and len(start := terms.words[-1].bare) >= SHORTEST_START:
        places = {at for at, word in enumerate(words) if word.bare.startswith(start)}
    typed = {word.bare: word.spelt for word in terms.words if word.has_marks}
    spelt = {at for at in places if typed.get(words[at].bare, words[at].spelt) == words[at].spelt}
    return spelt or places


def _begun(first: Word, second: Word, terms: Terms) -> bool:
    if not terms.open_end or not terms.pairs or terms.pairs[-1][1] != terms.words[-1].bare:
        return False
    return first.bare == terms.pairs[-1][0] and second.bare.startswith(terms.pairs[-1][1])


def _stretches(
    text: str, spans: Sequence[tuple[int, int]], places: set[int], start: int, end: int
) -> tuple[Stretch, ...]:
    """The text from `start` to `end`; words found next to one another are one stretch."""
    found: list[Stretch] = []
    at = start
    for number, (first, last) in enumerate(spans):
        if number not in places or first < start or last > end:
            continue
        joined = number - 1 in places and found and found[-1].found
        if joined:
            found[-1] = Stretch(found[-1].text + text[at:last], found=True)
        else:
            if text[at:first]:
                found.append(Stretch(text[at:first]))
            found.append(Stretch(text[first:last], found=True))
        at = last
    if text[at:end]:
        found.append(Stretch(text[at:end]))
    return tuple(found)
