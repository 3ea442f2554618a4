"""Numbers and days that no row could have: every address answers them, and none with an error of ours."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from tests.record import Record
from tests.web.conftest import text_of
from web.numbers import LARGEST, instant, whole

HOSTILE = (
    str(LARGEST + 1),
    str(LARGEST),
    "9" * 40,
    "-1",
    "31/12/9999",
    "01/01/0001",
    "0" * 16 + "1" + "9" * 30,
    "\x00",
    "۳",
)
PAGES = (
    *(
        ("hung", path)
        for path in (
            "/viec",
            "/han",
            "/tong-hop",
            "/tong-quan",
            "/tong-quan/bao-cao",
            "/tong-quan.csv",
            "/lich-su",
        )
    ),
    *(("hung", path) for path in ("/tim", "/thong-bao", "/ke-hoach", "/vang-mat", "/nhiem-vu")),
    *(("van", path) for path in ("/van-thu", "/so-van-ban")),
)
ASKED = re.compile(r'args\.get(?:list)?\("([^"]+)"|^    (\w+) = \w*Field\(', re.MULTILINE)


def names_asked() -> set[str]:
    """What the pages read out of their addresses, and the fields of their filters."""
    sources = [path.read_text("utf-8") for path in Path("web").rglob("*.py")]
    return {name for source in sources for found in ASKED.findall(source) for name in found if name}


def at(rule: Rule, number: int) -> str:
    return re.sub(r"<[^>]+>", str(number), rule.rule)


@pytest.mark.parametrize("login", ["hung", "viet"])
def test_a_number_that_no_row_could_have_is_answered_like_any_that_is_not_there(
    sign_in, app, sqlite_record: Record, login
):
    sqlite_record.bring_to(sqlite_record.draft(), "issue")
    person = sign_in(login)
    pages = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static"]
    assert len(pages) > 60
    values = {name: str(LARGEST + 1) for name in names_asked()}
    for rule in pages:
        assert person.client.get(at(rule, LARGEST + 1)).status_code < 500, rule.rule
        assert person.client.get(at(rule, 1), query_string=values).status_code < 500, rule.rule


def test_whatever_stands_in_an_address_the_page_comes(sign_in):
    names = names_asked()
    for login, path in PAGES:
        for value in HOSTILE:
            page = sign_in(login).client.get(path, query_string=dict.fromkeys(names, value))
            assert page.status_code in (200, 404, 422), (path, value)


def test_a_posted_number_that_no_row_could_have_changes_nothing(sign_in):
    hung = sign_in("hung")
    assert hung.post("/thong-bao/da-xem", {"den": str(LARGEST + 1)}).status_code == 200
    assert hung.post(f"/thong-bao/{LARGEST + 1}/da-xem").status_code == 404
    assert hung.post(f"/bao-phu/giao-ky/{LARGEST + 1}/1").status_code == 404


def test_a_place_in_a_list_that_cannot_be_is_the_beginning(sign_in):
    for login, path, sign in (("hung", "/viec", "0_{}_{}"), ("van", "/van-thu", "{}~{}")):
        for place in (("0001-01-01T00:00:00+14:00", 1), ("2026-01-01T00:00:00+00:00", 10**30)):
            page = sign_in(login).client.get(path, query_string={"sau": sign.format(*place)})
            assert page.status_code == 200


def test_a_day_is_of_a_year_that_can_be_counted_on_from(sign_in):
    words = text_of(sign_in("minh").get("/lich-su?den=31/12/9999", status=422))
    assert "Ghi năm từ 1900 đến 2199" in words


def test_what_is_no_number_and_no_moment_of_a_row_is_refused():
    for text in ("", "x", str(LARGEST + 1), f"-{LARGEST + 1}", "9" * 5000):
        assert not taken(whole, text)
    for text in ("", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-01:00"):
        assert not taken(instant, text)
    assert whole(str(LARGEST)) == LARGEST


def taken(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


def test_no_page_takes_a_number_unguarded():
    loose = [
        path
        for path in Path("web").rglob("*.py")
        if "cli" not in path.parts and "type=int)" in path.read_text()
    ]
    assert not loose
