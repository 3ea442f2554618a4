"""The leaders' page: its numbers lead to lists of that length, its files hold the same, and who gets neither."""

import csv
import io
import re
from html import unescape

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.reporting.conftest import OCTOBER, Year
from tests.web.statements import statements
from workflow.commands.reporting import waive
from workflow.content import Node, Task, Time
from workflow.models import Entry

CELL = re.compile(r'<td role="cell" data-l="([^"]*)" class="num">(?:<a href="([^"]+)">)?([\d.]+)')
ROWS = re.compile(r'<tr role="row"><th scope="row"')


@pytest.fixture
def year(sqlite_record: Record) -> Year:
    """Reports in time, late and missing; documents at several steps; two returns; two signed, one too few to foretell."""
    made = Year(sqlite_record)
    led = Node(
        label="1", title="Rà soát", task=Task(leads=("Phòng Quản lý khoa học",), time=Time(to="2026-06-29"))
    )
    led_by_all = Node(label="2", title="Báo tin", task=Task(leads=("Các phòng, đơn vị thuộc Sở",)))
    whole = Node(label="II", title="NHIỆM VỤ", children=(led, led_by_all))
    tasks = (Node(label="I", title="MỤC ĐÍCH", paragraphs=("Có.",)), whole)
    sqlite_record.bring_to(sqlite_record.draft(content=plan(sections=tasks)), "issue")
    sqlite_record.clock.now = OCTOBER
    for unit in ("QLKH", "QLCN"):
        sqlite_record.step("hung", made.send(unit), "accept")
    sqlite_record.clock.forward(days=23)
    made.send("TDC")
    for words in ("Bổ sung căn cứ ban hành.", "=1+1 viết lại đoạn hai"):
        document_id = sqlite_record.draft(content=plan(subject="=SUM(A1) văn bản bị trả lại"))
        sqlite_record.bring_to(document_id, "submit")
        sqlite_record.step("hung", document_id, "return", note=words)
    sqlite_record.bring_to(sqlite_record.draft(), "submit")
    sqlite_record.bring_to(sqlite_record.draft(), "sign")
    return made


def numbers(page: str) -> list[tuple[str, str, int]]:
    """(heading, address, number) of every cell that counts."""
    return [(unescape(h), unescape(url), int(n.replace(".", ""))) for h, url, n in CELL.findall(page)]


def test_every_number_leads_to_a_list_of_so_many_rows(sign_in, year):
    viet = sign_in("viet")
    found = numbers(viet.get("/tong-quan"))
    assert len([one for one in found if one[2]]) > 25
    for heading, url, number in found:
        assert bool(url) == bool(number), (heading, number)
        if url:
            page = viet.get(url)
            assert len(ROWS.findall(page)) == number, (heading, url)
            assert f"{number} dòng" in text_of(page)


@pytest.mark.parametrize("login", ["viet", "mai", "hung", "minh", "khoi"])
def test_each_reader_gets_a_page_that_agrees_with_its_lists(sign_in, year, login):
    person = sign_in(login)
    for heading, url, number in numbers(person.get("/tong-quan")):
        if url:
            assert len(ROWS.findall(person.get(url))) == number, (heading, url)


def test_the_charts_are_told_in_words(sign_in, year):
    page = sign_in("viet").get("/tong-quan")
    labels = [
        unescape(one)
        for one in re.findall(
            r'<(?:div|svg) class="(?:bars|columns)"[^>]*role="img" aria-label="([^"]+)"', page
        )
    ]
    assert len(labels) == 6
    assert "Trước 10/11 · đơn vị → Văn phòng Sở: 3/9, quá hạn 6" in labels[0]
    assert "Chờ trưởng phòng duyệt: 1" in labels[1]
    words = text_of(page)
    assert "6 báo cáo quá hạn, của: " in words
    assert "chưa đủ trường hợp tương tự đã ký để dự báo" in words
    assert "Được nhắc nhiều nhất: căn cứ, viện dẫn (1 lần)." in words
    assert "Chưa phân loại" in words


