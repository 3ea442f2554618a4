"""The gallery of macros in a real Chromium: axe, reflow, targets, keys, print, and the strict policy."""

import re
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.pdf import page_texts
from tests.browser.site import RULES
from tests.web.gallery import ADDRESSES, build

pytestmark = pytest.mark.browser
MOTTO = "Độc lập - Tự do - Hạnh phúc"


class Quiet(WSGIRequestHandler):
    def log(self, *_: object, **__: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, build(), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield page
    page.close()
    assert faults == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(page, site, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + address)
    for box in page.query_selector_all("details.menu, details.more") if address == "/viec-mot" else ():
        box.evaluate("box => box.open = true")
    answer = Axe().run(page, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    assert [
        (fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in answer["violations"]
    ] == []


@pytest.mark.parametrize("width", [320, 390, 721, 800, 1081, 1280])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_wider_than_the_window(page, site, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_target_is_under_twenty_four_pixels(page, site, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + address)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          'button, summary, input:not([type=hidden]), select, textarea, a.btn, nav a, .chip a, .site a')]
        .filter(e => e.checkVisibility() && !e.closest('.crumb') && !e.matches('.skip'))
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"""
    )
    assert small == []


def test_on_a_phone_the_signature_is_in_sight_at_once_and_large_enough(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + "/viec-mot")
    box = page.locator(".actbar button.primary").bounding_box()
    assert box["y"] + box["height"] <= 844
    assert box["height"] >= 56
    assert page.locator("nav.nav").is_hidden()


def test_one_can_sign_out_on_a_phone_without_script(chromium, site):
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(site + "/van-ban")
    assert page.locator(".menu form button").is_hidden()
    page.click(".menu summary")
    assert page.locator(".menu form button").is_visible()
    assert page.locator(".menu a", has_text="Sổ văn bản").is_visible()
    page.close()


def test_the_list_of_errors_takes_the_focus_and_leads_to_the_field(page, site):
    page.goto(site + "/soan-loi")
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    page.click("[data-errors] a:has-text('Chọn thời gian thực hiện')")
    assert page.evaluate("document.activeElement.id") == "kind-0"
    page.click("[data-errors] a:has-text('Ghi trích yếu')")
    assert page.evaluate("document.activeElement.id") == "subject"


def test_keys_move_in_the_list_and_no_key_takes_a_step(page, site):
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(site + "/viec")
    titles = []
    for key in "jjk":
        page.keyboard.press(key)
        titles.append(page.evaluate("document.activeElement.textContent"))
    assert titles[0].startswith("Phát triển doanh nghiệp")
    assert titles[1].startswith("Kiểm tra đo lường")
    assert titles[2] == titles[0]
    for key in "abcdefghijklmnopqstuvwxyz0123456789 .,;":
        page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    assert page.url == site + "/viec"
    page.keyboard.press("r")
    page.wait_for_url("**/buoc/tra-lai")
    assert sent == []


def test_keys_are_letters_again_while_typing_and_when_switched_off(page, site):
    page.goto(site + "/lich-su")
    page.keyboard.press("/")
    page.keyboard.type("jk?r/")
    assert page.input_value("#q") == "jk?r/"
    page.goto(site + "/viec")
    page.evaluate("document.body.dataset.keys = 'off'")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_two_fast_presses_send_one_form(page, site):
    sent: list[str] = []
    page.route("**/buoc/**", lambda route: (sent.append(route.request.url), route.fulfill(status=204)))
    page.goto(site + "/viec")
    page.evaluate(
        "() => { const b = document.querySelector('.actbar button.primary'); b.click(); b.click(); }"
    )
    page.wait_for_timeout(300)
    assert len(sent) == 1
    assert page.get_attribute(".actbar button.primary", "aria-disabled") == "true"
    assert "Đang ghi…" in page.text_content(".actbar button.primary")


def test_filters_fold_on_a_phone_and_stand_open_without_script(page, chromium, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + "/lich-su")
    assert page.locator("#q").is_hidden()
    bare = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    bare.goto(site + "/lich-su")
    assert bare.locator("#q").is_visible()
    bare.close()


def test_unsaved_words_are_not_left_without_a_question(page, site):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(site + "/soan")
    page.goto(site + "/han")
    assert asked == []
    page.goto(site + "/soan")
    page.click("#subject")
    page.keyboard.type("Kế hoạch")
    page.goto(site + "/han")
    assert asked == ["beforeunload"]


def test_no_focused_control_is_hidden_under_a_bar(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + "/soan")
    hidden = []
    for _ in range(40):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
            const r = e.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + Math.min(r.height / 2, 20);
            const top = document.elementFromPoint(x, y);
            return top && (e.contains(top) || top.contains(e)) ? null : e.outerHTML.slice(0, 90); }"""
        )
        if covered:
            hidden.append(covered)
    assert hidden == []


def test_nothing_is_asked_of_another_origin(page, site):
    asked: set[str] = set()
    page.on(
        "request",
        lambda request: asked.add(request.url.split("/")[2]) if request.url.startswith("http") else None,
    )
    for address in ADDRESSES:
        page.goto(site + address)
    assert asked == {site.split("/")[2]}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_prints_as_a4_with_the_motto_once_and_nothing_of_the_screen(page, site, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(site + "/in")
    data = page.pdf(prefer_css_page_size=True)
    sizes = {
        tuple(round(float(edge)) for edge in box.split())
        for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", data)
    }
    assert sizes == {(0, 0, 595, 842)}
    texts = page_texts(data)
    whole = "\n".join(texts)
    assert len(texts) == 2
    assert whole.count(MOTTO) == 1
    for screen in ("Việc của tôi", "Bản in", "Trợ giúp", "Đăng xuất", "Trần Thị Mai\nPhó"):
        assert screen not in whole
    assert texts[0].lstrip().startswith("ỦY BAN NHÂN DÂN TỈNH HÒA AN")
    assert texts[1].lstrip().startswith("2\n")
    assert "hằng năm./." in texts[1]


def test_a_report_prints_its_table_as_a_table_though_paper_is_narrow(page, site):
    page.goto(site + "/in-bao-cao")
    page.set_viewport_size({"width": 624, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.results td')).display") == "table-cell"
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('.page .head')).gridTemplateColumns.split(' ').length"
        )
        == 2
    )
