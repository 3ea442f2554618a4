"""The confirm page: everything that was read stands in a field, what was missed can be added, nothing typed is lost."""

import html
import re

import pytest
from werkzeug.test import encode_multipart

from tests.web.conftest import form_fields, text_of
from tests.web.drafting.test_editing import count
from tests.web.drafting.test_importing import TEXTS, create, drafted, read_text, units_of, upload
from tests.web.drafting.texts import PLAN
from workflow.content import Time, tasks, walk
from workflow.reading import read, to_content

PAGE = "/ke-hoach/nhap"
ALL_READ = (
    "sections", "closing", "bases", "opening", "addressees", "urgency", "results", "missing_units", "recipients",
    "annexes", "subject", "parent_reference",
)  # fmt: skip

REPORT = """ỦY BAN NHÂN DÂN TỈNH HÒA AN
SỞ KHOA HỌC VÀ CÔNG NGHỆ

HỎA TỐC
Số: 9/BC-SKHCN
Hòa An, ngày 12 tháng 11 năm 2026

BÁO CÁO
Kết quả đối thoại với người lao động năm 2026

Kính gửi: Sở Nội vụ tỉnh Hòa An

Sở Khoa học và Công nghệ báo cáo như sau:

I. KẾT QUẢ
Các nhiệm vụ đã được giao từ đầu năm.

| Mục | Nhiệm vụ | Đơn vị | Kết quả |
| --- | --- | --- | --- |
| II.1 | Tổ chức hội nghị đối thoại | Văn phòng Sở | Đã hoàn thành. 02 hội nghị. |
| II.2 | Lập sổ theo dõi ý kiến | Phòng Chuyển đổi số | Đang thực hiện. |

Đến khi lập báo cáo này, chưa nhận được báo cáo của Phòng Tổ chức (đang kiện toàn).

Trên đây là báo cáo của Sở Khoa học và Công nghệ./.

Nơi nhận:
- Sở Nội vụ;
- Lưu: VT, VP.

GIÁM ĐỐC

Đoàn Quốc Việt

PHỤ LỤC
Danh sách hội nghị
Hội nghị lần một, hội nghị lần hai.
"""


def press(person, op: str, **values: object):
    return person.submit(PAGE, {**values, "op": op})


def focused(page: str) -> str:
    return page.partition(" autofocus")[0].rpartition('id="')[2].rstrip('"')


@pytest.mark.parametrize(
    "name", ["hop_tac_xa.txt", "bao_cao_don_vi.txt", "bao_cao_tu_phap.txt", "ubnd_xa.txt"]
)
def test_everything_that_was_read_comes_back_as_it_was_read(sign_in, sqlite_record, name):
    lan, data = sign_in("lan"), (TEXTS / name).read_bytes()
    expected = to_content(
        read(data, units=units_of(sqlite_record)), field="to_chuc_hanh_chinh", drafting_unit="Văn phòng Sở"
    )
    upload(lan, data, name)
    content = drafted(sqlite_record, create(lan, doc_type="KH")).content
    for part in ALL_READ:
        assert getattr(content, part) == getattr(expected, part), part


def test_head_opening_and_foot_of_a_report_stand_in_fields_and_are_stored_as_put_right(
    sign_in, sqlite_record
):
    lan = sign_in("lan")
    fields = form_fields(read_text(lan, REPORT).text, PAGE)
    assert (fields["urgency"], fields["addressees"]) == ("hoa_toc", "Sở Nội vụ tỉnh Hòa An")
    assert fields["opening"] == "Sở Khoa học và Công nghệ báo cáo như sau:"
    assert fields["annexes-0"].startswith("PHỤ LỤC\nDanh sách hội nghị")
    put_right = {
        "urgency": "khan",
        "addressees": "Sở Nội vụ tỉnh Hòa An\nỦy ban nhân dân tỉnh Hòa An",
        "opening": "Thực hiện kế hoạch năm;\nSở báo cáo như sau:",
        "ends-0-text": "Sở Khoa học và Công nghệ báo cáo để Sở Nội vụ tổng hợp./.",
        "annexes-0": "",
    }
    content = drafted(sqlite_record, create(lan, **put_right)).content
    assert content.urgency == "khan"
    assert content.addressees == ("Sở Nội vụ tỉnh Hòa An", "Ủy ban nhân dân tỉnh Hòa An")
    assert content.opening == ("Thực hiện kế hoạch năm;", "Sở báo cáo như sau:")
    assert content.closing[0].paragraphs == ("Sở Khoa học và Công nghệ báo cáo để Sở Nội vụ tổng hợp./.",)
    assert content.annexes == ()


