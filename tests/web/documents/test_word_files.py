"""The text as a Word file over the web: what comes out goes in again, and says what it is not."""

import io
import zipfile

import msgspec

from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.documents.test_signing import accesses
from tests.workflow.reading.texts import raw
from tests.workflow.writing.contents import as_printed
from workflow.commands.drafting import save_revision
from workflow.content import Content
from workflow.queries.documents import document_view
from workflow.reading import read, read_text, take_in, to_content

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_plan() -> Content:
    """A whole plan with tasks and duties, in the field of the record's people."""
    return to_content(read(raw("s0.txt")), field=plan().field, drafting_unit=plan().drafting_unit)


def word(person, path: str) -> tuple[bytes, str]:
    """The file and what stands in its top margin."""
    answer = person.client.get(path)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.mimetype == KIND
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
        return answer.data, package.read("word/header2.xml").decode()


def test_a_draft_comes_out_as_word_and_goes_in_again_as_it_was(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft(content=read_plan())
    data, margin = word(sign_in("lan"), f"/van-ban/{document_id}/tep.docx")
    assert "BẢN DỰ THẢO" in margin
    with sqlite_record.engine.reading(sqlite_record.who("lan")) as w:
        written = document_view(w, document_id).content
    taken = take_in(data, "ke-hoach.docx")
    assert (taken.kind, taken.warnings) == ("docx", ())
    found = to_content(read_text(taken.text), field=written.field, drafting_unit=written.drafting_unit)
    assert found.sections, "a text of several parts"
    assert msgspec.to_builtins(as_printed(found)) == msgspec.to_builtins(as_printed(written))


def test_a_clean_copy_has_no_mark_until_the_paper_has_gone_out(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    assert "DỰ THẢO" not in word(sign_in("lan"), f"/van-ban/{document_id}/tep.docx?sach=1")[1]
    sqlite_record.bring_to(document_id, "issue")
    for path in (f"/van-ban/{document_id}/tep.docx", f"/van-ban/{document_id}/tep.docx?sach=1"):
        data, margin = word(sign_in("lan"), path)
        assert "KHÔNG PHẢI BẢN PHÁT HÀNH" in margin, "whoever has it may change it"
        assert read_text(take_in(data).text).number == "01"


def test_the_name_follows_the_number_and_the_link_says_what_the_file_is_for(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    lan = sign_in("lan")
    header = lan.client.get(f"/van-ban/{document_id}/tep.docx").headers["Content-Disposition"]
    assert f'filename="van-ban-{document_id}-ban-1.docx"' in header
    assert f'href="/van-ban/{document_id}/tep.docx"' in lan.get(f"/van-ban/{document_id}")
    assert f'href="/van-ban/{document_id}/tep.docx"' in lan.get(f"/van-ban/{document_id}/in")
    sqlite_record.bring_to(document_id, "issue")
    header = lan.client.get(f"/van-ban/{document_id}/tep.docx").headers["Content-Disposition"]
    assert 'filename="01-KH-SKHCN.docx"' in header
    assert "Tải bản Word để soạn tiếp (không phải bản phát hành)" in text_of(
        lan.get(f"/van-ban/{document_id}")
    )


def test_it_is_the_present_text(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    with sqlite_record.engine.work(sqlite_record.who("lan")) as w:
        changed = plan(subject="Thực hiện dân chủ, bản hai")
        save_revision(
            w,
            document_id=document_id,
            seen_version=1,
            content=changed,
            signer_id=sqlite_record.person("mai"),
        )
    data, _ = word(sign_in("lan"), f"/van-ban/{document_id}/tep.docx")
    assert read_text(take_in(data).text).subject == "Thực hiện dân chủ, bản hai"


def test_a_download_leaves_an_access_entry(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    word(sign_in("lan"), f"/van-ban/{document_id}/tep.docx")
    (told,) = accesses(sqlite_record, document_id, "download")
    assert '"label":"Tải tệp Word"'.encode() in told


def test_who_does_not_see_the_document_gets_no_file(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    assert sign_in("nhung").client.get(f"/van-ban/{document_id}/tep.docx").status_code == 404
    assert sign_in("lan").client.get("/van-ban/999/tep.docx").status_code == 404
