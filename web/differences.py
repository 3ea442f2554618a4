"""Two texts of one document, word by word: what a reader must look at, and nothing that stayed the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from web.duties import due_words
from web.words import RESULT_STATUSES, URGENCIES
from workflow.content import Content, Node
from workflow.queries.plan_duties import duties_stated
from workflow.writing.paper import basis_lines, label_mark, recipient_lines, task_lines

Piece = tuple[Literal["same", "del", "ins"], str]
ALIKE = 0.5
"""From this share of common words on, two paragraphs are one that was edited."""
AROUND = 12
"""Words of unchanged text kept on each side of a change."""


@dataclass(frozen=True)
class Change:
    """One place that differs: "Mục II.2", and its words as (op, text)."""

    place: str
    pieces: tuple[Piece, ...]


def changes(before: Content, after: Content, fields: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """In reading order. `fields` gives the names of the agency's fields. Empty when no word differs."""
    old, new = list(_lines(before, fields or {})), list(_lines(after, fields or {}))
    matcher = SequenceMatcher(None, [text for _, text in old], [text for _, text in new], autojunk=False)
    found: list[Change] = []
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op != "equal":
            found += (_change(a, b) for a, b in _pairs(old[i1:i2], new[j1:j2]))
    return tuple(found)


Line = tuple[str, str]


def _lines(content: Content, fields: Mapping[str, str]) -> Iterator[Line]:
    yield "Trích yếu", content.subject
    yield "Lĩnh vực", fields.get(content.field, content.field)
    yield "Độ khẩn", URGENCIES[content.urgency]
    for name in content.addressees:
        yield "Kính gửi", name
    for text in basis_lines(content):
        yield "Căn cứ", text
    for text in content.opening:
        yield "Mở đầu", text
    yield from _of_nodes(content.sections, "")
    for row in content.results:
        said = (row.task, row.unit, RESULT_STATUSES[row.status], row.result, row.reason)
        yield f"Kết quả mục {row.ref}", " · ".join(text for text in said if text)
    for missing in content.missing_units:
        yield "Chưa có báo cáo của", f"{missing.unit}: {missing.reason}".rstrip(": ")
    yield from _of_nodes(content.closing, "", "Kết thúc")
    for duty in duties_stated(content):
        yield f"Hạn báo cáo, mục {duty.ref}", f"{duty.reporter} gửi {duty.receiver}: {due_words(duty)}"
    for text in recipient_lines(content):
        yield "Nơi nhận", text.rstrip(";.")
    for number, text in enumerate(content.annexes, 1):
        yield f"Phụ lục {number}", text
    for item in content.attachments:
        yield "Tệp kèm theo", f"{item.name} ({item.sha256[:12]})"


def _of_nodes(nodes: Sequence[Node], prefix: str, place: str = "") -> Iterator[Line]:
    for node in nodes:
        ref = f"{prefix}.{node.label}".strip(".") if node.label and node.label != "-" else prefix
        here = place or (f"Mục {ref}" if ref else "Nội dung")
        if node.title:
            yield here, f"{label_mark(node.label)} {node.title}".strip()
        for text in node.paragraphs:
            yield here, text
        if node.task:
            for text in task_lines(node.task):
                yield here, text
        yield from _of_nodes(node.children, ref, place)


def _pairs(old: list[Line], new: list[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    """Which paragraph became which; only within one run of changed ones, and never crossing."""
    if len(old) * len(new) > 10_000:
        yield from ((line, None) for line in old)
        yield from ((None, line) for line in new)
        return
    start = 0
    for line in old:
        places = range(start, len(new))
        match = next((at for at in places if _ratio(line[1], new[at][1]) >= ALIKE), None)
        if match is None:
            yield line, None
            continue
        yield from ((None, new[at]) for at in range(start, match))
        yield line, new[match]
        start = match + 1
    yield from ((None, new[at]) for at in range(start, len(new)))


def _ratio(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a.split(), b.split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def _change(old: Line | None, new: Line | None) -> Change:
    if old is None and new is not None:
        return Change(new[0], (("ins", new[1]),))
    assert old is not None
    if new is None:
        return Change(old[0], (("del", old[1]),))
    return Change(new[0], tuple(_shortened(_words(old[1], new[1]))))


def _words(old: str, new: str) -> list[Piece]:
    """Word by word; the space between two pieces belongs to the unchanged one, or is one of its own."""
    a, b = old.split(), new.split()
    found: list[Piece] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(("same", " ".join(b[j1:j2])))
            continue
        if i1 < i2:
            found.append(("del", " ".join(a[i1:i2])))
        if j1 < j2:
            found.append(("ins", " ".join(b[j1:j2])))
    pieces: list[Piece] = []
    for place, (op, text) in enumerate(found):
        before, after = place > 0, place < len(found) - 1
        if op == "same":
            pieces.append(("same", f"{' ' if before else ''}{text}{' ' if after else ''}"))
            continue
        if before and found[place - 1][0] != "same":
            pieces.append(("same", " "))
        pieces.append((op, text))
    return pieces


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    for place, (op, text) in enumerate(pieces):
        words = text.split()
        before, after = place > 0, place < len(pieces) - 1
        if op != "same" or len(words) <= AROUND * (before + after) + 4:
            yield op, text
            continue
        left = f" {' '.join(words[:AROUND])} " if before else ""
        right = f" {' '.join(words[-AROUND:])} " if after else ""
        yield "same", f"{left}…{right}"
