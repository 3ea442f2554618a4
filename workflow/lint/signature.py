"""The block above the name: capacity, titles, and the name itself (Điều 13; Phụ lục I, Phần I, mục II.7)."""

import re
from collections.abc import Iterator

from workflow.folding import fold
from workflow.lint.finding import Finding, Fix
from workflow.lint.text import Text
from workflow.patterns import expression
from workflow.reading.words import UPPER

_TIGHT = expression(rf"(?<![\w./])(KT|TM|TL|TUQ)\.(?=[{UPPER}]{{2}})")
_CAPACITY = expression(r"\s*(KT|TM|TL|TUQ|Q)\s*\.\s*(.*)", re.IGNORECASE)
_DEGREE = expression(
    r"(?:(?:PGS|GS|TS|ThS|BS|BSCKI{0,2}|DS|KS|CN|NGƯT|NGND|TTƯT|TTND|AHLĐ|Đ/c|Ông|Bà)[.\s]\s*)+",
    re.IGNORECASE,
)


def spacing(text: Text) -> Iterator[Finding]:
    """ "KT.GIÁM ĐỐC" lacks its space, in the block or wherever the text prints one."""
    for line in text.paper.signature_lines:
        if _TIGHT.search(line):
            yield text.found("capacity_spacing", "signer", before=line, after=spaced(line))
    if not _TIGHT.search(text.whole):
        return
    for spot in text.spots:
        hits = [(line, found) for line in spot.texts if (found := _TIGHT.search(line))]
        for line, found in hits[:1]:
            words = line[found.start() : found.end() + 12]
            yield text.found("capacity_spacing", spot, fix=Fix(words, spaced(words)), before=words,
                             after=spaced(words))  # fmt: skip


def form(text: Text) -> Iterator[Finding]:
    """KT. names the head, and the deputy's own title stands under it; both in capitals."""
    lines = text.paper.signature_lines
    if not lines:
        return
    for at, line in enumerate(lines):
        found = _CAPACITY.match(line)
        if found and found[1].upper() == "KT":
            below = lines[at + 1] if at + 1 < len(lines) else ""
            if not fold(below).startswith("pho "):
                yield text.found("capacity_form", "signer", words=line, below=below)
            head = text.agency.head_title
            # A deputy of a unit's head signs "TL. GIÁM ĐỐC / KT. CHÁNH VĂN PHÒNG": that head is not the agency's.
            if at == 0 and fold(found[2]) != fold(head):
                yield text.found("capacity_title", "signer", words=line, meant=f"KT. {head}")
        if line.upper() != line:
            yield text.found("capacity_case", "signer", before=line, after=line.upper())


def name(text: Text) -> Iterator[Finding]:
    """First and last name in small letters, without degrees."""
    said = text.paper.signer_name.strip()
    if not said:
        if text.paper.as_printed:
            yield text.found("signer_missing", "signer")
        return
    if found := _DEGREE.match(said):
        yield text.found("signer_degree", "signer", words=found[0].strip(), name=said[found.end() :])
    if len(said) > 3 and said.isupper():
        yield text.found("signer_case", "signer", before=said, after=said.title())


def spaced(words: str) -> str:
    """With the space after the capacity."""
    return _TIGHT.sub(r"\1. ", words)


CHECKS = (spacing, form, name)