def test_rows_of_results_and_units_that_are_missing_can_be_put_right_and_added(sign_in, sqlite_record):
    lan = sign_in("lan")
    fields = form_fields(read_text(lan, REPORT).text, PAGE)
    assert [fields[f"results-{at}-status"] for at in (0, 1)] == ["done", "running"]
    assert (fields["missing-0-unit"], fields["missing-0-reason"]) == ("Phòng Tổ chức", "đang kiện toàn")
    press(lan, "add:results:0", **{"results-0-result": "03 hội nghị.", "missing-0-reason": "chờ kiện toàn"})
    assert focused(lan.page.text) == "results-2-ref"
    more = {"results-2-ref": "II.3", "results-2-task": "Trả lời ý kiến", "results-2-status": "not_started",
            "results-2-reason": "Chưa có ý kiến nào"}  # fmt: skip
    content = drafted(sqlite_record, create(lan, **more)).content
    assert [(row.ref, row.status) for row in content.results] == [
        ("II.1", "done"),
        ("II.2", "running"),
        ("II.3", "not_started"),
    ]
    assert content.results[0].result == "03 hội nghị."
    assert [(one.unit, one.reason) for one in content.missing_units] == [("Phòng Tổ chức", "chờ kiện toàn")]


def test_words_and_numbers_of_the_sections_are_put_right_and_their_tasks_stay_with_them(
    sign_in, sqlite_record
):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    fields = form_fields(lan.page.text, PAGE)
    row = next(name[:-6] for name, value in fields.items() if value == "Tổ chức hội nghị đối thoại")
    put_right = {f"{row}-label": "4.", f"{row}-title": "Tổ chức hai hội nghị đối thoại"}
    content = drafted(sqlite_record, create(lan, **put_right)).content
    node = content.sections[1].children[0]
    assert (node.label, node.title) == ("4", "Tổ chức hai hội nghị đối thoại")
    assert node.task.leads == ("Văn phòng Sở",)
    assert [ref for ref, _ in tasks(content)][:3] == ["II.4", "II.2", "II.3"]


def test_a_part_wiped_out_with_a_task_on_it_is_told_at_the_task(sign_in, sqlite_record):
    lan = sign_in("lan")
    fields = form_fields(read_text(lan, PLAN).text, PAGE)
    row = next(name[:-6] for name, value in fields.items() if value == "Lập sổ theo dõi ý kiến")
    gone = {f"{row}-label": "", f"{row}-title": "", f"{row}-text": ""}
    before = count(sqlite_record)
    page = create(lan, **gone, subject="Đối thoại")
    assert page.status_code == 422
    assert 'href="#tasks-1-ref"' in page.text
    assert "Ghi lại mục của nhiệm vụ: văn bản không có mục II.2" in text_of(page.text)
    assert form_fields(page.text, PAGE)["subject"] == "Đối thoại"
    assert count(sqlite_record) == before
    content = drafted(sqlite_record, create(lan, **{"tasks-1-take": None})).content
    assert [node.title for _, node in tasks(content)][:2] == [
        "Tổ chức hội nghị đối thoại",
        "Trả lời ý kiến của người lao động",
    ]
    assert "Lập sổ theo dõi" not in str(content)


def test_a_task_the_reader_missed_is_added_on_its_part_without_a_line_of_its_own(sign_in, sqlite_record):
    lan = sign_in("lan")
    fields = form_fields(read_text(lan, PLAN).text, PAGE)
    row = next(name[:-5] for name, value in fields.items() if value.startswith("Mỗi ý kiến có một đơn vị"))
    press(lan, f"add:tasks:{row}", subject="Đối thoại thường xuyên")
    assert focused(lan.page.text) == "tasks-5-leads"
    typed = form_fields(lan.page.text, PAGE)
    assert typed["subject"] == "Đối thoại thường xuyên"
    assert typed["tasks-5-ref"] == "I.2"
    task = {"tasks-5-leads": "Phòng Tổ chức", "tasks-5-raw": "Quý III năm 2026"}
    content = drafted(sqlite_record, create(lan, **task)).content
    node = next(node for ref, node in walk(content) if ref == "I.2")
    assert node.task.leads == ("Phòng Tổ chức",)
    assert node.task.time == Time("quarters", "Quý III năm 2026", "2026-07-01", "2026-09-30")
    assert set(node.task.labels.values()) == {""}
    assert len(tasks(content)) == 6


