"""
Paragraphs to a tree: parts by the marks they begin with, whatever their order or heading level.

It keeps every paragraph once, in its place; what a part means is decided elsewhere.
"""

from dataclasses import dataclass, field

from workflow.patterns import expression
from workflow.reading.kinds import title_of
from workflow.reading.marks import Mark, read_mark
from workflow.reading.paragraphs import Paragraph
from workflow.reading.words import bare, is_upper, squeeze, starts_upper

# "GIÁM ĐỐC SỞ Y TẾ", "QUYẾT ĐỊNH:" stand in a decision without heading anything.
_DECIDES = expression(
    r"(?:(?:pho )?(?:giam doc|chu tich|hieu truong|chi cuc truong)|uy ban nhan dan|hoi dong nhan dan)\b"
)
BULLETS = ("dash", "plus")
_TOP = ("phần", "chương", "mục", "điều", "capital", "roman")


@dataclass
class Part:
    """A part of the text while it is read: its first words in `text`, the paragraphs after them, its children."""

    style: str
    label: str = ""
    value: int = 0
    text: str = ""
    ref: str = ""
    paragraphs: list[str] = field(default_factory=list)
    children: list["Part"] = field(default_factory=list)
    table: list[str] = field(default_factory=list)
    heading: bool = False
    whole: bool = False  # surely a paragraph and no heading
    level: int = 0  # how deep its heading was printed, 0 where nothing says so

    @property
    def bullet(self) -> bool:
        return self.style in BULLETS

    @property
    def numbered(self) -> list["Part"]:
        """The children that carry a number or a letter."""
        return [child for child in self.children if child.label and not child.bullet]


def build(paragraphs: list[Paragraph]) -> tuple[list[str], list[Part]]:
    """(paragraphs before the first part, the parts)."""
    root = Part("root")
    stack = [root]
    before: list[str] = []
    for paragraph in paragraphs:
        text = paragraph.text
        if text.startswith("|") and not paragraph.plain:
            _row(stack, text)
            continue
        mark = None if paragraph.plain else read_mark(text)
        if mark is None and not paragraph.plain and _is_heading(paragraph):
            mark = Mark("heading", "", 0, squeeze(text))
        if mark is None or (mark.style in BULLETS and stack == [root]):
            if stack == [root]:
                before.append(squeeze(text))
            else:
                _say(stack, squeeze(text))
            continue
        _place(stack, mark, paragraph)
    _refer(root.children, "")
    return before, root.children


def _is_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.whole and not paragraph.heading:
        return False
    if len(text) > 160 or text.endswith((".", ";", ",")) or not starts_upper(text):
        return False
    folded = bare(text)
    if folded.startswith(("noi nhan", "kinh gui", "tren day")):
        return False
    if _DECIDES.match(folded) or title_of(text.rstrip(": ")):
        return False
    if paragraph.heading or paragraph.alone:
        return True
    return is_upper(text, letters=6) and len(text) > 6


def _row(stack: list[Part], text: str) -> None:
    while len(stack) > 1 and stack[-1].bullet:
        stack.pop()
    stack[-1].table.append(text)


def _say(stack: list[Part], text: str) -> None:
    """A paragraph without a mark belongs to the numbered part above it; after that part's items it keeps its place."""
    while len(stack) > 2 and stack[-1].bullet:
        stack.pop()
    part = stack[-1]
    if part.children:
        part.children.append(Part("text", text=text, ref=part.ref))
    else:
        part.paragraphs.append(text)


def _place(stack: list[Part], mark: Mark, paragraph: Paragraph) -> None:
    level = paragraph.heading
    depth = _depth(stack, mark, level)
    del stack[depth:]
    part = Part(
        mark.style,
        mark.label,
        mark.value,
        squeeze(mark.rest),
        heading=level > 0 or mark.style == "heading",
        whole=paragraph.whole and not level,
        level=level,
    )
    stack[-1].children.append(part)
    stack.append(part)


