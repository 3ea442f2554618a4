"""
The parts of a DOCX as trees: found by what the package itself says of them, and parsed without entities or network.

It opens no part that a reader of words does not need, and refuses macros and document types by name.
"""

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from workflow.errors import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
# Word can be told to save "strict" files: the same tree under other addresses.
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
_LARGEST_PART = 64 * 1024 * 1024
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
    zlib.error,
)


class Parts:
    """
    A package opened for reading. Unreadable: damaged, macros, dtd.

    `bytes` in a zip are read whole, at most 64 MB a part; who calls has counted them before.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = frozenset(self._zip.namelist())
        except _DAMAGED as error:
            raise Unreadable("damaged", what="zip") from error
        types = self._read("[Content_Types].xml").lower()
        if b"macroenabled" in types or b"vbaproject" in types or any(map(_is_macro, self._names)):
            raise Unreadable("macros")
        self.main = self._target("", "officeDocument") or "word/document.xml"
        if self.main not in self._names:
            raise Unreadable("damaged", what="docx_parts")

    def document(self) -> Any:
        return self._tree(self.main)

    def part(self, kind: str) -> Any | None:
        """The part of the document that a relationship of this kind names ("styles", "numbering" …), or None."""
        name = self._target(self.main, kind)
        return self._tree(name) if name in self._names else None

    def every(self, kind: str) -> list[Any]:
        """All parts of a kind, such as "header"."""
        return [self._tree(name) for name in self._targets(self.main, kind) if name in self._names]

    def _target(self, source: str, kind: str) -> str:
        return next(iter(self._targets(source, kind)), "")

    def _targets(self, source: str, kind: str) -> list[str]:
        folder, _, leaf = source.rpartition("/")
        name = f"{folder}/_rels/{leaf}.rels".lstrip("/") if source else "_rels/.rels"
        if name not in self._names:
            return []
        found = []
        for one in self._tree(name).iter(_RELATION):
            if str(one.get("Type", "")).rpartition("/")[2] != kind or one.get("TargetMode") == "External":
                continue
            target = str(one.get("Target", ""))
            found.append(target[1:] if target.startswith("/") else f"{folder}/{target}".lstrip("/"))
        return found

    def _tree(self, name: str) -> Any:
        data = self._read(name)
        if _STRICT in data:
            for strict, usual in _TRANSITIONAL:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable("damaged", what="xml") from error
        if root.getroottree().docinfo.doctype:
            raise Unreadable("dtd")
        return root

    def _read(self, name: str) -> bytes:
        try:
            with self._zip.open(name) as stream:
                data = stream.read(_LARGEST_PART + 1)
        except (*_DAMAGED, KeyError) as error:
            raise Unreadable("damaged", what="zip_member") from error
        if len(data) > _LARGEST_PART:
            raise Unreadable("bomb", declared=_LARGEST_PART)
        return data


def _is_macro(name: str) -> bool:
    return name.lower().rpartition("/")[2] in ("vbaproject.bin", "vbadata.xml")


def value(element: Any, name: str = "val") -> str:
    """The attribute `w:val` (or another) of an element; "" where either is missing."""
    return "" if element is None else str(element.get(f"{W}{name}", ""))


def is_on(element: Any) -> bool | None:
    """A switch such as w:b: None where it is not there, False where it says so."""
    return None if element is None else value(element) not in ("0", "false", "off", "none")
