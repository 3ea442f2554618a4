"""A DOCX is unpacked under a count and stripped of every way out before its words are read."""

import zlib

import pytest

from tests.workflow.reading.files import TOP_RELS, W, body, packed, paragraph, raw_zip, relations, types, word
from tests.workflow.reading.test_encodings import to_tcvn3, to_vni
from workflow.errors import Unreadable
from workflow.reading import take_in
from workflow.reading.docx_package import read_docx, refuse_types, vetted

RELS = "word/_rels/document.xml.rels"
TEXT = "Đơn vị chủ trì tổng hợp kết quả thực hiện kế hoạch."
OUTSIDE = relations(
    ("image", "http://chu-nhan.example/anh.png", "External"),
    ("attachedTemplate", "file:///C:/mau.dotm", "External"),
    ("oleObject", "http://chu-nhan.example/a.bin", "External"),
    ("hyperlink", "http://hoa-an.example/", "External"),
    ("styles", "../../../../etc/passwd", ""),
    ("styles", "styles.xml", ""),
)


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        take_in(data, "a.docx")
    return refused.value.reason


def test_only_words_and_styles_stay_and_nothing_leads_out():
    styles = f'<w:styles xmlns:w="{W}"/>'
    data = word(
        body(paragraph(TEXT)),
        **{
            RELS: OUTSIDE,
            "word/styles.xml": styles,
            "word/media/anh.png": b"x",
            "customXml/item1.xml": "<a/>",
        },
    )
    parts, left_out = vetted(data)
    assert set(parts) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", RELS, "word/styles.xml",
    }  # fmt: skip
    assert b"External" not in parts[RELS]
    assert b"passwd" not in parts[RELS]
    assert left_out == {"image", "attachedTemplate", "oleObject", "hyperlink", "styles"}
    text, warnings, *_ = read_docx(data)
    assert text.strip() == TEXT
    assert [warning["code"] for warning in warnings] == ["left_out"]


@pytest.mark.parametrize("target", ["/word/document2.xml", "word/document2.xml"])
def test_the_main_part_is_the_one_the_package_names(target):
    """Word in a browser calls it document2.xml."""
    rels = TOP_RELS.replace('Target="word/document.xml"', f'Target="{target}"')
    parts = {
        "[Content_Types].xml": types().replace("/word/document.xml", "/word/document2.xml"),
        "_rels/.rels": rels,
        "word/document2.xml": body(paragraph("Số: 12/KH-SKHCN", style="a")),
        "word/_rels/document2.xml.rels": relations(("styles", "styles.xml", "")),
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:rPr><w:caps/></w:rPr>'
        "</w:style></w:styles>",
    }
    taken = take_in(packed(parts), "ke-hoach.docx")
    assert (taken.kind, taken.text) == ("docx", "SỐ: 12/KH-SKHCN")


def test_a_package_that_names_no_main_part_is_damaged():
    for rels in (TOP_RELS.replace("word/document.xml", "word/other.xml"), "<Relationships"):
        parts = {
            "[Content_Types].xml": types(),
            "_rels/.rels": rels,
            "word/document.xml": body(paragraph("a")),
        }
        with pytest.raises(Unreadable) as refused:
            take_in(packed(parts), "ke-hoach.docx")
        assert refused.value.reason == "damaged"


def test_a_link_in_the_text_is_no_loss():
    data = word(
        body(paragraph(TEXT)), **{RELS: relations(("hyperlink", "http://hoa-an.example/", "External"))}
    )
    assert read_docx(data)[1] == []


DTDS = {
    "a file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE a SYSTEM "http://chu-nhan.example/a.dtd">',
    "a parameter": '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    "a billion laughs": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
}


@pytest.mark.parametrize("dtd", DTDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused_in_every_part_and_encoding(dtd, encoding):
    before = f'<?xml version="1.0" encoding="{encoding[:6].rstrip("-")}"?>{DTDS[dtd]}'
    entity = "&c;" if "laughs" in dtd else "&x;"
    main = body(paragraph(TEXT)).replace(TEXT, entity)
    assert refusal(word((before + main).encode(encoding))) == "dtd"
    styles = f'{before}<w:styles xmlns:w="{W}"/>'.encode(encoding)
    related = relations(("styles", "styles.xml", ""))
    assert refusal(word(body(paragraph(TEXT)), **{RELS: related, "word/styles.xml": styles})) == "dtd"


@pytest.mark.parametrize("encoding", ["utf-7", "ebcdic-cp-us", "iso-2022-jp", "windows-1252"])
def test_an_encoding_in_which_a_type_could_hide_is_refused(encoding):
    with pytest.raises(Unreadable, match="dtd"):
        refuse_types(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())


@pytest.mark.parametrize(
    "data",
    [
        word(body(paragraph(TEXT)), **{"word/vbaProject.bin": b"\xd0\xcf"}),
        word(body(paragraph(TEXT)), **{"word/sub/VBAPROJECT.BIN": b"\xd0\xcf"}),
        word(body(paragraph(TEXT)), **{RELS: relations(("vbaProject", "x.bin", ""))}),
        word(
            body(paragraph(TEXT)),
            **{"[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled.main+xml")},
        ),
    ],
)
def test_macros_are_refused_by_name_wherever_they_are_said(data):
    assert refusal(data) == "macros"


