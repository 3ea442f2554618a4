"""The bar holds six places beside a name at 1280 px; what is opened now and then lies under one's own name."""

import re

import pytest

from tests.web.conftest import text_of


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
