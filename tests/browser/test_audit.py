"""The history, the check and the pages of rights in a real Chromium: axe, reflow, without script, for an auditor."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site
from tests.record import Record, plan
from web.messages import sentence
from workflow import audit
from workflow.commands.steps import take_step
from workflow.errors import Refused

pytestmark = pytest.mark.browser
PAGES = (
    "/lich-su",
    "/lich-su?dang=bang&q=dân+chủ&hanh_dong=ky&hanh_dong=rut-ky&tu=01/01/2026",
    "/lich-su?truy_cap=tu-choi-quyen&truy_cap=dang-nhap&hanh_dong=ky",
    "/lich-su?q=không+có+gì",
    "/lich-su?tu=31/2/2026",
    "/lich-su/12",
    "/lich-su/kiem-tra",
    "/quan-tri/uy-quyen",
    "/quan-tri/uy-quyen?ngay=1/6/2025",
    "/quan-tri/nguoi-dung",
    "/quan-tri/quy-trinh",
)


def lived(record: Record) -> None:
    """Three days of work on two plans: a return, a signature taken back and given again, a refusal, an issue."""
    clock = record.clock
    first = record.draft(content=plan(subject="Triển khai thi hành Luật Thực hiện dân chủ ở cơ sở năm 2026"))
    record.step("lan", first, "submit")
    clock.forward(hours=3, minutes=20)
    record.step(
        "hung",
        first,
        "return",
        note="Hạn đơn vị gửi Văn phòng phải trước hạn gửi Sở Nội vụ. Sửa thành 10/11.",
    )
    clock.forward(hours=20)
    record.step("lan", first, "submit", note="Đã sửa hạn theo ý kiến.")
    record.step("hung", first, "approve_content")
    record.step("thu", first, "check_format")
    clock.forward(minutes=42)
    _refused(record, "duc", first)
    record.step("mai", first, "sign")
    clock.forward(seconds=32)
    record.step("mai", first, "unsign", note="Muốn đọc lại mục III.")
    clock.forward(minutes=4)
    record.step("mai", first, "sign")
    clock.forward(hours=1)
    for step in ("assign_number", "seal", "issue"):
        record.step("van", first, step, paper_signed=step == "assign_number")
    record.bring_to(
        record.draft(content=plan(subject="Công tác dân vận của hệ thống chính trị năm 2026")), "issue"
    )


def _refused(record: Record, login: str, document_id: int) -> None:
    """As the web notes it: after the rollback, in a Work of its own."""
    try:
        with record.engine.work(record.who(login)) as w:
            take_step(w, document_id=document_id, step_id="sign", seen_version=None)
    except Refused as error:
        status, words = sentence(error)
        with record.engine.work(record.who(login)) as w:
            facts = {"step": "sign", "status": status, "why": words, "kind": type(error).__name__}
            audit.note_access(
                w, "refused", "Từ chối", agency_id=w.actor.agency_id, document_id=document_id, facts=facts
            )
    else:
        raise AssertionError(f"{login} could sign")


@pytest.fixture(scope="module")
def site(site: Site) -> Site:
    lived(site.record)
    return site


@pytest.fixture(scope="module")
def page(chromium: Browser, site: Site) -> Page:
    page = site.enter(chromium, "minh")
    page.click("main form[action='/lich-su/kiem-tra'] button")
    return page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(page, site, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + address)
    for fold in page.query_selector_all("main details"):
        fold.evaluate("fold => fold.open = true")
    answer = Axe().run(page, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    found = [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in answer["violations"]]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 721, 1081, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_the_window(page, site, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url + address)
    for fold in page.query_selector_all("main details"):
        fold.evaluate("fold => fold.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_no_target_is_under_twenty_four_pixels(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + PAGES[1])
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          'main button, main summary, main input:not([type=hidden]), main a.btn, main .chip a')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"""
    )
    assert small == []


def test_filters_and_the_check_work_without_script(chromium, site):
    page = site.enter(chromium, "viet", script=False)
    page.goto(site.url + "/lich-su")
    page.check("text=Rút lại chữ ký")
    page.fill("#q", "dân chủ")
    page.click("main form[role=search] button")
    assert "hanh_dong=rut-ky" in page.url
    assert "1 sự kiện" in page.inner_text("#kq")
    page.click(".chip:has-text('Rút lại chữ ký') a")
    assert "hanh_dong" not in page.url
    assert "q=d%C3%A2n+ch%E1%BB%A7" in page.url.replace("%20", "+")
    page.click("main form[action='/lich-su/kiem-tra'] button")
    assert page.url.endswith("/lich-su/kiem-tra")
    assert "Chuỗi lịch sử nguyên vẹn" in page.inner_text("main")
    page.context.close()


def test_the_skip_link_is_first_and_an_event_is_reached_by_keyboard(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url + "/lich-su")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus(".tl .no")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lich-su/*")
    assert page.locator("h1").inner_text().endswith(page.url.rsplit("/", 1)[1])


def test_nothing_is_asked_of_another_origin(page, site):
    asked: set[str] = set()
    page.on(
        "request",
        lambda request: asked.add(request.url.split("/")[2]) if request.url.startswith("http") else None,
    )
    for address in PAGES:
        page.goto(site.url + address)
    assert asked == {site.url.split("/")[2]}