def test_a_part_that_is_larger_than_it_declared_is_a_bomb():
    members = [
        ("[Content_Types].xml", types().encode()),
        ("word/document.xml", body(*[paragraph(TEXT)] * 500).encode()),
    ]
    assert refusal(raw_zip(members, sizes=100)) == "bomb"
    assert refusal(raw_zip(members, sizes=200_000)) == "damaged"
    broken = bytearray(raw_zip(members))
    at = broken.index(b"word/document.xml") + 60
    broken[at : at + 40] = bytes(40)
    assert zlib.crc32(bytes(broken))
    assert refusal(bytes(broken)) == "damaged"


def test_depth_and_number_without_end_are_refused_or_read_within_the_limits():
    deep = "<w:p>" * 20_000 + "</w:p>" * 20_000
    assert refusal(word(body(deep))) in ("damaged", "unsafe", "bomb")
    tables = "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80
    assert refusal(word(body(tables))) in ("empty", "damaged")
    many = word(body("<w:p/>" * 150_000))
    assert refusal(many) in ("empty", "unsafe", "bomb")


def test_a_part_that_is_no_xml_is_damage():
    assert refusal(word("<w:document>")) == "damaged"
    assert refusal(word(body(paragraph(TEXT)), **{RELS: "không phải"})) == "damaged"
    assert refusal(word("<a/>")) == "damaged"


def test_words_in_the_old_fonts_are_the_words_they_showed():
    lines = (
        paragraph(to_tcvn3("kế hoạch bồi dưỡng công chức"), font=".VnTimeH"),
        paragraph(to_tcvn3(TEXT), font=".VnTime"),
        paragraph(to_vni(TEXT), font="VNI-Times"),
        paragraph("Sở Nội vụ đã gõ Unicode trong phông cũ.", font=".VnTime"),
        paragraph("Điều này đã đúng."),
    )
    taken = take_in(word(body(*lines)), "cu.docx")
    assert [line for line in taken.text.split("\n") if line] == [
        "KẾ HOẠCH BỒI DƯỠNG CÔNG CHỨC",
        TEXT,
        TEXT,
        "Sở Nội vụ đã gõ Unicode trong phông cũ.",
        "Điều này đã đúng.",
    ]
    assert taken.warnings[0].code == "legacy_encoding"


def test_a_font_may_come_from_a_style_or_from_the_whole_document():
    fonts = '<w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}"/></w:rPr>'
    styles = (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault>{fonts.format(".VnTime")}</w:rPrDefault></w:docDefaults>'
        f'<w:style w:type="paragraph" w:styleId="goc">{fonts.format("VNI-Times")}</w:style>'
        '<w:style w:type="paragraph" w:styleId="con"><w:basedOn w:val="goc"/></w:style></w:styles>'
    )
    lines = body(paragraph(to_vni(TEXT), style="con"), paragraph(to_tcvn3(TEXT)))
    related = relations(("styles", "styles.xml", ""))
    text, _, encoding, _ = read_docx(word(lines, **{RELS: related, "word/styles.xml": styles}))
    assert [line for line in text.split("\n") if line] == [TEXT, TEXT]
    assert encoding in ("tcvn3", "vni")


def test_a_letter_cut_between_two_runs_is_still_one_letter():
    whole = to_vni(TEXT)
    at = whole.index("oå") + 1
    runs = "".join(
        f'<w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t xml:space="preserve">{part}</w:t></w:r>'
        for part in (whole[:at], whole[at:])
    )
    assert read_docx(word(body(f"<w:p>{runs}</w:p>")))[0].strip() == TEXT


def test_the_soft_hyphen_of_word_is_a_letter_in_the_old_font():
    before, after = to_tcvn3("Đơn vị được giao nhiệm vụ tr"), to_tcvn3("ớc ngày họp")
    run = (
        f'<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t xml:space="preserve">{before}</w:t>'
        f"<w:softHyphen/><w:t>{after}</w:t></w:r>"
    )
    assert read_docx(word(body(f"<w:p>{run}</w:p>")))[0].strip() == "Đơn vị được giao nhiệm vụ trước ngày họp"
