"""
Where a text ends, and which rows below it are recipients, which the signature, which an annex.

Two columns printed on one row are parted; no row is read twice.
"""

import re
from dataclasses import dataclass

from workflow.patterns import expression
from workflow.reading.cleaning import GAP, Row
from workflow.reading.recipients import after_head, is_head
from workflow.reading.signature import is_capacity, is_title, person_in
from workflow.reading.tables import bar_gap_tables, cells_of
from workflow.reading.words import bare, low, squeeze, starts_lower


@dataclass(frozen=True)
class Tail:
    """Where the text ends and what stands below it: recipients' rows, signature's rows, titles of annexes."""

    start: int
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    headed: bool = False
    stop: int = 0


_ANNEX = expression(r"^(?:phụ lục|danh mục|biểu mẫu|biểu|mẫu số|bảng phân công|bảng tổng hợp)(?:\s|$)")


_BELONGS = expression(r"\((?:kèm theo|ban hành kèm theo) .{0,200}(?:số|ngày).{0,300}\)$")


_CAPITALS_AFTER = expression(
    r"\s((?:TM|KT|TL|TUQ|Q)\.\s?\S.*|(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG|HIỆU TRƯỞNG"
    r"|TRƯỞNG BAN|THỦ TRƯỞNG)\b.*)$"
)


def split_tail(printed: list[Row], body: int) -> Tail:
    """The end of the text: the first "Nơi nhận" or signature block with nothing but its kind around it."""
    heads = [place for place in range(body, len(printed)) if _head_in(printed[place])]
    head = heads[0] if heads else None
    blocks = [
        place
        for place in range(body, len(printed))
        if is_capacity(printed[place].flat)
        or (is_title(printed[place].flat) and (head is None or place > head or head - place < 8))
    ]
    if head is None and not blocks:
        return Tail(len(printed))
    if head is None:
        # Without recipients the last block counts, if little follows it.
        start = blocks[-1]
        while start - 1 in blocks:
            start -= 1
        if len(printed) - start > 14 and not any(_ANNEX.match(low(row.flat)) for row in printed[start:]):
            return Tail(len(printed))
    else:
        near = [place for place in blocks if place < head and head - place < 12]
        start = min(near) if near and _only_tail(printed[min(near) : head]) else head
    stop = next(
        (
            place
            for place in range(start + 2, len(printed))
            if _ANNEX.match(low(printed[place].flat)) and place > start + 1
        ),
        len(printed),
    )
    left, right = _columns(printed[start:stop], start_in_list=False)
    return Tail(start, tuple(left), tuple(right), _annexes(printed[stop:]), head is not None, stop)


def _annexes(rows: list[Row]) -> tuple[str, ...]:
    """
    Each annex as its title and its lines. Where titles are marked as headings only those begin one; the line that
    says to which document it belongs is left out, for it holds the number of that document.
    """
    marked = any(row.heading and _names_annex(row) for row in rows)
    found: list[list[str]] = []
    for place, row in enumerate(rows):
        title = _names_annex(row) and (
            row.heading > 0 if marked else not (place and _names_annex(rows[place - 1]))
        )
        if title or not found:
            found.append([squeeze(row.flat)])
        elif not (len(found[-1]) <= 3 and _BELONGS.match(low(row.flat))):
            cells = cells_of(row.text) if row.text.startswith("|") else [row.flat]
            found[-1].append(squeeze(" – ".join(cell for cell in cells if cell)))
    return tuple("\n".join(line for line in lines if line) for lines in found[:50])


def _names_annex(row: Row) -> bool:
    return bool(_ANNEX.match(low(row.flat))) and len(row.flat) < 200 and row.flat[:1].isupper()


def annex_table(printed: list[Row], tail: Tail) -> list[str]:
    """The rows with bars below the signature, where an annex stands there."""
    if not tail.annexes:
        return []
    return [row.text for row in bar_gap_tables(printed[tail.stop :]) if row.text.startswith("|")]


def _head_in(row: Row) -> bool:
    text = row.text.replace("|", GAP).strip(GAP + " ")
    return is_head(text.split(GAP)[0]) or (is_head(text[:10]) and bool(_CAPITALS_AFTER.search(squeeze(text))))


def _only_tail(between: list[Row]) -> bool:
    return all(len(row.flat) < 90 and not row.flat.endswith((".", ";")) for row in between)


def _columns(tail: list[Row], *, start_in_list: bool) -> tuple[list[str], list[str]]:
    """The rows of the tail as (recipients, signature): two columns on one row are parted."""
    left: list[str] = []
    right: list[str] = []
    listing, archived = start_in_list, False
    for row in tail:
        columns = [squeeze(piece) for piece in row.text.replace("|", GAP).split(GAP) if piece.strip()]
        pieces = [
            (part, place > 0 or inner > 0)
            for place, piece in enumerate(columns)
            for inner, part in enumerate(_parted_row(piece, listing))
        ]
        for piece, second in pieces:
            if is_head(piece) or (bare(piece).startswith("noi nhan") and ":" in piece[:12]):
                listing = True
                rest = after_head(piece)
                if rest:
                    left.append(rest)
                    archived = bool(_ARCHIVED.search(low(rest)))
                continue
            if is_capacity(piece) or (is_title(piece) and not piece.startswith("-")):
                right.append(piece)
                continue
            person = person_in(piece, sure=listing and not archived)
            mine = (second and not piece.startswith("-")) or (person and right and not piece.startswith("-"))
            if listing and not archived and not mine:
                left.append(piece)
                archived = low(piece.lstrip("-+ ")).startswith("lưu") or bool(_ARCHIVED.search(low(piece)))
                continue
            if archived and starts_lower(piece) and len(piece) < 30 and not right:
                left[-1] = f"{left[-1]} {piece}"
                continue
            right.append(piece)
    return left, right


_ARCHIVED = expression(r"(?:^|[;.]\s*-?\s*)lưu\s?:?\s*(?:vt|tại)")


_SIGNED = expression(
    r"\s*\(\s*(?:đã ký|ký|ký tên|đã ký và đóng dấu|ký tên, đóng dấu|ký, đóng dấu)\s*\)\s*", re.I
)


_LISTED_NAME = expression(r"^(-?\s*Lưu\s?:.{2,40}?[.;])\s+(\S.*)$")


def _parted_row(piece: str, listing: bool) -> list[str]:
    """ "Nơi nhận: KT. GIÁM ĐỐC" and "- Lưu: VT, VP. Nguyễn Văn A": two columns with one blank between."""
    if _SIGNED.search(piece):
        return [part for part in _SIGNED.split(piece) if part.strip()]
    if is_capacity(piece) or is_title(piece):
        return [piece]
    found = _CAPITALS_AFTER.search(piece)
    if found and (
        bare(piece).startswith("noi nhan")
        or (listing and piece[: found.start()].rstrip().endswith((";", ".", ")", ",")))
    ):
        return [piece[: found.start()].strip(), found[1].strip()]
    named = _LISTED_NAME.match(piece)
    if named and person_in(named[2], sure=True):
        return [named[1], named[2]]
    return [piece]
