"""Searches that a person keeps: under a name, his own alone, and no act on the record."""

import re
from urllib.parse import quote

from sqlalchemy import func, select

from tests.record import Record
from tests.web.conftest import text_of
from tests.web.search.test_results import hits, write
from workflow.commands.saved_searches import LONGEST_NAME, MOST
from workflow.models import Entry


def saved(page: str) -> list[tuple[str, str]]:
    """Address and name of each that is listed."""
    found = re.findall(r'<a class="grow" href="(/tim\?[^"]*)"[^>]*>(.*?)</a>', page)
    return [(address.replace("&amp;", "&"), name) for address, name in found]


def test_a_search_is_kept_with_its_filters_and_found_again(sign_in, sqlite_record: Record):
    wanted = write(sqlite_record, "Chuyển đổi số")
    lan = sign_in("lan")
    page = lan.get("/tim?tim=chuyển+đổi+số&nam=2026&tinh_trang=draft")
    assert 'value="chuyển đổi số, Năm 2026, Dự thảo"' in page
    page = lan.submit("/tim/luu", {"name": " Việc   số "}).text
    assert "Đã lưu tìm kiếm “Việc số”" in text_of(page)
    ((address, name),) = saved(page)
    assert name == "Việc số"
    again = lan.get(address)
    assert hits(again) == [wanted]
    assert 'aria-current="true">Việc số' in again
    assert "Lưu tìm kiếm này" not in again
    assert saved(lan.get("/tim")) == [(address, name)]


def test_it_is_his_own_and_he_can_drop_it(sign_in, sqlite_record: Record):
    lan, hung = sign_in("lan"), sign_in("hung")
    lan.get("/tim?tim=số")
    lan.submit("/tim/luu")
    page = lan.get("/tim")
    assert [name for _, name in saved(page)] == ["số"]
    number = re.search(r'name="id" value="(\d+)"', page)[1]
    assert saved(hung.get("/tim?tim=số")) == []
    hung.post("/tim/bo", {"id": number})
    assert len(saved(lan.get("/tim"))) == 1
    answer = lan.submit("/tim/bo")
    assert "Đã bỏ tìm kiếm đã lưu" in text_of(answer.text)
    assert saved(lan.get("/tim")) == []


def test_the_same_name_keeps_the_newer_search(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    for words in ("số", "tài sản"):
        lan.get(f"/tim?tim={words}")
        lan.submit("/tim/luu", {"name": "Hay tìm"})
    ((address, _),) = saved(lan.get("/tim"))
    assert address == f"/tim?tim={quote('tài sản').replace('%20', '+')}"


def test_nothing_to_keep_too_many_and_words_too_long_are_said(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    for query in ("", "tim=***", "khac=1", "&".join(f"a{n}=1" for n in range(50))):
        answer = lan.post("/tim/luu", {"query": query, "name": "Trống"})
        assert "Chưa lưu: tìm kiếm còn trống" in text_of(answer.text), query
    longest = "ế" * 200
    answer = lan.post("/tim/luu", {"query": f"tim={quote(longest)}", "name": "ộ" * 500 + "\0"})
    ((address, name),) = saved(answer.text)
    assert len(name) == LONGEST_NAME
    assert address == f"/tim?tim={quote(longest)}"
    for number in range(MOST - 1):
        lan.post("/tim/luu", {"query": "tim=so", "name": f"Thứ {number}"}, follow=False)
    answer = lan.post("/tim/luu", {"query": "tim=so", "name": "Thêm"})
    assert f"Chưa lưu: đã có {MOST} tìm kiếm được lưu" in text_of(answer.text)
    assert len(saved(answer.text)) == MOST


def test_a_kept_search_holds_only_the_parameters_of_the_page(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    lan.post("/tim/luu", {"query": "tim=so&sau=3-4&next=//elsewhere&nam=abc", "name": "Một"})
    assert saved(lan.get("/tim")) == [("/tim?tim=so", "Một")]


def test_a_name_that_is_markup_stays_words(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    page = lan.post("/tim/luu", {"query": "tim=so", "name": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_keeping_and_dropping_leave_no_entry_and_need_the_token(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    lan.get("/tim?tim=số")

    def entries() -> int:
        with sqlite_record.engine.reading(sqlite_record.who("lan")) as w:
            return w.db.scalar(select(func.count()).select_from(Entry))

    before = entries()
    lan.submit("/tim/luu")
    lan.get("/tim")
    lan.submit("/tim/bo")
    assert entries() == before
    answer = lan.client.post("/tim/luu", data={"query": "tim=so", "name": "Một"})
    assert answer.status_code == 400
    assert saved(lan.get("/tim")) == []
