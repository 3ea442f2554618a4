"""
A section's words as a person types them, and back: one line a paragraph, marks as on paper; it loses nothing.

    1. Mục đích                     a numbered part; a short line without a full stop is its heading
    a) Phổ biến đến từng đơn vị.    a part below it, with its first paragraph
    Thêm một đoạn.                  one more paragraph of the part above
    - Đăng trên Cổng thông tin.     a dash below it
    ¶ Một đoạn đứng riêng.          a part without a mark

What these rules would read otherwise carries a sign: `*…*` a heading all the same, `\\ …` words and no mark,
`[Bước 1]` any other mark, `>` once for each part above where the marks would nest differently.
"""

import re
from dataclasses import dataclass, field

from workflow.content import Node

ROMAN = re.compile(r"[IVXLC]{1,7}")
DIGIT = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,4}")
LETTER = re.compile(r"[a-zđ]")
CAPITAL = re.compile(r"[A-ZĐ]")
BULLETS = ("-", "+")
ALONE = "¶"

_MARK = re.compile(
    r"(?:(?P<dot>[IVXLC]{1,7}|\d{1,3}(?:\.\d{1,2}){0,4}|[A-ZĐ])\.|(?P<paren>[a-zđ]|\d{1,3})\)|(?P<bullet>[-–+])"
    r"|(?P<alone>¶)|\[(?P<other>(?:[^\]\\]|\\.)+)\])(?:[ \t]+|$|(?=[^\W\d_]))"
)
_ENDS = (".", ";", ":", ",", "…", "?", "!", "/")
_LONGEST_HEADING = 120


@dataclass
class _Part:
    """A node while its lines come in."""

    label: str = ""
    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    children: list["_Part"] = field(default_factory=list)

    def frozen(self) -> Node:
        return Node(
            label=self.label,
            title=self.title,
            paragraphs=tuple(self.paragraphs),
            children=tuple(child.frozen() for child in self.children),
        )


@dataclass(frozen=True)
class _Line:
    """One line taken apart; `depth` only where it is said with ">", `label` None for a plain paragraph."""

    depth: int | None
    label: str | None
    title: str
    text: str


def body_of(node: Node) -> str:
    """The paragraphs and parts below a section's heading as text. Tasks and obligations are not in it."""
    return "\n".join([*(_plain(text) for text in node.paragraphs), *_written(node.children)])


def section_of(label: str, title: str, body: str) -> Node:
    """The section whose heading is given and whose text is `body`; the inverse of `body_of`."""
    root = _Part(label=label, title=title)
    _read(root, body, loose=False)
    return root.frozen()


def text_of(nodes: tuple[Node, ...]) -> str:
    """The closing: parts at the top, mostly without a mark, each a plain line."""
    lines: list[str] = []
    bare = 0
    for node in nodes:
        if not _is_bare(node):
            break
        lines.append(_plain(node.paragraphs[0]))
        bare += 1
    return "\n".join([*lines, *_written(nodes[bare:])])


def nodes_of(text: str) -> tuple[Node, ...]:
    """The inverse of `text_of`: a plain line before any mark is a part of its own."""
    root = _Part()
    _read(root, text, loose=True)
    return root.frozen().children


def _is_bare(node: Node) -> bool:
    return not node.label and not node.title and len(node.paragraphs) == 1 and not node.children


def _read(root: _Part, text: str, *, loose: bool) -> None:
    stack = [root]
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = _taken_apart(raw)
        if line is None:
            continue
        if line.label is None:
            if loose and len(stack) == 1:
                root.children.append(_Part(paragraphs=[line.text]))
            else:
                stack[-1].paragraphs.append(line.text)
            continue
        part = _Part(line.label, line.title, [line.text] if line.text else [])
        usual = _height([held.label for held in stack], line.label)
        del stack[usual if line.depth is None else max(1, min(line.depth, len(stack))) :]
        stack[-1].children.append(part)
        stack.append(part)