def _depth(stack: list[Part], mark: Mark, level: int) -> int:
    """How much of the stack stays above the new part."""
    styles = [part.style for part in stack]
    if mark.style.startswith("multi"):
        owner = mark.label.rsplit(".", 1)[0]
        for place in range(len(stack) - 1, 0, -1):
            if stack[place].label == owner and not stack[place].bullet:
                return place + 1
    if mark.style == "dash" and stack[-1].style == "plus" and "dash" not in styles:
        # A "+" holds dashes only where it announces them; else the dash stands beside it, under the number of both.
        announces = (stack[-1].paragraphs or [stack[-1].text])[-1].endswith(":")
        return len(stack) if announces else len(stack) - 1
    if mark.style == "plus" and stack[-1].style == "dash" and "plus" not in styles:
        return len(stack) - 1 if stack[-2].children[0].style == "plus" else len(stack)
    if mark.style in styles:
        place = _same(stack, mark, level)
        if mark.value == 1 and level > stack[place].level > 0 and stack[place].value > 0:
            # "I." below "II.", printed as a smaller heading: counting begins anew one level down.
            return next(
                (at for at in range(place + 1, len(stack)) if not 0 < stack[at].level < level), len(stack)
            )
        if mark.style == "digit" and mark.value == 1 and stack[place].value >= 1 and place < len(stack) - 1:
            # Counting begins anew below a deeper part: "a) … 1. … 2. …".
            inner = stack[-1]
            if inner.style in ("letter", "paren") and stack[place].value != 0:
                return len(stack)
        return place
    if mark.style in _TOP:
        rank = _TOP.index(mark.style)
        for place in range(1, len(stack)):
            if stack[place].style not in _TOP or _TOP.index(stack[place].style) > rank:
                return place
        return len(stack)
    if mark.style == "heading":
        for place in range(1, len(stack)):
            if stack[place].style not in _TOP:
                return place
        return len(stack)
    if not mark.style.startswith(BULLETS):
        # A numbered part never hangs below a bullet.
        while len(stack) > 1 and stack[-1].bullet:
            stack.pop()
        if _goes_on(stack, mark):
            return len(stack) - 1
        if mark.style.startswith("multi"):
            known = [place for place in range(1, len(stack)) if stack[place].style == "letter"]
            if known:
                return known[0]
    return len(stack)


def _goes_on(stack: list[Part], mark: Mark) -> bool:
    """
    Whether a number goes on with the part before a title that has none: "1. … / Tên đậm / 2. …". That title then is
    no section but a part of what stands before it, and is put there.
    """
    title = stack[-1]
    if title.style != "heading" or len(stack) < 2 or mark.value < 2 or title.numbered:
        return False
    siblings = stack[-2].children
    before = siblings[-2] if len(siblings) > 1 else None
    if before is None or (before.style, before.value) != (mark.style, mark.value - 1):
        return False
    if 0 < title.level <= before.level or is_upper(title.text):
        return False
    before.children.append(siblings.pop())
    return True


def _same(stack: list[Part], mark: Mark, level: int) -> int:
    """The last part above with this kind of mark; where several have it, the one with as large a heading."""
    places = [place for place, part in enumerate(stack) if part.style == mark.style]
    alike = [place for place in places if level and stack[place].level == level]
    return alike[-1] if alike and len(places) > 1 else places[-1]


def _refer(parts: list[Part], prefix: str) -> None:
    for part in parts:
        if part.label and not part.bullet:
            own = part.label.strip("()")
            if prefix and ("." in own) and own.startswith(prefix.rsplit(".", 1)[-1] + "."):
                head = prefix.rsplit(".", 1)[0] + "." if "." in prefix else ""
                part.ref = head + own
            else:
                part.ref = f"{prefix}.{own}" if prefix else own
        else:
            part.ref = prefix
        _refer(part.children, part.ref)


def walk(parts: list[Part]) -> list[tuple[Part, tuple[Part, ...]]]:
    """Every part with the parts above it, in reading order."""
    found: list[tuple[Part, tuple[Part, ...]]] = []
    todo = [(part, ()) for part in reversed(parts)]
    stack: list[tuple[Part, tuple[Part, ...]]] = list(todo)
    while stack:
        part, above = stack.pop()
        found.append((part, above))
        stack.extend((child, (*above, part)) for child in reversed(part.children))
    return found