def test_no_person_is_named_on_the_page(sign_in, year, sqlite_record: Record):
    page = sign_in("mai").get("/tong-quan")
    inside = page[page.index("<main") : page.index("</main>")]
    for person in sqlite_record.directory.people.values():
        assert person.name not in inside


def test_a_head_sees_his_units_part_and_says_so(sign_in, year):
    words = text_of(sign_in("khoi").get("/tong-quan"))
    assert "Phòng Quản lý khoa học" in words
    assert "Phòng Công nghệ và Đổi mới sáng tạo" not in words


@pytest.mark.parametrize("login", ["lan", "nhung", "van", "huy"])
def test_everybody_else_is_told_whose_page_it_is(sign_in, year, login):
    person = sign_in(login)
    for path in (
        "/tong-quan",
        "/tong-quan.xlsx",
        "/tong-quan.csv",
        "/tong-quan/bao-cao",
        "/tong-quan/du-bao",
    ):
        words = text_of(person.get(path, status=403))
        assert "Tài khoản này không xem được trang tổng quan: việc này của" in words
        assert "Người làm được" in words
    assert 'href="/tong-quan"' not in person.get("/han" if login != "huy" else "/quan-tri/nguoi-dung")


@pytest.mark.parametrize("login", ["viet", "mai", "hung", "minh", "khoi"])
def test_those_who_have_a_picture_find_the_way_to_it(sign_in, year, login):
    assert 'href="/tong-quan"' in sign_in(login).get("/ke-hoach")


@pytest.mark.parametrize(
    "path",
    [
        "/tong-quan/bao-cao?tinh=x",
        "/tong-quan/nhiem-vu?tinh=x",
        "/tong-quan/tra-lai?nhom=x",
        "/tong-quan/du-bao/999",
    ],
)
def test_an_address_nobody_was_given_is_not_found(sign_in, year, path):
    sign_in("viet").get(path, status=404)


def test_the_case_of_another_unit_is_not_found_for_a_head(sign_in, year, sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "submit")
    sign_in("viet").get(f"/tong-quan/du-bao/{document_id}")
    sign_in("khoi").get(f"/tong-quan/du-bao/{document_id}", status=404)


def test_the_workbook_has_a_sheet_for_each_finding_and_no_formula(sign_in, year):
    viet = sign_in("viet")
    answer = viet.client.get("/tong-quan.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == [
        "Mốc báo cáo", "Đúng hạn theo đơn vị", "Đang dừng ở đâu", "Từ Trình đến Ký", "Lý do trả lại",
        "Nhiệm vụ theo chủ trì", "Dự báo ngày ký",
    ]  # fmt: skip
    first = [cell.value for cell in book["Mốc báo cáo"][2]]
    assert first == ["Trước 10/11 · đơn vị → Văn phòng Sở", 9, 2, 1, 6, 0]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=SUM") for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)
    assert answer.data == viet.client.get("/tong-quan.xlsx").data


def test_the_plain_file_holds_the_numbers_of_the_page_and_nothing_that_acts(
    sign_in, year, sqlite_record: Record
):
    viet = sign_in("viet")
    rows = list(csv.reader(io.StringIO(viet.client.get("/tong-quan.csv").data.decode("utf-8-sig"))))
    assert rows[0] == ["Phần", "Dòng", "Cột", "Giá trị"]
    assert ["Mốc báo cáo", "Trước 10/11 · đơn vị → Văn phòng Sở", "Quá hạn", "6"] in rows
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert any(cell.startswith("'=SUM") for row in rows for cell in row)
    told = sorted(int(row[3]) for row in rows[1:] if row[3].isdigit())
    assert told == sorted(number for _, _, number in numbers(viet.get("/tong-quan")))
    with sqlite_record.engine.reading(sqlite_record.who("viet")) as w:
        taken = w.db.scalars(select(Entry.action).where(Entry.action == "download")).all()
    assert len(taken) == 1


def test_another_year_has_its_own_deadlines(sign_in, year):
    words = text_of(sign_in("viet").get("/tong-quan?nam=2027"))
    assert "Các mốc báo cáo năm 2027" in words
    assert "quá hạn, của" not in words
    assert "Năm 2031 chưa có báo cáo nào phải gửi." in text_of(sign_in("viet").get("/tong-quan?nam=2031"))


