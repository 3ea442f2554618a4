"""A Content on the page of NĐ 30/2020."""

import msgspec
import pytest

from tests.web.gallery import build
from tests.web.reader import Tags, read
from tests.web.samples import DRAFTED, PLAN, REPORT
from workflow.content import Content, Node, Recipient, Task, tasks
from workflow.writing import paper


@pytest.fixture(scope="module")
def gallery():
    app = build()
    app.testing = True
    return app


def test_text_from_people_is_escaped(gallery):
    html = gallery.test_client().get("/van-ban").get_data(as_text=True)
    assert "&lt;giải quyết&gt;" in html
    assert "<giải quyết>" not in html


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        ("I", "I."),
        ("1", "1."),
        ("1.2", "1.2."),
        ("a", "a)"),
        ("đ", "đ)"),
        ("-", "-"),
        ("", ""),
        ("A", "A."),
        ("2)", "2)"),
    ],
)
def test_a_label_takes_its_sign_from_its_shape(label, mark):
    assert paper.label_mark(label) == mark


def test_every_task_links_to_a_paragraph_of_the_page(gallery):
    ids = {attrs.get("id") for _, attrs in read(gallery, "/van-ban").tags}
    for ref, _ in tasks(PLAN):
        assert paper.anchor(ref) in ids


def test_nodes_with_the_same_label_still_have_ids_of_their_own():
    twice = Content(
        sections=(
            Node(label="1"),
            Node(label="1"),
            Node(label="-"),
            Node(label="-"),
            Node(label="d"),
            Node(label="đ"),
        )
    )
    sections, _ = paper.outline(twice)
    assert len({part.id for part in sections}) == 6


def test_a_task_writes_its_own_lines_with_the_labels_of_its_agency():
    task = Task(leads=("Phòng A", "Phòng B"), method="Hội nghị.", labels={"lead": "Cơ quan thực hiện"})
    assert paper.task_lines(task) == (
        "- Cơ quan thực hiện: Phòng A, Phòng B.",
        "- Hình thức thực hiện: Hội nghị.",
    )
    assert paper.task_lines(Task()) == ()


def test_lists_on_the_page_end_as_the_decree_says():
    assert [line[-1] for line in paper.basis_lines(PLAN)] == [";", "."]
    lines = paper.recipient_lines(PLAN)
    assert lines[0] == "- Sở Nội vụ (b/c);"
    assert lines[-1] == "- Lưu: VT, VP."
    same = Content(recipients=(Recipient(name="Như trên"), Recipient(name="Như trên")))
    assert paper.recipient_lines(same) == ("- Như trên;", "- Như trên.")


def test_number_date_and_marks_stand_on_the_page_only_when_they_are_true(gallery):
    draft = read(gallery, "/in-bao-cao").words
    assert "Số: ……/BC-SKHCN" in draft
    assert "Hòa An, ngày …… tháng …… năm ……" in draft
    assert "BẢN DỰ THẢO" in draft
    assert "Đã ký duyệt trên hệ thống" not in draft
    issued = read(gallery, "/in").words
    assert "Số: 07/KH-SKHCN" in issued
    assert "Hòa An, ngày 05 tháng 02 năm 2026" in issued
    assert "BẢN DỰ THẢO" not in issued
    assert "Đã ký duyệt trên hệ thống" in issued
    clean = read(gallery, "/in-sach").words
    assert "BẢN DỰ THẢO" not in clean
    assert "Đã ký duyệt trên hệ thống" not in clean
    assert "chữ ký số" not in issued


def test_an_annex_names_itself_and_its_document_on_the_screen_as_on_paper(gallery):
    content = msgspec.structs.replace(REPORT, annexes=("PHỤ LỤC I\nBảng số liệu\nNăm 2026", "Bảng hai"))
    with gallery.app_context():
        page = gallery.jinja_env.get_template("_macros/paper.html").module.paper(content, DRAFTED)
    annex = " ".join(Tags(str(page).replace("<", " <")).words.partition("PHỤ LỤC I")[2].split())
    told = "(Kèm theo Báo cáo số ……/BC-SKHCN ngày …… tháng …… năm …… của Sở Khoa học và Công nghệ)"
    assert annex == f"Bảng số liệu {told} Năm 2026"


def test_a_report_prints_its_results_and_who_has_not_reported(gallery):
    said = " ".join(read(gallery, "/in-bao-cao").words.split())
    assert REPORT.missing_units[0].unit in said
    assert (
        "chưa nhận được báo cáo của Chi cục Tiêu chuẩn Đo lường Chất lượng (chưa gửi); Phòng Quản lý Chuyên ngành."
        in said
    )
    assert "Chưa thực hiện. Lý do: Chờ hướng dẫn." in said
    assert "Kính gửi:- Ủy ban nhân dân tỉnh Hòa An;- Sở Nội vụ tỉnh Hòa An." in said
