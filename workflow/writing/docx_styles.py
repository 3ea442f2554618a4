"""
The styles of our DOCX: one a part of the page, named in Vietnamese so that a clerk finds them in Word's list.

Their names begin with "TK" (headings keep Word's own, for the outline pane); `workflow.reading` knows them by that.
"""

from dataclasses import dataclass

from workflow.writing.docx_xml import DECLARATION, NAMESPACES, safe

FONT = "Times New Roman"
INDENT = 720  # 1,27 cm
_CENTRE = '<w:jc w:val="center"/>'
_FLAT = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'


@dataclass(frozen=True)
class Style:
    """`paragraph` and `run` are the insides of w:pPr and w:rPr, in schema order."""

    id: str
    name: str
    based_on: str = "Normal"
    paragraph: str = ""
    run: str = ""


def _sized(points: float, *, bold: bool = False, italic: bool = False) -> str:
    faces = f"{'<w:b/><w:bCs/>' if bold else ''}{'<w:i/><w:iCs/>' if italic else ''}"
    return f'{faces}<w:sz w:val="{points * 2:g}"/><w:szCs w:val="{points * 2:g}"/>'


def _spaced(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'


def _framed(eighths: int, space: int) -> str:
    """A box around a paragraph: strokes in eighths of a point, `space` points away from its words."""
    sides = ("top", "left", "bottom", "right")
    strokes = (
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="auto"/>' for side in sides
    )
    return f"<w:pBdr>{''.join(strokes)}</w:pBdr>"


BODY = (
    '<w:spacing w:before="0" w:after="120" w:line="269" w:lineRule="auto"/>'
    f'<w:ind w:firstLine="{INDENT}"/><w:jc w:val="both"/>'
)
STYLES = (
    # Ô 1–4: the head.
    Style("TKQuocHieu", "TK Quốc hiệu", paragraph=_FLAT + _CENTRE, run=_sized(12, bold=True)),
    Style("TKTieuNgu", "TK Tiêu ngữ", paragraph=_FLAT + _CENTRE, run=_sized(13, bold=True)),
    Style("TKCapTren", "TK Cơ quan chủ quản", paragraph=_FLAT + _CENTRE, run=_sized(12)),
    Style("TKCoQuan", "TK Cơ quan ban hành", paragraph=_FLAT + _CENTRE, run=_sized(12, bold=True)),
    Style("TKSo", "TK Số, ký hiệu", paragraph=_spaced(120, 0) + _CENTRE, run=_sized(13)),
    Style("TKNgay", "TK Địa danh, ngày", paragraph=_spaced(120, 0) + _CENTRE, run=_sized(13, italic=True)),
    Style("TKVeViec", "TK Về việc", paragraph=_spaced(120, 0) + _CENTRE, run=_sized(12)),
    Style(
        "TKKhan",
        "TK Mức khẩn",
        paragraph=_framed(8, 3) + _spaced(160, 0) + _CENTRE,
        run=_sized(13, bold=True),
    ),
    # A rule of its own length under the words above: an empty line, 2 points high, with a border.
    Style(
        "TKKe",
        "TK Kẻ ngang",
        paragraph='<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>'
        '<w:spacing w:before="40" w:after="0" w:line="40" w:lineRule="exact"/>',
        run=_sized(2),
    ),
    # Ô 5a, 9a.
    Style(
        "TKTenLoai",
        "TK Tên loại",
        paragraph="<w:keepNext/>" + _spaced(400, 0) + _CENTRE,
        run=_sized(14, bold=True),
    ),
    Style("TKTrichYeu", "TK Trích yếu", paragraph=_FLAT + _CENTRE, run=_sized(14, bold=True)),
    Style("TKKinhGui", "TK Kính gửi", paragraph=_spaced(0, 80), run=_sized(14)),
    # Ô 6.
    Style("TKNoiDung", "TK Nội dung", paragraph=BODY),
    Style("TKCanCu", "TK Căn cứ", "TKNoiDung", run="<w:i/><w:iCs/>"),
    Style("TKDong", "TK Dòng nhiệm vụ", "TKNoiDung"),
    Style("TKKet", "TK Kết", "TKNoiDung"),
    Style("TKBangDau", "TK Đầu bảng", paragraph=_spaced(60, 60) + _CENTRE, run=_sized(13, bold=True)),
    Style("TKBang", "TK Ô bảng", paragraph=_spaced(60, 60), run=_sized(13)),
    # Ô 7, 9b.
    Style(
        "TKNoiNhan",
        "TK Nơi nhận",
        paragraph="<w:keepNext/>" + _spaced(0, 40),
        run=_sized(12, bold=True, italic=True),
    ),
    Style(
        "TKNhan",
        "TK Dòng nơi nhận",
        paragraph=_spaced(0, 20) + '<w:ind w:left="130" w:hanging="130"/>',
        run=_sized(11),
    ),
    Style("TKChucVu", "TK Chức vụ", paragraph="<w:keepNext/>" + _FLAT + _CENTRE, run=_sized(14, bold=True)),
    Style(
        "TKKyDuyet",
        "TK Dấu ký duyệt",
        paragraph="<w:keepNext/>" + _framed(6, 4) + _spaced(460, 0),
        run=_sized(10),
    ),
    Style("TKHoTen", "TK Họ tên", paragraph=_FLAT + _CENTRE, run=_sized(14, bold=True)),
    # Phụ lục, and what stands in the margin.
    Style("TKPhuLuc", "TK Phụ lục", paragraph=_spaced(0, 40) + _CENTRE, run=_sized(14, bold=True)),
    Style("TKTenPhuLuc", "TK Tên phụ lục", paragraph=_spaced(0, 40) + _CENTRE, run=_sized(14, bold=True)),
    Style("TKKemTheo", "TK Kèm theo", paragraph=_spaced(0, 240) + _CENTRE, run=_sized(14, italic=True)),
    Style(
        "TKDauTrang",
        "TK Đầu trang",
        paragraph='<w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9354"/></w:tabs>'
        + _FLAT,
        run=_sized(13),
    ),
)
DEEPEST = 6
MARK = Style("TKDau", "TK Số thứ tự")
"""Of the letters that number a paragraph."""
PLAIN = Style("TKChu", "TK Chữ không đánh số")
"""Of words that look as if they began with a number and do not; what a person types in Word is read as it looks."""


def styles_part() -> str:
    """word/styles.xml."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_FLAT}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{fonts}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f"{_of_letters(MARK)}{_of_letters(PLAIN)}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="TKBangKe"><w:name w:val="TK Bảng kẻ"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_borders()}</w:tblBorders><w:tblCellMar>'
        '<w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="TKBangTron"><w:name w:val="TK Bảng không kẻ"/>'
        '<w:basedOn w:val="TableNormal"/></w:style>'
    )
    own = "".join(map(_style, (*STYLES, *map(_heading, range(1, DEEPEST + 1)))))
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{normal}{own}</w:styles>"


def _of_letters(style: Style) -> str:
    kind = 'w:type="character" w:customStyle="1"'
    return f'<w:style {kind} w:styleId="{style.id}"><w:name w:val="{safe(style.name)}"/></w:style>'


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)


def _heading(level: int) -> Style:
    return Style(
        f"Heading{level}",
        f"heading {level}",
        "TKNoiDung",
        f'<w:keepNext/><w:outlineLvl w:val="{level - 1}"/>',
        "<w:b/><w:bCs/>",
    )


def _style(style: Style) -> str:
    custom = "" if style.id.startswith("Heading") else ' w:customStyle="1"'
    following = '<w:next w:val="TKNoiDung"/>' if style.id.startswith("Heading") else ""
    look = f"<w:rPr>{style.run}</w:rPr>" if style.run else ""
    place = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{safe(style.name)}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>{following}<w:qFormat/>{place}{look}</w:style>'
    )
