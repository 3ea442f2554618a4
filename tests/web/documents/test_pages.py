"""What the pages of one document say."""

import re

import pytest
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.documents.test_signing import accesses
from web.documents.blueprint import state_tone
from web.filters import vi_date
from web.icons import icon
from workflow.commands.drafting import save_revision
from workflow.content import Node, Task, Time
from workflow.loader import load_all
from workflow.models import EntryNote, Seen
from workflow.queries.documents import document_view
from workflow.settings import DEFINITIONS


def edit(record: Record, document_id: int, seen_version: int, **changes) -> None:
    with record.engine.work(record.who("lan")) as w:
        save_revision(w, document_id=document_id, seen_version=seen_version, content=plan(**changes),
                      signer_id=record.person("mai"))  # fmt: skip


def seen(record: Record, document_id: int) -> list[tuple[int, int, str]]:
    with record.engine.database.read.begin() as db:
        return [tuple(row) for row in db.execute(
            select(Seen.person_id, Seen.revision_no, Seen.digest).where(Seen.document_id == document_id)
        )]  # fmt: skip


def test_no_state_that_waits_for_somebody_looks_finished():
    waiting = {
        state.id
        for definition in load_all(DEFINITIONS / "procedures")
        for state in definition.states.values()
        if state.waits_for
    }
    assert {"signed", "numbered"} <= waiting
    assert {state_id for state_id in waiting if state_tone(state_id) == "ok"} == set()


@pytest.mark.parametrize("step", ["sign", "assign_number"])
def test_what_waits_for_the_clerk_wears_the_clock(sign_in, sqlite_record: Record, step):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, step)
    waiting = f'<span class="tag info">{icon("history")}'
    assert f"{waiting}Đã" in sign_in("van").get(f"/van-ban/{document_id}")


