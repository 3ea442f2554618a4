"""
A file or a pasted text from outside becomes words the pipeline can read, or a refusal that names what it is.

The file's name is carried for people to see and decides nothing. It reads no meaning and keeps no bytes.
"""

import hashlib
from typing import Any, Literal

from msgspec import Struct

from workflow.errors import Unreadable
from workflow.reading.cleaning import LIMIT, normal
from workflow.reading.encodings import NAMES, Decoded, decoded, mended
from workflow.reading.file_kinds import kind_of
from workflow.reading.proposal import Warn
from workflow.reading.sandbox import parsed

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a file as it comes in; its words are held to `cleaning.LIMIT` whatever it came as."""

Kind = Literal["text", "docx", "pdf"]


class Intake(Struct, frozen=True):
    """
    What came in: its words (NFC, "\\n"), the kind of its container, the encoding its words were written in, and
    what a person should know. `size` and `sha256` are those of the bytes as they came; a pasted text has no name.
    `upright` are its căn cứ not set in italic type, None where it does not tell.
    """

    kind: Kind
    text: str
    encoding: str
    warnings: tuple[Warn, ...] = ()
    name: str = ""
    size: int = 0
    sha256: str = ""
    upright: tuple[str, ...] | None = None


def take_in(data: bytes, name: str = "") -> Intake:
    """
    The words of a file, told by its bytes: TXT, MD, DOCX or a PDF with a text layer. DOCX and PDF are parsed in a
    child process with limits (`sandbox`).

    Unreadable, by what it is: empty, too_large, text_too_large, binary, encoding, damaged, unsafe, busy, bomb,
    unsafe_names, dtd, macros, scanned_pdf, pictures_only, encrypted_pdf, encrypted_office, too_many_pages, doc,
    xls, ppt, ole, odt, rtf, xlsx, pptx, image, archive, executable, media.
    """
    if len(data) > LARGEST_FILE:
        raise Unreadable("too_large", size=len(data), limit=LARGEST_FILE)
    kind = kind_of(data)
    told: tuple[Warn, ...] = ()
    upright: tuple[str, ...] | None = None
    if kind == "text":
        # UTF-16 takes two bytes for a letter; beyond that the words themselves are too many.
        if len(data) > 2 * LIMIT:
            raise Unreadable("text_too_large", size=len(data), limit=LIMIT)
        found = decoded(data)
    else:
        answer = parsed(kind, data)
        found = mended(answer.text, "unicode")
        if found.encoding == "unicode" and answer.fonts:
            found = Decoded(found.text, answer.fonts)
        told, upright = answer.warnings, answer.upright
    text = _words(found.text, binary=kind == "text")
    return Intake(
        kind=kind,  # type: ignore[arg-type]
        text=text,
        encoding=found.encoding,
        warnings=(*_said(found), *told),
        name=_shown(name),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        upright=tuple(normal(mended(line, "unicode").text) for line in upright)
        if upright is not None
        else None,
    )


def take_text(text: str) -> Intake:
    """A pasted text: the same words, whichever way its letters were typed. Unreadable: empty, text_too_large."""
    data = text.encode("utf-8", "replace")
    if len(data) > LIMIT:
        raise Unreadable("text_too_large", size=len(data), limit=LIMIT)
    found = mended(text, "unicode")
    words = _words(found.text, binary=False)
    return Intake(
        kind="text",
        text=words,
        encoding=found.encoding,
        warnings=_said(found),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def origin(taken: Intake) -> dict[str, Any]:
    """What is kept of a file (its bytes are not): the name as shown, size, digest, kind and encoding."""
    return {
        "name": taken.name,
        "size": taken.size,
        "sha256": taken.sha256,
        "kind": taken.kind,
        "encoding": taken.encoding,
    }


def _words(text: str, *, binary: bool) -> str:
    clean = normal(text)
    if binary and (len(text) - len(clean)) * 20 > len(text) and any(char < "\t" for char in text[:10_000]):
        raise Unreadable("binary")
    if not clean.strip():
        raise Unreadable("empty")
    if len(clean.encode()) > LIMIT:
        raise Unreadable("text_too_large", size=len(clean), limit=LIMIT)
    return clean


def _shown(name: str) -> str:
    """A name as a line people read: no folders, nothing invisible, at most 120 characters."""
    line = "".join(char for char in normal(name[:1000]) if char.isprintable())
    return line.replace("\\", "/").rsplit("/", 1)[-1].strip()[:120]


def _said(found: Decoded) -> tuple[Warn, ...]:
    if found.encoding not in ("tcvn3", "vni", "cp1258"):
        return ()
    name = NAMES[found.encoding]
    part = "Một phần văn bản" if found.partly else "Văn bản"
    more = (
        " Bảng mã này không có chữ hoa mang dấu; hãy soát lại tên riêng và đầu câu."
        if found.encoding == "tcvn3"
        else ""
    )
    message = f"{part} dùng bảng mã {name}, đã được chuyển sang Unicode.{more}"
    return (Warn("legacy_encoding", message, found.encoding),)
