"""
Which block of one text became which block of another: the same, edited, moved, gone or new. Judges nothing else.

Equal texts are matched first (patience diff: what is unique on both sides anchors the rest), then equal texts
that stand elsewhere, then similar ones, the likest first. Of all matches the heaviest chain that keeps its order
stays; the others were moved. The time is bounded: likeness is only computed for a few candidates a block.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from workflow.changes.blocks import DATA, Block, Kind, blocks
from workflow.changes.likeness import Candidate, candidates, likeness
from workflow.changes.order import common_run, heaviest_chain
from workflow.content import Content

How = Literal["same", "edited", "moved", "lost"]

FAMILIES: dict[Kind, str] = {"heading": "part", "paragraph": "part", "basis": "start", "opening": "start"}
"""Kinds that may become each other; any other kind only itself."""


@dataclass(frozen=True)
class Match:
    """`likeness` is 1.0 where not a letter differs; `moved` where it changed its order among the others."""

    old: Block
    new: Block
    likeness: float
    moved: bool


@dataclass(frozen=True)
class Found:
    """
    Where a block of the old text is now. `place` is None for a lost one; then `near` is the place of what
    stood before it and is still there ("" where nothing is). A moved one may be edited as well: see `likeness`.
    """

    place: str | None
    how: How
    likeness: float
    near: str = ""


@dataclass(frozen=True)
class Alignment:
    """Two texts and their matches, in the order of the new one; no block is in two matches."""

    old: tuple[Block, ...]
    new: tuple[Block, ...]
    matches: tuple[Match, ...]

    @cached_property
    def by_old(self) -> dict[str, Match]:
        return {match.old.place: match for match in self.matches}

    @cached_property
    def by_new(self) -> dict[str, Match]:
        return {match.new.place: match for match in self.matches}

    @cached_property
    def parts(self) -> dict[str, str]:
        """By the place of a part in the old text, that of the part its first matched paragraph is in now."""
        found: dict[str, str] = {}
        for match in self.matches:
            if FAMILIES.get(match.old.kind) == FAMILIES.get(match.new.kind) == "part":
                found.setdefault(match.old.node, match.new.node)
        return found

    def where(self, place: str) -> Found:
        """What became of the block at `place` of the old text; lost as well where there never was one."""
        match = self.by_old.get(place)
        if match is None:
            return Found(None, "lost", 0.0, self._before(place))
        how: How = "moved" if match.moved else "same" if match.likeness == 1 else "edited"
        return Found(match.new.place, how, match.likeness)

    def _before(self, place: str) -> str:
        near = ""
        for block in self.old:
            if block.place == place:
                return near
            if match := self.by_old.get(block.place):
                near = match.new.place
        return ""


def align(old: Content, new: Content) -> Alignment:
    """Of two texts. Symmetric in what is matched, not in which of two that changed places is said to move."""
    return aligned(blocks(old), blocks(new))


def aligned(old: tuple[Block, ...], new: tuple[Block, ...]) -> Alignment:
    """Of two rows of blocks whose places are unique."""
    pairs: dict[int, int] = {}
    for family in {_family(block) for block in (*old, *new)}:
        if family != "task":
            _match(pairs, _of(old, family), _of(new, family))
    _match_tasks(pairs, old, new)
    return Alignment(old, new, _told(pairs, old, new))


def _family(block: Block) -> str:
    return FAMILIES.get(block.kind, block.kind)


Side = list[tuple[int, Block]]
"""Blocks with their places in the whole row."""


def _of(row: Sequence[Block], family: str) -> Side:
    return [(at, block) for at, block in enumerate(row) if _family(block) == family]


def _match(pairs: dict[int, int], old: Side, new: Side) -> None:
    """Adds the pairs of one family."""
    run = common_run([block.text for _, block in old], [block.text for _, block in new])
    pairs.update((old[i][0], new[j][0]) for i, j in run)
    _match_equal(pairs, *_left(pairs, old, new))
    rest = _left(pairs, old, new)
    if rest[0] and rest[1]:
        taken = _gaps(run, old, new)
        _accept(pairs, candidates(rest[0], rest[1], taken), rest)
    if old and new and old[0][1].kind == "subject":
        pairs[old[0][0]] = new[0][0]


def _left(pairs: dict[int, int], old: Side, new: Side) -> tuple[Side, Side]:
    used = set(pairs.values())
    return [item for item in old if item[0] not in pairs], [item for item in new if item[0] not in used]


def _match_equal(pairs: dict[int, int], old: Side, new: Side) -> None:
    """The first with the first, so that no text is ever told as gone and come."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for at, block in reversed(new):
        waiting[block.text].append(at)
    for at, block in old:
        if waiting[block.text]:
            pairs[at] = waiting[block.text].pop()


def _gaps(run: Iterable[tuple[int, int]], old: Side, new: Side) -> dict[str, int]:
    """The number of the gap between anchors that a block stands in, by its side and place in the row."""
    gaps: dict[str, int] = {}
    before_old, before_new, number = 0, 0, 0
    for i, j in (*run, (len(old), len(new))):
        gaps.update((f"old {old[at][0]}", number) for at in range(before_old, i))
        gaps.update((f"new {new[at][0]}", number) for at in range(before_new, j))
        before_old, before_new, number = i + 1, j + 1, number + 1
    return gaps


def _accept(pairs: dict[int, int], found: list[Candidate], rest: tuple[Side, Side]) -> None:
    free_old, free_new = {at for at, _ in rest[0]}, {at for at, _ in rest[1]}
    for candidate in sorted(found, key=lambda one: (-one.score, one.old, one.new)):
        if candidate.old in free_old and candidate.new in free_new:
            free_old.remove(candidate.old)
            free_new.remove(candidate.new)
            pairs[candidate.old] = candidate.new


def _match_tasks(pairs: dict[int, int], old: Sequence[Block], new: Sequence[Block]) -> None:
    """A task goes with its paragraph, for many tasks of one plan say the same; only the rest by their words."""
    left, right = _of(old, "task"), _of(new, "task")
    parts = {old[i].node: new[j].node for i, j in pairs.items() if FAMILIES.get(old[i].kind) == "part"}
    places = {block.node: at for at, block in right}
    for at, block in left:
        there = places.pop(parts.get(block.node, ""), None)
        if there is not None:
            pairs[at] = there
    _match_equal(pairs, *_left(pairs, left, right))


def _told(pairs: dict[int, int], old: Sequence[Block], new: Sequence[Block]) -> tuple[Match, ...]:
    rows = sorted(pairs.items())
    prose = [(i, j) for i, j in rows if old[i].kind not in DATA]
    stays = {
        prose[at] for at in heaviest_chain([j for _, j in prose], [len(old[i].text) + 1 for i, _ in prose])
    }
    nodes = {(old[i].node, new[j].node) for i, j in prose if (i, j) not in stays}
    matches = []
    for i, j in sorted(rows, key=lambda pair: pair[1]):
        a, b = old[i], new[j]
        moved = (a.node, b.node) in nodes if a.kind in DATA else (i, j) not in stays
        matches.append(Match(a, b, _likeness(a, b), moved))
    return tuple(matches)


def _likeness(a: Block, b: Block) -> float:
    return 1.0 if a.text == b.text and a.kind == b.kind else min(likeness(a.text, b.text), 0.99)
