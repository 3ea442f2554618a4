"""Văn thư's table and the register in a real Chromium: axe, reflow, without script, on paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.pdf import page_texts
from tests.browser.site import RULES, Site, long_plan
from tests.record import Record, plan

pytestmark = pytest.mark.browser
PAGES = ("/van-thu", "/van-thu?nhom=phat-hanh", "/so-van-ban", "/so-van-ban/in", "/so-van-ban?nam=2019&so=KH")
SUBJECTS = (
    "Triển khai thi hành Luật Thực hiện dân chủ ở cơ sở năm 2026",
    "Chuyển đổi số trong các cơ quan, đơn vị thuộc Sở giai đoạn 2026–2030",
    "Công tác dân vận của hệ thống chính trị năm 2026",
    "Kiểm tra nhà nước về đo lường, chất lượng sản phẩm, hàng hóa quý III năm 2026",
)


def table_of(record: Record) -> list[int]:
    """Something in every pile, and a register with an issued, a voided and an unsent number."""
    last = ("issue", "assign_number", "assign_number", "seal", "assign_number", "sign", "sign")
    ids = []
    for place, step in enumerate(last):
        ids.append(record.draft(content=plan(subject=SUBJECTS[place % len(SUBJECTS)])))
        record.bring_to(ids[-1], step)
    record.step("van", ids[1], "request_void", note="Trích yếu sai tên Luật")
    record.step("mai", ids[1], "void", note="Đồng ý hủy, soạn lại với trích yếu đúng")
    record.step("van", ids[2], "request_void", note="Đóng nhầm nội dung của bản trước")
    urgent = record.draft(content=long_plan(urgency="khan"))
    record.bring_to(urgent, "sign")
    return [*ids, urgent]


@pytest.fixture(scope="module")
def site(site: Site) -> Site:
    table_of(site.record)
    return site


@pytest.fixture(scope="module")
def page(chromium: Browser, site: Site) -> Page:
    return site.enter(chromium, "van")


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


@pytest.mark.parametrize("width", [1280, 390])
def test_no_target_is_under_twenty_four_pixels(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + "/van-thu")
    small = page.evaluate(
        """() => [...document.querySelectorAll('main button, main summary, main input:not([type=hidden]), main a.btn')]
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"""
    )
    assert small == []


def test_every_button_says_what_it_is_for(page, site):
    page.goto(site.url + "/van-thu")
    names = page.eval_on_selector_all("main button, main a.btn", "all => all.map(e => e.textContent.trim())")
    assert len(names) > 6
    assert len(set(names)) == len(names)


def test_a_number_is_given_on_a_phone_without_script(chromium, site):
    page = site.enter(chromium, "van", width=390, script=False)
    page.goto(site.url + "/van-thu")
    shown = page.locator("b", has_text="Nếu cấp bây giờ:").first.text_content().split()[-1]
    form = page.locator("form[action$='/buoc/cap-so']").first
    form.locator("input[type=checkbox]").check()
    page.locator("button:has-text('Cấp số')").first.click()
    assert page.locator("[role=status]", has_text=f"Đã cấp số {shown}").count()
    page.context.close()


def test_the_book_prints_on_landscape_a4_with_a_cover_and_nothing_of_the_screen(page, site):
    assert page.goto(site.url + "/so-van-ban/in").status == 200
    data = page.pdf(prefer_css_page_size=True)
    texts = page_texts(data)
    sizes = {
        tuple(round(float(edge)) for edge in box.split())
        for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", data)
    }
    assert sizes == {(0, 0, 842, 595)}
    assert len(texts) == 2
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in texts[0]
    assert "Số, ký hiệu văn bản" in texts[1].replace("\n", " ")
    for screen in ("Việc của tôi", "Trợ giúp", "Đăng xuất", "Khổ A4 ngang"):
        assert screen not in "".join(texts)