def _taken_apart(raw: str) -> _Line | None:
    line = raw.strip()
    if not line:
        return None
    depth = len(line) - len(line.lstrip(">"))
    rest = line[depth:].lstrip() if depth else line
    found = _MARK.match(rest)
    if found is None:
        return _Line(None, None, "", _unwritten(line))
    label = found["dot"] or found["paren"] or found["bullet"] or ""
    label = {"–": "-"}.get(label, label)
    if found["other"]:
        label = _unescaped(found["other"])
    words = rest[found.end() :].strip()
    if len(words) > 2 and words.startswith("*") and words.endswith("*"):
        return _Line(depth or None, label, _unescaped(words[1:-1]), "")
    if not words.startswith("\\ ") and _looks_like_heading(label, words):
        return _Line(depth or None, label, _unescaped(words), "")
    return _Line(depth or None, label, "", _unwritten(words))


def _unwritten(words: str) -> str:
    return _unescaped(words[2:] if words.startswith("\\ ") else words)


def _written(nodes: tuple[Node, ...]) -> list[str]:
    """Lines of the nodes; a ">" for each level only where the marks alone would place a line elsewhere."""
    lines: list[str] = []
    open_ = [""]

    def write(nodes: tuple[Node, ...], depth: int) -> None:
        for node in nodes:
            nested = _height(open_, node.label) == depth
            open_[depth:] = [node.label]
            lines.append(("" if nested else ">" * depth + " ") + _first(node))
            lines.extend(_plain(text) for text in _later(node))
            write(node.children, depth + 1)

    write(nodes, 1)
    return lines


def _first(node: Node) -> str:
    mark = _mark(node.label)
    if node.title:
        title = _escaped(node.title)
        safe = _looks_like_heading(node.label, title) and not title.startswith(("*", "\\"))
        return f"{mark} {title if safe else f'*{title}*'}"
    if not node.paragraphs:
        return mark
    text = _escaped(node.paragraphs[0])
    starred = len(text) > 2 and text.startswith("*") and text.endswith("*")
    odd = starred or text.startswith("\\") or _looks_like_heading(node.label, text)
    return mark + " " + ("\\ " if odd else "") + text


def _later(node: Node) -> tuple[str, ...]:
    return node.paragraphs if node.title else node.paragraphs[1:]


def _plain(text: str) -> str:
    """A paragraph on a line of its own; signed where its words would be taken for a mark."""
    written = _escaped(text)
    odd = written.startswith((">", "\\")) or _MARK.match(written) is not None
    return ("\\ " if odd else "") + written


def _mark(label: str) -> str:
    if label in BULLETS:
        return label
    if not label:
        return ALONE
    if ROMAN.fullmatch(label) or DIGIT.fullmatch(label) or CAPITAL.fullmatch(label):
        return f"{label}."
    if LETTER.fullmatch(label):
        return f"{label})"
    return "[" + _escaped(label).replace("]", "\\]") + "]"


def _rank(label: str) -> int:
    """How deep a mark usually stands: A above I above 1 above 1.1 above a above - above +."""
    if label in BULLETS:
        return 20 + BULLETS.index(label)
    if ROMAN.fullmatch(label):
        return 2
    if CAPITAL.fullmatch(label):
        return 1
    if DIGIT.fullmatch(label):
        return 3 + label.count(".")
    return 10


def _height(open_: list[str], label: str) -> int:
    """How many of the open marks, the section's own first, usually stay open above this one: those of a higher
    rank; above a part without a mark, every numbered one."""
    height = len(open_)
    while height > 1 and _gives_way(open_[height - 1], label):
        height -= 1
    return height


def _gives_way(held: str, label: str) -> bool:
    if not label:
        return not held or held in BULLETS
    return not held or _rank(held) >= _rank(label)


def _looks_like_heading(label: str, text: str) -> bool:
    return (
        bool(label and text)
        and label not in BULLETS
        and len(text) <= _LONGEST_HEADING
        and not text.endswith(_ENDS)
    )


def _escaped(text: str) -> str:
    return text.strip().replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), text)
