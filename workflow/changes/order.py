"""Two rows of keys: what they share in one order, and which of many pairs keep it; knows nothing of texts."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

SMALL = 40_000
"""Product of two lengths up to which what is not unique is compared key by key."""


def common_run(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places with equal keys, rising on both sides. Patience diff: unique keys first, then between them."""
    found: list[tuple[int, int]] = []
    stretches = [(0, len(old), 0, len(new))]
    while stretches:
        a, b, c, d = stretches.pop()
        while a < b and c < d and old[a] == new[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        if a == b or c == d:
            continue
        anchors = _unique(old, new, a, b, c, d)
        if anchors:
            edges = [(a - 1, c - 1), *anchors, (b, d)]
            stretches += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(edges)]
            found += anchors
        elif (b - a) * (d - c) <= SMALL:
            matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
            for match in matcher.get_matching_blocks():
                found += [(a + match.a + n, c + match.b + n) for n in range(match.size)]
    return sorted(found)


def _unique(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """The longest rising chain of keys that stand once on either side."""
    mine, theirs = Counter(old[a:b]), Counter(new[c:d])
    places = {new[at]: at for at in range(c, d) if theirs[new[at]] == 1}
    pairs = [(at, places[old[at]]) for at in range(a, b) if mine[old[at]] == 1 and old[at] in places]
    return [pairs[at] for at in heaviest_chain([j for _, j in pairs], [1] * len(pairs))]


def heaviest_chain(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Places of the strictly rising chain with the greatest weight, in order; the earliest of equals. n log n."""
    ranks = sorted(set(values))
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    top = (0, -1)
    for at, value in enumerate(values):
        rank = bisect_left(ranks, value)
        weight, last = _best(best, rank)
        before.append(last)
        chain = (weight + weights[at], at)
        top = max(top, chain, key=lambda one: one[0])
        place = rank + 1
        while place <= len(ranks):
            best[place] = max(best[place], chain, key=lambda one: one[0])
            place += place & -place
    chain_places = []
    at = top[1]
    while at >= 0:
        chain_places.append(at)
        at = before[at]
    return chain_places[::-1]


def _best(best: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    """Of the chains that end below this rank (a Fenwick tree of maxima)."""
    found = (0, -1)
    while rank > 0:
        found = max(found, best[rank], key=lambda one: one[0])
        rank -= rank & -rank
    return found
