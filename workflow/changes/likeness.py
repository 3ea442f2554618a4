"""How alike two paragraphs are, and which few of many could be the same one; says nothing about their order."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.changes.blocks import Block

IN_PLACE = 0.35
"""From this likeness on, two paragraphs between the same neighbours are one that was edited."""
ALONE = 0.25
"""The same, where nothing else stands between those neighbours."""
ELSEWHERE = 0.6
"""From this likeness on, two paragraphs far apart are one that was moved and edited."""
LONG = 6
"""Fewer words than these say too little to be recognised elsewhere."""
COMMON = 12
"""A pair of words in more paragraphs than these finds nothing: it is how an office writes."""
TRIED = 6
"""The candidates a paragraph is compared with."""
NEAR = 2
"""Neighbours compared without any words in common being looked for."""

_WORD = re.compile(r"\w+")

Grams = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Candidate:
    """Two blocks by their places in their rows; `score` is likeness with a little for standing in one place."""

    old: int
    new: int
    score: float


def grams(text: str) -> Grams:
    """Its words and its pairs of neighbouring words, with how often each stands there; case apart."""
    words = _WORD.findall(text.casefold())
    found: Grams = Counter((word,) for word in words)
    found.update(pairwise(words))
    return found


def likeness(a: str, b: str) -> float:
    """From 0.0 to 1.0: the share of words and pairs of words they have in common (Dice)."""
    return _dice(grams(a), grams(b))


def _dice(a: Grams, b: Grams) -> float:
    total = a.total() + b.total()
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return 2 * sum(min(count, large[gram]) for gram, count in small.items() if gram in large) / (total or 1)


def candidates(
    old: Sequence[tuple[int, Block]], new: Sequence[tuple[int, Block]], gaps: Mapping[str, int]
) -> list[Candidate]:
    """
    The pairs that could be one paragraph edited, moved or both. `gaps` says between which unchanged neighbours
    a block stands ("old 3", "new 5"). At most TRIED + 2 NEAR + 1 comparisons a block.
    """
    theirs = [grams(block.text) for _, block in new]
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, found in enumerate(theirs):
        for gram in found:
            index[gram].append(place)
    within: dict[int, list[int]] = defaultdict(list)
    for place, (at, _) in enumerate(new):
        within[gaps[f"new {at}"]].append(place)
    counts = Counter(gaps[f"old {at}"] for at, _ in old)
    order: Counter[int] = Counter()
    pairs = []
    for at, block in old:
        mine = grams(block.text)
        gap = gaps[f"old {at}"]
        beside = within[gap]
        middle = order[gap] * len(beside) // counts[gap]
        order[gap] += 1
        shared: Counter[int] = Counter()
        for gram in mine:
            if len(index.get(gram, ())) <= COMMON:
                shared.update(index.get(gram, ()))
        tried = {place for place, _ in shared.most_common(TRIED)}
        tried.update(beside[max(middle - NEAR, 0) : middle + NEAR + 1])
        alone = len(beside) == 1 == counts[gap]
        for place in tried:
            there, other = new[place]
            same_gap = gaps[f"new {there}"] == gap
            score = _dice(mine, theirs[place])
            least = ELSEWHERE if not same_gap else ALONE if alone else IN_PLACE
            words = min(mine.total(), theirs[place].total()) // 2
            if score >= least and (same_gap or words >= LONG):
                bonus = 0.1 * same_gap + 0.05 * (block.kind == other.kind) + 0.05 * (block.ref == other.ref)
                pairs.append(Candidate(at, there, score + bonus))
    return pairs