def test_an_empty_record_says_so_in_each_part(sign_in):
    words = text_of(sign_in("viet").get("/tong-quan"))
    for said in (
        "chưa có báo cáo nào phải gửi",
        "Không có văn bản nào đang chờ ở bước nào.",
        "6 tháng qua chưa có văn bản nào được ký.",
        "12 tháng qua không có văn bản nào bị trả lại.",
        "chưa có nhiệm vụ nào được giao cho đơn vị",
        "Không có văn bản nào đang chờ ký.",
    ):
        assert said in words


def test_the_page_asks_as_often_for_little_as_for_much(sign_in, sqlite_record: Record):
    viet = sign_in("viet")
    made = Year(sqlite_record)
    viet.get("/tong-quan")

    def count() -> int:
        with statements(sqlite_record.engine) as sent:
            viet.get("/tong-quan")
        return len(sent)

    first = count()
    for _ in range(4):
        sqlite_record.bring_to(sqlite_record.draft(), "sign")
    Year(sqlite_record)
    assert count() == first
    assert made.plan_id


def test_a_list_of_more_than_a_page_goes_on(sign_in, sqlite_record: Record, monkeypatch):
    monkeypatch.setattr("web.overview.routes.PAGE", 2)
    for _ in range(3):
        sqlite_record.bring_to(sqlite_record.draft(), "submit")
    viet = sign_in("viet")
    page = viet.get("/tong-quan/dang-dung?buoc=dept_review-ke_hoach")
    assert len(ROWS.findall(page)) == 2
    assert "3 dòng" in text_of(page)
    onward = unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])
    assert len(ROWS.findall(viet.get(onward))) == 1


def test_of_many_units_the_page_shows_those_behind_and_the_list_and_the_files_all(sign_in, year, monkeypatch):
    viet = sign_in("viet")
    assert "Xem cả" not in text_of(viet.get("/tong-quan")).split("Nhiệm vụ theo chủ trì")[0]
    monkeypatch.setattr("web.overview.due.UNITS", 3)
    page = text_of(viet.get("/tong-quan"))
    assert "Trang này nêu 3 trên 7 đơn vị có báo cáo muộn hoặc quá hạn." in page
    assert "Xem cả 9 đơn vị" in page
    part = viet.get("/tong-quan").split('id="don-vi"')[1].split("</section>")[0]
    assert len(ROWS.findall(part)) == 3
    assert "Phòng Quản lý khoa học" not in part  # in time
    whole = viet.get("/tong-quan/don-vi")
    assert len(ROWS.findall(whole)) == 9
    for heading, url, number in numbers(whole):
        if url:
            assert len(ROWS.findall(viet.get(url))) == number, heading
    told = csv.reader(io.StringIO(viet.get("/tong-quan.csv").lstrip("\ufeff")))
    assert len({row[1] for row in told if row[0] == "Đúng hạn theo đơn vị"}) == 9


def test_a_unit_that_was_freed_of_all_it_owed_waits_for_nothing(sign_in, sqlite_record: Record):
    made = Year(sqlite_record)
    viet = sign_in("viet")
    chart = viet.get("/tong-quan").split('id="don-vi"')[1].split("</svg>")[0]
    assert "được miễn" not in chart
    with sqlite_record.engine.work(sqlite_record.who("viet")) as w:
        seen = made.state(made.plan_id).version
        waive(w, instance_id=made.instance("QLKH"), seen_version=seen, reason="Lồng ghép trong báo cáo khác")
    chart = viet.get("/tong-quan").split('id="don-vi"')[1].split("</svg>")[0]
    assert "Phòng Quản lý khoa học: được miễn" in chart
    assert "Phòng Chuyển đổi số: chưa đến hạn" in chart


def test_a_unit_of_another_agency_is_named_by_no_list(sign_in, sqlite_record: Record):
    directory = sqlite_record.directory
    other = directory.units_of(directory.agency_by_code["so_y_te"].id)[-1]
    page = sign_in("viet").get(f"/tong-quan/bao-cao?don_vi={other.id}")
    assert other.name not in page
