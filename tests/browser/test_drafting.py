"""The pages of drafting in a real Chromium: axe, reflow, where the focus goes, and what works without script."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.site import RULES
from tests.record import Clock, Record, fill, open_sqlite
from tests.web.conftest import PASSWORD
from tests.web.drafting.texts import PLAN
from web import create_app
from web.auth.passwords import hash_password
from workflow.commands.people import set_password_hash
from workflow.engine import Identity

pytestmark = pytest.mark.browser


class Quiet(WSGIRequestHandler):
    def log(self, *_: object, **__: object) -> None:
        pass


@dataclass
class Site:
    url: str
    record: Record
    plan: int


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    clock = Clock()
    engine = open_sqlite(tmp_path_factory.mktemp("drafting"), clock)
    fill(engine)
    record = Record(engine, clock, engine.settings.database_url)
    hashed = hash_password(PASSWORD, "cheapest")
    with engine.work(Identity(rule="test")) as w:
        set_password_hash(w, person_id=w.directory.by_login["lan"].id, password_hash=hashed)
    for _ in range(3):
        plan = record.draft()
    record.bring_to(record.draft(), "issue")
    server = make_server("127.0.0.1", 0, create_app(engine), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", record, plan)
    server.shutdown()
    thread.join()
    server.server_close()
    engine.close()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, site)
    yield page
    page.close()
    assert faults == []


def enter(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/dang-nhap")
    page.fill("#login", "lan")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def open_confirm(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/ke-hoach/nhap")
    page.fill("#text", PLAN)
    page.click("button[name=read]")
    page.wait_for_selector("#nhan")


def open_missed(page: Page, site: Site) -> None:
    open_confirm(page, site)
    page.evaluate("document.querySelectorAll('main details').forEach(box => { box.open = true; })")
    page.click("button[value='add:tasks:0']")
    page.wait_for_selector("[name$=-printed]")
    page.evaluate("document.querySelectorAll('main details').forEach(box => { box.open = true; })")


def open_errors(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/ke-hoach/moi/soan")
    page.click(".actbar button[name=send]")
    page.wait_for_selector("[data-errors]")


def open_everything(page: Page, site: Site) -> None:
    open_confirm(page, site)
    page.click("button[name=create]")
    page.wait_for_url("**/sua")
    page.evaluate("document.querySelectorAll('main details').forEach(box => { box.open = true; })")


WAYS = {
    "list": lambda page, site: page.goto(f"{site.url}/ke-hoach"),
    "filtered": lambda page, site: page.goto(f"{site.url}/ke-hoach?tim=dan+chu&nam=2026&tinh_trang=draft"),
    "reports": lambda page, site: page.goto(f"{site.url}/bao-cao"),
    "begin": lambda page, site: page.goto(f"{site.url}/ke-hoach/moi"),
    "new": lambda page, site: page.goto(f"{site.url}/ke-hoach/moi/soan"),
    "skeleton": lambda page, site: page.goto(f"{site.url}/ke-hoach/moi/soan?tu=mau:ke_hoach_trien_khai"),
    "errors": open_errors,
    "edit": lambda page, site: page.goto(f"{site.url}/van-ban/{site.plan}/sua"),
    "source": lambda page, site: page.goto(f"{site.url}/ke-hoach/nhap"),
    "confirm": open_confirm,
    "missed": open_missed,
    "everything": open_everything,
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing(page, site, way, width):
    page.set_viewport_size({"width": width, "height": 900})
    WAYS[way](page, site)
    answer = Axe().run(page, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    assert [
        (fault["id"], [node["html"][:160] for node in fault["nodes"]][:4]) for fault in answer["violations"]
    ] == []


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_wider_than_a_small_phone(page, site, way):
    page.set_viewport_size({"width": 320, "height": 700})
    WAYS[way](page, site)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, a.btn')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"""
    )
    assert small == []


def test_the_list_of_errors_takes_the_focus_and_leads_to_the_field(page, site):
    open_errors(page, site)
    assert page.title().startswith("Lỗi:")
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    page.click("[data-errors] a:has-text('Ghi trích yếu')")
    assert page.evaluate("document.activeElement.id") == "subject"
    assert page.get_attribute("#subject", "aria-invalid") == "true"


def test_a_task_without_time_is_told_and_the_link_goes_to_its_select(page, site):
    open_confirm(page, site)
    page.click("button[name=create]")
    page.wait_for_url("**/sua")
    page.select_option("#signer_id", index=1)
    page.click(".actbar button[name=send]")
    page.wait_for_selector("#luu-y-h")
    page.click("[data-errors] a:has-text('Chọn thời gian thực hiện cho mục II.2')")
    field = page.evaluate("document.activeElement.id")
    assert field.startswith("parts-")
    assert field.endswith("-tasks-0-kind")
    page.select_option(f"#{field}", "continuous")
    page.click(".actbar button[name=send]")
    page.wait_for_selector("#luu-y-h")
    assert page.locator("[data-errors] a:has-text('cho mục II.2')").count() == 0
    page.click("[data-errors] button[value=anyway]")
    page.wait_for_url("**/buoc/trinh")


def test_a_task_that_was_missed_is_added_without_a_reload_and_its_words_still_light_up(page, site):
    open_confirm(page, site)
    page.evaluate("window.here = true")
    page.fill("#subject", "Chữ gõ trên trang xác nhận")
    page.click("#loi-van summary >> nth=0")
    page.click("#loi-van button:has-text('Nhiệm vụ') >> nth=0")
    page.wait_for_selector("[name$=-printed]")
    assert page.evaluate("window.here")
    assert page.evaluate("document.activeElement.name").endswith("-leads")
    assert page.input_value("#subject") == "Chữ gõ trên trang xác nhận"
    page.focus("#nhiem-vu-0 input[type=checkbox]")
    assert page.locator("mark.lit").count() > 0


def test_words_outlive_the_session(page, site, chromium):
    page.goto(f"{site.url}/van-ban/{site.plan}/sua")
    page.fill("#subject", "Chữ gõ trước khi hết phiên")
    site.record.clock.forward(hours=2)
    page.click(".actbar button[name=save]")
    page.wait_for_selector("text=Nội dung đang soạn vẫn còn")
    with page.expect_popup() as opened:
        page.click("text=Mở trang đăng nhập ở thẻ khác")
    enter(opened.value, site)
    opened.value.close()
    page.click("main form:not(.inline) button")
    page.wait_for_selector("text=phiên làm việc đã đổi")
    page.click("text=Gửi lại nội dung đang soạn")
    page.wait_for_url("**/sua")
    assert page.input_value("#subject") == "Chữ gõ trước khi hết phiên"


def take_pictures(page: Page, site: Site, folder: Path) -> None:
    """By hand, to look at beside the mock-up: `python -m tests.browser.test_drafting FOLDER`."""
    for way, go in WAYS.items():
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            go(page, site)
            page.screenshot(path=str(folder / f"{way}-{width}.png"), full_page=True)
