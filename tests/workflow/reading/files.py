"""Files as they come in: our own papers, small Word and PDF files made by hand, and ZIPs that lie."""

import datetime as dt
import io
import struct
import zipfile
import zlib
from functools import cache
from html import escape

import typst

from tests.workflow.reading.texts import raw
from workflow.content import Content
from workflow.reading import Proposal, read, to_content
from workflow.writing.docx import docx
from workflow.writing.facts import PaperFacts
from workflow.writing.sheet import Sheet, sheet_of
from workflow.writing.typeset import pdf

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TOP_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def content_of(proposal: Proposal) -> Content:
    return to_content(proposal, field="to_chuc_hanh_chinh", drafting_unit="Văn phòng Sở")


def sheet(content: Content, proposal: Proposal) -> Sheet:
    """The paper with the head and the signature the text itself gave, and a number and a date where it gave none."""
    number = proposal.number if proposal.number and proposal.number.isdigit() else "7"
    facts = PaperFacts(
        agency_name=proposal.agency or "Sở Nội vụ",
        parent_name=proposal.parent_agency or "",
        number=int(number),
        date=dt.date.fromisoformat(proposal.date) if proposal.date else dt.date(2026, 4, 5),
        signature_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        signer_name=proposal.signer_name or "Nguyễn Văn An",
        issued=True,
    )
    return sheet_of(content, facts)


@cache
def own(name: str, kind: str) -> bytes:
    """A text of the fixtures as the product itself prints it: "docx" or "pdf"."""
    proposal = read(raw(name))
    paper = sheet(content_of(proposal), proposal)
    return docx(paper) if kind == "docx" else pdf(paper)


def paragraph(text: str, *, font: str = "", style: str = "") -> str:
    face = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r>{face}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def body(*paragraphs: str, before: str = "") -> str:
    return f'{before}<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'


def types(main: str = MAIN_TYPE, more: str = "") -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
    )


def word(document: str | bytes, **more: str | bytes) -> bytes:
    """A DOCX of this main part; further parts by name, with "__" for "/" ("word___rels__document_xml_rels")."""
    return packed(
        {"[Content_Types].xml": types(), "_rels/.rels": TOP_RELS, "word/document.xml": document}
        | {name.replace("__", "/"): part for name, part in more.items()}
    )


def relations(*each: tuple[str, str, str]) -> str:
    """(kind, target, mode) each; mode "" for internal."""
    made = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{kind}" Target="{escape(target)}"'
        f"{f' TargetMode={chr(34)}{mode}{chr(34)}' if mode else ''}/>"
        for place, (kind, target, mode) in enumerate(each)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, part in parts.items():
            whole.writestr(name, part)
    return made.getvalue()


def raw_zip(
    members: list[tuple[str, bytes]], *, attributes: int = 0, flags: int = 0, sizes: int | None = None
) -> bytes:
    """A ZIP written by hand, so that its directory can say what no honest program would; `sizes` as declared."""
    made, directory = b"", b""
    for name, data in members:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        squeezed = packer.compress(data) + packer.flush()
        size = len(data) if sizes is None else sizes
        known = name.encode()
        about = (flags, 8, 0, 0, zlib.crc32(data), len(squeezed), size, len(known))
        entry = struct.Struct("<4s2H4H3L5H2L")
        where = (len(known), 0, 0, 0, 0, attributes, len(made))
        directory += entry.pack(b"PK\x01\x02", 0x314, 20, *about[:7], *where) + known
        made += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, *about, 0) + known + squeezed
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(made), 0
    )
    return made + directory + end


def set_in_type(source: str) -> bytes:
    """A PDF of any look, set by Typst from its own language."""
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def pictured(pages: int = 2, *, words: str = "") -> bytes:
    """A scanned document: every page one picture, with the words of a digital stamp where there are any."""
    dot = (
        '#let scan = image(bytes((137,80,78,71,13,10,26,10,{0})), width: 100%, height: 100%, fit: "stretch")'
    )
    data = ",".join(str(byte) for byte in _png()[8:])
    page = f"#page(margin: 0pt)[#scan #place(bottom)[{words}]]"
    return set_in_type(dot.replace("{0}", data) + "\n" + "\n".join([page] * pages))


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + bytes([value] * 8) for value in (250, 10) * 4)
    head = struct.pack(">2L5B", 8, 8, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
