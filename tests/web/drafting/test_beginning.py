"""The five ways to begin a plan, as Lan chooses among them."""

import re

import msgspec
import pytest

from tests.record import plan
from tests.web.conftest import form_fields, text_of
from tests.web.drafting.test_editing import stored
from workflow.content import Basis, Node, Task, Time
from workflow.engine import Identity
from workflow.queries.beginnings import begun_from

LAST_YEAR = plan(
    subject="Công tác dân vận năm 2026",
    sections=(
        Node(
            "I",
            "NỘI DUNG",
            ("Mở 3 lớp trong năm 2026.",),
            Task(("Văn phòng Sở",), time=Time("year", "Năm 2026", "2026-01-01", "2026-12-31")),
        ),
    ),
)


def test_the_ways_stand_on_one_page(sign_in):
    page = text_of(sign_in("lan").get("/ke-hoach/moi"))
    for words in (
        "Từ trang trống",
        "Từ mẫu của cơ quan",
        "Từ văn bản có sẵn",
        "Từ văn bản của cấp trên",
        "Từ kế hoạch đã có trên hệ thống",
        "Kế hoạch triển khai một văn bản của cấp trên",
    ):
        assert words in page


def test_a_search_that_finds_no_plan_says_what_was_looked_for(sign_in):
    page = text_of(sign_in("lan").get("/ke-hoach/moi?tim=kh%C3%B4ng+c%C3%B3+%3Cb%3E+100%25"))
    assert "Không tìm thấy kế hoạch nào khớp “không có <b> 100%”." in page


def test_from_a_skeleton_a_draft_is_made_with_its_cards_and_its_blanks_are_told(sign_in, sqlite_record):
    lan = sign_in("lan")
    page = lan.get("/ke-hoach/moi/soan?tu=mau:ke_hoach_trien_khai")
    assert "còn chỗ trống […]" in text_of(page)
    page = lan.submit("/ke-hoach/moi/soan", {"subject": "Triển khai Luật", "save": "1"})
    content = stored(sqlite_record, int(page.request.path.split("/")[2])).content
    assert content.archive_line == "Lưu: VT, VP."
    assert content.drafting_unit == "Văn phòng Sở"
    task = content.sections[1].children[0].children[1].task
    assert task.time == Time("continuous", "Thường xuyên")
    assert [duty.due_day for node in content.sections[2].children for duty in node.obligations] == [10, 15]


def test_a_skeleton_speaks_as_the_agency_that_begins_it(sign_in, sqlite_record):
    words = text_of(sign_in("an").get("/ke-hoach/moi/soan?tu=mau:ke_hoach_trien_khai"))
    assert "Văn phòng ban hành kế hoạch với các nội dung sau:" in words
    assert "Các phòng, ban, trung tâm thuộc Văn phòng căn cứ nhiệm vụ được giao" in words
    assert "Phòng Hành chính - Tổ chức" in words
    assert "Lãnh đạo Sở" not in words
    assert "của Sở" not in words


def test_from_a_skeleton_of_a_report_a_report_is_made(sign_in, sqlite_record):
    lan = sign_in("lan")
    lan.get("/ke-hoach/moi/soan?tu=mau:bao_cao_ket_qua")
    page = lan.submit("/ke-hoach/moi/soan", {"subject": "Kết quả năm 2026", "save": "1"})
    document = stored(sqlite_record, int(page.request.path.split("/")[2])).document
    assert (document.doc_type, document.definition_id) == ("BC", "bao_cao")


