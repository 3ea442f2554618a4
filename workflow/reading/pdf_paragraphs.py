"""
Printed lines of a PDF to paragraphs: a line goes on where the next word had no room on it, and only there.

Lines of several columns keep their columns, set apart with blanks as a typewriter would.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from workflow.patterns import expression
from workflow.reading.cleaning import escaped
from workflow.reading.marks import read_mark
from workflow.reading.pdf_lines import Line
from workflow.reading.words import is_upper, starts_lower

_HYPHEN = ("\u00ad", "\ufffe")
_LETTER = 0.5  # of the size of a letter: its usual width
# A line may end inside "25/KH-UBND" or "2021-2025"; no blank stands there.
_INSIDE = expression(r"(?:\w/|[A-ZĐ0-9]-)$")
_SHORT = 25
_NOTE = expression(
    r"\((?:ban hành )?kèm theo ", re.I
)  # under the title of an annex, centred on several lines
_LABELLED = expression(r"(?:[-–+•]|\d{1,2}[.)]|[IVX]{1,5}\.|[a-zđ]\))\s")


def paragraphs(pages: Sequence[Sequence[Line]]) -> str:
    """The text, a paragraph a line; an empty line where the page leaves room, "\\f" where a new one begins."""
    every = [line for page in pages for line in page]
    left, right = _measure(every)
    pitch = _pitch(every)
    written: list[str] = []
    held: list[Line] = []
    for line in every:
        if held and _goes_on(held, line, left, right, pitch):
            held.append(line)
            continue
        if held:
            written.append(_joined(held))
            turned = line.page != held[-1].page
            gap = held[-1].y - line.y
            if turned:
                written.append("\f")
            elif line.column != held[-1].column or not 0 < gap < 1.6 * pitch or _announces(line.text):
                written.append("")
        held = [line]
    if held:
        written.append(_joined(held))
    return "\n".join(_pages_joined(written))


def _announces(text: str) -> bool:
    """ "QUYẾT ĐỊNH:" stands by itself, close as it may stand to the capitals above."""
    return text.endswith(":") and is_upper(text, letters=4)


def _pages_joined(written: list[str]) -> Iterator[str]:
    """ "\\f" stands before the first word of its page, on the same line."""
    turned = False
    for line in written:
        if line == "\f":
            turned = True
            continue
        yield f"\f{line}" if turned else line
        turned = False


def _measure(lines: Sequence[Line]) -> tuple[float, float]:
    """The margins: where most lines of text begin, and the furthest that many of them reach."""
    body = [line for line in lines if line.column == 0 and len(line.pieces) == 1 and len(line.text) > 30]
    if not body:
        return min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0)
    starts = Counter(round(line.x0) for line in body)
    most = max(starts.values())
    ends = sorted(line.x1 for line in body)
    usual = [float(x) for x, count in starts.items() if count * 4 >= most]
    # The recipients begin at the margin even where every paragraph is indented.
    edges = [line.x0 for line in lines if line.column == 1 and line.text.startswith("-")]
    return min(usual + edges), ends[-1 - len(ends) // 20]


def _pitch(lines: Sequence[Line]) -> float:
    """From one line to the next where lines of one paragraph stand, the most common."""
    gaps = Counter(
        round(before.y - after.y)
        for before, after in itertools.pairwise(lines)
        if before.page == after.page and before.column == after.column == 0 and 0 < before.y - after.y < 60
    )
    if not gaps:
        return 18.0
    most = max(gaps.values())
    return float(min(gap for gap, count in gaps.items() if count * 3 >= most))


def _goes_on(held: list[Line], line: Line, left: float, right: float, pitch: float) -> bool:
    first, last = held[0], held[-1]
    if line.column != last.column or len(line.pieces) > 1 or len(last.pieces) > 1:
        return False
    text = line.text
    if text.startswith("|") or last.text.startswith("|"):
        return False
    if last.text.endswith(_HYPHEN):
        return True
    if line.column:
        # In a column only an item of a list is wrapped: its next line begins small.
        item = bool(_LABELLED.match(first.text)) and abs(line.size - last.size) < 1
        inside = bool(_INSIDE.search(last.text))  # "(thay b/" and "c)"
        return item and starts_lower(text) and (inside or read_mark(text) is None)
    if _NOTE.match(first.text) and not last.text.endswith(")"):
        return line.page == last.page
    if _NOTE.match(text):
        return False
    if abs(line.size - last.size) > 1.5:
        return False
    # Capitals alone at the margin, in plain type, are the end of a paragraph: "… của" and "UBND.".
    ending = line.x0 <= left + 3 and not line.bold and len(text) < _SHORT
    if is_upper(text, letters=4) != is_upper(last.text, letters=4) and not ending:
        return False
    if line.page == last.page and not 0 < last.y - line.y < 1.5 * max(pitch, last.size):
        return False
    centred = abs((line.x0 + line.x1) - (left + right)) < 8 and line.x0 > left + 8
    if centred and abs((last.x0 + last.x1) - (left + right)) < 8 and last.x0 > left + 8:
        return False
    word = text.split(" ", 1)[0]
    room = right - last.x1
    needed = (len(word) * _LETTER + 0.25) * line.size
    if room > needed + 2:
        return False
    if line.x0 > last.x0 + 6 and len(held) > 1:
        return False  # indented anew
    if first.x0 > left + 6 and abs(line.x0 - first.x0) < 3:
        return False  # both begin as paragraphs do
    if left + 6 < line.x0 < first.x0 - 6:
        return False  # neither at the margin nor below the words of an item
    labelled = bool(_LABELLED.match(first.text))
    if labelled and _LABELLED.match(text) and abs(line.x0 - first.x0) < 3:
        return False
    return labelled or line.x0 <= first.x0 + 6


def _joined(held: list[Line]) -> str:
    if len(held) == 1 and len(held[0].pieces) > 1:
        return _plain(_set_apart(held[0]))
    text = held[0].text
    for line in held[1:]:
        if text.endswith(_HYPHEN):
            text = text[:-1] + line.text
        else:
            text += line.text if _INSIDE.search(text) else f" {line.text}"
    # Bold type is how a heading without a number is known; the reader knows it by these marks.
    bold = all(line.bold for line in held) and not held[0].column
    capitals = is_upper(text, letters=4)
    text = _plain(text)
    return f"**{text}**" if bold and not capitals else text


def _plain(text: str) -> str:
    """
    Printed signs are no Markdown. A row of a ruled table comes with its bars, and its cells are plain already; "¶"
    stays, for in the fonts of TCVN3 it is a letter.
    """
    return text if text.startswith("|") else escaped(text).replace("\\¶", "¶")


def _set_apart(line: Line) -> str:
    """Each piece at the column its place on the paper gives, at least three blanks after the one before."""
    written = ""
    for piece in line.pieces:
        at = round((piece.x0 - line.x0) / (line.size * _LETTER * 0.9))
        written += " " * max(at - len(written), 3 if written else 0) + piece.text
    return written
