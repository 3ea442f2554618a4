"""The bar holds six places beside a name at 1280 px; what is opened now and then lies under one's own name."""

import re

import pytest
from markupsafe import escape

from tests.person import open_app
from tests.record import Record
from tests.web.conftest import text_of
from web.kept import HOLE
from web.shell import Place, Shell


def places(page: str) -> list[str]:
    bar = re.search(r'<nav class="nav".*?</nav>', page, re.DOTALL)
    assert bar
    return [text_of(link) for link in re.findall(r"<a .*?</a>", bar[0], re.DOTALL)]


def menu(page: str) -> str:
    found = re.search(r'<div class="menu-body">.*?</details>', page, re.DOTALL)
    assert found
    return text_of(found[0])


@pytest.mark.parametrize("login", ["hung", "viet", "mai", "van", "lan", "khoi", "nhung", "minh", "huy"])
def test_no_role_has_more_places_than_the_bar_holds(sign_in, login):
    page = sign_in(login).get("/tro-giup")
    assert 3 <= len(places(page)) <= 6
    assert "Ủy quyền" in " ".join(places(page)) + menu(page), "everybody finds who may sign"


@pytest.mark.parametrize(("login", "line"), [
    ("mai", "Phó Giám đốc"), ("khoi", "Trưởng phòng Quản lý khoa học"), ("lan", "Chuyên viên · VP Sở"),
    ("thu", "Phó Chánh Văn phòng · VP Sở"),
])  # fmt: skip
def test_the_bar_names_the_unit_where_the_title_does_not(sign_in, login, line):
    header = sign_in(login).get("/tro-giup").split("</header>")[0]
    assert f"</b>{line}</span>" in header


def test_the_bar_counts_what_waits_now_on_every_page_and_says_nothing_of_nothing(
    sign_in, sqlite_record: Record
):
    hung = sign_in("hung")
    seen = []
    for _ in range(3):
        pages = [hung.get(path) for path in ("/viec", "/tro-giup", "/ke-hoach")]
        seen.append([places(page)[0] for page in pages])
        assert not any(HOLE in page for page in pages)
        document_id = sqlite_record.draft()
        sqlite_record.step("lan", document_id, "submit")
    mine = "Việc của tôi"
    assert seen == [[mine] * 3, [f"{mine} 1 việc chờ"] * 3, [f"{mine} 2 việc chờ"] * 3]


def test_a_name_that_reads_like_the_place_of_the_count_is_only_a_name(sqlite_record: Record):
    app = open_app(sqlite_record)
    mine = Place("Việc của tôi", "inbox.mine", "/viec", "inbox", counted=True)
    with app.test_request_context("/"):
        header = app.jinja_env.globals["kept_header"]
        shell = Shell(str(HOLE), "Sở", "/viec", nav=(mine,), person_name=str(HOLE), waiting=2)
        once, again = header(shell), header(shell._replace(waiting=3))
    assert once.count(escape(str(HOLE))) == 3
    assert HOLE not in once
    assert (places(once), places(again)) == (["Việc của tôi 2 việc chờ"], ["Việc của tôi 3 việc chờ"])
