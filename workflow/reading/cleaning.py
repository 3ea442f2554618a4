"""
Bytes to clean rows of text: encodings, Unicode forms and Markdown marks go, the words stay as they are.

It never repairs a word; what looks wrong is reported by `slips`.

A sign of our own says what a line alone cannot (`docx_lines` writes it): "¶" at the end of a line, that a paragraph
ends there and heads nothing; "¶ " before it, that it begins with words, whatever they look like; "¶" alone, that
the parts of the text are over and what follows closes it.
"""

import html
import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import islice

from workflow.errors import Unreadable
from workflow.patterns import expression
from workflow.reading.words import UPPER, bare

LIMIT = 2 * 1024 * 1024
ENDS = WHOLE = "¶"
GAP = "\t"  # stands for a run of blanks wide enough to part two columns
_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
)

_MARKS = expression(r"[^\w\s\x00-\x7f]{16,}")
_INVISIBLE = expression(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc\ue000-\ue0ff]"
)
_CONTROL = expression("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_LINE_END = expression("\r\n|[\r\x0b\x85\u2028\u2029]")
_BLANK = expression("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_WIDE = expression(r" *\t *| {3,}")
_SPACES = expression(r" {2,}")

_ROW_TAG = expression(r"</tr\s*>", re.I)
_BREAK_TAG = expression(r"<br\s*/?>|</p\s*>|</div\s*>", re.I)
_TAG = expression(r"</?(?:[a-zA-Z][a-zA-Z0-9]{0,12})(?:\s[^<>\n]{0,300})?/?>|<!--[^\n]{0,300}?-->")
_TAG_BEGINS = expression(r"<[a-zA-Z/!]")
_IMAGE = expression(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)")
_LINK = expression(r"\[([^\]\n]{1,300})\]\((?:https?:|mailto:|#|/)[^)\n]{0,500}\)")
_ESCAPE = expression(r"\\([\\`*_{}\[\]()#+\-.!|>~/¶])")
_HIDDEN = {0xE000 + code: chr(code) for code in range(0x20, 0x100)}
_TO_ESCAPE = expression(r"[\\*¶]|^[#>|_]|#(?=[# ]*$)|_$|(?<=\])\(")
_PAIR_OR_BAR = expression(r"\\.|\|")
_HEADING = expression(r"^ {0,8}(#{1,6})(?!#)[ \t]*")
_QUOTE = expression(r"^(?: {0,3}>)+ ?")
_STAR_ITEM = expression(r"^(\s*)[*•●▪◦·∙§✓➢❖][ \t]+")
_DASH_ITEM = expression(r"^(\s*)[–—−‐‑][ \t]*(?=\S)")
_RULE = expression(r"^[\s\-–—=_~*.·o]{3,}$")
_BARS = expression(r"^[|\s:\-–=]+$")
_UNDERLINED = expression(r"^(_{1,3})(?=[^_\s])(.{1,400}?)(?<=[^_\s])\1$")
_ALL_BOLD = expression(r"(\*\*|__)[^*]{3,160}\1:?$")
_CELL = expression(r"\S+(?: \S+)*")
_STARS = expression(r"\*+")


@dataclass(frozen=True)
class Row:
    """One printed line: its words, with `GAP` where columns part; how many blank lines stand before it."""

    text: str
    blanks: int = 0
    heading: int = 0
    bold: bool = False
    page: bool = False
    alone: bool = False  # the whole line in bold type, as a heading is
    cells: tuple[tuple[int, str], ...] = ()  # its columns with where each begins
    whole: bool = False  # a paragraph ends here, and it is no heading
    plain: bool = False  # it begins with words, not with a mark
    closes: bool = False  # the parts of the text end before it

    @property
    def flat(self) -> str:
        return self.text.replace(GAP, " ")


def decode(data: bytes) -> str:
    """UTF-8 (or UTF-16 with its mark) as text; Unreadable: empty, too_large, binary, encoding."""
    if len(data) > LIMIT:
        raise Unreadable("too_large", size=len(data), limit=LIMIT)
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(_MAGIC):
        raise Unreadable("binary")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable("encoding", at=error.start) from error
    if b"\x00" in data:
        raise Unreadable("binary")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", at=error.start) from error
    if len(_CONTROL.findall(text)) * 20 > len(text):
        raise Unreadable("binary")
    return text


def normal(text: str) -> str:
    """NFC, "\\n" ends, plain blanks, nothing invisible. Linear, also when a text is all combining marks."""
    text = _LINE_END.sub("\n", text.encode("utf-8", "replace").decode("utf-8"))
    text = _INVISIBLE.sub("", text)
    # Sorting a very long run of combining marks is quadratic in the standard library: no word has sixteen.
    text = unicodedata.normalize("NFC", _MARKS.sub(_few_marks, text))
    return _CONTROL.sub("", _BLANK.sub(" ", text))


def _few_marks(match: re.Match[str]) -> str:
    kept, run = [], 0
    for char in match[0]:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= 4:
            kept.append(char)
    return "".join(kept)


def escaped(text: str) -> str:
    """A line of plain words so that `rows` gives the same words back, whatever signs are in them."""
    text = _TO_ESCAPE.sub(r"\\\g<0>", text)
    if html.unescape(text) != text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;") if _TAG_BEGINS.search(text) else text


def escaped_cell(text: str) -> str:
    """The same for a cell of a row of bars."""
    return _PAIR_OR_BAR.sub(lambda sign: "\\|" if sign[0] == "|" else sign[0], escaped(text))


def _hidden(line: str) -> str:
    """Escaped signs as private ones, until the signs of Markdown have been read."""
    return _ESCAPE.sub(lambda match: chr(0xE000 + ord(match[1])), line) if "\\" in line else line


def rows(text: str, *, most: int = 1_000_000) -> list[Row]:
    """The printed lines of a text with their marks stripped, at most so many; blank ones are counted, not kept."""
    found: list[Row] = []
    blanks, page, closes = 0, False, False
    for line in _unmarked(normal(text)).split("\n"):
        if len(found) >= most:
            break
        for number, piece in enumerate(line.split("\f")):
            page = page or number > 0
            if piece.strip() == WHOLE:
                closes = True
                continue
            row = _row(piece, blanks, page)
            if row is None:
                blanks += 1
                continue
            if closes:
                row = replace(row, closes=True)
            for part in _unglued(row):
                found.append(part)
            blanks, page, closes = 0, False, False
    return found


_BREAK_BEFORE = expression(
    rf" (?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập [-–]|Số ?: ?[\d/]|Kính gửi ?:|Căn cứ [{UPPER}]|Nơi nhận ?:|Trên đây là |Lưu ?:"
    rf"|(?:TM|KT|TL|TUQ)\. ?[{UPPER}]{{2}}|[IVX]{{1,4}}\. [{UPPER}]{{2}}|\d{{1,2}}\. [{UPPER}]|[a-zđ]\) [{UPPER}]"
    rf"|(?:KẾ HOẠCH|BÁO CÁO|QUYẾT ĐỊNH|TỜ TRÌNH|THÔNG BÁO|CHỈ THỊ|PHÓ (?:GIÁM ĐỐC|CHỦ TỊCH)) |(?<=[.;:){UPPER}] "
    rf")[-+] [{UPPER}])"
)


def is_flat(text: str) -> bool:
    """Whether a text has lost its line ends: very few lines, and one as long as a page."""
    lines = text[:6000].split("\n", 4)
    return len(lines) < 4 and max(map(len, lines)) > 1200


def broken(text: str) -> str:
    """A text without line ends, broken before what begins a line in every document; a guess, and reported as one."""
    return _BREAK_BEFORE.sub("\n", text)


def _unmarked(text: str) -> str:
    if "<" in text:
        if "<t" in text.lower():
            # A row of an HTML table becomes one row of bars, whatever its line ends were.
            text = re.sub(r"<tr[^>]{0,200}>\s*", "\n| ", text, flags=re.I)
            text = re.sub(r"\s*</t[dh]\s*>\s*", " | ", text, flags=re.I)
            text = _ROW_TAG.sub("\n", text)
        text = "\n".join(_cells_broken(line) if "|" in line[:4] else line for line in text.split("\n"))
        text = _TAG.sub("", _BREAK_TAG.sub("\n", text))
    if "&" in text:
        text = html.unescape(text).replace("\u00a0", " ")
    if "](" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    return text


def _cells_broken(line: str) -> str:
    """
    Breaks inside the cells of a table: a blank in a table of tasks, lines where the table is only a layout.

    A header or a signature block set as a table is read column by column.
    """
    if not _BREAK_TAG.search(line):
        return line
    plain = bare(line)
    if not any(
        mark in plain for mark in ("noi nhan", "cong hoa xa hoi", "doc lap", "kt. ", "tm. ", "luu: vt")
    ):
        return _BREAK_TAG.sub(" ", line)
    return "\n".join(_BREAK_TAG.sub("\n", cell).strip() for cell in line.strip().strip("|").split("|"))


def _row(line: str, blanks: int, page: bool) -> Row | None:
    line = _hidden(line).rstrip()
    whole, plain = line.endswith(ENDS), line.startswith(f"{WHOLE} ")
    if whole or plain:
        line = line.removeprefix(f"{WHOLE} ").removesuffix(ENDS).strip()
        if plain:
            text = _SPACES.sub(" ", _WIDE.sub(" ", line)).translate(_HIDDEN)
            return Row(text, blanks, page=page, whole=whole, plain=True) if text else None
    line = _QUOTE.sub("", line.removesuffix("\\").rstrip())
    if not line or (not whole and (_RULE.match(line) or _BARS.match(line))):
        return None
    if line.lstrip().startswith("|"):
        text = _SPACES.sub(" ", _STARS.sub("", line).replace("\t", " ")).strip()
        return Row(text.replace("\ue07c", "\\|").translate(_HIDDEN), blanks, page=page)
    heading = _HEADING.match(line)
    if heading:
        line = line[heading.end() :].rstrip("# ")
    cells = (
        tuple((cell.start(), cell[0]) for cell in islice(_CELL.finditer(line), 12))
        if "\t" not in line
        else ()
    )
    line = _DASH_ITEM.sub(r"\1- ", _STAR_ITEM.sub(r"\1- ", line))
    bold = line.lstrip().startswith(("**", "__")) or line.endswith("**")
    alone = bool(_ALL_BOLD.match(line.strip()))
    line = _UNDERLINED.sub(r"\2", line.strip()) if "_" in line else line.strip()
    line = _SPACES.sub(" ", _WIDE.sub(GAP, line)).strip()
    if not _STARS.sub("", line).strip():
        return None
    # The marks of bold type are still in it: `_unglued` reads them, and shows the escaped signs again.
    depth = len(heading[1]) if heading else 0
    return Row(line, blanks, depth, bold, page, alone, cells, whole)


_GLUE = expression(r"\*{2,}")
_LABEL = expression(r"(?:\d{1,2}[.)]|[IVX]{1,4}[.)]|[a-zđ]\))\s*\w")


def _unglued(row: Row) -> list[Row]:
    """
    "KẾ HOẠCH**Triển khai …" is a heading and a line: parted where capitals meet the mark of bold type.

    The marks themselves go.
    """
    if row.text.startswith("|") or row.plain:
        return [row]
    pieces, start = [], 0
    marks = islice(_GLUE.finditer(row.text), 8) if len(row.text) < 4000 else ()
    for mark in marks:
        left = _STARS.sub("", row.text[start : mark.start()]).strip()
        right = _STARS.sub("", row.text[mark.end() :]).strip()
        letters = [char for char in left if char.isalpha()]
        if len(letters) < 4 or any(char.islower() for char in letters) or not right:
            continue
        label = bool(_LABEL.match(right))
        words = any(char.islower() for char in right)
        if label or (right[0].isupper() and words and not right.split()[0].isupper()):
            pieces.append(left)
            start = mark.end()
    pieces.append(_STARS.sub("", row.text[start:]).strip())
    return [
        Row(
            piece.translate(_HIDDEN),
            row.blanks if not place else 0,
            row.heading,
            row.bold,
            row.page and not place,
            row.alone,
            row.cells,
            row.whole and place == len(pieces) - 1,
            False,
            row.closes and not place,
        )
        for place, piece in enumerate(pieces)
        if piece
    ]
