"""
The words of one paragraph of a DOCX as they are shown: fields by their result, insertions taken, deletions not.

What cannot be read as words (text boxes, comments, hidden text) is noted in `Notes`, never silently lost.
"""

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, NamedTuple

from workflow.reading.docx_parts import W, value
from workflow.reading.docx_styles import Style, Styles, look_of, slant_of
from workflow.writing.docx_styles import MARK, PLAIN

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_INSIDE = frozenset(
    f"{W}{name}"
    for name in (
        "hyperlink",
        "smartTag",
        "customXml",
        "fldSimple",
        "bdo",
        "dir",
        "sdtContent",
        "sdt",
        "rubyBase",
        "ruby",
    )
)
_INSERTED = frozenset((f"{W}ins", f"{W}moveTo"))
_DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
_DRAWN = frozenset((f"{W}drawing", f"{W}pict", f"{W}object", _ALTERNATIVE))
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_LONGEST_NOTE = 200


@dataclass
class Notes:
    """What a reader has to be told about a file."""

    tracked: bool = False
    comments: bool = False
    hidden: bool = False
    footnotes: int = 0
    boxes: list[str] = field(default_factory=list)
    embedded: bool = False


@dataclass(frozen=True)
class Words:
    """
    `text` with tabs and line ends; `bold` where all of it is, `italic` where all letters are; `mark` what our own
    files mark as a number, `plain` that they mark its first letters as none.
    """

    text: str
    bold: bool = False
    mark: str = ""
    italic: bool = False
    plain: bool = False


class _Piece(NamedTuple):
    """`own` is the style of its letters, by the name our own files give it."""

    text: str
    bold: bool = False
    italic: bool = False
    own: str = ""


class Reader:
    """Reads paragraph after paragraph; a field may begin in one and end in another."""

    def __init__(self, styles: Styles, footnotes: Any | None, endnotes: Any | None) -> None:
        self.styles = styles
        self.notes = Notes()
        self._footnotes = {"footnote": _by_id(footnotes), "endnote": _by_id(endnotes)}
        self._fields: list[bool] = []  # open fields; True while their code, not their result, is read

    def words(self, paragraph: Any, style: Style) -> Words:
        pieces: list[_Piece] = []
        self._collect(paragraph, style, pieces)
        told = [piece.bold for piece in pieces if piece.text.strip()]
        slanted = [piece.italic for piece in pieces if any(map(str.isalnum, piece.text))]
        marks = takewhile(lambda piece: piece.own == MARK.id, pieces)
        return Words(
            text="".join(piece.text for piece in pieces),
            bold=bool(told) and all(told),
            mark="".join(piece.text for piece in marks).strip(),
            italic=bool(slanted) and all(slanted),
            plain=pieces != [] and pieces[0].own == PLAIN.id,
        )

    def _collect(self, node: Any, style: Style, pieces: list[_Piece]) -> None:
        for child in node:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, style, pieces)
            elif tag in _INSIDE:
                self._collect(child, style, pieces)
            elif tag in _INSERTED:
                self.notes.tracked = True
                self._collect(child, style, pieces)
            elif tag in _DELETED:
                self.notes.tracked = True
            elif tag in _DRAWN:
                self._drawn(child)
            elif isinstance(tag, str) and tag.startswith(_MATH):
                pieces.append(_Piece("".join(item.text or "" for item in child.iter(f"{_MATH}t"))))

    def _run(self, run: Any, style: Style, pieces: list[_Piece]) -> None:
        own = run.find(f"{W}rPr")
        named = value(own.find(f"{W}rStyle")) if own is not None else ""
        bold, caps, hidden = look_of(own)
        by_name = self.styles.of(named) if named else Style()
        bold = _first(bold, by_name.bold, style.bold)
        caps = _first(caps, by_name.caps, style.caps)
        hidden = _first(hidden, by_name.hidden, style.hidden)
        italic = _first(slant_of(own), by_name.italic, style.italic)
        shown = []
        for item in run:
            tag = item.tag
            if tag == f"{W}t":
                shown.append(item.text or "")
            elif tag in _SIGNS:
                shown.append(_SIGNS[tag])
            elif tag == f"{W}br":
                shown.append("\n" if value(item, "type") in ("", "textWrapping") else "")
            elif tag == f"{W}sym":
                shown.append(_symbol(item))
            elif tag == f"{W}fldChar":
                self._field(value(item, "fldCharType"))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                shown.append(self._note(item, tag))
            elif tag == f"{W}commentReference":
                self.notes.comments = True
            elif tag in _DRAWN:
                self._drawn(item)
            if shown and any(self._fields):
                shown.clear()
        text = "".join(shown)
        if text and hidden:
            self.notes.hidden = self.notes.hidden or bool(text.strip())
        elif text:
            ours = self.styles.ours
            shown_text = text.upper() if caps and not ours else text
            pieces.append(_Piece(shown_text, bold, italic, self.styles.own_id(named) if ours else ""))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, item: Any, tag: str) -> str:
        """A footnote in brackets at its place, where its words belong."""
        kind = tag[len(W) :].removesuffix("Reference")
        note = self._footnotes[kind].get(value(item, "id"))
        if note is None:
            return ""
        text = " ".join("".join(piece.text or "" for piece in note.iter(f"{W}t")).split())
        self.notes.footnotes += bool(text)
        return f" [{text}]" if text else ""

    def _drawn(self, item: Any) -> None:
        """A drawing has no words of the text; what stands in its text boxes is told."""
        boxes = list(item.iter(f"{W}txbxContent"))
        if item.tag == _ALTERNATIVE or len(boxes) > 1:
            boxes = boxes[:1]  # the same box twice, for newer and older programs
        for box in boxes:
            for paragraph in box.iter(f"{W}p"):
                text = " ".join("".join(piece.text or "" for piece in paragraph.iter(f"{W}t")).split())
                if text and text not in self.notes.boxes and len(self.notes.boxes) < 20:
                    self.notes.boxes.append(text[:_LONGEST_NOTE])
        if not boxes and item.tag == f"{W}object":
            self.notes.embedded = True


def _first(*found: bool | None) -> bool:
    return next((one for one in found if one is not None), False)


def _by_id(root: Any | None) -> dict[str, Any]:
    if root is None:
        return {}
    return {value(note, "id"): note for note in root if value(note, "type") in ("", "normal")}


def _symbol(item: Any) -> str:
    """A sign of a symbol font: its code says little, so only the usual dashes and bullets are kept as a dash."""
    code = value(item, "char").upper()
    return "-" if code in ("F02D", "F0B7", "F0A7", "F0D8", "F0FC", "2022", "2013", "2212") else ""
