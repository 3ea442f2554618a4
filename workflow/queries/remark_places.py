"""Where the blocks that were remarked on stand in the present text: followed through its revisions, or lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, select

from workflow.case import DocumentFacts
from workflow.changes.align import Alignment, Found, align
from workflow.changes.blocks import Block, blocks
from workflow.content import Content, parse
from workflow.engine import Work
from workflow.models import Revision

How = Literal["same", "edited", "moved", "lost", "whole", "settled"]

MOST_TEXTS = 40
"""Texts back from the present one through which a paragraph is followed; beyond, what is not found is called lost."""


@dataclass(frozen=True)
class Stands:
    """
    `place` is None for a lost block and a settled remark, "" for the text as a whole; `edited` says whether the words
    differ from those remarked on, also of a moved one; `ref` is the printed reference, of a lost one the old.
    """

    place: str | None
    how: How
    edited: bool = False
    ref: str = ""


def finder(
    w: Work, document: DocumentFacts, content: Content, asked: Sequence[Any]
) -> Callable[[Any], Stands]:
    """
    Tells of a row where its block stands in the present text. The text it was read in is compared with the present
    one at once; what is not found so, because many small edits made another paragraph of it, from text to text.
    """
    present = document.revision_no
    open_ = [row for row in asked if row.settled_at is None and row.place]
    texts = {present: content}
    texts |= _texts(w, document.id, Revision.no.in_({row.revision_no for row in open_} - {present}))
    direct = {number: align(text, content) for number, text in texts.items() if number != present}
    lost = {
        row.revision_no
        for row in open_
        if row.revision_no in direct and direct[row.revision_no].where(row.place).place is None
    }
    if first := min(lost, default=0):
        between = and_(Revision.no > max(first, present - MOST_TEXTS), Revision.no < present)
        texts |= _texts(w, document.id, between)
    here = blocks(content) if open_ else ()
    step = cache(lambda number: align(texts[number], texts[number + 1]))

    def find(row: Any) -> Stands:
        if row.settled_at is not None:
            return Stands(None, "settled")
        if not row.place:
            return Stands("", "whole")
        if row.revision_no == present:
            return Stands(row.place, "same", ref=_ref(here, row.place))
        found = direct[row.revision_no].where(row.place)
        if found.place is None:
            found = _walked(texts, step, row.revision_no, row.place, present)
        if found.place is None:
            return Stands(None, "lost", ref=_ref(direct[row.revision_no].old, row.place))
        return Stands(found.place, found.how, found.likeness < 1, _ref(here, found.place))

    return find


def _texts(w: Work, document_id: int, condition: ColumnElement[bool]) -> dict[int, Content]:
    rows = w.db.execute(
        select(Revision.no, Revision.content).where(Revision.document_id == document_id, condition)
    )
    return {number: parse(stored) for number, stored in rows}


def _walked(
    texts: Mapping[int, Content], step: Callable[[int], Alignment], number: int, place: str, present: int
) -> Found:
    """The block after every edit since, one text after the other; lost where one of them took it out."""
    moved, likeness = False, 1.0
    for no in range(number, present):
        if no not in texts or no + 1 not in texts:
            return Found(None, "lost", 0.0)
        found = step(no).where(place)
        if found.place is None:
            return found
        moved, likeness, place = moved or found.how == "moved", min(likeness, found.likeness), found.place
    return Found(place, "moved" if moved else "edited", likeness)


def _ref(row: Sequence[Block], place: str) -> str:
    return next((block.ref for block in row if block.place == place), "")
