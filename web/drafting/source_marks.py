"""
The source text of an import in pieces, with the words that each part of the proposal took marked and numbered.

A mark leads to its part and back; a part whose words were not found again simply has none.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from web.drafting.places import places, words_of
from workflow.content import Content, Task
from workflow.reading import Proposal
from workflow.reading.sightings import Sightings, Span

_SIGNS = re.compile(r"(?<!\\)\*\*|^#{1,6} +|^¶ |(?<!\\)¶$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\*¶#>|_(])")
BLOCK = 3_000
"""Characters after its title in which the words of the last task are looked for."""


@dataclass(frozen=True)
class Piece:
    """Words as they stand; `parts` are the ids on the page of what took them, none for words nobody took."""

    text: str
    parts: tuple[str, ...] = ()
    number: int = 0
    first: bool = False


@dataclass(frozen=True)
class Marked:
    """`numbers` by the id of a part: only those that have words in what is shown."""

    pieces: tuple[Piece, ...]
    numbers: dict[str, int]


def marked(text: str, shown: int, content: Content, proposal: Proposal, *, signs: bool) -> Marked:
    """
    The first `shown` characters of a text, cut where marks begin and end. `signs` keeps the asterisks and hashes
    of Markdown: in a file of Word or PDF they are ours, and only said to the reader what was bold and what was no sign.
    """

    def plain(words: str) -> str:
        return words if signs else html.unescape(_ESCAPED.sub(r"\1", _SIGNS.sub("", words)))

    taken: list[tuple[Span, list[str]]] = []
    found = sorted(_found(Sightings(text), text, content, proposal), key=lambda one: (one[0][0], -one[0][1]))
    for span, part in found:
        if taken and span[0] < taken[-1][0][1]:
            # A sentence that is a task and states a duty is marked once, for both.
            taken[-1][1].append(part)
        elif span[1] <= shown:
            taken.append((span, [part]))
    numbers: dict[str, int] = {}
    pieces: list[Piece] = []
    at = 0
    for (start, stop), parts in taken:
        if start > at:
            pieces.append(Piece(plain(text[at:start])))
        first = parts[0] not in numbers
        number = len(set(numbers.values())) + 1 if first else numbers[parts[0]]
        for part in parts:
            numbers.setdefault(part, number)
        pieces.append(Piece(plain(text[start:stop]), tuple(dict.fromkeys(parts)), number, first))
        at = stop
    pieces.append(Piece(plain(text[at:shown])))
    return Marked(tuple(pieces), numbers)


def _found(words: Sightings, text: str, content: Content, proposal: Proposal) -> Iterator[tuple[Span, str]]:
    yield from _each(words, [proposal.subject or ""], "subject")
    lines = proposal.found.get("signature_lines") or []
    head = [proposal.parent_agency or "", proposal.agency or ""]
    stated = [str(proposal.found.get(name) or "") for name in ("number_line", "date_line")]
    yield from _each(words, [*head, *stated, *map(str, lines)], "nguon")
    for place, basis in enumerate(content.bases):
        yield from _each(words, [basis.raw], f"can-cu-{place}")
    yield from _tasks(words, text, content)
    duties = [duty for _, node in places(content) for duty in node.obligations]
    for place, duty in enumerate(duties):
        yield from _each(words, [duty.raw], f"bao-cao-{place}")
    foot = max((at for at in (text.rfind("Nơi nhận"), text.rfind("Nơi gửi")) if at >= 0), default=0)
    below = (foot, len(text))
    for place, recipient in enumerate(content.recipients):
        yield from _each(words, [recipient.name], f"noi-nhan-{place}", below)
    yield from _each(words, [content.archive_line], "archive_line", below)


def _each(
    words: Sightings, phrases: Sequence[str], part: str, within: Span | None = None
) -> Iterator[tuple[Span, str]]:
    for phrase in phrases:
        if phrase and (span := words.of(phrase, within)):
            yield span, part


def _tasks(words: Sightings, text: str, content: Content) -> Iterator[tuple[Span, str]]:
    """A task's title, then its cells between that title and the next."""
    nodes = [node for _, node in places(content) if node.task is not None]
    titles: list[Span | None] = []
    after = 0
    for node in nodes:
        span = words.of(words_of(node), (after, len(text))) or words.of(words_of(node))
        after = span[1] if span else after
        titles.append(span)
    starts = sorted(span[0] for span in titles if span)
    for place, (node, title) in enumerate(zip(nodes, titles, strict=True)):
        if title is None or node.task is None:
            continue
        yield title, f"nhiem-vu-{place}"
        next_start = next((start for start in starts if start > title[0]), title[1] + BLOCK)
        # Words of a sentence that is the title itself are marked with it.
        yield from _each(words, _cells(node.task), f"nhiem-vu-{place}", (title[1], next_start))


def _cells(task: Task) -> list[str]:
    return [*task.leads, *task.coordinators, task.method or "", task.time.raw]
