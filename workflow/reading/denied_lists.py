"""
Lists that stand below a sentence that takes a report away: "Các đơn vị sau không phải báo cáo: - Sở A; - Sở B".

It only finds them; no item of such a list obliges anybody, and a person is shown the sentence with its items.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workflow.patterns import expression
from workflow.reading.marks import read_mark
from workflow.reading.negations import denies
from workflow.reading.outline import Part, walk
from workflow.reading.words import low, sentences, squeeze

_FOLLOWING = expression(
    r"(?<!\w)(?:(?:các|những) [^.,;:]{2,60} sau(?: đây)?(?! khi| đó| này| ngày)|dưới đây)(?!\w)|sau(?: đây)?\s*[:.]?$"
)
# "Các đơn vị còn lại báo cáo …" is told apart from those above; "Đề nghị …" ends a list of plain paragraphs.
_OTHERS = expression(r"(?:các |những )?[^.;,]{0,40}(?<!\w)còn lại(?!\w)")
_ENDS = expression(r"(?:trên đây|trong quá trình|đề nghị|yêu cầu|kế hoạch này)(?!\w)")


@dataclass
class DeniedLists:
    """
    `leads` are the sentences above the lists, `above` the parts that say nothing else (by their ids).

    Denied are `parts` by their ids, `lines` by the id of a part and the places of its paragraphs, and `closing` by the
    places of the paragraphs after the body into which a list runs. `shown` is each sentence with its items.
    """

    leads: set[str] = field(default_factory=set)
    above: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    lines: dict[int, set[int]] = field(default_factory=dict)
    closing: set[int] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Item:
    """What follows a sentence: a part, or the paragraph of one at a place."""

    part: Part
    place: int | None = None

    @property
    def style(self) -> str:
        return self.part.style if self.place is None else "text"

    @property
    def words(self) -> list[str]:
        if self.place is not None:
            return [self.part.paragraphs[self.place]]
        return [line for part, _ in walk([self.part]) for line in (part.text, *part.paragraphs) if line]


def denied_lists(parts: list[Part], closing: Iterable[str] = ()) -> DeniedLists:
    """The lists of a body, in order; the last of them may go on in what was taken for its closing."""
    found = DeniedLists()
    every = walk(parts)
    closers = [Part("text", text=line) for line in closing]
    for part, above in every:
        if id(part) in found.parts:
            continue
        beside = above[-1].children if above else parts
        last = part is every[-1][0]
        below = bool(part.paragraphs or part.children or (last and closers))
        for place, line in enumerate((part.text, *part.paragraphs)):
            if place - 1 in found.lines.get(id(part), ()):
                continue
            lead = _lead(line, heading=place == 0 and part.style != "text" and below)
            if lead is None:
                continue
            after = _after(part, place, beside, closers if last else [])
            items = _items(after, colon=lead.endswith(":"))
            _deny(found, lead, items)
            if items and squeeze(part.text) == lead:
                found.above.add(id(part))
    found.closing = {place for place, closer in enumerate(closers) if id(closer) in found.parts}
    return found


def denied_lines(lines: Iterable[str]) -> tuple[DeniedLists, set[int]]:
    """The lists among paragraphs that belong to no part, and the places of their items."""
    parts = [Part(mark.style if (mark := read_mark(line)) else "text", text=line) for line in lines]
    found = denied_lists(parts)
    return found, {place for place, part in enumerate(parts) if id(part) in found.parts}


def _lead(line: str, *, heading: bool) -> str | None:
    """The last sentence of a line, where it takes a report away from what follows."""
    said = sentences(line[:12000])
    last = squeeze(said[-1][1]) if said else ""
    follows = last.endswith(":") or bool(_FOLLOWING.search(low(last)))
    untold = heading and not last.endswith((".", ";", ","))
    return last if (follows or untold) and denies(last) else None


def _after(part: Part, place: int, beside: list[Part], closers: list[Part]) -> Iterator[_Item]:
    """What follows a line of a part: its further paragraphs, its children, else the parts beside it."""
    yield from (_Item(part, at) for at in range(place, len(part.paragraphs)))
    yield from map(_Item, part.children)
    yield from map(_Item, closers)
    own = place < len(part.paragraphs) or part.children or closers
    if not own and (part.bullet or part.style == "text"):
        following = itertools.dropwhile(lambda other: other is not part, beside)
        yield from (_Item(other) for other in itertools.islice(following, 1, None))


def _items(after: Iterator[_Item], *, colon: bool) -> list[_Item]:
    """Those of one kind that follow, up to the stop that ends a list whose items end in ";"."""
    found: list[_Item] = []
    parted = False
    for item in after:
        if item.style != (found or [item])[0].style or (item.style == "text" and not colon):
            break
        words = low(item.words[0])
        if _OTHERS.match(words) or (item.style == "text" and _ENDS.match(words)):
            break
        found.append(item)
        end = item.words[-1].rstrip()[-1:]
        if parted and end not in (";", ","):
            break
        parted = parted or end == ";"
    return found


def _deny(found: DeniedLists, lead: str, items: list[_Item]) -> None:
    if not items:
        return
    found.leads.add(lead)
    for item in items:
        if item.place is None:
            found.parts |= {id(part) for part, _ in walk([item.part])}
        else:
            found.lines.setdefault(id(item.part), set()).add(item.place)
    found.shown.append("\n".join([lead, *(line for item in items for line in item.words)])[:4000])
