"""The outline: labels in order and in depth, headings, and the sign that ends the text (mục II.6; mẫu văn bản)."""

from collections.abc import Iterator

import msgspec

from workflow.content import Content, Node
from workflow.lint.finding import Finding, Fix
from workflow.lint.labels import ROMAN, Label, label_of, printed
from workflow.lint.places import Spot, rewritten, spots, with_part
from workflow.lint.stops import unstopped
from workflow.lint.text import Text
from workflow.patterns import expression
from workflow.writing.paper import BULLETS, task_lines

END = "./."
_DEPTH = {"phần": 0, "chương": 1, "capital": 2, "mục": 2, "roman": 3, "điều": 4, "digit": 5, "letter": 6}
_ENDS = expression(r"\.(?:/\.)+")
_EARLY = expression(r"\./\.(?=\s*\S)|\./\.$")


def order(text: Text) -> Iterator[Finding]:
    """I, II, III; 1, 2, 3; a, b, c, d, đ, e, g: no gap and no repetition among the parts of one part."""
    last: dict[str, int] = {}
    for rows in _families(text):
        counted = _counted(rows)
        before: Label | None = None
        said = ""
        for place, (spot, label) in enumerate(counted):
            assert spot.node is not None
            shown = spot.node.label
            if before is None or label.style != before.style:
                # Counting may go on from the part before ("Điều 5" after a chapter that ended with "Điều 4").
                wanted = 1
                right = label.value in (1, last.get(label.style, 0) + 1)
            else:
                wanted = before.value + 1
                right = label.value == wanted
            if not right:
                meant = printed(label.style, wanted)
                skipped = label.style == "letter" and _latin(said, shown)
                yield text.found(
                    "label_alphabet" if skipped else "label_order",
                    spot,
                    label=shown,
                    before=said,
                    meant=meant,
                )
                # Of "I, III, III" the second is mistyped and the third right: what follows tells which count holds.
                following = counted[place + 1][1] if place + 1 < len(counted) else None
                if following == Label(label.style, wanted + 1):
                    label, shown = Label(label.style, wanted), meant
            before, said = label, shown
            last[label.style] = label.value


def _latin(before: str, label: str) -> bool:
    """ "d, e" and "e, f" go on as in the Latin alphabet, which is not ours."""
    one, other = before.strip("()."), label.strip("().")
    return len(one) == len(other) == 1 and ord(other) == ord(one) + 1


def _counted(rows: list[Spot]) -> list[tuple[Spot, Label]]:
    """The parts that count, each with its place in the count; I, V and X are letters among A, B, C."""
    labels = [spot.node.label for spot in rows if spot.node is not None]
    romans = all(ROMAN.fullmatch(label) for label in labels if len(label) == 1 and label.isupper())
    found = [(spot, label_of(label, romans=romans)) for spot, label in zip(rows, labels, strict=True)]
    return [(spot, label) for spot, label in found if label is not None and label.value]


def depth(text: Text) -> Iterator[Finding]:
    """
    I above 1, 1 above a, a above -: a part never holds one of its own kind or of a greater one. Of a paper that was
    read the depth is our reading's, and a table counts anew: there it is not asked.
    """
    if text.paper.as_printed:
        return
    styles: dict[str, str] = {}
    for spot in text.parts:
        assert spot.node is not None
        label = label_of(spot.node.label)
        if label is not None:
            styles[spot.place] = label.style
        parent = spot.place.rpartition("/children/")[0]
        above = styles.get(parent)
        if label is None or above is None or label.style not in _DEPTH or above not in _DEPTH:
            continue
        if _DEPTH[label.style] <= _DEPTH[above]:
            node = text.spots_at[parent].node
            assert node is not None
            yield text.found("label_depth", spot, label=spot.node.label, above=node.label)


def headings(text: Text) -> Iterator[Finding]:
    """A heading ends without a stop; a part has words; a great part has more than its heading."""
    for spot in text.parts:
        node = spot.node
        assert node is not None
        said = node.title.strip()
        told = any(map(str.strip, node.paragraphs)) or node.children or node.task or node.obligations
        if node.label and not said and not told:
            yield text.found("section_empty", spot, label=node.label)
        elif spot.level == 0 and said and not told:
            yield text.found("section_bare", spot, title=said[:80])
        if said.endswith((".", ";", ",")) and not said.endswith(("./.", "...")) and _heads(node):
            yield text.found("heading_stop", spot, fix=Fix(said[-20:], unstopped(said[-20:], ".;,")))


