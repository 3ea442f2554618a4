"""The register: ten columns, no gap unseen, voids visible, and a file in which no text acts."""

import csv
import io
import re

import pytest
from sqlalchemy import select, update

from tests.arranged import arranged
from tests.record import Record, plan
from tests.web.conftest import text_of
from tests.web.registry.conftest import counted, multiply
from web.registry.sheet import HEADINGS, inert
from workflow.commands.setup import set_first_number
from workflow.content import Recipient
from workflow.engine import Identity
from workflow.models import Entry, Holding, NumberBook

POSTS = re.compile(r'<form\b[^>]*method="post"[^>]*action="([^"]*)"')


@pytest.fixture
def issued(sqlite_record: Record) -> int:
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    return document_id


def rows_of(answer: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.decode("utf-8-sig"))))


def test_the_ten_columns_stand_in_the_order_of_the_decree(sign_in, issued):
    words = text_of(sign_in("lan").get("/so-van-ban"))
    places = [words.index(heading) for heading in HEADINGS]
    assert len(HEADINGS) == 10
    assert places == sorted(places)
    assert "01/KH-SKHCN" in words
    assert "Sổ liên tục 01–01, không có số hủy." in words


@pytest.mark.tampered
def test_a_missing_number_is_named(sign_in, sqlite_record: Record, issued):
    with sqlite_record.engine.work(Identity(rule="test")) as w:
        w.db.execute(update(NumberBook).values(last_number=3))
    words = text_of(sign_in("van").get("/so-van-ban"))
    assert "Sổ thiếu số 02, 03 trong khoảng 01–03." in words


def test_the_first_number_at_go_live_is_noted(sign_in, sqlite_record: Record):
    with sqlite_record.engine.work(sqlite_record.who("van")) as w:
        agency_id = w.directory.agency_by_code["so_khcn"].id
        set_first_number(w, agency_id=agency_id, year=2026, series="KH", first_number=38)
    van = sign_in("van")
    assert "chưa cấp số nào. Số đầu tiên là 38." in text_of(van.get("/so-van-ban"))
    sqlite_record.bring_to(sqlite_record.draft(), "issue")
    words = text_of(van.get("/so-van-ban"))
    assert "38/KH-SKHCN" in words
    assert "Sổ mở với số bắt đầu 38, thiết lập ngày 20/4/2026" in words
    assert "Sổ liên tục 38–38" in words


def test_each_year_has_its_own_book(sign_in, sqlite_record: Record, issued):
    sqlite_record.clock.forward(days=270)
    sqlite_record.bring_to(sqlite_record.draft(content=plan(subject="Việc của năm sau")), "issue")
    lan = sign_in("lan")
    assert "Việc của năm sau" in text_of(lan.get("/so-van-ban"))
    old = text_of(lan.get("/so-van-ban?nam=2026&so=KH"))
    assert "Thực hiện dân chủ" in old
    assert "Việc của năm sau" not in old
    assert "Năm 2019 chưa có sổ này." in text_of(lan.get("/so-van-ban?nam=2019&so=KH"))


@pytest.mark.tampered
def test_the_printed_book_has_a_cover_and_every_row(sign_in, sqlite_record: Record, issued):
    multiply(sqlite_record, issued, 59, numbered=True)
    van = sign_in("van")
    words = text_of(van.get("/so-van-ban/in?nam=2026&so=KH"))
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in words
    assert "01 đến số 60" in words
    assert all(f" {number:02d}/KH-SKHCN" in words for number in range(1, 61))
    van.get("/so-van-ban/in?nam=2020&so=KH", status=404)


