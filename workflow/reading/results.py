"""
What a report says of each task in its table of results, which units have not reported, and what goes along with it.

Only a table that names a task and its result is one; a word that tells no status leaves the status empty.
"""

import re
from typing import Literal

from workflow.content import Missing, Row
from workflow.patterns import expression
from workflow.reading.paragraphs import Paragraph
from workflow.reading.tables import cells_of
from workflow.reading.words import bare, bare_end, low, squeeze

Status = Literal["done", "running", "not_started", ""]

_COLUMNS = (
    ("ref", expression(r"(?:stt|tt|so tt|muc)$")),
    ("status", expression(r"(?:trang thai|tinh trang|muc do hoan thanh|tien do)")),
    ("result", expression(r"ket qua(?! dau ra| du kien)|tinh hinh thuc hien")),
    ("reason", expression(r"(?:ly do|nguyen nhan)")),
    ("task", expression(r"(?:ten )?(?:nhiem vu|noi dung|cong viec|hoat dong)")),
    ("unit", expression(r"(?:cac )?(?:don vi|co quan|phong)")),
)
_STATUSES: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("done", expression(r"(?:đã )?(?:hoàn thành|thực hiện xong)(?=[.;,]|$)")),
    ("running", expression(r"đang (?:thực hiện|triển khai)(?=[.;,]|$)")),
    ("not_started", expression(r"chưa (?:thực hiện|triển khai)(?=[.;,]|$)")),
)
_REASON = expression(r"(?:^|(?<=\s))lý do: ")
_MISSING = expression(r"đến (?:khi|thời điểm) lập báo cáo(?: này)?, chưa nhận được báo cáo của ")
_UNIT = expression(r"(?P<unit>.+?)(?: \((?P<reason>.+)\))?$")
_ENCLOSED = expression(r"kèm theo: (?=\S)")


def take_results(paragraphs: list[Paragraph]) -> tuple[Row, ...]:
    """The rows of every table of results, taken out of the paragraphs."""
    found: list[Row] = []
    kept: list[Paragraph] = []
    place = 0
    while place < len(paragraphs):
        end = place
        while end < len(paragraphs) and _is_row(paragraphs[end]):
            end += 1
        rows = _rows([one.text for one in paragraphs[place:end]])
        found += rows
        if not rows:
            kept += paragraphs[place : max(end, place + 1)]
        place = max(end, place + 1)
    paragraphs[:] = kept
    return tuple(found)


def _is_row(paragraph: Paragraph) -> bool:
    return paragraph.text.startswith("|") and not paragraph.plain


def _rows(lines: list[str]) -> list[Row]:
    if not lines:
        return []
    head = [_column(cell) for cell in cells_of(lines[0])]
    if "task" not in head or "result" not in head:
        return []
    found = []
    for line in lines[1:]:
        cells: dict[str, str] = {}
        for key, cell in zip(head, cells_of(line), strict=False):
            if key and key not in cells:
                cells[key] = cell
        words = cells.get("result", "")
        if not (cells.get("task") or words) or all(
            cell.strip("()").isdigit() for cell in cells.values() if cell
        ):
            continue
        status, result, reason = _said(words)
        status = status or _status(cells.get("status", ""))[0]
        found.append(
            Row(
                cells.get("ref", ""),
                cells.get("task", ""),
                cells.get("unit", ""),
                status,
                result,
                cells.get("reason", "") or reason,
            )
        )
    return found


def _column(title: str) -> str:
    folded = bare(squeeze(title)).strip(" .:")
    return next((key for key, pattern in _COLUMNS if pattern.match(folded)), "")


def _said(words: str) -> tuple[Status, str, str]:
    """ "Đã hoàn thành. 3 hội nghị. Lý do: …" as (status, result, reason)."""
    status, rest = _status(words)
    reasons = list(_REASON.finditer(low(rest)))
    if not reasons:
        return status, rest, ""
    at = reasons[-1]
    return status, rest[: at.start()].strip(), rest[at.end() :].strip()


def _status(words: str) -> tuple[Status, str]:
    lowered = low(words)
    for status, pattern in _STATUSES:
        found = pattern.match(lowered)
        if found:
            return status, words[found.end() :].lstrip(".;, ")
    return "", words


def take_missing(paragraphs: list[Paragraph]) -> tuple[Missing, ...]:
    """The units a report says have not sent theirs; the sentence is taken out, for the names say it."""
    for place, paragraph in enumerate(paragraphs):
        if named := _named(paragraph.text):
            del paragraphs[place]
            return named
    return ()


def _named(line: str) -> tuple[Missing, ...]:
    begins = _MISSING.match(low(line))
    if begins is None:
        return ()
    items = (
        bare_end(item) if "(" not in item else item.strip(" .;") for item in line[begins.end() :].split("; ")
    )
    found = (_UNIT.fullmatch(item) for item in items if item)
    return tuple(Missing(one["unit"], one["reason"] or "") for one in found if one)


def take_enclosed(paragraphs: list[Paragraph]) -> tuple[str, ...]:
    """ "Kèm theo: …" at the end of the text names what goes along; taken out of the paragraphs."""
    found: list[str] = []
    while paragraphs and (begins := _ENCLOSED.match(low(paragraphs[-1].text))):
        found.insert(0, paragraphs.pop().text[begins.end() :])
    return tuple(found)
