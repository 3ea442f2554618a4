"""
Where in a text the words of a proposal stand, so that a person can look at them side by side.

It finds again what was cut from this very text; words that were changed on the way are found in part or not at all.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from workflow.patterns import expression
from workflow.reading.words import low

Span = tuple[int, int]

_WORD = expression(r"[^\W_]+")
_ENDS = 5  # words at each end by which a phrase is known when a page break stands inside it
_MOST_PLACES = 2_000


class Sightings:
    """The words of one text, ready to be searched many times; positions are those of the text given."""

    def __init__(self, text: str) -> None:
        lowered = low(text)
        found = [(match[0], match.start(), match.end()) for match in _WORD.finditer(lowered)]
        self.words = [word for word, _, _ in found]
        self.starts = [start for _, start, _ in found]
        self.ends = [end for _, _, end in found]
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            self.places[word].append(place)

    def of(self, phrase: str, within: Span | None = None) -> Span | None:
        """Where the words of a phrase follow one another first, inside a span where one is given."""
        wanted = _WORD.findall(low(phrase))
        if not wanted:
            return None
        first, last = self._range(within)
        place = self._at(wanted, first, last)
        if place is not None:
            return self.starts[place], self.ends[place + len(wanted) - 1]
        if len(wanted) < 2 * _ENDS:
            return None
        begin = self._at(wanted[:_ENDS], first, last)
        if begin is None:
            return None
        end = self._at(wanted[-_ENDS:], begin, min(last, begin + 2 * len(wanted) + 40))
        stop = begin + _ENDS - 1 if end is None else end + _ENDS - 1
        return self.starts[begin], self.ends[stop]

    def _range(self, within: Span | None) -> tuple[int, int]:
        if within is None:
            return 0, len(self.words)
        return bisect_left(self.starts, within[0]), bisect_left(self.starts, within[1])

    def _at(self, wanted: Sequence[str], first: int, last: int) -> int | None:
        # The rarest word leads; from there the rest is compared.
        offset = min(range(len(wanted)), key=lambda index: len(self.places.get(wanted[index], ())))
        places = self.places.get(wanted[offset], [])
        start = bisect_left(places, first + offset)
        for place in places[start : start + _MOST_PLACES]:
            begin = place - offset
            if begin + len(wanted) > last:
                return None
            if self.words[begin : begin + len(wanted)] == list(wanted):
                return begin
        return None
