"""
The directory of a ZIP, read by hand and judged before anything is unpacked (guarantees.md P10).

Only what the directory declares is known here; who unpacks must count again.
"""

import struct
from dataclasses import dataclass

from workflow.errors import Unreadable

MOST_ENTRIES = 2_000
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 200
RATIO_FROM = 1024 * 1024  # bytes unpacked: below that a high ratio does no harm

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8_NAME = 0x800
STORED, DEFLATED = 0, 8
_LINK = 0xA000
_KIND_OF_FILE = 0xF000


@dataclass(frozen=True)
class Entry:
    """One member as declared: where its bytes stand, how they are packed, how many there will be."""

    name: str
    method: int
    start: int
    packed: int
    size: int


@dataclass(frozen=True)
class Directory:
    entries: tuple[Entry, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(entry.name for entry in self.entries)


def directory_of(data: bytes) -> Directory:
    """
    The members of a ZIP that keeps to the limits. Unreadable: damaged (its parts do not agree, or it is of a
    rare make: ZIP64, several disks, words before or after), encrypted_office, bomb, unsafe_names.
    """
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - 0xFFFF))
    if at < 0 or at + _END.size > len(data):
        raise Unreadable("damaged", what="zip_end")
    _, disk, first_disk, here, count, length, start, comment = _END.unpack_from(data, at)
    if disk or first_disk or here != count or at + _END.size + comment != len(data):
        raise Unreadable("damaged", what="zip_end")
    if count > MOST_ENTRIES:
        raise Unreadable("bomb", entries=count, limit=MOST_ENTRIES)
    if start + length != at:
        raise Unreadable("damaged", what="zip_directory")
    entries = []
    place = start
    for _ in range(count):
        entry, place = _entry(data, place, at)
        entries.append(entry)
    if place != at:
        raise Unreadable("damaged", what="zip_directory")
    _judge(entries, start)
    return Directory(tuple(entries))


def _entry(data: bytes, place: int, end: int) -> tuple[Entry, int]:
    if place + _ENTRY.size > end:
        raise Unreadable("damaged", what="zip_directory")
    read = _ENTRY.unpack_from(data, place)
    magic, made_by, _, flags, method = read[0], read[1], read[2], read[3], read[4]
    packed, size, name_length, extra, comment = read[8], read[9], read[10], read[11], read[12]
    attributes, local = read[15], read[16]
    after = place + _ENTRY.size + name_length + extra + comment
    if magic != b"PK\x01\x02" or after > end:
        raise Unreadable("damaged", what="zip_directory")
    if flags & _ENCRYPTED:
        raise Unreadable("encrypted_office")
    if method not in (STORED, DEFLATED) or (method == STORED and packed != size):
        raise Unreadable("damaged", what="zip_method")
    raw = data[place + _ENTRY.size : place + _ENTRY.size + name_length]
    if made_by >> 8 == 3 and (attributes >> 16) & _KIND_OF_FILE == _LINK:
        raise Unreadable("unsafe_names", what="link")
    name = _name(raw, utf8=bool(flags & _UTF8_NAME))
    return Entry(name, method, _start(data, local, raw), packed, size), after


def _name(raw: bytes, *, utf8: bool) -> str:
    try:
        name = raw.decode("utf-8" if utf8 else "cp437")
    except UnicodeDecodeError as error:
        raise Unreadable("damaged", what="zip_name") from error
    parts = name.rstrip("/").split("/")
    if (
        not name.strip("/ ")
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or any(part in ("", ".", "..") for part in parts)
        or any(char < " " for char in name)
    ):
        raise Unreadable("unsafe_names", what="path")
    return name


def _start(data: bytes, local: int, name: bytes) -> int:
    """Where the packed bytes begin: the member's own header must say the same name as the directory does."""
    if local + _LOCAL.size > len(data):
        raise Unreadable("damaged", what="zip_member")
    read = _LOCAL.unpack_from(data, local)
    begin = local + _LOCAL.size
    if read[0] != b"PK\x03\x04" or data[begin : begin + read[9]] != name:
        raise Unreadable("damaged", what="zip_member")
    length, extra = int(read[9]), int(read[10])
    return begin + length + extra


def _judge(entries: list[Entry], directory: int) -> None:
    total = 0
    for entry in entries:
        total += entry.size
        if total > MOST_UNPACKED or (entry.size > RATIO_FROM and entry.size > MOST_RATIO * entry.packed):
            raise Unreadable("bomb", unpacked=total, limit=MOST_UNPACKED)
    lowered = [entry.name.lower() for entry in entries]
    if len(set(lowered)) != len(lowered):
        raise Unreadable("unsafe_names", what="twice")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.start):
        # Members that share bytes are how a small file unpacks to a huge one.
        if entry.start < end or entry.start + entry.packed > directory:
            raise Unreadable("bomb", overlapping=entry.name)
        end = entry.start + entry.packed