def test_the_page_of_an_issued_plan_tells_its_whole_way(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    page = sign_in("lan").get(f"/van-ban/{document_id}")
    told = text_of(page)
    for words in (
        "Số 01/KH-SKHCN ngày 20/4/2026",
        "Đã phát hành",
        "Soạn thảo , đã xong Nguyễn Thị Lan · 20/4",
        "Chánh Văn phòng duyệt , đã xong Phạm Quốc Hùng · 20/4",
        "Ký , đã xong Trần Thị Ngọc Mai · 20/4",
        "Báo cáo , đang ở đây",
        "Trước ngày 10/11, muộn nhất hết ngày 09/11, hằng năm.",
        "Trước ngày 15/11, muộn nhất hết ngày 14/11, hằng năm.",
        "Năm 2026: 0/9 đã báo cáo",
        "Đã ký duyệt trên hệ thống",
        "Ký duyệt, KT. GIÁM ĐỐC",
        "Phó Giám đốc, theo Quyết định số 15/QĐ-SKHCN",
        "Cấp số 01/KH-SKHCN",
    ):
        assert words in told, words
    assert "BẢN DỰ THẢO" not in told
    assert len(re.findall(r'class="hash"', page)) >= 8


def test_it_says_whose_turn_it_is_and_since_when(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "submit")
    told = text_of(sign_in("lan").get(f"/van-ban/{document_id}"))
    assert "Đang chờ: Phạm Quốc Hùng, Ngô Thị Thu , từ 20/4 12:00" in told
    assert "Duyệt nội dung. Chưa duyệt: việc này của trưởng đơn vị soạn thảo" in told


def test_tasks_are_told_as_written_and_linked_to_their_paragraph(sign_in, sqlite_record: Record):
    task = Task(leads=("Văn phòng Sở",), coordinators=("Phòng QLKH",), method="Hội nghị",
                time=Time(kind="quarters", raw="Quý III năm 2026"))  # fmt: skip
    sections = (
        Node(
            label="II",
            title="NỘI DUNG",
            children=(Node(label="1", paragraphs=("Phổ biến quy định.",), task=task),),
        ),
    )
    document_id = sqlite_record.draft(content=plan(sections=sections))
    page = sign_in("lan").get(f"/van-ban/{document_id}")
    assert 'href="#muc-II-1"' in page
    assert 'id="muc-II-1"' in page
    row = text_of(page.split('id="nv"')[1].split("</table>")[0])
    for words in ("II.1", "Phổ biến quy định.", "Văn phòng Sở", "Phòng QLKH", "Hội nghị", "Quý III năm 2026"):
        assert words in row, words


def test_a_drafter_is_led_to_the_editor_only_while_it_is_his_turn(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    lan, hung = sign_in("lan"), sign_in("hung")
    assert "Sửa nội dung" in lan.get(f"/van-ban/{document_id}")
    assert "Sửa nội dung" not in hung.get(f"/van-ban/{document_id}")
    sqlite_record.bring_to(document_id, "submit")
    assert "Sửa nội dung" not in lan.get(f"/van-ban/{document_id}")


def test_a_return_stands_on_top_until_it_is_sent_again(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "submit")
    sqlite_record.step("hung", document_id, "return", note="Hạn của đơn vị phải trước hạn của Sở.")
    lan = sign_in("lan")
    main = lan.get(f"/van-ban/{document_id}").split("<article")[0]
    assert "Hạn của đơn vị phải trước hạn của Sở." in main
    sqlite_record.step("lan", document_id, "submit")
    assert "Hạn của đơn vị" not in lan.get(f"/van-ban/{document_id}").split("<article")[0]


def test_an_erased_comment_is_said_to_be_erased(sign_in, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "submit")
    sqlite_record.step("hung", document_id, "return", note="Nội dung nêu tên một công dân cụ thể.")
    with sqlite_record.engine.database.write.begin() as db:
        db.execute(EntryNote.__table__.delete().where(EntryNote.kind == "note"))
    told = text_of(sign_in("lan").get(f"/van-ban/{document_id}"))
    assert "một công dân cụ thể" not in told
    assert "Nội dung ý kiến đã được xóa theo quy định" in told


def test_each_opening_is_an_entry_and_the_newest_text_shown_is_kept(sign_in, sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft()
    lan, lan_id = sign_in("lan"), record.person("lan")
    lan.get(f"/van-ban/{document_id}")
    first = seen(record, document_id)
    edit(record, document_id, 1, subject="Dân chủ năm 2026")
    lan.get(f"/van-ban/{document_id}/ban/1")
    assert seen(record, document_id) == first
    lan.get(f"/van-ban/{document_id}")
    second = seen(record, document_id)
    assert [(row[0], row[1]) for row in first + second] == [(lan_id, 1), (lan_id, 2)]
    assert first[0][2] != second[0][2]
    full = [body for body in accesses(record, document_id, "view") if b'"full_text":true' in body]
    assert len(full) == 3
    lan.get(f"/van-ban/{document_id}/in")
    assert len(accesses(record, document_id, "print")) == 1


def test_an_old_version_is_shown_exactly_and_marked_as_old(sign_in, sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft()
    record.bring_to(document_id, "approve_content")
    record.step("thu", document_id, "return", note="Viết lại trích yếu cho đúng.")
    record.step("hung", document_id, "forward")
    edit(record, document_id, 5, subject="Dân chủ năm 2026")
    told = text_of(sign_in("lan").get(f"/van-ban/{document_id}/ban/1"))
    assert "Bản cũ" in told
    assert "BẢN 1, ĐÃ CÓ BẢN MỚI" in told
    assert "Thực hiện dân chủ trong cơ quan" in told
    assert "Duyệt nội dung : Phạm Quốc Hùng, Chánh Văn phòng" in told
    now = text_of(sign_in("lan").get(f"/van-ban/{document_id}/ban/2"))
    assert "Bản hiện tại" in now
    assert "Chưa ai duyệt đúng bản này." in now


def test_a_comparison_names_the_place_and_says_aloud_what_went_and_came(sign_in, sqlite_record: Record):
    record = sqlite_record
    document_id = record.draft()
    edit(record, document_id, 1, subject="Thực hiện dân chủ trong toàn cơ quan")
    page = sign_in("lan").get(f"/van-ban/{document_id}/so-sanh/1..2")
    told = text_of(page)
    assert "1 chỗ khác nhau" in told
    assert "Trích yếu · Sửa Thực hiện dân chủ trong Thêm: toàn cơ quan" in told
    assert '<ins><span class="vh">Thêm: </span>toàn</ins>' in page
    assert "Hai bản giống hệt nhau" in text_of(sign_in("lan").get(f"/van-ban/{document_id}/so-sanh/2..2"))


@pytest.mark.parametrize(("query", "stamped"), [("", True), ("?sach=1", False)])
def test_the_copy_to_be_sealed_has_no_mark_of_ours(sign_in, sqlite_record: Record, query, stamped):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "assign_number")
    page = sign_in("van").get(f"/van-ban/{document_id}/in{query}")
    paper = page.split("<article")[1].split("</article>")[0]
    assert ("Đã ký duyệt trên hệ thống" in paper) is stamped
    assert ("CHƯA PHÁT HÀNH" in paper) is stamped
    assert "Số: 01/KH-SKHCN" in text_of("<article" + paper)


@pytest.mark.parametrize("query", ["", "?sach=1"])
def test_a_print_of_what_went_out_says_that_it_is_not_the_paper_itself(sign_in, sqlite_record: Record, query):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    page = sign_in("lan").get(f"/van-ban/{document_id}/in{query}")
    paper = page.split("<article")[1].split("</article>")[0]
    assert '<p class="mark-draft">KHÔNG PHẢI BẢN PHÁT HÀNH</p>' in paper
    assert "Đã ký duyệt trên hệ thống" in paper, "there is no copy to be sealed any more"
    assert "sach=1" not in page
    assert "tải tệp đã phát hành rồi in tệp đó" in text_of(page)


@pytest.mark.parametrize("place", ["", "/ban/1"])
def test_on_the_screen_what_went_out_has_no_mark_until_it_is_printed(sign_in, sqlite_record: Record, place):
    document_id = sqlite_record.draft()
    page = sign_in("lan").get(f"/van-ban/{document_id}{place}")
    assert '<p class="mark-draft">BẢN DỰ THẢO</p>' in page
    sqlite_record.bring_to(document_id, "issue")
    page = sign_in("lan").get(f"/van-ban/{document_id}{place}")
    assert '<p class="mark-draft printonly">KHÔNG PHẢI BẢN PHÁT HÀNH</p>' in page
    assert "DỰ THẢO" not in page.split("<article")[1].split("</article>")[0]


def test_what_somebody_wrote_is_never_read_as_markup(sign_in, sqlite_record: Record):
    nasty = "<script>alert(1)</script> & <b>đậm</b>"
    document_id = sqlite_record.draft(content=plan(subject=nasty))
    lan = sign_in("lan")
    for place in ("", "/ban/1", "/in"):
        page = lan.get(f"/van-ban/{document_id}{place}")
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_after_a_step_all_for_whom_the_document_waits_are_named_and_the_document(
    sign_in, sqlite_record: Record
):
    plan_id = sqlite_record.draft()
    said = text_of(sign_in("lan").submit(f"/van-ban/{plan_id}/buoc/trinh").text)
    with sqlite_record.engine.reading(sqlite_record.who("lan")) as w:
        view = document_view(w, plan_id)
    assert len(view.waits_for) > 1
    assert f"Đã trình {' hoặc '.join(view.waits_for)} lúc" in said
    assert view.document.subject in said  # the page that follows is the list, where it stands no more


def test_an_issued_plan_says_the_day_it_was_issued_though_a_new_year_was_opened_since(
    sign_in, sqlite_record: Record
):
    plan_id = sqlite_record.draft()
    sqlite_record.bring_to(plan_id, "issue")
    with sqlite_record.engine.reading(sqlite_record.who("lan")) as w:
        issued_on = document_view(w, plan_id).document.issued_on
    assert f"Không chờ ai. Đã phát hành ngày {vi_date(issued_on)}." in text_of(
        sign_in("lan").get(f"/van-ban/{plan_id}")
    )
