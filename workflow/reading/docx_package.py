"""
A DOCX made safe for its reader, in the child process: unpacked under a count, reduced to words and styles, no way out.

Pictures, embedded files, templates and whatever lies outside are left out before any parser of documents sees them.
"""

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from workflow.errors import Unreadable
from workflow.patterns import expression
from workflow.reading.containers import DEFLATED, Directory, Entry, directory_of
from workflow.reading.docx import docx_text
from workflow.reading.docx_fonts import put_right

_MAIN = "word/document.xml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KEPT = frozenset(
    (
        "officeDocument",
        "styles",
        "numbering",
        "settings",
        "fontTable",
        "footnotes",
        "endnotes",
        "header",
        "footer",
    )
)
_PICTURES = frozenset(("image", "oleObject", "package", "chart", "chartEx", "diagramData"))
_TOLD = _PICTURES | {"aFChunk", "subDocument", "attachedTemplate", "control", "frame"}
"""Relationships whose loss may take words away."""
_TOP = "_rels/.rels"
_DECLARED = expression(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_KNOWN_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"ascii")


def read_docx(data: bytes) -> tuple[str, list[dict[str, str]], str, list[str]]:
    """
    (words, warnings, encoding told by old fonts, căn cứ not in italic type). Unreadable: bomb, dtd, macros, damaged,
    pictures_only.
    """
    package, left_out = vetted(data)
    fonts = ""
    if any(b".Vn" in part or b"VNI-" in part for part in package.values()):
        fonts = put_right(package)
    found = docx_text(_stored(package))
    if not found.text.strip() and left_out & _PICTURES:
        raise Unreadable("pictures_only")
    warnings = [*([_LEFT_OUT] if left_out & _TOLD else []), *found.warnings]
    return found.text, warnings, fonts, list(found.upright)


_LEFT_OUT = {
    "code": "left_out",
    "message": "Hình ảnh, tệp nhúng và phần liên kết ra ngoài của tệp Word không được đọc; "
    "nếu có chữ trong đó, hãy gõ lại.",
    "raw": "",
}


def vetted(data: bytes) -> tuple[dict[str, bytes], set[str]]:
    """The parts a reader of words needs, and the kinds of relationship that were left out."""
    directory = directory_of(data)
    by_name = {entry.name: entry for entry in directory.entries}
    main = _main(data, by_name)
    if main not in by_name or "[Content_Types].xml" not in by_name:
        raise Unreadable("damaged", what="docx_parts")
    types = _part(data, by_name["[Content_Types].xml"])
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise Unreadable("macros")
    parts = {"[Content_Types].xml": types, main: _part(data, by_name[main])}
    left_out: set[str] = set()
    waiting = [(_TOP, "")]
    while waiting:
        name, folder = waiting.pop()
        if name not in by_name or name in parts:
            continue
        parts[name], targets = _inner(_part(data, by_name[name]), folder, directory, left_out)
        for target in targets:
            if target not in parts:
                parts[target] = _part(data, by_name[target])
            base, _, leaf = target.rpartition("/")
            waiting.append((f"{base}/_rels/{leaf}.rels".lstrip("/"), f"{base}/" if base else ""))
    return parts, left_out


def _main(data: bytes, by_name: dict[str, Entry]) -> str:
    """The part the package says is its document; Word's own name for it where nothing is said."""
    if _TOP not in by_name:
        return _MAIN
    for one in _parsed(_part(data, by_name[_TOP])):
        if str(one.get("Type", "")).rsplit("/", 1)[-1] == "officeDocument":
            return str(one.get("Target", "")).removeprefix("/")
    return _MAIN


def _inner(rels: bytes, folder: str, directory: Directory, left_out: set[str]) -> tuple[bytes, list[str]]:
    """The relationships that stay: of a kept kind, to a member of this very file."""
    root = _parsed(rels)
    targets = []
    for one in list(root):
        kind = str(one.get("Type", "")).rsplit("/", 1)[-1]
        if kind == "vbaProject":
            raise Unreadable("macros")
        target = str(one.get("Target", ""))
        name = target.removeprefix("/") if target.startswith("/") else folder + target
        outside = one.get("TargetMode", "Internal") != "Internal"
        if kind in _KEPT and not outside and name in directory.names:
            targets.append(name)
            continue
        left_out.add(kind)
        root.remove(one)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), targets


def _part(data: bytes, entry: Entry) -> bytes:
    """One XML part, no longer than it declared itself, without a document type and in an encoding we read."""
    packed = data[entry.start : entry.start + entry.packed]
    if entry.method == DEFLATED:
        unpack = zlib.decompressobj(-15)
        try:
            packed = unpack.decompress(packed, entry.size + 1)
        except zlib.error as error:
            raise Unreadable("damaged", what="zip_member") from error
    if len(packed) > entry.size:
        raise Unreadable("bomb", declared=entry.size)
    if len(packed) < entry.size:
        raise Unreadable("damaged", what="zip_member")
    refuse_types(packed)
    return packed


def refuse_types(part: bytes) -> None:
    """A document type is how XML reaches files, addresses and a billion laughs; no office writes one."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in part[:4]:
        order = (
            "utf-16"
            if part[:2] in (b"\xff\xfe", b"\xfe\xff")
            else "utf-16-le"
            if part[1:2] == b"\x00"
            else "utf-16-be"
        )
        seen = part.decode(order, "replace").encode("utf-8", "replace")
    else:
        declared = _DECLARED.match(part.removeprefix(b"\xef\xbb\xbf"))
        if declared and declared[1].lower() not in _KNOWN_ENCODINGS:
            raise Unreadable("dtd", what="encoding")
        seen = part
    if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
        raise Unreadable("dtd")


def _parsed(part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("damaged", what="xml") from error


def _stored(package: dict[str, bytes]) -> bytes:
    """The parts as a ZIP again, unpacked: what the reader opens cannot grow."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as whole:
        for name, part in package.items():
            whole.writestr(zipfile.ZipInfo(name), part)
    return made.getvalue()