def test_the_file_opens_in_a_spreadsheet_with_vietnamese_headings(sign_in, sqlite_record: Record, issued):
    lan = sign_in("lan")
    lan.get("/so-van-ban.csv?nam=2026&so=KH")
    assert lan.page.data.startswith(b"\xef\xbb\xbf")
    assert lan.page.content_type == "text/csv; charset=utf-8"
    assert 'filename="so-van-ban-di-2026-KH.csv"' in lan.page.headers["Content-Disposition"]
    first, row = rows_of(lan.page.data)
    assert tuple(first) == HEADINGS
    assert row[0] == "01/KH-SKHCN"
    assert row[6] == "10"
    with sqlite_record.engine.reading(Identity(rule="test")) as w:
        noted = w.db.execute(select(Entry.person_id).where(Entry.action == "download")).all()
    assert [row.person_id for row in noted] == [sqlite_record.person("lan")]


@pytest.mark.parametrize("name", ["=1+1", "+84 912", "-lệnh", "@SUM(A1)", "\tẩn", "\rẩn"])
def test_no_text_of_the_file_can_act_as_a_formula(sign_in, sqlite_record: Record, name):
    content = plan(recipients=(Recipient(name),), archive_line="Lưu: VT, VP.")
    sqlite_record.bring_to(sqlite_record.draft(content=content), "issue")
    lan = sign_in("lan")
    lan.get("/so-van-ban.csv")
    cell = rows_of(lan.page.data)[1][4]
    assert cell.startswith("'")
    assert cell[1:].strip() == name.strip()


def test_a_number_stays_a_number():
    assert inert(-5) == -5
    assert inert("-5") == "'-5"
    assert inert("5 - 2") == "5 - 2"


@pytest.mark.parametrize("name", ["＝1+1", "＋84", "－lệnh", "＠SUM(A1)", "\nẩn"])
def test_a_sign_that_a_spreadsheet_folds_to_a_plain_one_is_as_inert(name):
    """Of no paper, where no font has them: a reason or a name may bring them."""
    assert inert(name) == f"'{name}"


def test_an_auditor_reads_the_register_and_finds_nothing_to_press(sign_in, issued):
    minh = sign_in("minh")
    for path in ("/so-van-ban", "/so-van-ban/in"):
        page = minh.get(path)
        assert "01/KH-SKHCN" in page
        assert POSTS.findall(page) == ["/dang-xuat"]
    minh.get("/so-van-ban.csv")
    assert len(rows_of(minh.page.data)) == 2


def test_what_lies_outside_the_auditors_decision_is_hidden_but_is_no_gap(
    sign_in, sqlite_record: Record, issued
):
    with sqlite_record.engine.work(Identity(rule="test")) as w:
        of_minh = Holding.person_id == w.directory.by_login["minh"].id
        w.db.execute(update(Holding).where(of_minh).values(covers_to=w.today.replace(day=1)))
        arranged(w)
    words = text_of(sign_in("minh").get("/so-van-ban?nam=2026&so=KH"))
    assert "01/KH-SKHCN" not in words
    assert "Không có số nào trong phạm vi được xem." in words
    assert "Sổ liên tục 01–01" in words


def test_another_agency_has_another_register(sign_in, issued):
    xuan = sign_in("xuan")
    assert "Chưa có sổ nào" in text_of(xuan.get("/so-van-ban"))
    xuan.get("/so-van-ban.csv?nam=2026&so=KH", status=404)
    xuan.get("/so-van-ban/in?nam=2026&so=KH", status=404)


@pytest.mark.tampered
def test_a_long_book_costs_no_more_statements_and_comes_in_pages(sign_in, sqlite_record: Record, issued):
    lan = sign_in("lan")
    multiply(sqlite_record, issued, 9, numbered=True)
    with counted(sqlite_record) as few:
        lan.get("/so-van-ban")
    multiply(sqlite_record, issued + 9, 990, numbered=True)
    with counted(sqlite_record) as many:
        page = lan.get("/so-van-ban")
    assert len(many) == len(few)
    assert len(page.encode()) < 60_000
    assert "Sổ liên tục 01–1000" in text_of(page)
    assert len(re.findall(r"/KH-SKHCN</a>", page)) == 50
    following = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "950/KH-SKHCN" in lan.get(following)
