"""The page of results: what it shows, narrows and advises, and to whom."""

import re
from urllib.parse import quote

import pytest

from tests.record import Record, plan
from tests.web.conftest import form_fields, text_of
from tests.web.statements import statements
from workflow.content import Node, Recipient
from workflow.queries.search import PAGE


def write(record: Record, subject: str, *paragraphs: str, login: str = "lan", unit: str = "VP", **how) -> int:
    body = (Node(label="I", title="NHIỆM VỤ", paragraphs=paragraphs or ("Các đơn vị thực hiện.",)),)
    content = plan(subject=subject, sections=body, recipients=(Recipient("Lưu hồ sơ"),))
    return record.draft(login, unit=unit, content=content, **how)


def hits(page: str) -> list[int]:
    listed = re.search(r'<ol class="list found">(.*?)</ol>', page, re.DOTALL)
    return [int(each) for each in re.findall(r'<h3><a href="/van-ban/(\d+)"', listed[1])] if listed else []


def found_text(page: str) -> str:
    return text_of(page.split('aria-labelledby="kq"')[1])


def test_the_box_on_every_page_leads_to_the_results(sign_in, sqlite_record: Record):
    wanted = write(sqlite_record, "Chuyển đổi số trong cơ quan")
    write(sqlite_record, "Kiểm kê tài sản công")
    lan = sign_in("lan")
    for path in ("/viec", "/ke-hoach", "/lich-su", "/tro-giup"):
        page = lan.get(path)
        assert form_fields(page, "/tim")["__action__"] == "/tim"
        assert '<label class="vh" for="find">Tìm văn bản</label>' in page
    page = lan.get("/tim?tim=chuyen+doi+so")
    assert hits(page) == [wanted]
    assert "1 văn bản" in found_text(page)
    assert page.count('type="search"') == 1, "one box, the page's own, which holds what was typed"
    assert form_fields(page, "/tim")["tim"] == "chuyen doi so"


def test_what_was_found_is_marked_in_its_own_spelling_and_announced_as_a_passage(
    sign_in, sqlite_record: Record
):
    write(sqlite_record, "Một việc", "Sở phối hợp với Ủy ban nhân dân xã <b>Pù Lũng</b> tổ chức hội nghị.")
    page = sign_in("lan").get("/tim?tim=uy+ban+nhan+dan")
    assert "<mark>Ủy ban nhân dân</mark> xã &lt;b&gt;Pù Lũng&lt;/b&gt; tổ chức" in page
    assert '<span class="vh">Đoạn khớp: </span>' in page
    assert "<b>Pù" not in page


def test_a_number_stands_with_its_day_and_is_found_whole_or_by_its_figure(sign_in, sqlite_record: Record):
    numbered = write(sqlite_record, "Việc thứ nhất")
    sqlite_record.bring_to(numbered, "issue")
    other = write(sqlite_record, "Việc thứ hai")
    lan = sign_in("lan")
    for words in ("01/KH-SKHCN", "1/kh", "01", '"1/KH-SKHCN"'):
        page = lan.get(f"/tim?tim={quote(words)}")
        assert hits(page) == [numbered], words
        unmarked = page.replace("<mark>", "").replace("</mark>", "")
        assert '<span class="vh">Số </span><span class="num">01/KH-SKHCN</span>, 20/4/2026' in unmarked
    assert "Chưa có số" in found_text(lan.get("/tim?tim=thứ+hai"))
    assert hits(lan.get("/tim?tim=thứ+hai")) == [other]


