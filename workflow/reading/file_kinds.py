"""
What a file is, told by its first bytes; its name and the type a browser claims are never asked.

It opens nothing: what stands inside a ZIP is told by the names in its directory.
"""

from workflow.errors import Unreadable
from workflow.reading.containers import Directory, directory_of

_PLAIN = (
    (b"{\\rtf", "rtf"),
    (b"MZ", "executable"),
    (b"\x7fELF", "executable"),
    (b"\xfe\xed\xfa\xce", "executable"),
    (b"\xfe\xed\xfa\xcf", "executable"),
    (b"\xce\xfa\xed\xfe", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"#!/", "executable"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"8BPS", "image"),
    (b"AT&TFORM", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF", "archive"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"fLaC", "media"),
    (b"\x1aE\xdf\xa3", "media"),
)
_EMPTY_ZIPS = (b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of a compound file, by the name its directory gives them; the order decides where several stand.
_STREAMS = (
    ("EncryptedPackage", "encrypted_office"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def kind_of(data: bytes) -> str:
    """
    "docx", "pdf" or "text" (not yet known to be one). Unreadable names everything else: doc, xls, ppt, macros,
    odt, rtf, xlsx, pptx, image, archive, executable, media, encrypted_office, bomb, unsafe_names, damaged, empty.
    """
    if not data.strip(b"\x00\t\n\x0b\x0c\r "):
        raise Unreadable("empty")
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ")[:5] == b"%PDF-":
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data, directory_of(data))
    if data.startswith(_EMPTY_ZIPS):
        raise Unreadable("archive")
    if data.startswith(_OLE):
        raise Unreadable(_kind_of_ole(data))
    for magic, reason in _PLAIN:
        if data.startswith(magic):
            raise Unreadable(reason)
    if data[:4] == b"RIFF":
        raise Unreadable("image" if data[8:12] == b"WEBP" else "media")
    if data[4:8] == b"ftyp":
        raise Unreadable("image" if data[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "media")
    if data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data):
        raise Unreadable("image")
    if data[257:262] == b"ustar":
        raise Unreadable("archive")
    return "text"


def _kind_of_zip(data: bytes, found: Directory) -> str:
    names = found.names
    if "mimetype" in names and _OPEN_DOCUMENT in data[:200]:
        raise Unreadable("odt")
    if any(name.rsplit("/", 1)[-1].lower() == "vbaproject.bin" for name in names):
        raise Unreadable("macros")
    if "[Content_Types].xml" in names:
        # The package names its main part itself; Word in a browser calls it document2.xml.
        if any(name.startswith("word/document") and name.endswith(".xml") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            raise Unreadable("xlsx")
        if any(name.startswith("ppt/") for name in names):
            raise Unreadable("pptx")
    raise Unreadable("archive")


def _kind_of_ole(data: bytes) -> str:
    """The streams' names stand in the directory sectors as UTF-16; where none is known it is an old office file."""
    for name, reason in _STREAMS:
        if f"{name}\x00".encode("utf-16-le") in data:
            return reason
    return "ole"
