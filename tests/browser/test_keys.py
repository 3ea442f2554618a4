"""Single keys on the page of what waits: they move, open and search; nothing is decided by one; they can be off."""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from tests.browser.site import Site
from tests.record import plan
from workflow.models import Entry

pytestmark = pytest.mark.browser
KEYS = ("j", "k", "r", "/", "?")


@pytest.fixture(scope="module")
def waiting(site: Site) -> list[int]:
    made = [site.record.draft(content=plan(subject=f"Cải cách hành chính quý {no}")) for no in (1, 2)]
    for document_id in made:
        site.record.bring_to(document_id, "submit")
    return made


def decided(site: Site) -> int:
    with site.record.engine.database.read.begin() as db:
        return db.scalar(select(func.count()).where(Entry.stream == "act")) or 0


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_keys_move_open_and_search_and_decide_nothing(site: Site, chromium: Browser, waiting: list[int]):
    page = site.enter(chromium, "thu")
    expect(page.locator(".item")).to_have_count(2)
    before = decided(site)
    first, second = (link.inner_text() for link in page.locator(".item h3 a").all()[:2])
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == second
    page.keyboard.press("k")
    assert focused(page) == first
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(second)
    page.keyboard.press("r")
    expect(page.locator("h1")).to_contain_text("Trả lại")
    expect(page.locator("textarea").first).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.locator("h1").click()
    page.set_viewport_size({"width": 1100, "height": 800})
    page.keyboard.press("/")  # where there is no room for the box, its button is pressed
    expect(page.locator("#tim")).to_be_focused()
    page.keyboard.type("jkr?/")
    expect(page.locator("#tim")).to_have_value("jkr?/")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("h1")).to_have_text("Phím tắt")
    assert decided(site) == before
    page.context.close()


def test_keys_that_are_switched_off_do_nothing(site: Site, chromium: Browser, waiting: list[int]):
    page = site.enter(chromium, "thu")
    expect(page.locator(".item")).to_have_count(2)
    page.goto(f"{site.url}/phim-tat")
    page.get_by_role("button", name="Tắt phím tắt một phím").click()
    expect(page.locator("[role=status]").first).to_contain_text("Đã tắt phím tắt một phím.")
    page.goto(f"{site.url}/viec?chon={waiting[0]}")
    address = page.url
    for key in KEYS:
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.url == address
    page.context.close()
