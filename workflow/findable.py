"""One document as it is found: its parts in words, what it can be narrowed by, and the bag of tokens of all that."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workflow.catalogue import catalogue
from workflow.content import Content, Node
from workflow.search_words import FACET, IN_TITLE, NUMERAL, block, tokens_of, words_of
from workflow.workdays import VN

MOST_BYTES = 900_000
"""A tsvector of PostgreSQL ends at 1 MB: of a text of hundreds of pages the last words are left out."""

BETWEEN = "|"
"""Stands between two parts of a folded text, so that no phrase reaches from one into the next."""

BLOCK_SIZE = 2048
"""Documents whose ids lie together carry one block token: the newest can be asked before all others."""

UNNUMBERED = "unnumbered"


@dataclass(frozen=True)
class Findable:
    """The words of one document in its parts, and its facets: a letter and a value each ("y2026")."""

    document_id: int
    number: str
    title: str
    people: tuple[str, ...]
    body: tuple[str, ...]
    facets: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        return (self.number, self.title, *self.people, *self.body)


def findable(
    *,
    document_id: int,
    content: Content,
    reference_no: str | None,
    issued_on: date | None,
    created_at: datetime,
    agency_id: int,
    unit_id: int,
    definition_id: str,
    people: Iterable[str],
) -> Findable:
    """
    The document as it is found. `people` are names of persons and of the unit, each by itself.

    Its year is that of its issue, and until then the year it was begun (Asia/Ho_Chi_Minh).
    """
    year = issued_on.year if issued_on else created_at.astimezone(VN).year
    facets = [f"a{agency_id}", f"u{unit_id}", f"y{year}", f"d{definition_id}", f"f{content.field}"]
    if reference_no is None:
        facets.append(UNNUMBERED)
    return Findable(
        document_id=document_id,
        number=reference_no or "",
        title=title_of(content),
        people=tuple(dict.fromkeys(name for name in people if name)),
        body=body_of(content),
        facets=tuple(facet for facet in facets if re.fullmatch(r"\w+", facet)),
    )


def folded_text(found: Findable) -> str:
    """All parts in their order, folded, a blank before and after each word."""
    parts = (" ".join(word.bare for word in words_of(part)) for part in found.parts)
    return f" {f' {BETWEEN} '.join(parts)} "


def bag_of(found: Findable) -> tuple[str, ...]:
    """Every token once, sorted. What the title says, the document says as well."""
    title = [words_of(found.number), words_of(found.title)]
    whole = [*title, *(words_of(part) for part in (*found.people, *found.body))]
    bag = {f"{FACET}{facet}" for facet in found.facets}
    bag.add(block(found.document_id // BLOCK_SIZE))
    bag |= {f"{NUMERAL}{word.bare}" for word in words_of(found.number)[:1]}
    bag |= {f"{IN_TITLE}{token}" for part in title for token in tokens_of(part)}
    size = sum(len(token.encode()) for token in bag)
    for token in (token for part in whole for token in tokens_of(part)):
        if token not in bag:
            size += len(token.encode()) + 8
            if size > MOST_BYTES:
                break
            bag.add(token)
    return tuple(sorted(bag))


def title_of(content: Content) -> str:
    """As a reader names it: "Kế hoạch Thực hiện dân chủ …", the type being part of the name."""
    names = [item.name for item in catalogue().document_types if item.abbreviation == content.doc_type]
    return " ".join([*(names[:1] or [content.doc_type]), content.subject]).strip()


def body_of(content: Content) -> tuple[str, ...]:
    """Every stretch of words of the text that a reader could remember, in the order of the paper."""
    parts: list[str] = [content.parent_reference or "", *content.addressees]
    parts += [basis.raw for basis in content.bases]
    parts += content.opening
    parts += _nodes(content.sections)
    parts += [" ".join((row.task, row.unit, row.result, row.reason)) for row in content.results]
    parts += [f"{missing.unit} {missing.reason}" for missing in content.missing_units]
    parts += _nodes(content.closing)
    parts += [recipient.name for recipient in content.recipients]
    parts += [content.drafting_unit, content.archive_line, *content.annexes]
    parts += [attachment.name for attachment in content.attachments]
    return tuple(part for part in parts if part.strip())


def _nodes(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        yield node.title
        yield from node.paragraphs
        if task := node.task:
            yield ", ".join(task.leads)
            yield ", ".join(task.coordinators)
            yield task.method or ""
            yield task.time.raw
        said = " ".join((node.title, *node.paragraphs))
        yield from (duty.raw for duty in node.obligations if duty.raw not in said)
        yield from _nodes(node.children)
