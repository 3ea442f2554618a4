"""Two texts of one document as a page shows them: the places that differ, with their words; decides nothing."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Lock

from web.change_words import FieldRow, field_rows, moved_from, place_of
from workflow.changes.between import Changes, Paragraph, changes_between
from workflow.changes.words import Piece, words
from workflow.content import Content

AROUND = 12
"""Words of unchanged text kept on each side of a change where it is told in short."""
KEPT = 32
"""Comparisons remembered by a process; a text of sixty pages is about half a megabyte of them."""

LINES = 6
"""Paragraphs of a run shown where it is told in short."""
CAME_OR_WENT = {"inserted": "Thêm", "deleted": "Bỏ"}

_known: OrderedDict[tuple[str, ...], Changes] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Change:
    """One place that differs: "Mục II.2", and its words as (op, text). `how` is said where more happened to it."""

    place: str
    pieces: tuple[Piece, ...]
    how: str = ""


def compared(
    older: tuple[str, Content], newer: tuple[str, Content], *, signers: tuple[str, str] = ("", "")
) -> Changes:
    """
    Each text with its digest, which must be that of its stored bytes, or "" where it is not: what was compared
    once is remembered under the two digests, whoever asks.
    """
    if not all(signers):
        signers = ("", "")
    key = (older[0], newer[0], *signers)
    with _lock:
        if older[0] and newer[0] and key in _known:
            _known.move_to_end(key)
            return _known[key]
    found = changes_between(older[1], newer[1], signers=signers)
    if not (older[0] and newer[0]):
        return found
    with _lock:
        _known[key] = found
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return found


def changes(before: Content, after: Content, fields: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """In short, in reading order. `fields` gives the names of the agency's fields. Empty where no word differs."""
    return told(changes_between(before, after), fields or {})


def told(found: Changes, fields: Mapping[str, str]) -> tuple[Change, ...]:
    """
    The fields first, then the paragraphs in the order they are read. Long unchanged stretches are cut, neighbours
    that came or went are told together, and of what moved together the rest is only counted.
    """
    rows = [Change(_named(row), field_pieces(row)) for row in field_rows(found, fields)]
    paragraphs: list[Change] = []
    for run in found.runs:
        kind = run[0].kind
        if kind == "moved":
            along = [item for item in run[1:] if not item.edited]
            paragraphs.append(_change(run[0], f", cùng {len(along)} đoạn đi theo" if along else ""))
            paragraphs += [_change(item) for item in run[1:] if item.edited]
        elif kind == "edited":
            paragraphs.append(_change(run[0]))
        elif kind in CAME_OR_WENT:
            paragraphs += [_together(list(items)) for _, items in groupby(run, key=lambda item: item.kind)]
    renumbered = [_change(item) for item in found.paragraphs if item.kind == "renumbered"]
    return (*rows, *paragraphs) or tuple(renumbered)


def _change(item: Paragraph, more: str = "") -> Change:
    return Change(place_of(item.block), tuple(_shortened(shown(item.pieces))), _how(item) + more)


def _together(items: list[Paragraph]) -> Change:
    """Neighbours of one kind, a line each; of many only the first lines."""
    lines = [piece for item in items[:LINES] for piece in (*item.pieces, ("same", "\n"))][:-1]
    many = f" {len(items)} đoạn" if len(items) > 1 else ""
    more: list[Piece] = [("same", "\n…")] if len(items) > LINES else []
    return Change(place_of(items[0].block), (*lines, *more), CAME_OR_WENT[items[0].kind] + many)


def sides(row: FieldRow) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Its old value with what went marked, and its new one with what came."""
    pieces = _of_value(row)
    old, new = ([piece for piece in pieces if piece[0] != op] for op in ("ins", "del"))
    return tuple(shown(old)), tuple(shown(new))


def _of_value(row: FieldRow) -> tuple[Piece, ...]:
    """Word by word where at least half of it stayed, else the one value for the other: a name is not a sentence."""
    pieces = words(row.old, row.new)
    stayed = sum(len(text) for op, text in pieces if op == "same")
    if 2 * stayed >= max(len(row.old), len(row.new)):
        return pieces
    whole: tuple[Piece, ...] = (("del", row.old), ("ins", row.new))
    return tuple(piece for piece in whole if piece[1])


def field_pieces(row: FieldRow) -> tuple[Piece, ...]:
    """A list as the names that went and came; a value as its words."""
    if not row.listed:
        return tuple(shown(_of_value(row)))
    pieces: list[Piece] = []
    for piece in (*(("del", name) for name in row.gone), *(("ins", name) for name in row.came)):
        pieces += [("same", "; "), piece] if pieces else [piece]  # type: ignore[list-item]
    return tuple(pieces)


def shown(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same words, with white space taken out of what is marked and put between what went and what came."""
    before = "same"
    for op, text in pieces:
        if op == "same":
            yield op, text
        else:
            bare = text.strip()
            if before != "same" or text[0].isspace():
                yield "same", " "
            if bare:
                yield op, bare
            if text[-1].isspace() and bare:
                yield "same", " "
        before = op


def _how(item: Paragraph) -> str:
    if item.kind == "renumbered":
        return "Đánh số lại"
    if item.kind == "moved":
        return moved_from(item) + (" và sửa" if item.edited else "")
    if item.kind == "edited" and item.old and item.new and item.old.kind != item.new.kind:
        return {"heading": "Thành đề mục", "paragraph": "Thành đoạn văn"}.get(item.new.kind, "")
    return ""


def _named(row: FieldRow) -> str:
    if row.place.startswith("Mục ") and row.name.startswith("Hạn "):
        return f"{row.name}, {row.place[:1].lower()}{row.place[1:]}"
    return ", ".join(
        part for part in (row.place, row.name[:1].lower() + row.name[1:] if row.place else row.name) if part
    )


def _shortened(found: Iterable[Piece]) -> Iterator[Piece]:
    pieces: Sequence[Piece] = tuple(found)
    for place, (op, text) in enumerate(pieces):
        parts = text.split()
        before, after = place > 0, place < len(pieces) - 1
        if op != "same" or len(parts) <= AROUND * max(before + after, 1) + 4:
            yield op, text
            continue
        left = f"{' ' if text[0].isspace() else ''}{' '.join(parts[:AROUND])} " if before else ""
        right = f" {' '.join(parts[-AROUND:])}{' ' if text[-1].isspace() else ''}" if after else ""
        yield op, f"{left}…{right}" if before or after else f"{' '.join(parts[: 2 * AROUND])} …"
