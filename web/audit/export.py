"""The history as files: CSV for a spreadsheet, JSON for whoever recomputes every hash."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from web.audit.lines import note_words
from web.filters import vi_datetime
from web.words import capacity_name
from workflow.queries.events import Event

HEADINGS = (
    "Sự kiện số", "Thời điểm (giờ Việt Nam)", "Hành động", "Người thực hiện", "Chức danh lúc đó", "Đơn vị",
    "Tư cách ký", "Căn cứ tư cách", "Số, ký hiệu", "Trích yếu", "Ý kiến, lý do", "Mã nội dung (SHA-256)",
    "Mã sự kiện (SHA-256)", "Nối từ sự kiện có mã",
)  # fmt: skip

TRAPS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet takes for the start of a formula (CWE-1236)."""

HOW_TO_CHECK = (
    "Tệp này đủ để tính lại mọi mã băm mà không cần chương trình Trình ký.",
    "1. Mã sự kiện = SHA-256 của chuỗi byte “trinhky/entry/1” + byte 00 + trường “stored” (UTF-8, giữ nguyên "
    "từng ký tự). Kết quả viết dạng hex phải bằng trường “hash”.",
    "2. Chuỗi của một văn bản: trong “stored” của mỗi sự kiện loại “act” có “prev”, bằng “hash” của sự kiện "
    "trước đó của cùng văn bản (“document”). Sự kiện đầu tiên có “prev” gồm 64 số 0; “version” tăng từng đơn vị.",
    "3. Cây chung (RFC 9162): lá = SHA-256(byte 00 + 32 byte của mã sự kiện); nút = SHA-256(byte 01 + nút trái + "
    "nút phải). “number” là vị trí của lá, đếm từ 1. Gốc của cây phải bằng gốc trong mốc đã ký.",
    "4. Mốc đã ký (“checkpoint”) theo dạng C2SP tlog-checkpoint: nguồn, số sự kiện, gốc (base64), thời điểm; "
    "chữ ký Ed25519 kiểm bằng “public_key”. Mốc đã giữ ngoài hệ thống từ trước là bằng chứng mạnh hơn.",
    "5. Ý kiến, địa chỉ mạng, trình duyệt nằm trong sự kiện dưới dạng mã cam kết có muối. Muối không xuất ra đây, "
    "để việc xóa ý kiến theo quy định sau này còn có tác dụng; sự kiện có ý kiến đã xóa vẫn tính lại đúng mã.",
)


def safe(value: str) -> str:
    """The text of a cell that no spreadsheet will run: an apostrophe before what would start a formula."""
    return f"'{value}" if value.lstrip(" ").startswith(TRAPS) else value


def as_csv(events: Iterable[Event]) -> tuple[bytes, int]:
    """UTF-8 with a byte order mark, as Excel wants it; and the number of rows without the heading."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    rows = 0
    for event in events:
        writer.writerow([safe(cell) for cell in _cells(event)])
        rows += 1
    return b"\xef\xbb\xbf" + text.getvalue().encode(), rows


def _cells(event: Event) -> tuple[str, ...]:
    kind = str(event.capacity.get("kind") or "")
    said = note_words(event.note) or str(event.facts.get("why") or "")
    return (
        str(event.number or ""), vi_datetime(event.at, seconds=True), event.label, event.person, event.title,
        event.unit, capacity_name(kind) if kind else "", str(event.capacity.get("basis") or ""), event.reference_no,
        event.subject, said, event.digest, event.hash, event.prev,
    )  # fmt: skip


def as_json(events: Iterable[Event], *, made_at: str, note: str, public_key: str) -> tuple[bytes, int]:
    """All bytes and hashes, with how to compute them again; and the number of events."""
    told = [_told(event) for event in events]
    whole = {
        "how_to_check": HOW_TO_CHECK,
        "made_at": made_at,
        "count": len(told),
        "checkpoint": note or None,
        "public_key": public_key or None,
        "events": told,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n", len(told)


def _told(event: Event) -> dict[str, Any]:
    return {
        "number": event.number,
        "hash": event.hash,
        "prev": event.prev or None,
        "stored": event.stored.decode(errors="replace"),
        "note": event.note.text if event.note and event.note.state == "kept" else None,
        "note_erased": bool(event.note and event.note.state == "erased"),
    }
