"""
A Sheet as the body of word/document.xml: the ô of Phụ lục I, paragraph by paragraph.

It lays out and words nothing of its own; sizes and faces are in the styles.
"""

import re
from collections.abc import Iterator

from workflow.patterns import expression
from workflow.reading.docx_lines import seems_marked
from workflow.writing.docx_measures import balanced, bold_width, rule_length
from workflow.writing.docx_styles import DEEPEST, INDENT, PLAIN
from workflow.writing.docx_xml import DECLARATION, NAMESPACES, cell, paragraph, row, run, table
from workflow.writing.sheet import Annex, Line, Sheet, Table

WIDTH = 9354  # A4 less 30 mm and 15 mm, in twips
RULE_SHARE = 0.4  # between a third and a half of the line above
REPUBLIC = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SIGNING_ROOM = 1580  # 28 mm between the title and the name
MARK_ROOM = 460  # above and below the mark of approval, which stands in the same room
LINES_OF_A_PAGE = 50  # of recipients, 11 points each
LINES_OF_A_SIGNATURE = 12
_GAP = "\u00a0"
_BELOW = '<w:spacing w:before="280" w:after="20"/>'
_SET_CENTRE = '<w:jc w:val="center"/>'
_PLAIN = '<w:b w:val="0"/><w:bCs w:val="0"/>'
_BULLET = expression(r"[-–+*•]")


def document_part(sheet: Sheet) -> str:
    """word/document.xml; the parts with numbered headers are found by the names in `docx`."""
    blocks = [_head(sheet), *_title(sheet), *_addressees(sheet), *_lines(sheet.body)]
    if sheet.results:
        blocks += [
            _results(sheet.results),
            paragraph(
                "TKNoiDung", after='<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>'
            ),
        ]
    blocks += _lines(sheet.closing, style="TKKet")
    blocks = _held(blocks)
    blocks.append(_foot(sheet))
    sections = [_annex(item) for item in sheet.annexes]
    if sections:
        blocks.append(paragraph("Normal", after=_section()))
    for place, inner in enumerate(sections):
        last = place == len(sections) - 1
        blocks += inner if last else [*inner, paragraph("Normal", after=_section())]
    if not sections:
        blocks.append(paragraph("Normal", after='<w:spacing w:line="20" w:lineRule="exact"/>'))
    return (
        f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(blocks)}{_section()}</w:body></w:document>"
    )


