"""
Words of a DOCX typed in the fonts of TCVN3 (.VnTime) and VNI (VNI-Times): the letters meant, run by run.

The font alone proves nothing, for Unicode is often set in such a font too: a run is put right only where it then
reads as Vietnamese at least as well.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lxml import etree

from workflow.patterns import expression
from workflow.reading.encodings import reads_better
from workflow.reading.legacy import from_tcvn3, from_vni

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK_FIRST = expression("^[\u00c0-\u00ff]")
_VNI_BASE = expression("[aeouyAEOUYôöÔÖ]$")
_TEXT_PARTS = expression(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


class Fonts:
    """Which font a run is set in: its own, its style's, its paragraph's, or the document's."""

    def __init__(self, styles: bytes | None) -> None:
        self.own: dict[str, str] = {}
        self.based: dict[str, str] = {}
        self.usual = self.paragraph = ""
        if styles is None:
            return
        root = _root(styles)
        self.usual = _font(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        for style in root.findall(f"{_W}style"):
            name = str(style.get(f"{_W}styleId", ""))
            self.own[name] = _font(style.find(f"{_W}rPr"))
            self.based[name] = _value(style.find(f"{_W}basedOn"))
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on"):
                self.paragraph = name

    def of(self, run: Any, paragraph: str) -> str:
        own = run.find(f"{_W}rPr")
        return (
            _font(own)
            or (self.of_style(_value(own.find(f"{_W}rStyle"))) if own is not None else "")
            or self.of_style(paragraph or self.paragraph)
            or self.usual
        )

    def of_style(self, name: str) -> str:
        for _ in range(20):
            if not name or self.own.get(name):
                break
            name = self.based.get(name, "")
        return self.own.get(name, "")


def put_right(package: dict[str, bytes]) -> str:
    """Rewrites the parts that hold text; "tcvn3" or "vni" where any letter was put right, else ""."""
    fonts = Fonts(package.get("word/styles.xml"))
    found = ""
    for name, part in list(package.items()):
        if not _TEXT_PARTS.fullmatch(name):
            continue
        root = _root(part)
        changed = ""
        for paragraph in root.iter(f"{_W}p"):
            changed = _paragraph(paragraph, fonts) or changed
        if changed:
            package[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            found = changed
    return found


def _paragraph(paragraph: Any, fonts: Fonts) -> str:
    style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
    changed = ""
    for encoding, pieces in groupby(_pieces(paragraph, fonts, style), key=lambda piece: piece[0]):
        texts = [piece[1] for piece in pieces]
        if not encoding or not any(text.text for text in texts):
            continue
        before = [text.text or "" for text in texts]
        if any(char > "\u00ff" for char in "".join(before)):
            continue
        after = _vni(before) if encoding == "vni" else _tcvn3(before, capitals=encoding == "tcvn3 capitals")
        if after == before or not reads_better("".join(before), "".join(after)):
            continue
        for text, words in zip(texts, after, strict=True):
            text.text = words
        changed = encoding.split()[0]
    return changed


def _pieces(paragraph: Any, fonts: Fonts, style: str) -> Iterator[tuple[str, Any]]:
    """(encoding of the font, the element with the letters) in order; a soft hyphen is a letter of TCVN3."""
    for run in paragraph.iter(f"{_W}r"):
        encoding = _encoding(fonts.of(run, style))
        for inner in run:
            if inner.tag == f"{_W}softHyphen" and encoding.startswith("tcvn3"):
                inner.tag, inner.text = f"{_W}t", "\u00ad"
            if inner.tag == f"{_W}t":
                yield encoding, inner


def _encoding(font: str) -> str:
    if font.startswith(".Vn"):
        return "tcvn3 capitals" if font.endswith("H") else "tcvn3"
    return "vni" if font.upper().startswith("VNI-") else ""


def _tcvn3(texts: list[str], *, capitals: bool) -> list[str]:
    """Each letter is one letter, so the words are put right as a whole and cut where they were cut."""
    whole = from_tcvn3("".join(texts), capitals=capitals)
    cut, at = [], 0
    for text in texts:
        cut.append(whole[at : at + len(text)])
        at += len(text)
    return cut


def _vni(texts: list[str]) -> list[str]:
    """A mark that stands in the next run goes to the letter it belongs to."""
    moved = list(texts)
    for place in range(1, len(moved)):
        if _VNI_BASE.search(moved[place - 1]) and _MARK_FIRST.match(moved[place]):
            moved[place - 1] += moved[place][0]
            moved[place] = moved[place][1:]
    return [from_vni(text) for text in moved]


def _font(properties: Any) -> str:
    fonts = properties.find(f"{_W}rFonts") if properties is not None else None
    return "" if fonts is None else str(fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi") or "")


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _root(part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(part, parser)
