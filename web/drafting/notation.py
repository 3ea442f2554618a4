"""
Lines taken apart into parts by the marks they begin with on paper; it changes no word and loses none.

    1. Mục đích                     a numbered part; a short line without a full stop is its heading
    a) Phổ biến đến từng đơn vị.    a part below it, with its first paragraph
    Thêm một đoạn.                  one more paragraph of the part above
    - Đăng trên Cổng thông tin.     a dash below it
"""

import re
from dataclasses import dataclass, field

from workflow.content import Node

ROMAN = re.compile(r"[IVXLC]{1,7}")
DIGIT = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,4}")
CAPITAL = re.compile(r"[A-ZĐ]")
BULLETS = ("-", "+")

_MARK = re.compile(
    r"(?:(?P<dot>[IVXLC]{1,7}|\d{1,3}(?:\.\d{1,2}){0,4}|[A-ZĐ])\.|(?P<paren>[a-zđ]|\d{1,3})\)|(?P<bullet>[-–+]))"
    r"(?:[ \t]+|$|(?=[^\W\d_]))"
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


def section_of(label: str, title: str, body: str) -> Node:
    """The section whose heading is given, with the parts that the lines of `body` are; empty lines are none."""
    root = _Part(label=label, title=title)
    stack = [root]
    for raw in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.strip()
        if not line:
            continue
        found = _MARK.match(line)
        if found is None:
            stack[-1].paragraphs.append(line)
            continue
        part = _part(found, line[found.end() :].strip())
        del stack[_height([held.label for held in stack], part.label) :]
        stack[-1].children.append(part)
        stack.append(part)
    return root.frozen()


def _part(found: re.Match[str], words: str) -> _Part:
    label = (found["dot"] or found["paren"] or found["bullet"]).replace("–", "-")
    if label not in BULLETS and words and len(words) <= _LONGEST_HEADING and not words.endswith(_ENDS):
        return _Part(label, title=words)
    return _Part(label, paragraphs=[words] if words else [])


def _height(held: list[str], label: str) -> int:
    """How many of the parts that stand open, the section first, stay open above this one: those of a higher rank."""
    height = len(held)
    while height > 1 and _rank(held[height - 1]) >= _rank(label):
        height -= 1
    return height


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
