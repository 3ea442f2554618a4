"""The leaders' picture in a real Chromium: axe, reflow, and every number pressed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site
from tests.browser.test_reporting import reporting_year

pytestmark = pytest.mark.browser
PAGES = (
    "/tong-quan",
    "/tong-quan?nam=2027",
    "/tong-quan/bao-cao?tinh=qua-han",
    "/tong-quan/dang-dung",
    "/tong-quan/trinh-ky",
    "/tong-quan/tra-lai",
    "/tong-quan/nhiem-vu",
    "/tong-quan/du-bao",
)


@pytest.fixture(scope="module")
def site(site: Site) -> Site:
    record = site.record
    reporting_year(record)
    for step in ("submit", "approve_content", "check_format", "sign", "assign_number"):
        record.bring_to(record.draft(), step)
    back = record.draft()
    record.bring_to(back, "submit")
    record.step("hung", back, "return", note="Bổ sung căn cứ ở mục I; thời hạn quá sát.")
    return site


@pytest.fixture(scope="module")
def page(chromium: Browser, site: Site) -> Page:
    return site.enter(chromium, "viet")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(page, site, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + address)
    answer = Axe().run(page, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    found = [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in answer["violations"]]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 721, 1081, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_the_window(page, site, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_number_pressed_lists_as_many_rows_as_it_says(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url + "/tong-quan")
    told = page.eval_on_selector_all(
        "td.num", "cells => cells.map(c => [c.firstElementChild?.href ?? '', parseInt(c.innerText)])"
    )
    assert len(told) > 60
    assert {number for url, number in told if not url} == {0}
    for url, number in told:
        if url:
            page.goto(url)
            assert page.locator("tbody tr").count() == number, url


def test_the_words_of_a_bar_are_shown_whole_beside_its_number(page, site):
    """None is cut: it lies inside its box and inside the card, and ends before the number begins."""
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site.url + "/tong-quan")
        told = page.evaluate("""() => [...document.querySelectorAll('.bars p')].map(line => {
            const [name, end] = line.children, box = line.getBoundingClientRect(), words = document.createRange();
            words.selectNodeContents(name);
            const inside = words.getBoundingClientRect();
            return [name.textContent, inside.left >= box.left - 1 && inside.right <= end.getBoundingClientRect().left
                && end.getBoundingClientRect().right <= box.right + 1 && name.scrollWidth <= name.clientWidth + 1
                && inside.bottom <= line.nextElementSibling.getBoundingClientRect().top + 1];
        })""")
        assert len(told) > 20
        assert [name for name, whole in told if not whole] == [], width


def test_it_reads_without_script_on_a_phone(chromium, site):
    page = site.enter(chromium, "hung", width=390, script=False)
    page.goto(site.url + "/tong-quan")
    assert "báo cáo quá hạn" in page.text_content("main")
    assert page.locator("main section").count() == 7
    page.context.close()
