"""Absences and coverage in a real Chromium: axe, reflow, targets, and a substitute named by the keyboard alone."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.site import RULES, Site
from tests.record import plan
from tests.workflow.commands.test_absences import TODAY, away

pytestmark = pytest.mark.browser
LONG = TODAY + timedelta(days=30)


@pytest.fixture(scope="module")
def site(site: Site) -> Site:
    """Two documents that will stop, one at a head away and one at a signer away; one that the office can mend."""
    record = site.record
    record.step("nhung", record.draft("nhung", unit="QLKH"), "submit")
    record.bring_to(record.draft(content=plan(subject="Kiểm tra phương tiện đo năm 2026")), "check_format")
    away(record, "khoi", last=LONG)
    away(record, "mai", last=LONG)
    away(record, "hung", "viet", first=TODAY + timedelta(days=8), last=LONG)
    return site


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(chromium: Browser, site: Site, width: int):
    mai, son = site.record.person("mai"), site.record.person("son")
    for login, paths in (
        ("hung", ("/vang-mat", f"/vang-mat?nguoi={mai}", "/bao-phu")),
        ("viet", ("/bao-phu", f"/bao-phu/giao-ky/2/{son}", "/vang-mat")),
        ("nhung", ("/vang-mat",)),
    ):
        page = site.enter(chromium, login, width=width)
        for path in paths:
            page.goto(site.url + path)
            for box in page.query_selector_all("main details"):
                box.evaluate("box => box.open = true")
            answer = Axe().run(page, options={"runOnly": RULES}).response
            assert len(answer["passes"]) > 10
            assert [
                (path, fault["id"], [node["html"][:120] for node in fault["nodes"]])
                for fault in answer["violations"]
            ] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.context.close()


def test_an_error_takes_the_focus_and_a_substitute_is_named_without_a_mouse_or_script(
    chromium: Browser, site: Site
):
    page = site.enter(chromium, "khoi")
    page.goto(f"{site.url}/vang-mat")
    page.fill("#away_from", "1/1/2026")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-errors]")
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    page.context.close()
    plain = site.enter(chromium, "khoi", script=False)
    plain.goto(f"{site.url}/vang-mat")
    plain.locator("summary", has_text="Đổi người xử lý thay").press("Enter")
    plain.locator("select[id^=thay-]").select_option(label="Đỗ Thanh Sơn, Phó Giám đốc")
    plain.locator("button", has_text="Đổi người thay").press("Enter")
    assert "Đã đổi người xử lý thay" in plain.inner_text("main")
    plain.context.close()
    son = site.enter(chromium, "son", width=390)
    son.goto(f"{site.url}/viec")
    assert "Xử lý thay Tạ Đình Khôi" in son.inner_text("main")
    answer = Axe().run(son, options={"runOnly": RULES}).response
    assert [fault["id"] for fault in answer["violations"]] == []
    son.context.close()
