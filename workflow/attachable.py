"""
Which files may be attached: told by their first bytes and by what an Office package says of itself; opens no text.

What can run is refused by name: macros, old Office files (they may hold macros unseen), archives, pages for a
browser. The limits on packing are those of every file that comes in (`reading.containers`).
"""

import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from workflow.errors import Fault, Invalid, Unreadable
from workflow.reading.containers import DEFLATED, Directory, directory_of


@dataclass(frozen=True)
class FileKind:
    """`endings` are those a name of this kind may have, the usual one first."""

    endings: tuple[str, ...]
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileKind(("pdf",), "application/pdf")
PNG = FileKind(("png",), "image/png")
JPEG = FileKind(("jpg", "jpeg"), "image/jpeg")
DOCX = FileKind(("docx",), f"{_OFFICE}wordprocessingml.document")
XLSX = FileKind(("xlsx",), f"{_OFFICE}spreadsheetml.sheet")
PPTX = FileKind(("pptx",), f"{_OFFICE}presentationml.presentation")
TXT = FileKind(("txt", "md"), "text/plain")
CSV = FileKind(("csv",), "text/csv")
KINDS = (PDF, DOCX, XLSX, PPTX, PNG, JPEG, TXT, CSV)

STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_PARTS: Mapping[bytes, FileKind] = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"presentationml.presentation.main+xml": PPTX,
}
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
MACRO_PLACES = ("xl/macrosheets/", "word/activex/", "xl/activex/", "ppt/activex/")
MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm", ".potm", ".ppsm", ".ppam")

LARGEST_TYPES = 1024 * 1024


def kind_of(name: str, data: bytes) -> FileKind:
    """
    Raises Invalid with the fault of the place "attachment": kind, legacy, macro, locked, damaged, too_packed, or
    wrong_ending where the name says another kind than the bytes.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    found = _by_bytes(data, ending)
    if found is None:
        raise Invalid([Fault("attachment", "kind")])
    if ending not in found.endings:
        raise Invalid([Fault("attachment", "wrong_ending", {"ending": found.endings[0]})])
    return found


def _by_bytes(data: bytes, ending: str) -> FileKind | None:
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(OLE):
        raise Invalid([Fault("attachment", "legacy")])
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if not is_text(data):
        return None
    return next((kind for kind in (TXT, CSV) if ending in kind.endings), None)


def is_text(data: bytes) -> bool:
    """Plain words in UTF-8, or in UTF-16 with its mark: no control characters but tab, line and page ends."""
    try:
        marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(sign not in "\t\n\r\f" and unicodedata.category(sign) == "Cc" for sign in set(text))


def _package(data: bytes) -> FileKind | None:
    """The kind of an Office package; None for any other archive."""
    try:
        found = directory_of(data)
    except Unreadable as error:
        if error.reason == "encrypted_office":
            raise Invalid([Fault("attachment", "locked")]) from error
        if error.reason == "bomb":
            raise Invalid([Fault("attachment", "too_packed")]) from error
        raise Invalid([Fault("attachment", "damaged")]) from error
    types = _types_of(data, found)
    if types is None:
        return None
    if b"macroenabled" in types or b"vbaproject" in types or any(_runs(name.lower()) for name in found.names):
        raise Invalid([Fault("attachment", "macro")])
    return next((kind for words, kind in MAIN_PARTS.items() if words in types), None)


def _runs(name: str) -> bool:
    last = name.rpartition("/")[2]
    return last in MACRO_PARTS or name.startswith(MACRO_PLACES) or name.endswith(MACRO_ENDINGS)


def _types_of(data: bytes, found: Directory) -> bytes | None:
    """[Content_Types].xml in small letters; counted while it is unpacked, whatever size it claims."""
    entry = next((entry for entry in found.entries if entry.name == "[Content_Types].xml"), None)
    if entry is None:
        return None
    packed = data[entry.start : entry.start + entry.packed]
    try:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        types = unpacker.decompress(packed, LARGEST_TYPES + 1) if entry.method == DEFLATED else packed
    except zlib.error as bad:
        raise Invalid([Fault("attachment", "damaged")]) from bad
    if len(types) > LARGEST_TYPES:
        raise Invalid([Fault("attachment", "too_packed")])
    return types.replace(b"\0", b"").lower()
