"""The source beside the proposal: what a Word or PDF file prints stands there as printed, without our own signs."""

import html

import msgspec
import pytest

from tests.web.drafting.test_import_files import upload
from tests.web.drafting.texts import PLAN
from tests.workflow.reading.files import content_of, sheet
from workflow.reading import read_text
from workflow.writing.docx import docx
from workflow.writing.typeset import pdf

PRINTED = "Biểu A*B*C, giá trị (*), R&D, tệp <b> và mã \\* của Sở Khoa học và Công nghệ như sau:"


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_signs_that_are_printed_are_shown_as_they_are(sign_in, sqlite_record, kind: str):
    proposal = read_text(PLAN)
    content = msgspec.structs.replace(content_of(proposal), opening=(PRINTED, "12"))
    paper = sheet(content, proposal)
    page = upload(sign_in("lan"), docx(paper) if kind == "docx" else pdf(paper), f"a.{kind}").text
    source = html.unescape(page[page.index('<pre class="source"') : page.index("</pre>")])
    assert " ".join(PRINTED.split()) in " ".join(source.split())
    assert "¶" not in source
    assert "\\(" not in source
    assert "&amp;" not in source
