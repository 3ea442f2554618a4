"""Deadlines and the office's table in a real Chromium: axe, reflow, one press begins a report."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site
from tests.record import Record, plan
from tests.web.reporting.conftest import OCTOBER, Year
from workflow.content import Node, Obligation

pytestmark = pytest.mark.browser
BY_REFERENCE = Obligation(
    from_="Văn phòng Sở",
    to="UBND tỉnh",
    by_reference=True,
    raw="Văn phòng Sở báo cáo UBND tỉnh theo nội dung và thời gian quy định tại Phụ lục Công văn số 339/UBND-NC.",
)
QUARTERLY = Obligation(
    from_="Các phòng, đơn vị thuộc Sở",
    to="Văn phòng Sở",
    recurrence="quarterly",
    due_day=20,
    inclusive=True,
    raw="Hằng quý, chậm nhất là ngày 20 tháng cuối quý, các phòng, đơn vị báo cáo Văn phòng Sở.",
)
UNOWED = Obligation(
    to="Văn phòng Sở",
    recurrence="yearly",
    due_month=11,
    due_day=10,
    raw="Kết quả báo cáo về Văn phòng Sở trước ngày 10/11 hằng năm.",
)
PAGES = (
    "/han",
    "/han?nam=2027",
    "/han/1",
    "/han/3",
    "/han/5",
    "/tong-hop",
    "/han/ky/1/mien",
    "/tong-hop?nam=2030",
)


def reporting_year(record: Record) -> Year:
    """Two units received, one late, one waiting, one asked for more, others overdue; two duties lack a date or units."""
    year = Year(record)
    section = Node(
        label="III",
        title="TỔ CHỨC THỰC HIỆN",
        paragraphs=("Báo cáo.",),
        obligations=(BY_REFERENCE, QUARTERLY, UNOWED),
    )
    other = record.draft(
        content=plan(subject="Công tác dân vận của hệ thống chính trị năm 2026", sections=(section,))
    )
    record.bring_to(other, "issue")
    record.clock.now = OCTOBER
    for unit in ("QLKH", "QLCN"):
        record.step("hung", year.send(unit), "accept")
    year.begin("TTNC")
    record.clock.now = datetime(2026, 11, 12, 3, 0, tzinfo=UTC)
    year.send("TDC")
    record.step("hung", year.send("CDS"), "return", note="Bổ sung số liệu của quý IV")
    return year


@pytest.fixture(scope="module")
def site(site: Site) -> Site:
    reporting_year(site.record)
    return site


@pytest.fixture(scope="module")
def page(chromium: Browser, site: Site) -> Page:
    return site.enter(chromium, "hung")


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


def test_the_button_that_begins_a_report_keeps_its_words_in_one_line(chromium, site):
    page = site.enter(chromium, "diep", width=1280)
    page.goto(site.url + "/han")
    assert page.locator("button:has-text('Lập báo cáo')").first.bounding_box()["height"] < 40
    page.context.close()


def test_a_wrong_date_leads_the_focus_to_its_field(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url + "/han/3")
    page.fill("#due_day", "31")
    page.fill("#due_month", "11")
    page.check("#inclusive-0")
    page.fill("#source", "Công văn số 339/UBND-NC")
    page.click("button:has-text('Ghi hạn này')")
    assert page.title().startswith("Lỗi:")
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    page.click("[data-errors] a")
    assert page.evaluate("document.activeElement.id") == "due_day"
    assert page.get_attribute("#due_day", "aria-invalid") == "true"
    assert page.input_value("#source") == "Công văn số 339/UBND-NC"


def test_a_unit_begins_its_report_with_one_press_on_a_phone_without_script(chromium, site):
    page = site.enter(chromium, "diep", width=390, script=False)
    page.goto(site.url + "/han")
    assert "Quá hạn 3 ngày" in page.text_content("main")
    page.locator("button:has-text('Lập báo cáo')").first.click()
    assert page.url.endswith("/sua")
    page.context.close()
