"""Two texts of one document → everything that differs, in the order it is read. Frozen; nothing is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from workflow.changes.align import Alignment, align
from workflow.changes.blocks import DATA, Block
from workflow.changes.fields import DutyChange, FieldChange, document_fields, duty_changes, task_fields
from workflow.changes.words import Piece, words
from workflow.content import Content

Kind = Literal["same", "renumbered", "edited", "moved", "inserted", "deleted"]


@dataclass(frozen=True)
class Paragraph:
    """
    One paragraph or heading of either text. `pieces` are its printed words, those that stayed included. A moved
    one may be edited too; a renumbered one differs in nothing but its label.
    """

    kind: Kind
    old: Block | None
    new: Block | None
    pieces: tuple[Piece, ...]

    @property
    def block(self) -> Block:
        """As it stands in the new text, or stood in the old one."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def edited(self) -> bool:
        """Whether a word of it differs, or it became a heading; true of some that were moved."""
        if self.old is None or self.new is None:
            return False
        return (self.old.text, self.old.kind) != (self.new.text, self.new.kind)


@dataclass(frozen=True)
class Counts:
    """
    How many there are of each, as they are told: neighbours that came, went or moved together are one, and the
    first of those that moved counts as moved though it may be edited too.
    """

    edited: int
    rewritten: int
    moved: int
    renumbered: int
    fields: int

    @property
    def places(self) -> int:
        """What a reader has to look at; new numbers of old sections are not."""
        return self.edited + self.rewritten + self.moved + self.fields


@dataclass(frozen=True)
class Changes:
    """`paragraphs` has every paragraph of both texts, the unchanged ones too, each once."""

    paragraphs: tuple[Paragraph, ...]
    fields: tuple[FieldChange, ...]
    duties: tuple[DutyChange, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.duties) or any(item.kind != "same" for item in self.paragraphs)

    @cached_property
    def runs(self) -> tuple[tuple[Paragraph, ...], ...]:
        """Neighbours that are told together: what stayed, what came or went, what moved from one place."""
        return tuple(_runs(self.paragraphs))

    @cached_property
    def counts(self) -> Counts:
        return Counts(
            edited=sum(
                item.edited for run in self.runs for item in (run[1:] if run[0].kind == "moved" else run)
            ),
            rewritten=sum(kind in ("inserted", "deleted") for kind, _ in groupby(self.paragraphs, _kind)),
            moved=sum(run[0].kind == "moved" for run in self.runs),
            renumbered=sum(item.kind == "renumbered" for item in self.paragraphs),
            fields=len(self.fields) + len(self.duties),
        )


def _kind(item: Paragraph) -> Kind:
    return item.kind


def changes_between(old: Content, new: Content, *, signers: tuple[str, str] = ("", "")) -> Changes:
    """
    From the earlier text to the later one. `signers` are the names chosen for each: they are no part of the
    text (decisions.md 3). Falsy where nothing differs at all.
    """
    alignment = align(old, new)
    fields = [*document_fields(old, new), *task_fields(old, new, alignment)]
    if signers[0] != signers[1]:
        fields.insert(0, FieldChange("signer", old=signers[0], new=signers[1]))
    return Changes(
        paragraphs=tuple(_paragraphs(alignment)),
        fields=tuple(fields),
        duties=tuple(duty_changes(old, new, alignment)),
    )


def _paragraphs(alignment: Alignment) -> Iterator[Paragraph]:
    """In the order of the new text; what went stands after what stood before it and is still there."""
    old = [block for block in alignment.old if block.kind not in DATA]
    places = {block.place: at for at, block in enumerate(old)}
    yield from _gone(alignment, old, 0)
    for block in alignment.new:
        if block.kind in DATA:
            continue
        match = alignment.by_new.get(block.place)
        if match is None:
            yield Paragraph("inserted", None, block, (("ins", block.printed),))
            continue
        yield _kept(match.old, block, moved=match.moved)
        yield from _gone(alignment, old, places[match.old.place] + 1)


def _gone(alignment: Alignment, old: list[Block], start: int) -> Iterator[Paragraph]:
    """The deleted ones from `start` up to the next that is still there."""
    for at in range(start, len(old)):
        block = old[at]
        if block.place in alignment.by_old:
            return
        yield Paragraph("deleted", block, None, (("del", block.printed),))


def _kept(old: Block, new: Block, *, moved: bool) -> Paragraph:
    kind: Kind = "same"
    if moved:
        kind = "moved"
    elif old.text != new.text or old.kind != new.kind:
        kind = "edited"
    elif old.mark != new.mark:
        kind = "renumbered"
    as_it_was = kind == "same" or (moved and old.text == new.text)
    pieces: tuple[Piece, ...] = (("same", new.printed),) if as_it_was else words(old.printed, new.printed)
    return Paragraph(kind, old, new, pieces)


def _runs(paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Paragraph, ...]]:
    told: dict[str, str] = {"renumbered": "same", "deleted": "inserted"}
    for kind, found in groupby(paragraphs, key=lambda item: told.get(item.kind, item.kind)):
        run = list(found)
        if kind == "edited":
            yield from ((item,) for item in run)
        elif kind == "moved":
            yield from _together(run)
        else:
            yield tuple(run)


def _together(moved: list[Paragraph]) -> Iterator[tuple[Paragraph, ...]]:
    """Split where two neighbours came from different sections."""
    for _, found in groupby(moved, key=lambda item: item.old.place.split("/")[:2] if item.old else []):
        yield tuple(found)
