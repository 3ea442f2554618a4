"""The search in a real Chromium: axe, reflow, targets, the keyboard, with script and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site, long_plan

pytestmark = pytest.mark.browser
PAGES = {
    "at rest": "/tim",
    "no word": "/tim?tim=***",
    "found": "/tim?tim=dân+chủ",
    "a phrase among filters": '/tim?tim="dân+chủ"&nam=2026&tinh_trang=draft&loai=ke_hoach',
    "a number": "/tim?tim=01/KH-SKHCN",
    "the second page": "/tim?tim=dân+chủ&sau=9-2",
    "nothing": '/tim?tim="không+có+gì"&nam=2026',
    "too much": f"/tim?tim={'+'.join(['dân'] * 30)}",
}


@pytest.fixture(scope="module")
def site(site: Site) -> Site:
    for number in range(24):
        site.record.draft(content=long_plan(subject=f"Thực hiện dân chủ ở cơ sở, phần thứ {number}"))
    site.record.bring_to(
        site.record.draft(content=long_plan(subject="Triển khai thi hành Luật dân chủ")), "issue"
    )
    return site


@pytest.fixture(scope="module")
def page(chromium: Browser, site: Site) -> Page:
    """Lan, who keeps one search."""
    page = site.enter(chromium, "lan")
    page.goto(f"{site.url}/tim?tim=dân+chủ&nam=2026")
    page.click("text=Lưu tìm kiếm này")
    assert "Đã lưu tìm kiếm" in page.inner_text(".flash")
    return page


def opened(page: Page, site: Site, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + address)
    for fold in page.query_selector_all("main details"):
        fold.evaluate("fold => fold.open = true")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page, site, name, width):
    opened(page, site, PAGES[name], width)
    answer = Axe().run(page, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    found = [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in answer["violations"]]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 721, 1081, 1241, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(page, site, name, width):
    opened(page, site, PAGES[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("login", ["lan", "van", "hung", "minh", "huy"])
def test_the_head_of_the_page_stays_low_and_the_box_is_a_full_target(chromium, site, login):
    person = site.enter(chromium, login)
    for width in (1280, 1241, 1240, 1081, 721, 390, 320):
        person.set_viewport_size({"width": width, "height": 900})
        person.goto(site.url + "/ke-hoach")
        assert person.evaluate("document.querySelector('header.top').offsetHeight") < (
            100 if width == 721 else 70
        ), width
        assert person.evaluate("document.documentElement.scrollWidth") <= width
        box = person.locator("header .find button").bounding_box()
        assert min(box["width"], box["height"]) >= 43.9, (width, box)
    person.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_targets_are_large_enough(page, site, width):
    opened(page, site, PAGES["a phrase among filters"], width)
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(
          'main button, main summary, main input:not([type=hidden]), main select, main a.btn, main .chip a')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"""
    )
    assert boxes == []
    for main in ("#tim", "main form[role=search] .primary"):
        assert page.locator(main).bounding_box()["height"] >= 44


def unfold(person: Page, inside: str) -> None:
    """On a phone the filters lie in a fold, which scripts close."""
    if not person.locator(inside).is_visible():
        person.click("summary:has-text('Bộ lọc')")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_box_to_the_document_and_a_filter_away(chromium, site, script, width):
    person = site.enter(chromium, "lan", script=script, width=width)
    person.goto(site.url + "/viec")
    if width == 1280:
        person.fill("#find", "dan chu")
        person.press("#find", "Enter")
    else:
        person.click("header .find button")
        person.fill("#tim", "dan chu")
        person.press("#tim", "Enter")
    person.wait_for_url("**/tim?tim=dan**")
    assert person.input_value("#tim") == "dan chu"
    assert person.inner_text("#kq") == "25 văn bản"
    assert person.locator(".found mark").first.inner_text().casefold() == "dân chủ"
    assert person.evaluate("document.documentElement.scrollWidth") <= width
    unfold(person, "#tinh_trang")
    person.select_option("#tinh_trang", label="Đã phát hành")
    person.click('main form[role=search] button:text-is("Lọc")')
    assert person.inner_text("#kq") == "1 văn bản"
    unfold(person, ".chip a")
    person.click(".chip a")
    assert person.inner_text("#kq") == "25 văn bản"
    person.click("text=Trang sau")
    assert person.locator(".found .item").count() == 5
    person.click(".found .item h3 a >> nth=0")
    assert "/van-ban/" in person.url
    assert person.evaluate("document.documentElement.scrollWidth") <= width
    person.context.close()


def test_on_a_phone_the_sign_leads_to_the_box_and_the_results_stand_near(chromium, site):
    person = site.enter(chromium, "lan", width=390)
    person.goto(site.url + "/viec")
    assert not person.locator("#find").is_visible()
    person.click("header .find button")
    person.fill("#tim", '"dân chủ"')
    person.press("#tim", "Enter")
    assert not person.locator("#nam").is_visible()
    assert person.locator("#kq").bounding_box()["y"] < 600
    person.click("summary:has-text('Bộ lọc')")
    assert person.locator("#nam").is_visible()
    person.context.close()


def test_the_key_of_the_search_leads_to_a_box_at_every_width(chromium, site):
    person = site.enter(chromium, "lan")
    for width, box in ((1280, "find"), (1100, "tim")):
        person.set_viewport_size({"width": width, "height": 900})
        person.goto(site.url + "/viec")
        person.keyboard.press("/")
        person.wait_for_function("id => document.activeElement.id === id", arg=box)
    person.context.close()


def test_the_keyboard_goes_from_the_words_to_the_results_in_order(page, site):
    opened(page, site, PAGES["found"], 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "tim"
    order = []
    for _ in range(16):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()"))
    wanted = ["Tìm", "nam", "don_vi", "loai", "tinh_trang", "linh_vuc", "Lọc", "name", "Lưu tìm kiếm này"]
    assert [each for each in order if each in wanted] == wanted
    assert any("phần thứ" in each or "Luật dân chủ" in each for each in order), order