FILTERS = {
    "nam": ("2026", "2025"),
    "don_vi": (None, "9999"),
    "loai": ("ke_hoach", "bao_cao"),
    "tinh_trang": ("draft", "issued"),
    "linh_vuc": ("to_chuc_hanh_chinh", "chuyen_doi_so"),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_narrows_stays_in_the_form_and_can_be_taken_away(sign_in, sqlite_record: Record, name):
    wanted = write(sqlite_record, "Một việc", login="nhung", unit="QLKH")
    hung = sign_in("hung")
    with sqlite_record.engine.reading(sqlite_record.who("hung")) as w:
        unit = str(w.directory.unit_by_code(w.actor.agency_id, "QLKH").id)
    right, wrong = FILTERS[name]
    right = right or unit
    for words in ("một việc", ""):
        page = hung.get(f"/tim?tim={words}&{name}={right}")
        assert hits(page) == [wanted]
        assert "1 đang dùng" in text_of(page)
        assert form_fields(page, "/tim")[name] == right
        removal = re.search(r'class="chip">(.*?) <a href="([^"]*)"', page)
        assert name not in removal[2]
        page = hung.get(f"/tim?tim={words}&{name}={wrong}")
        assert hits(page) == []
        assert "0 văn bản" in found_text(page)


def test_nobody_finds_or_counts_what_he_may_not_see(sign_in, sqlite_record: Record):
    draft = write(sqlite_record, "Mật ong rừng")
    issued = write(sqlite_record, "Mật ong nuôi")
    sqlite_record.bring_to(issued, "issue")
    for login, expected in (("lan", [issued, draft]), ("nhung", [issued]), ("minh", [issued]), ("phong", [])):
        page = sign_in(login).get("/tim?tim=mat+ong")
        assert hits(page) == expected, login
        assert f"{len(expected)} văn bản" in found_text(page)
        assert ("rừng" in text_of(page)) == (draft in expected)


def test_before_anything_is_asked_the_page_says_how(sign_in, sqlite_record: Record):
    page = sign_in("lan").get("/tim")
    assert "Gõ từ cần tìm hoặc chọn bộ lọc" in found_text(page)
    assert "trong ngoặc kép chỉ tìm cả cụm" in found_text(page)
    assert "Tìm kiếm đã lưu" not in text_of(page)


@pytest.mark.parametrize("words", ["***", "🙂", '""', "%00", "´"])
def test_what_holds_no_word_is_said_so(sign_in, sqlite_record: Record, words):
    page = sign_in("lan").get(f"/tim?tim={words if '%' in words else quote(words)}")
    assert "Gõ từ cần tìm hoặc chọn bộ lọc" in found_text(page)
    assert ("không có chữ hay số nào" in found_text(page)) == (words != "%00")
    assert "Lưu tìm kiếm này" not in page


def test_nothing_found_comes_with_what_to_do_next(sign_in, sqlite_record: Record):
    wanted = write(sqlite_record, "Cải cách thủ tục hành chính")
    lan = sign_in("lan")
    page = lan.get("/tim?tim=%22cải+cách+hành+chính%22&nam=2026")
    said = found_text(page)
    assert "0 văn bản" in said
    assert 'không có văn bản nào khớp "cải cách hành chính" và bộ lọc đang dùng' in said
    assert "mọi từ đã gõ đều phải có trong một văn bản" in said
    unquoted = re.search(r'href="([^"]+)">Tìm lại không có ngoặc kép', page)[1].replace("&amp;", "&")
    assert hits(lan.get(unquoted)) == [wanted]
    unfiltered = re.search(r'href="([^"]+)">Tìm lại không có bộ lọc', page)[1].replace("&amp;", "&")
    assert "nam=" not in unfiltered
    assert hits(lan.get(unfiltered)) == []
    assert "ngoặc kép" not in found_text(lan.get("/tim?tim=xyzxyz"))


def test_pages_follow_one_another_and_end(sign_in, sqlite_record: Record):
    written = [write(sqlite_record, f"Việc {number}") for number in range(PAGE * 2 + 3)]
    lan, seen, address = sign_in("lan"), [], "/tim?tim=viec"
    for _ in range(3):
        page = lan.get(address)
        seen += hits(page)
        assert "43 văn bản" in found_text(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert address == ""
    assert seen == written[::-1]
    assert "Về trang đầu" in found_text(page)
    past = lan.get("/tim?tim=viec&sau=99-1")
    assert "Hết kết quả ở trang này" in found_text(past)


def test_more_than_is_looked_for_is_said_so(sign_in, sqlite_record: Record):
    wanted = write(sqlite_record, " ".join(["việc"] * 20))
    page = sign_in("lan").get(f"/tim?tim={'+'.join(['việc'] * 20)}")
    assert "Chỉ tìm theo phần đầu" in found_text(page)
    assert hits(page) == [wanted]


@pytest.mark.parametrize(
    "query",
    [
        "tim=việc&nam=0", "tim=việc&nam=99999999999999999999", "tim=việc&don_vi=-1", "tim=việc&sau=x", "tim=việc&sau=1-",
        "tim=việc&sau=999-1", "tim=việc&nam=²", "sau=1-1", "tim=%F0%28%8C%28", "tim=việc&tim=khác",
    ],
)  # fmt: skip
def test_a_mistyped_address_is_never_an_error(sign_in, sqlite_record: Record, query):
    write(sqlite_record, "Một việc")
    sign_in("lan").get(f"/tim?{query}")


@pytest.mark.parametrize(
    "query", ["loai=a%27b", "tinh_trang=%00", "linh_vuc=%00x", "loai=xyz", "tinh_trang=%22)"]
)
def test_a_filter_that_is_no_choice_finds_nothing_or_is_none(sign_in, sqlite_record: Record, query):
    write(sqlite_record, "Một việc")
    page = sign_in("lan").get(f"/tim?{query}")
    assert hits(page) == []


def test_the_number_of_statements_does_not_grow_with_what_is_found(sign_in, sqlite_record: Record):
    lan = sign_in("lan")

    def asked() -> int:
        with statements(sqlite_record.engine) as log:
            lan.get("/tim?tim=một+việc")
        return len(log)

    write(sqlite_record, "Một việc")
    asked()
    few = asked()
    for _ in range(PAGE + 5):
        write(sqlite_record, "Một việc")
    assert asked() == few


def test_a_stranger_is_asked_to_sign_in(app):
    answer = app.test_client().get("/tim?tim=việc")
    assert answer.status_code in (302, 303)
    assert "/dang-nhap" in answer.headers["Location"]
