"""
A Sheet as a Word file of NĐ 30/2020; equal sheets are equal bytes.

It holds nothing that is not seen on the page: no hidden data, no macros, no links outside.
"""

import io
import zipfile

from workflow.writing.docx_body import document_part
from workflow.writing.docx_styles import styles_part
from workflow.writing.docx_xml import DECLARATION, NAMESPACES, field, paragraph, run, safe
from workflow.writing.sheet import Sheet

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARK_LOOK = '<w:b/><w:bCs/><w:bdr w:val="single" w:sz="8" w:space="0" w:color="auto"/>'


def docx(sheet: Sheet) -> bytes:
    """The file; it opens in Word and LibreOffice, and `workflow.reading` reads the same text back."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(sheet),
        "word/document.xml": document_part(sheet),
        "word/_rels/document.xml.rels": _relationships(
            ("rIdStyles", f"{_OFFICE}/styles", "styles.xml"),
            ("rIdSettings", f"{_OFFICE}/settings", "settings.xml"),
            ("rIdFirst", f"{_OFFICE}/header", "header1.xml"),
            ("rIdNumbered", f"{_OFFICE}/header", "header2.xml"),
        ),
        "word/styles.xml": styles_part(),
        "word/settings.xml": _settings(),
        "word/header1.xml": _header(sheet, numbered=False),
        "word/header2.xml": _header(sheet, numbered=True),
    }
    return _packed(parts)


def _packed(parts: dict[str, str]) -> bytes:
    """A zip whose bytes depend on its parts alone: one time and one order for all."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            package.writestr(entry, text.encode())
    return buffer.getvalue()


def _header(sheet: Sheet, *, numbered: bool) -> str:
    """The top margin: the page number in its middle, what the paper is not yet at its right."""
    number = field("PAGE", "2") if numbered else ""
    mark = run(f"\u00a0{sheet.mark}\u00a0", _MARK_LOOK) if sheet.mark else ""
    tabs = "<w:r><w:tab/></w:r>"
    inner = paragraph("TKDauTrang", tabs, number, tabs, mark)
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{inner}</w:hdr>"


def _settings() -> str:
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="vi-VN"/></w:settings>'
    )


def _core(sheet: Sheet) -> str:
    """What Word shows as the file's properties: the document's own title and date, never of its rendering."""
    title = " ".join(part for part in (sheet.mark, sheet.title, sheet.subject) if part)
    moment = f"{sheet.dated}T00:00:00Z"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{safe(title)}</dc:title><dc:creator>{safe(sheet.agency_name)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def _content_types() -> str:
    parts = (
        ("document.xml", "document.main"),
        ("styles.xml", "styles"),
        ("settings.xml", "settings"),
        ("header1.xml", "header"),
        ("header2.xml", "header"),
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_MAIN}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


def _relationships(*items: tuple[str, str, str]) -> str:
    found = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in items
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'