def test_from_last_years_plan_every_place_that_is_last_years_is_listed(sign_in, sqlite_record):
    lan = sign_in("lan")
    old = sqlite_record.draft(content=LAST_YEAR)
    assert "Công tác dân vận năm 2026" in lan.get("/ke-hoach/moi?tim=dan+van")
    page = lan.get(f"/ke-hoach/moi/soan?tu=nam:{old}")
    words = text_of(page)
    assert "Còn như năm trước (3 chỗ)" in words
    assert "“3 lớp”" in words
    fields = form_fields(page, "/soan")
    assert fields["subject"] == LAST_YEAR.subject
    page = lan.submit("/ke-hoach/moi/soan", {"save": "1"})
    new = int(page.request.path.split("/")[2])
    content = stored(sqlite_record, new).content
    assert content.sections == LAST_YEAR.sections
    with sqlite_record.engine.reading(sqlite_record.who("lan")) as w:
        assert begun_from(w, new).id == old
    assert "Còn như năm trước (3 chỗ)" in text_of(page.text)

    (first, *_) = re.findall(r'value="(nhan:[0-9a-f]+)"', page.text)
    page = lan.submit(f"/van-ban/{new}/sua", {"op": first})
    assert form_fields(page.text, "/sua")["subject"] == "Công tác dân vận năm 2027"
    page = lan.submit(f"/van-ban/{new}/sua", {"op": "nhan:tat-ca"})
    page = lan.submit(f"/van-ban/{new}/sua", {"save": "1"})
    content = stored(sqlite_record, new).content
    assert content.subject == "Công tác dân vận năm 2027"
    assert content.sections[0].task.time == Time("year", "Năm 2027", "2027-01-01", "2027-12-31")
    assert content.sections[0].paragraphs == ("Mở 3 lớp trong năm 2027.",)
    assert "Còn như năm trước" not in text_of(page.text)


def test_a_place_is_moved_on_by_its_words_whatever_was_typed_above_it(sign_in, sqlite_record):
    lan = sign_in("lan")
    old = sqlite_record.draft(content=LAST_YEAR)
    page = lan.get(f"/ke-hoach/moi/soan?tu=nam:{old}")
    links = re.findall(r'<li><span><a href="#([\w-]+)">', page)
    assert links[-3:] == ["subject", "parts-0-text", "parts-0-tasks-0-kind"]
    keys = re.findall(r'value="(nhan:[0-9a-f]+)"', page)
    page = lan.submit("/ke-hoach/moi/soan", {"subject": "Công tác dân vận mới", "op": keys[1]})
    fields = form_fields(page.text, "/soan")
    assert fields["subject"] == "Công tác dân vận mới"
    assert fields["parts-0-text"] == "Mở 3 lớp trong năm 2027."
    assert fields["parts-0-tasks-0-year"] == "2026"
    assert "Đã đổi năm ở 1 chỗ, chưa lưu." in page.text
    assert "Còn như năm trước (1 chỗ)" in text_of(page.text)
    page = lan.submit("/ke-hoach/moi/soan", {"op": keys[0]})
    assert "Đã đổi năm ở 0 chỗ, chưa lưu." in page.text


def test_the_bases_of_last_years_plan_are_marked_until_they_are_put_right(sign_in, sqlite_record):
    lan = sign_in("lan")
    bases = (
        Basis("Luật Thực hiện dân chủ ở cơ sở năm 2022", "Luật"),
        Basis("Kế hoạch số 12/KH-UBND ngày 03/02/2026", "KH", "12/KH-UBND", "2026-02-03"),
    )
    old = sqlite_record.draft(
        content=msgspec.structs.replace(LAST_YEAR, bases=bases, parent_reference="12/KH-UBND")
    )
    words = text_of(lan.get(f"/ke-hoach/moi/soan?tu=nam:{old}"))
    assert "Căn cứ giữ từ kế hoạch năm trước (2)" in words
    assert (
        "“Luật Thực hiện dân chủ ở cơ sở năm 2022” xem còn hiệu lực, đã bị sửa đổi hay thay thế chưa" in words
    )
    assert "của năm 2026, xem đã có văn bản mới thay chưa" in words
    page = lan.submit(
        "/ke-hoach/moi/soan",
        {"bases-1-raw": "Kế hoạch số 7/KH-UBND ngày 05/02/2027", "bases-1-reference_no": "7/KH-UBND",
         "bases-1-date": "5/2/2027", "save": "1"},
    )  # fmt: skip
    assert "Căn cứ giữ từ kế hoạch năm trước (1)" in text_of(page.text)
    content = stored(sqlite_record, int(page.request.path.split("/")[2])).content
    assert content.parent_reference == "7/KH-UBND"


