"""The type in which a Word file sets its căn cứ: by the run, by its style, by the paragraph's style."""

import pytest

from tests.workflow.reading.files import W, body, relations, word
from workflow.reading.docx_package import read_docx
from workflow.reading.intake import take_in, take_text

LAW = "Căn cứ Luật Đo lường;"
ITALIC, NOT_ITALIC = "<w:rPr><w:i/></w:rPr>", '<w:rPr><w:i w:val="0"/></w:rPr>'
STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="CanCu"><w:name w:val="Can cu"/><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="character" w:styleId="Nghieng"><w:name w:val="Nghieng"/><w:rPr><w:i/></w:rPr></w:style>'
    "</w:styles>"
)


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def upright(inside: str) -> list[str]:
    paragraph = f"<w:p>{inside}</w:p>"
    related = relations(("styles", "styles.xml", ""))
    parts = {"word/_rels/document.xml.rels": related, "word/styles.xml": STYLES}
    return read_docx(word(body(paragraph), **parts))[3]


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (run(LAW), [LAW]),
        (run(LAW, ITALIC), []),
        (run(LAW, NOT_ITALIC), [LAW]),
        (run(LAW, '<w:rPr><w:rStyle w:val="Nghieng"/></w:rPr>'), []),
        (f'<w:pPr><w:pStyle w:val="CanCu"/></w:pPr>{run(LAW)}', []),
        (f'<w:pPr><w:pStyle w:val="CanCu"/></w:pPr>{run(LAW, NOT_ITALIC)}', [LAW]),
        # A sign alone has no slant that anybody sees; a word has.
        (run("Căn cứ Luật Đo lường", ITALIC) + run(";"), []),
        (run("Căn cứ ", ITALIC) + run("Luật Đo lường;"), [LAW]),
        (run("Sở căn cứ Luật Đo lường."), []),
    ],
)
def test_a_basis_is_in_italics_by_whatever_says_so(inside, found):
    assert upright(inside) == found


def test_a_list_of_bases_without_end_is_cut():
    many = "".join(f"<w:p>{run(f'Căn cứ Luật số {number};')}</w:p>" for number in range(500))
    assert len(read_docx(word(body(many)))[3]) == 40


def test_only_a_word_file_tells_its_type():
    assert take_in(word(body(f"<w:p>{run(LAW)}</w:p>")), "a.docx").upright == (LAW,)
    assert take_in(word(body(f"<w:p>{run(LAW, ITALIC)}</w:p>")), "a.docx").upright == ()
    assert take_in(LAW.encode(), "a.txt").upright is None
    assert take_text(LAW).upright is None
