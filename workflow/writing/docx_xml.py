"""
WordprocessingML by hand: paragraphs, runs and tables as text, in the order the schema asks for.

Only what an administrative document needs; what a person wrote is always escaped, and signs XML cannot hold
are left out.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from workflow.patterns import expression

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_ILLEGAL = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = expression(r"([\n\t])")
_BREAK = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def safe(text: str) -> str:
    """Text as XML text or attribute."""
    return escape(_ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")), {'"': "&quot;"})


def run(text: str, look: str = "") -> str:
    """A run; `look` is the inside of its w:rPr. Line ends and tabs of the text are Word's own."""
    if not text:
        return ""
    inner = "".join(
        _BREAK.get(piece) or f'<w:t xml:space="preserve">{safe(piece)}</w:t>'
        for piece in _BREAKS.split(text)
        if piece
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inner}</w:r>"


def paragraph(style: str, *runs: str, keep_next: bool = False, after: str = "") -> str:
    """A paragraph of a style; `after` holds the rest of its w:pPr in schema order (tabs, spacing, ind, jc, sectPr)."""
    keep = "<w:keepNext/>" if keep_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{after}</w:pPr>{"".join(runs)}</w:p>'


def field(code: str, shown: str, look: str = "") -> str:
    """A simple field such as PAGE, with what it shows until Word works it out."""
    return f'<w:fldSimple w:instr=" {code} ">{run(shown, look)}</w:fldSimple>'


def cell(width: int, *blocks: str, span: str = "") -> str:
    """A cell, `width` in twips; Word wants a paragraph in every cell."""
    inner = "".join(blocks) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, header: bool = False) -> str:
    """A row that is not torn over two pages; a header row comes back on each page."""
    repeat = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def table(style: str, widths: Iterable[int], *rows: str) -> str:
    """A table of fixed columns; `widths` in twips."""
    columns = tuple(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
