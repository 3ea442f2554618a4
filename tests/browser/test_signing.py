"""Signing and what stands around it in a real Chromium: one click with script and without, axe, reflow, keys."""

from collections.abc import Iterator

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from tests.browser.site import RULES, Site, long_plan
from tests.record import Record, plan
from tests.web.documents.test_pages import edit
from workflow.models import Document, Entry

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def papers(site: Site) -> dict[str, int]:
    """One issued, one that waits for the signature, one that was returned, changed and sent again."""
    record = site.record
    duties = plan().sections[0].obligations
    content = long_plan()
    sections = (*content.sections[:-1], msgspec.structs.replace(content.sections[-1], obligations=duties))
    content = long_plan(sections=sections)
    made = {name: record.draft(content=content) for name in ("issued", "waiting", "opened")}
    made["changed"] = record.draft(
        content=plan(subject="Kiểm tra đo lường quý III năm 2026", field="do_luong")
    )
    record.bring_to(made["issued"], "issue")
    for name in ("waiting", "opened", "changed"):
        record.bring_to(made[name], "check_format")
    record.step("mai", made["changed"], "return", note="Sửa hạn báo cáo của các đơn vị.")
    record.step("hung", made["changed"], "forward")
    edit(
        record,
        made["changed"],
        6,
        subject="Kiểm tra đo lường, chất lượng hàng hóa quý III năm 2026",
        field="do_luong",
    )
    record.bring_to(made["changed"], "check_format")
    return made


@pytest.fixture(scope="module")
def mai(site: Site, chromium: Browser, papers: dict[str, int]) -> Iterator[Page]:
    page = site.enter(chromium, "mai")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield page
    page.context.close()
    assert faults == []


def acts(record: Record, document_id: int) -> list[tuple[str, int, str]]:
    with record.engine.database.read.begin() as db:
        found = select(Entry.action, Entry.person_id, Entry.capacity).where(
            Entry.document_id == document_id, Entry.stream == "act"
        )
        return [tuple(row) for row in db.execute(found.order_by(Entry.id))]


def at(site: Site, papers: dict[str, int], address: str) -> str:
    return site.url + address.format(**papers)