def _section() -> str:
    """A4, margins 20, 15, 20, 30 mm; the first page has a header of its own, without a number."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdNumbered"/>'
        '<w:headerReference w:type="first" r:id="rIdFirst"/><w:type w:val="nextPage"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" '
        'w:header="454" w:footer="454" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def _boxed(length: int, room: int) -> str:
    """The place of a framed line, in the middle of `room` and a little wider than its words."""
    side = max(0, (room - length) // 2 - 140)
    return f'<w:ind w:left="{side}" w:right="{side}"/>'


def _rule(length: int, room: int, after: int = 0) -> str:
    side = max(0, (room - length) // 2)
    spacing = f'<w:spacing w:before="40" w:after="{after}" w:line="40" w:lineRule="exact"/>'
    return paragraph("TKKe", after=f'{spacing}<w:ind w:left="{side}" w:right="{side}"/>')


def _head(sheet: Sheet) -> str:
    right = bold_width(REPUBLIC, 12) + 160
    left = WIDTH - right
    issuer = [
        *([paragraph("TKCapTren", run(sheet.parent_name))] if sheet.parent_name else []),
        paragraph("TKCoQuan", run(sheet.agency_name)),
        _rule(rule_length(sheet.agency_name, 12, left, RULE_SHARE), left),
    ]
    motto = [
        paragraph("TKQuocHieu", run(REPUBLIC)),
        paragraph("TKTieuNgu", run(MOTTO)),
        _rule(bold_width(MOTTO, 13), right),
    ]
    number = "Số: " + (sheet.number or _GAP * 8) + (f"/{sheet.symbol}" if sheet.symbol else "")
    below = [paragraph("TKSo", run(number))]
    if sheet.letter and sheet.subject:
        below.append(paragraph("TKVeViec", run(f"V/v {sheet.subject}")))
    if sheet.urgency:
        below.append(
            paragraph("TKKhan", run(sheet.urgency), after=_boxed(bold_width(sheet.urgency, 13), left))
        )
    day = sheet.day or f"ngày{_GAP * 5}tháng{_GAP * 5}năm{_GAP * 7}"
    dated = paragraph("TKNgay", run(f"{sheet.place}, {day}" if sheet.place else day))
    return table(
        "TKBangTron",
        (left, right),
        row(cell(left, *issuer), cell(right, *motto)),
        row(cell(left, *below), cell(right, dated)),
    )


def _title(sheet: Sheet) -> list[str]:
    """Ô 5a; a công văn has none."""
    if sheet.letter or not (sheet.title or sheet.subject):
        return [paragraph("Normal", after='<w:spacing w:before="0" w:after="0"/>')]
    found = [paragraph("TKTenLoai", run(sheet.title))]
    if sheet.subject:
        room = WIDTH - 2 * INDENT
        side = (WIDTH - balanced(sheet.subject, 14, room)) // 2
        narrow = f'<w:ind w:left="{side}" w:right="{side}"/>'
        found.append(paragraph("TKTrichYeu", run(sheet.subject), keep_next=True, after=narrow))
        found.append(_rule(rule_length(sheet.subject, 14, room, RULE_SHARE), WIDTH, after=280))
    return found


def _addressees(sheet: Sheet) -> list[str]:
    """Ô 9a."""
    if not sheet.addressees:
        return []
    air = '<w:spacing w:before="200" w:after="240"/>'
    if len(sheet.addressees) == 1:
        return [
            paragraph("TKKinhGui", run(f"Kính gửi: {sheet.addressees[0]}"), after=air + _SET_CENTRE),
        ]
    last = len(sheet.addressees) - 1
    hanging = '<w:ind w:left="140" w:hanging="140"/>'
    lines = [
        paragraph("TKKinhGui", run(f"- {name}{'.' if place == last else ';'}"), after=hanging)
        for place, name in enumerate(sheet.addressees)
    ]
    widths = (2900, WIDTH - 2900)
    to = paragraph("TKKinhGui", run("Kính gửi:"), after='<w:ind w:right="140"/><w:jc w:val="right"/>')
    spacer = paragraph("Normal", after='<w:spacing w:line="160" w:lineRule="exact"/>')
    return [table("TKBangTron", widths, row(cell(widths[0], to), cell(widths[1], *lines))), spacer]


def _lines(lines: tuple[Line, ...], style: str = "TKNoiDung") -> list[str]:
    return [_line(line, style) for line in lines]


def _line(line: Line, style: str) -> str:
    if line.kind == "heading":
        return _heading(line)
    if line.kind == "basis":
        return paragraph("TKCanCu", _unmarked(line.text))
    if line.kind == "line":
        return paragraph("TKDong", run(line.text))
    return paragraph(style, *_marked(line.mark, line.text, ""))


def _heading(line: Line) -> str:
    style = f"Heading{min(line.level, DEEPEST)}"
    if line.face == "chapter":
        after = '<w:spacing w:before="200" w:after="200"/><w:ind w:firstLine="0"/><w:jc w:val="center"/>'
        mark = run(f"{line.mark}\n", '<w:rStyle w:val="TKDau"/>')
        return paragraph(style, mark, run(line.text, "<w:caps/>"), after=after)
    return paragraph(style, *_marked(line.mark, line.text, _PLAIN if line.face == "point" else ""))


def _marked(mark: str, text: str, look: str) -> Iterator[str]:
    """The mark is a run of its own style: so a text that begins like a mark is told from one."""
    if mark:
        yield run(f"{mark} " if text else mark, f'<w:rStyle w:val="TKDau"/>{look}')
    yield run(text, look) if mark or look else _unmarked(text)


def _unmarked(text: str) -> str:
    """Words that are no number, however they begin; only those that seem to be one are told apart."""
    return run(text, f'<w:rStyle w:val="{PLAIN.id}"/>' if seems_marked(" ".join(text.split())) else "")


def _results(found: Table) -> str:
    widths = (900, 3200, 2300, WIDTH - 6400)
    head = row(
        *(
            cell(width, paragraph("TKBangDau", run(name)))
            for width, name in zip(widths, found.columns, strict=True)
        ),
        header=True,
    )
    rows = (
        row(
            *(
                cell(width, paragraph("TKBang", run(text), after="" if place else _SET_CENTRE))
                for place, (width, text) in enumerate(zip(widths, cells, strict=True))
            )
        )
        for cells in found.rows
    )
    return table("TKBangKe", widths, head, *rows)


def _held(blocks: list[str]) -> list[str]:
    """The last paragraph goes with what stands below it: a signature is never alone on its page."""
    if blocks and blocks[-1].startswith("<w:p>") and "<w:keepNext/>" not in blocks[-1]:
        blocks[-1] = re.sub(r'(<w:pStyle w:val="\w+"/>)', r"\1<w:keepNext/>", blocks[-1], count=1)
    return blocks


def _foot(sheet: Sheet) -> str:
    """Ô 7 and 9b beside each other, on one page where they fit on one."""
    half = WIDTH // 2
    own, further = _columns(sheet.recipients, half)
    left = [paragraph("TKNoiNhan", run("Nơi nhận:")), *own] if own else []
    right = [paragraph("TKChucVu", run(line)) for line in sheet.signature_lines]
    if sheet.esign:
        head, *rest = sheet.esign
        words = run(head, "<w:b/><w:bCs/>"), *(run(f"\n{line}") for line in rest)
        right.append(
            paragraph(
                "TKKyDuyet", *words, after=_boxed(max(bold_width(line, 10) for line in sheet.esign), half)
            )
        )
    air = MARK_ROOM if sheet.esign else SIGNING_ROOM
    right.append(paragraph("TKHoTen", run(sheet.signer), after=f'<w:spacing w:before="{air}" w:after="0"/>'))
    right += further
    spacer = paragraph("TKHoTen", keep_next=True, after='<w:spacing w:line="240" w:lineRule="exact"/>')
    return spacer + table("TKBangTron", (half, half), row(cell(half, *left), cell(half, *right)))


def _columns(recipients: tuple[str, ...], width: int) -> tuple[list[str], list[str]]:
    """The lines below "Nơi nhận"; where one page cannot hold them, about half go on below the signature."""
    tall = [-(-bold_width(text, 11) // width) for text in recipients]
    count = len(recipients)
    if sum(tall) > LINES_OF_A_PAGE:
        half = (sum(tall) + LINES_OF_A_SIGNATURE) / 2
        count = sum(1 for place in range(count) if sum(tall[: place + 1]) <= half)
    lines = [paragraph("TKNhan", run(text)) for text in recipients]
    if lines[count:]:
        lines[count] = paragraph("TKNhan", run(recipients[count]), after=_BELOW)
    return lines[:count], lines[count:]


def _annex(annex: Annex) -> list[str]:
    """A phụ lục begins a page and counts its own pages."""
    found = [paragraph("TKPhuLuc", run(annex.title))]
    if annex.name:
        found.append(paragraph("TKTenPhuLuc", _unmarked(annex.name)))
    if annex.note:
        found.append(paragraph("TKKemTheo", run(annex.note)))
    return [*found, *(paragraph("TKNoiDung", _unmarked(line)) for line in annex.lines)]
