"""
The words of a DOCX of any office, as the lines the reading pipeline understands, with what a person should know.

Only what is shown on the page counts: no hidden data of a file is believed, our own files' least of all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from workflow.errors import Unreadable
from workflow.patterns import expression
from workflow.reading.docx_blocks import Blocks, Line
from workflow.reading.docx_lines import text_of
from workflow.reading.docx_numbering import Numbering
from workflow.reading.docx_parts import Parts, W
from workflow.reading.docx_styles import Styles
from workflow.reading.docx_words import Notes, Reader
from workflow.reading.words import low

MOST_UPRIGHT = 40
"""No text has more căn cứ than this."""
_LONGEST = 1000
_SECRET = expression(r"\s*(?:độ mật\s*:?\s*)?(?:tuyệt mật|tối mật|mật)\s*[.:]?\s*", re.I)


@dataclass(frozen=True)
class DocxText:
    """
    `warnings` as plain values (code, message, raw), so that they cross from a process of their own. `upright` are
    the lines that begin as a căn cứ and are not set in italic type.
    """

    text: str
    warnings: tuple[dict[str, str], ...] = ()
    upright: tuple[str, ...] = ()


def docx_text(data: bytes) -> DocxText:
    """
    The text of a DOCX. Headings, bold lines and tables carry the signs of Markdown; automatic numbers are printed.

    Unreadable: damaged, macros, dtd, bomb; secret where a mark of secrecy stands in a margin or a text box, which
    are not part of the text. A file without words gives "".
    """
    parts = Parts(data)
    body = parts.document().find(f"{W}body")
    if body is None:
        raise Unreadable("damaged", what="docx_parts")
    reader = Reader(Styles(parts.part("styles")), parts.part("footnotes"), parts.part("endnotes"))
    lines = list(Blocks(reader, Numbering(parts.part("numbering"))).lines(body))
    margins = (text for kind in ("header", "footer") for root in parts.every(kind) for text in _texts(root))
    if any(_SECRET.fullmatch(text) for text in (*reader.notes.boxes, *margins)):
        raise Unreadable("secret")
    return DocxText(text_of(lines), tuple(_told(reader.notes)), tuple(islice(_upright(lines), MOST_UPRIGHT)))


def _upright(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        if line.cells is None and not line.italic and low(line.text).startswith("căn cứ "):
            yield line.text[:_LONGEST]


def _texts(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        yield "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))


def _told(notes: Notes) -> Iterator[dict[str, str]]:
    if notes.tracked:
        yield _warning(
            "tracked_changes",
            "Tệp Word còn dấu theo dõi sửa đổi: chữ chèn được đọc, chữ xóa bị bỏ. Đối chiếu với bản in cuối cùng.",
        )
    if notes.comments:
        yield _warning("comments_dropped", "Lời ghi bên lề (comment) của tệp Word không được đọc.")
    if notes.hidden:
        yield _warning("hidden_text", "Tệp Word có chữ ẩn; chữ ẩn không in ra nên không được đọc.")
    if notes.footnotes:
        yield _warning(
            "footnotes_kept", "Chú thích cuối trang được đưa vào ngoặc vuông ngay tại chỗ; hãy soát lại."
        )
    if notes.embedded:
        yield _warning(
            "embedded_dropped", "Tệp Word nhúng một tệp khác; phần nhúng không được đọc, hãy gõ lại nếu cần."
        )
    for box in notes.boxes:
        yield _warning(
            "text_box", "Chữ trong khung vẽ (text box) không được đọc; hãy gõ lại vào văn bản nếu cần.", box
        )


def _warning(code: str, message: str, raw: str = "") -> dict[str, str]:
    return {"code": code, "message": message, "raw": raw}
