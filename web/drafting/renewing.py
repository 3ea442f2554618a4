"""What a draft begun from an earlier year's plan still has of that year: listed with the field to look at."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from web.drafting.content_form import Said
from workflow.content import Content
from workflow.queries.beginnings import Beginning
from workflow.renewal import OldBasis, Todo, accepted, bases_to_check, todos

ALL = "tat-ca"


@dataclass(frozen=True)
class Renewal:
    """One place. `field` is the id of what to go to, `key` names its words however the list has grown shorter."""

    todo: Todo
    key: str
    field: str


def still_to_renew(source: Beginning | None, said: Said) -> tuple[Renewal, ...]:
    """In reading order, of the text as it is typed by now; empty for a draft begun from nothing."""
    if source is None:
        return ()
    fields = dict(_fields(said))
    found = todos(source.content, said.content, year=source.year)
    return tuple(Renewal(one, _key(one.text), fields.get(one.text, "")) for one in found)


def bases_still(source: Beginning | None, said: Said) -> tuple[OldBasis, ...]:
    """The căn cứ that stand as they did in that year; empty for a draft begun from nothing."""
    return () if source is None else bases_to_check(source.content, said.content, year=source.year)


def renewed(source: Beginning | None, said: Said, which: str) -> tuple[Content, int]:
    """
    The text with the years moved on in the place of this key, or in all, and how many places that were. A key that
    is no longer there changes nothing.
    """
    if source is None:
        return said.content, 0
    chosen = [
        one.todo.text for one in still_to_renew(source, said) if one.todo.proposal and which in (one.key, ALL)
    ]
    return accepted(said.content, frozenset(chosen), year=source.year), len(chosen)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _fields(said: Said) -> Iterator[tuple[str, str]]:
    """Every text with the id of the field it is typed in; where the same words stand twice, the last one."""
    content = said.content
    yield from ((text, f"annexes-{number}") for number, text in enumerate(content.annexes))
    yield from ((item.name, f"recipients-{number}-name") for number, item in enumerate(content.recipients))
    for row, node in said.nodes.items():
        yield from ((text, f"{row}-text") for text in node.paragraphs)
        if node.title:
            yield node.title, f"{row}-title"
        if node.task is not None:
            yield node.task.method or "", f"{row}-tasks-0-method"
            yield node.task.time.raw, f"{row}-tasks-0-kind"
    for card, duty in said.duties.items():
        yield from ((text, f"{card}-due_day") for text in (duty.embedded_in or "", duty.raw))
    yield from ((text, "opening") for text in content.opening)
    yield from ((text, "addressees") for text in content.addressees)
    yield content.subject, "subject"