ADDRESSES = (
    "/viec",
    "/viec?chon={waiting}",
    "/viec?chon={changed}",
    "/van-ban/{issued}",
    "/van-ban/{waiting}",
    "/van-ban/{waiting}/buoc/tra-lai",
    "/van-ban/{waiting}/buoc/chuyen-nguoi-ky",
    "/van-ban/{waiting}/buoc/tu-choi",
    "/van-ban/{waiting}/buoc/cap-so",
    "/van-ban/{changed}/ban/1",
    "/van-ban/{changed}/so-sanh/1..2",
    "/van-ban/{issued}/in",
)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(mai: Page, site: Site, papers, address: str, width: int):
    mai.set_viewport_size({"width": width, "height": 900})
    mai.goto(at(site, papers, address))
    for box in mai.query_selector_all("details.menu, details.more, details.fold"):
        box.evaluate("box => box.open = true")
    answer = Axe().run(mai, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    faults = [(f["id"], [node["html"][:160] for node in f["nodes"]]) for f in answer["violations"]]
    assert faults == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_wider_than_a_small_window(mai: Page, site: Site, papers, address: str):
    for width in (320, 390, 800, 1280):
        mai.set_viewport_size({"width": width, "height": 800})
        mai.goto(at(site, papers, address))
        assert mai.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_target_is_under_twenty_four_pixels(mai: Page, site: Site, papers, address: str, width: int):
    mai.set_viewport_size({"width": width, "height": 900})
    mai.goto(at(site, papers, address))
    small = mai.evaluate(
        """() => [...document.querySelectorAll(
          'button, summary, input:not([type=hidden]), select, textarea, a.btn, nav a')]
        .filter(e => e.checkVisibility() && !e.closest('.crumb') && !e.matches('.skip'))
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_there_is_one_bar_at_the_foot_and_a_way_back_to_ones_work(
    chromium: Browser, site: Site, papers, script: bool
):
    page = site.enter(chromium, "mai", width=390, script=script)
    page.goto(at(site, papers, "/van-ban/{waiting}"))
    bar = page.locator(".actbar").bounding_box()
    assert page.locator("nav.nav").is_hidden()
    assert bar["y"] + bar["height"] == page.viewport_size["height"]
    assert page.evaluate("parseFloat(getComputedStyle(document.body).paddingBottom)") >= bar["height"]
    page.locator("details.menu summary").click()
    places = page.locator(".menu-body a.tab")
    assert places.count() == 4
    assert all(place.is_visible() for place in places.all())
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="‹ Việc của tôi").click()
    assert page.url.endswith("/viec")
    assert page.locator("nav.nav").is_visible()
    page.goto(at(site, papers, "/van-ban/{issued}"))  # nothing to do there: no bar, so the places stay
    assert page.locator("nav.nav").is_visible()
    assert page.locator("a.back").is_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(at(site, papers, "/van-ban/{waiting}"))
    assert page.locator("nav.nav").is_visible()
    assert page.locator("a.back").is_hidden()
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_one_click_signs_what_is_shown(chromium: Browser, site: Site, papers, script: bool):
    document_id = site.record.draft(content=long_plan(subject=f"Thử trên điện thoại, kịch bản {script}"))
    site.record.bring_to(document_id, "check_format")
    page = site.enter(chromium, "mai", width=390, script=script)
    page.goto(f"{site.url}/viec?chon={document_id}")
    button = page.locator(".actbar button.primary")
    box = button.bounding_box()
    assert box["y"] + box["height"] <= 844
    assert box["height"] >= 44
    assert "Ký duyệt" in button.inner_text()
    assert "KT. GIÁM ĐỐC" in button.inner_text()
    shown = page.locator(".note.ok .hash").get_attribute("title")
    before = len(acts(site.record, document_id))
    button.click()
    assert "Đã ký duyệt" in page.locator(".flash").inner_text()
    assert page.locator(".flash a", has_text="Rút lại chữ ký").is_visible()
    with site.record.engine.database.read.begin() as db:
        row = db.execute(select(Document.state, Document.digest).where(Document.id == document_id)).one()
    assert row.state == "signed"
    assert shown == f"SHA-256: {row.digest}"
    assert acts(site.record, document_id)[before:] == [("sign", site.record.person("mai"), "KT")]
    page.context.close()


def test_on_a_phone_a_card_signs_what_was_opened_before(chromium: Browser, site: Site, papers):
    page = site.enter(chromium, "mai", width=390)
    page.goto(f"{site.url}/viec?chon={papers['opened']}")
    page.goto(f"{site.url}/viec")
    card = page.locator(".item", has=page.locator(f'a[href="/viec?chon={papers["opened"]}"]'))
    button = card.locator("button")
    assert button.bounding_box()["height"] >= 44
    button.click()
    assert "Đã ký duyệt" in page.locator(".flash").inner_text()
    assert [act[0] for act in acts(site.record, papers["opened"])].count("sign") == 1
    page.context.close()


def test_two_fast_presses_are_one_act(chromium: Browser, site: Site, papers):
    document_id = site.record.draft(content=plan(subject="Bấm hai lần"))
    site.record.bring_to(document_id, "check_format")
    page = site.enter(chromium, "mai", script=False)
    page.goto(f"{site.url}/viec?chon={document_id}")
    page.locator(".actbar button.primary").dblclick(no_wait_after=True)
    page.locator(".flash .note").wait_for()
    assert [act[0] for act in acts(site.record, document_id)].count("sign") == 1
    page.context.close()


def test_a_return_without_words_puts_the_focus_on_what_is_wrong(mai: Page, site: Site, papers):
    mai.set_viewport_size({"width": 390, "height": 844})
    mai.goto(at(site, papers, "/van-ban/{waiting}/buoc/tra-lai"))
    mai.fill("#note", "ngắn")
    mai.click("main form button")
    assert mai.title().startswith("Lỗi:")
    assert mai.evaluate("document.activeElement.matches('[data-errors]')")
    assert mai.get_attribute("#note", "aria-invalid") == "true"
    assert mai.input_value("#note") == "ngắn"
    mai.click("[data-errors] a")
    assert mai.evaluate("document.activeElement.id") == "note"


def test_keys_move_in_the_list_and_no_key_takes_a_step(mai: Page, site: Site, papers):
    mai.set_viewport_size({"width": 1280, "height": 900})
    sent: list[str] = []
    mai.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for name in ("Phím một", "Phím hai"):
        site.record.bring_to(site.record.draft(content=plan(subject=name)), "check_format")
    mai.goto(at(site, papers, "/viec"))
    mai.keyboard.press("Tab")
    assert mai.evaluate("document.activeElement.className") == "skip"
    rows = mai.evaluate("[...document.querySelectorAll('.item h3 a')].map(a => [a.href, a.ariaCurrent])")
    assert len(rows) > 2
    assert rows[0][1] == "true"
    reached = []
    for key in ("j", "j", "k"):
        mai.keyboard.press(key)
        reached.append(mai.evaluate("document.activeElement.href"))
    assert reached == [rows[place][0] for place in (1, 2, 1)]
    for key in "abcdefghijklmnopqstuvwxyz0123456789 .,;":
        mai.keyboard.press(key)
    mai.keyboard.press("Control+Enter")
    assert mai.url == at(site, papers, "/viec")
    mai.keyboard.press("r")
    mai.wait_for_url("**/buoc/tra-lai**")
    assert sent == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_focused_control_is_hidden_under_the_bar(mai: Page, site: Site, papers, width: int):
    mai.set_viewport_size({"width": width, "height": 844})
    mai.goto(at(site, papers, "/viec?chon={waiting}"))
    hidden = []
    for _ in range(30):
        mai.keyboard.press("Tab")
        covered = mai.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
            const r = e.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + Math.min(r.height / 2, 20);
            const top = document.elementFromPoint(x, y);
            return top && (e.contains(top) || top.contains(e)) ? null : e.outerHTML.slice(0, 90); }"""
        )
        if covered:
            hidden.append(covered)
    assert hidden == []
