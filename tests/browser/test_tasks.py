"""Tasks, later days and numbered reports in a real Chromium: axe, reflow, a note written on a phone without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site
from tests.workflow.acts import at, instances, working
from tests.workflow.commands.test_tasks import note, plan_of, standing
from workflow.commands.attachments import incoming
from workflow.commands.reporting import start_unit_report

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def site(site: Site) -> Site:
    record = site.record
    plan_id = plan_of(record)
    first = standing(record, plan_id, "Rà soát quy chế", period="2026-Q2")
    file = incoming("bien-ban.txt", "Biên bản họp".encode())
    note(record, "nhung", first.id, words="Đã lấy ý kiến các phòng", figure="7 phòng", file=file)
    at(record, 2026, 10, 20)
    owed = instances(record, plan_id, tier=1, year=2026)
    with working(record, "sen") as w:
        report_id = start_unit_report(w, instance_id=owed["TTKT"].id)
    record.notes |= {
        "plan": f"/van-ban/{plan_id}/nhiem-vu",
        "own": "/nhiem-vu?tinh-trang=",
        "task": f"/nhiem-vu/{first.id}",
        "awaiting": f"/nhiem-vu/{standing(record, plan_id, 'Triển khai nghị định').id}",
        "later": f"/han/ky/{owed['QLKH'].id}/gia-han",
        "numbered": f"/van-ban/{report_id}/bao-cao-da-ky",
        "report": f"/van-ban/{report_id}/sua",
    }
    return site


VISITS = (
    ("nhung", "plan"), ("nhung", "own"), ("nhung", "task"), ("hung", "awaiting"), ("hung", "later"),
    ("sen", "numbered"), ("sen", "report"),
)  # fmt: skip


@pytest.mark.parametrize(("login", "name"), VISITS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    chromium: Browser, site: Site, login: str, name: str
):
    page = site.enter(chromium, login)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site.url + site.record.notes[name])
        answer = Axe().run(page, options={"runOnly": RULES}).response
        assert len(answer["passes"]) > 10
        found = [
            (fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in answer["violations"]
        ]
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_progress_is_noted_on_a_phone_without_script(chromium: Browser, site: Site):
    page: Page = site.enter(chromium, "nhung", width=390, script=False)
    page.goto(site.url + "/nhiem-vu?tinh-trang=not_started")
    page.locator("a:has-text('Ghi tiến độ')").first.click()
    page.locator("button:has-text('Ghi tiến độ')").click()
    assert page.title().startswith("Lỗi:")
    page.check("#progress-2")
    page.fill("#done_so_far", "Đã ban hành quy chế")
    page.locator("button:has-text('Ghi tiến độ')").click()
    assert "Đã ghi tiến độ." in page.text_content("main")
    assert "Đã ban hành quy chế" in page.text_content("main")
    page.context.close()