def test_an_added_task_prints_its_lines_where_that_was_asked_for(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    press(lan, "add:tasks:0")
    task = {"tasks-5-ref": "I.2", "tasks-5-leads": "Phòng Tổ chức", "tasks-5-printed": "y"}
    content = drafted(sqlite_record, create(lan, **task)).content
    node = next(node for ref, node in walk(content) if ref == "I.2")
    assert node.task.labels.get("lead", "Đơn vị chủ trì") == "Đơn vị chủ trì"


def test_a_second_task_on_one_part_is_refused_and_kept_as_typed(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    press(lan, "add:tasks:0")
    page = create(lan, **{"tasks-5-ref": "II.1", "tasks-5-leads": "Phòng Tổ chức"})
    assert page.status_code == 422
    assert "Mục II.1 đã có một nhiệm vụ ở trên" in text_of(page.text)
    assert form_fields(page.text, PAGE)["tasks-5-leads"] == "Phòng Tổ chức"


def test_a_deadline_the_reader_missed_is_added(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    press(lan, "add:duties:0")
    assert focused(lan.page.text) == "duties-2-sender"
    duty = {"duties-2-ref": "mục I.2", "duties-2-sender": "Các phòng, đơn vị thuộc Sở",
            "duties-2-to": "Văn phòng Sở", "duties-2-due_day": "5", "duties-2-due_month": "6"}  # fmt: skip
    content = drafted(sqlite_record, create(lan, **duty)).content
    node = next(node for ref, node in walk(content) if ref == "I.2")
    assert [(one.to, one.due_day, one.due_month) for one in node.obligations] == [("Văn phòng Sở", 5, 6)]


def test_a_kind_of_time_chosen_for_an_added_task_is_not_read_over(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    press(lan, "add:tasks:0")
    task = {"tasks-5-ref": "I.2", "tasks-5-kind": "periodic", "tasks-5-raw": "Quý III năm 2026"}
    content = drafted(sqlite_record, create(lan, **task)).content
    node = next(node for ref, node in walk(content) if ref == "I.2")
    assert node.task.time == Time("periodic", "Quý III năm 2026")


def test_a_deadline_added_on_a_part_is_stated_by_its_words_as_typed(sign_in, sqlite_record):
    lan = sign_in("lan")
    fields = form_fields(read_text(lan, PLAN).text, PAGE)
    row = next(name[:-5] for name, value in fields.items() if value.startswith("Mỗi ý kiến có một đơn vị"))
    said = "Các phòng báo cáo Văn phòng Sở trước ngày 05/6 hằng năm."
    press(lan, f"add:duties:{row}", **{f"{row}-text": said})
    typed = form_fields(lan.page.text, PAGE)
    assert (typed["duties-2-ref"], typed["duties-2-raw"]) == ("I.2", said)


def test_an_added_row_left_empty_is_none(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    for name in ("tasks", "duties", "bases", "recipients", "annexes"):
        press(lan, f"add:{name}:0")
        assert lan.page.status_code == 200
    content = drafted(sqlite_record, create(lan)).content
    assert len(tasks(content)) == 5
    assert (len(content.bases), len(content.recipients), content.annexes) == (2, 2, ())


def test_a_basis_put_right_is_the_document_the_plan_carries_out(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    content = drafted(sqlite_record, create(lan, **{"bases-0-reference_no": "206/QĐ-UBND"})).content
    assert content.parent_reference == "206/QĐ-UBND"
    read_text(lan, PLAN)
    content = drafted(sqlite_record, create(lan, **{"bases-0-take": None})).content
    assert content.parent_reference == "18/KH-SNV"


@pytest.mark.parametrize("op", ["add:parts:0", "add:", "drop:tasks:0", "add:tasks:parts-999", "x"])
def test_a_button_that_is_none_of_the_page_changes_nothing_typed(sign_in, sqlite_record, op):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    page = press(lan, op, subject="Đối thoại")
    assert page.status_code == 200
    assert form_fields(page.text, PAGE)["subject"] == "Đối thoại"


def test_a_warning_leads_to_the_card_of_each_place_it_names(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, (TEXTS / "s4.txt").read_text(encoding="utf-8"))
    listed = re.search(r'<ul class="checks">.*?</ul>', lan.page.text, re.DOTALL)[0]
    (lacking,) = [item for item in listed.split("<li") if "chưa ghi thời gian" in item]
    links = re.findall(r'<a href="#(nhiem-vu-\d+)">([^<]+)</a>', lacking)
    assert f"{len(links)} nhiệm vụ chưa ghi thời gian" in text_of(lacking)
    assert "III.2, đoạn 1" in [place for _, place in links]
    for card, place in links:
        assert re.search(rf'id="{card}".*?<h3 class="grow">{re.escape(place)} ', lan.page.text, re.DOTALL)


def test_the_page_says_what_is_done_in_the_editor_afterwards(sign_in, sqlite_record):
    words = html.unescape(text_of(read_text(sign_in("lan"), PLAN).text))
    assert "Thêm, chuyển, tách mục làm trong trang soạn, mở ra ngay sau khi bấm Tạo dự thảo." in words


def test_a_long_text_goes_through_with_all_its_parts(sign_in, sqlite_record):
    lan = sign_in("lan")
    many = "\n".join(f"- Việc thứ {at} của năm, làm xong thì ghi sổ." for at in range(1, 1_200))
    text = PLAN.replace(
        "2. Yêu cầu\nMỗi ý kiến có một đơn vị chịu trách nhiệm trả lời.", f"2. Yêu cầu\n{many}"
    )
    page = upload(lan, text.encode(), "dai.txt")
    fields = form_fields(page.text, PAGE)
    assert len(fields) > 3_500
    address = fields.pop("__action__")
    page = lan.client.post(
        address, data=fields | {"create": "1"}, content_type="multipart/form-data", follow_redirects=True
    )
    assert "Việc thứ 1199 của năm" in str(drafted(sqlite_record, page).content)


def test_a_duty_that_would_be_nobodys_is_marked_until_a_unit_is_named(sign_in, sqlite_record):
    lan = sign_in("lan")
    text = PLAN.replace("1. Các phòng, đơn vị thuộc Sở báo cáo", "1. UBND các xã, phường báo cáo")
    words = text_of(read_text(lan, text).text)
    said = "“UBND các xã, phường” không phải đơn vị báo cáo của cơ quan, nên chưa ai phải nộp báo cáo này"
    assert words.count(said) == 1
    assert "1 chế độ báo cáo chưa có đơn vị báo cáo, đã đánh dấu." in words
    words = text_of(lan.submit(PAGE, {"duties-0-sender": "", "redraw": "1"}).text)
    assert "Chưa ghi đơn vị nào báo cáo. Ghi đơn vị ở ô Ai báo cáo" in words
    page = lan.submit(PAGE, {"duties-0-sender": "Các phòng, đơn vị thuộc Sở", "redraw": "1"}).text
    assert "chưa có đơn vị báo cáo" not in text_of(page)


def test_the_editor_tells_it_too_before_the_plan_goes_on(sign_in, sqlite_record):
    lan = sign_in("lan")
    read_text(lan, PLAN)
    page = create(lan, **{"duties-0-sender": ""})
    assert "Mục III.1: chưa ghi đơn vị nào báo cáo" in text_of(page.text)


def test_a_long_page_outlives_the_session(sign_in, sqlite_record):
    lan = sign_in("lan")
    fields = form_fields(read_text(lan, PLAN).text, PAGE)
    address = fields.pop("__action__")
    many = {f"parts-{at}-text": f"Chữ đã gõ {at}" for at in range(5_500)}
    sqlite_record.clock.forward(hours=2)
    boundary, body = encode_multipart(fields | many | {"create": "1"})
    page = lan.client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert "Nội dung đang soạn vẫn còn" in text_of(page.text)
    assert "Chữ đã gõ 5499" in page.text