def ending(text: Text) -> Iterator[Finding]:
    """ "./." ends the text, once (mẫu của Phụ lục III)."""
    spot = _last(text)
    if spot is None:
        return
    node = spot.node
    assert node is not None
    said = _last_words(node)
    # Where a task's own lines end the part, the sign belongs into a field of its card.
    by_card = bool(node.task and task_lines(node.task))
    if not said.endswith(END):
        fix = None if by_card else Fix(said[-24:], closed(said[-24:]))
        yield text.found("end_missing", spot, fix=fix)
    for other in text.spots if END in text.whole else ():
        if other.root not in ("opening", "sections", "closing"):
            continue
        last = other.place == spot.place
        early = [line for line in _own_lines(other) if _early(line, last=last and line == said)]
        if early:
            at = early[0].find(END)
            before = early[0][max(0, at - 20) : at]
            # A line of signs alone has no words to end: what it was meant to be, only its writer knows.
            mechanical = bool(unstopped(early[0], "./;,:")) and not (last and by_card)
            yield text.found(
                "end_early", other, fix=Fix(f"{before}{END}", f"{before}.") if mechanical else None
            )


def closed(words: str) -> str:
    """With "./." at its end, in place of whatever sign stood there."""
    return unstopped(words, "./;,:") + END


def end(content: Content, finding: Finding) -> Content:
    """The last words of this part get the sign; everything else stays."""

    def signed(node: Node) -> Node:
        paragraphs = list(node.paragraphs)
        for at in reversed(range(len(paragraphs))):
            if paragraphs[at].strip():
                paragraphs[at] = closed(paragraphs[at])
                return msgspec.structs.replace(node, paragraphs=tuple(paragraphs))
        return msgspec.structs.replace(node, title=closed(node.title))

    return with_part(content, finding.place, signed)


def not_yet(content: Content, finding: Finding) -> Content:
    """ "./." becomes a full stop wherever this place has it; what ends the text is set right by `end`."""
    mended = rewritten(content, finding.place, lambda words: _ENDS.sub(".", words))
    return end(mended, finding) if finding.place == _end_place(content) else mended


def without_stop(content: Content, finding: Finding) -> Content:
    """The heading without the sign at its end."""
    return with_part(
        content,
        finding.place,
        lambda node: msgspec.structs.replace(node, title=unstopped(node.title, ".;,")),
    )


def _families(text: Text) -> Iterator[list[Spot]]:
    """The parts of one part, for each that has any, in the order in which counting goes."""
    rows: dict[str, list[Spot]] = {}
    for spot in text.parts:
        if spot.root == "sections":
            rows.setdefault(spot.place.rpartition("/")[0], []).append(spot)
    yield from rows.values()


def _heads(node: Node) -> bool:
    if node.task is not None:
        return False
    return node.title.isupper() or any(child.label and child.label not in BULLETS for child in node.children)


def _last(text: Text) -> Spot | None:
    """The part that ends the text; None where a table of results does."""
    if text.content.closing:
        return next(spot for spot in reversed(text.parts) if spot.root == "closing")
    if ends_with_table(text.content) or not text.content.sections:
        return None
    return next(spot for spot in reversed(text.parts) if spot.root == "sections")


def ends_with_table(content: Content) -> bool:
    """A report whose last words are its results: there is no line for the sign that ends a text."""
    return not content.closing and bool(content.results or content.missing_units)


def _last_words(node: Node) -> str:
    if node.task and (lines := task_lines(node.task)):
        return lines[-1].strip()
    return (next((line for line in reversed(node.paragraphs) if line.strip()), "") or node.title).strip()


def _own_lines(spot: Spot) -> tuple[str, ...]:
    if spot.node is None:
        return spot.texts
    lines = task_lines(spot.node.task) if spot.node.task else ()
    return tuple(line.strip() for line in (spot.node.title, *spot.node.paragraphs, *lines))


def _early(line: str, *, last: bool) -> bool:
    found = [match.end() for match in _EARLY.finditer(line)]
    return any(end < len(line.rstrip()) or not last for end in found)


def _end_place(content: Content) -> str | None:
    root = "closing" if content.closing else "sections"
    return next((spot.place for spot in reversed(spots(content)) if spot.root == root), None)


CHECKS = (order, depth, headings, ending)