def test_the_entry_of_a_renewed_plan_says_what_it_was_begun_from(sign_in, sqlite_record):
    lan = sign_in("lan")
    old = sqlite_record.draft(content=LAST_YEAR)
    lan.get(f"/ke-hoach/moi/soan?tu=nam:{old}")
    page = lan.submit("/ke-hoach/moi/soan", {"save": "1"})
    new = int(page.request.path.split("/")[2])
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        from workflow.queries.trail import trail_of

        assert trail_of(w, new)[0].action == "create"
    assert stored(sqlite_record, new).document.state == "draft"


def test_a_plan_below_another_begins_with_its_reference(sign_in, sqlite_record):
    lan = sign_in("lan")
    above = sqlite_record.draft(content=plan(subject="Triển khai dân chủ ở cơ sở"))
    sqlite_record.bring_to(above, "issue")
    reference = stored(sqlite_record, above).document.reference_no
    lan.get(f"/ke-hoach/moi/soan?tu=tren:{above}")
    page = lan.submit("/ke-hoach/moi/soan", {"subject": "Thực hiện", "save": "1"})
    content = stored(sqlite_record, int(page.request.path.split("/")[2])).content
    (basis,) = content.bases
    assert basis.reference_no == reference
    assert basis.raw == (
        f"Kế hoạch số {reference} ngày 20/4/2026 của Sở Khoa học và Công nghệ về triển khai dân chủ ở cơ sở"
    )
    assert content.parent_reference == reference


def test_a_document_from_outside_is_cited_as_it_was_named(sign_in, sqlite_record):
    lan = sign_in("lan")
    lan.get(
        "/ke-hoach/moi/soan?tu=tren-ngoai&loai=QĐ&so=346/QĐ-TTg&ngay=6/4/2023"
        "&cua=Thủ tướng Chính phủ&ve=thi hành Luật"
    )
    page = lan.submit("/ke-hoach/moi/soan", {"subject": "Triển khai", "save": "1"})
    content = stored(sqlite_record, int(page.request.path.split("/")[2])).content
    (basis,) = content.bases
    assert basis.raw == ("Quyết định số 346/QĐ-TTg ngày 06/4/2023 của Thủ tướng Chính phủ về thi hành Luật")
    assert (basis.doc_type, basis.date) == ("QĐ", "2023-04-06")
    assert content.parent_reference == "346/QĐ-TTg"


@pytest.mark.parametrize("how", ["mau:khong_co", "nam:99999", "tren:x", "nam:"])
def test_nothing_is_begun_from_what_is_not_there(sign_in, how):
    sign_in("lan").get(f"/ke-hoach/moi/soan?tu={how}", status=404)


def test_nothing_is_begun_from_a_text_one_may_not_see(sign_in, sqlite_record):
    document = sqlite_record.draft()
    sign_in("nhung").get(f"/ke-hoach/moi/soan?tu=nam:{document}", status=404)


def test_who_may_not_draft_is_offered_no_way(sign_in):
    sign_in("mai").get("/ke-hoach/moi", status=403)
    sign_in("mai").get("/ke-hoach/moi/soan", status=403)


def test_going_back_to_the_page_of_a_draft_that_is_made_loses_no_word_and_makes_no_second_unasked(
    sign_in, sqlite_record
):
    lan = sign_in("lan")
    fields = form_fields(lan.get("/ke-hoach/moi/soan?tu=trong"), "/soan") | {
        "subject": "Kế hoạch một",
        "save": "1",
    }
    action = fields.pop("__action__")
    first = lan.client.post(action, data=fields).headers["Location"]
    assert lan.client.post(action, data=fields).headers["Location"] == first
    page = lan.submit("/soan", {"subject": "Kế hoạch hai", "save": "1"})
    assert page.status_code == 422
    assert "trang này đã lập một dự thảo trước đó" in text_of(page.text)
    assert form_fields(page.text, "/soan")["subject"] == "Kế hoạch hai"
    page = lan.submit("/soan", {"save": "1"})
    second = int(page.request.path.split("/")[2])
    assert f"/van-ban/{second}/sua" != first
    assert stored(sqlite_record, second).content.subject == "Kế hoạch hai"
