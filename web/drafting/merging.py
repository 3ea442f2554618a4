"""Two texts of one draft where one was saved under the hands of who typed the other: chosen part by part, none lost."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from web.differences import Change, changes
from web.drafting.content_form import data_of
from workflow.content import Content, Node
from workflow.folding import fold
from workflow.queries.drafts import Draft

SINGLE = {
    "subject": "Trích yếu",
    "field": "Lĩnh vực",
    "urgency": "Độ khẩn",
    "addressees": "Kính gửi",
    "bases": "Căn cứ",
    "opening": "Mở đầu",
    "results": "Bảng kết quả",
    "missing": "Đơn vị chưa gửi báo cáo",
    "ends": "Kết thúc",
    "recipients": "Nơi nhận",
    "archive_line": "Dòng Lưu",
    "annexes": "Phụ lục",
}
_OF = {"missing": "missing_units", "ends": "closing"}
THEIRS = "ho"
CHOICE = "lay-"


@dataclass(frozen=True)
class Differing:
    """
    A part that may be taken whole from one text or the other. `id` names it in the form; `by` is who changed it
    since the page was drawn, which says what to offer first.
    """

    id: str
    name: str
    changes: tuple[Change, ...]
    by: Literal["mine", "theirs", "both"]


def differing(
    newer: Draft, mine: Content, seen: Content | None, fields: Mapping[str, str]
) -> tuple[Differing, ...]:
    """
    The parts in which the text on the system and the typed one differ, in reading order. `seen` is the text that
    the typing began from, None where it cannot be found any more.
    """
    theirs = newer.content
    mine = msgspec.structs.replace(
        mine,
        archive_line=mine.archive_line or theirs.archive_line,
        symbol=theirs.symbol,
        place=theirs.place,
    )
    blank = Content(field=theirs.field)
    found = []
    for name, words in SINGLE.items():
        attribute = _OF.get(name, name)
        a, b = getattr(theirs, attribute), getattr(mine, attribute)
        if a != b:
            pair = (_with(blank, attribute, a), _with(blank, attribute, b))
            before = None if seen is None else getattr(seen, attribute)
            found.append(Differing(name, words, changes(*pair, fields), _by(seen, before, a, b)))
        if name == "opening":
            found += _of_sections(theirs, mine, seen)
    return tuple(found)


def _by(
    seen: Content | None, before: object, theirs: object, mine: object
) -> Literal["mine", "theirs", "both"]:
    if seen is None or before not in (theirs, mine):
        return "both"
    return "theirs" if before == mine else "mine"


def _of_sections(theirs: Content, mine: Content, seen: Content | None) -> Iterator[Differing]:
    stood = dict(_keyed(seen.sections)) if seen is not None else {}
    for ours, (a, b) in _sections(theirs.sections, mine.sections).items():
        if a != b:
            node = b or a
            assert node is not None
            before = Content(sections=(a,) if a else ())
            after = Content(sections=(b,) if b else ())
            name = f"{node.label}. {node.title}" if node.label else node.title or "Mục không tiêu đề"
            by = _by(seen, stood.get(ours), a, b)
            yield Differing(f"muc.{ours}", name, changes(before, after), by)


def _sections(theirs: tuple[Node, ...], mine: tuple[Node, ...]) -> dict[str, tuple[Node | None, Node | None]]:
    """Pairs of sections by their heading, mine first in their order, each under a key that both texts give it."""
    a, b = dict(_keyed(theirs)), dict(_keyed(mine))
    return {key: (a.get(key), b.get(key)) for key in [*b, *(key for key in a if key not in b)]}


def _keyed(nodes: tuple[Node, ...]) -> Iterator[tuple[str, Node]]:
    seen: dict[str, int] = {}
    for node in nodes:
        name = re.sub(r"\W+", "-", fold(node.title))[:60] or "-"
        seen[name] = seen.get(name, 0) + 1
        yield f"{name}.{seen[name]}", node


def _with(content: Content, attribute: str, value: object) -> Content:
    return msgspec.structs.replace(content, **{attribute: value})


def chosen(pairs: Iterable[tuple[str, str]], mine: Content, newer: Draft) -> tuple[Content, tuple[str, ...]]:
    """The typed text with those parts from the other that were chosen ("lay-<id>" = "ho"), and their ids."""
    taken = {
        name.removeprefix(CHOICE) for name, value in pairs if name.startswith(CHOICE) and value == THEIRS
    }
    theirs, text = newer.content, mine
    for name in SINGLE:
        if name in taken:
            attribute = _OF.get(name, name)
            text = _with(text, attribute, getattr(theirs, attribute))
    sections = tuple(
        node
        for key, (a, b) in _sections(theirs.sections, mine.sections).items()
        if (node := a if f"muc.{key}" in taken else b) is not None
    )
    return msgspec.structs.replace(text, sections=sections), tuple(sorted(taken))


def data_chosen(text: Content, newer: Draft, signer_id: int | None) -> dict[str, object]:
    """The values of the form for the text that was put together."""
    return data_of(text, signer_id=signer_id, **seen_of(newer))


def seen_of(draft: Draft) -> dict[str, str]:
    """Which text a form is drawn from."""
    return {"seen_version": str(draft.document.version), "seen_digest": draft.document.digest}
