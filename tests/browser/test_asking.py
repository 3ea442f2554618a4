"""Nhắc, Hỏi ý kiến and what was told upwards in a real Chromium: with script and without, desk and phone; axe, reflow."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site, long_plan
from tests.workflow.acts import at
from tests.workflow.commands.test_asking import question
from workflow.commands.tick import tick

pytestmark = pytest.mark.browser

ADDRESSES = {
    "mai": ("/van-ban/{asked}", "/van-ban/{asked}/hoi-y-kien", "/viec", "/viec?chon={asked}"),
    "duc": ("/van-ban/{asked}", "/van-ban/{asked}/gop-y/{question}", "/thong-bao"),
    "hung": ("/van-ban/{asked}", "/thong-bao", "/lich-su?hanh-vi=don-doc"),
}


@pytest.fixture(scope="module")
def names(site: Site) -> dict[str, int]:
    """A plan that waits too long for Mai, who asked Đức about it."""
    record = site.record
    asked = record.draft(content=long_plan())
    record.bring_to(asked, "check_format")
    at(record, 2026, 4, 23, 16)
    tick(record.engine)
    return {"asked": asked, "question": question(record, "mai", asked, "duc")}


@pytest.fixture(scope="module")
def pages(site: Site, chromium: Browser, names: dict[str, int]) -> Iterator[dict[str, Page]]:
    found = {login: site.enter(chromium, login) for login in ADDRESSES}
    yield found
    for page in found.values():
        page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("login", ADDRESSES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    pages: dict[str, Page], site: Site, names: dict[str, int], login: str, width: int
):
    page = pages[login]
    page.set_viewport_size({"width": width, "height": 900})
    for address in ADDRESSES[login]:
        page.goto(site.url + address.format(**names))
        for box in page.query_selector_all("details.more, details.fold"):
            box.evaluate("box => box.open = true")
        answer = Axe().run(page, options={"runOnly": RULES}).response
        found = [(f["id"], [n["html"][:160] for n in f["nodes"]]) for f in answer["violations"]]
        assert found == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 390)])
def test_a_colleague_is_asked_and_answers_and_the_signature_is_one_press_as_before(
    chromium: Browser, site: Site, script: bool, width: int
):
    plan_id = site.record.draft(content=long_plan(subject=f"Cải cách hành chính, khổ {width}"))
    site.record.bring_to(plan_id, "check_format")
    url = f"{site.url}/van-ban/{plan_id}"
    lan = site.enter(chromium, "lan", width=width, script=script)
    lan.goto(url)
    lan.get_by_role("button", name="Nhắc Trần Thị Ngọc Mai xử lý").click()
    assert "Đã nhắc. Nhắc lại được từ ngày làm việc sau." in lan.locator(".flash").inner_text()
    assert lan.get_by_role("button", name="Nhắc").count() == 0
    mai = site.enter(chromium, "mai", width=width, script=script)
    mai.goto(f"{site.url}/viec?chon={plan_id}")
    mai.locator(".actbar details.more summary").click()
    mai.get_by_role("link", name="Hỏi ý kiến…").click()
    mai.select_option("#person", label="Hoàng Văn Đức, Chuyên viên, Văn phòng Sở")
    mai.get_by_role("button", name="Gửi câu hỏi").click()
    assert mai.title().startswith("Lỗi:")
    mai.fill("#text", "Kinh phí đã có trong dự toán chưa?")
    mai.get_by_role("button", name="Gửi câu hỏi").click()
    assert "Đã gửi câu hỏi. Văn bản vẫn chờ ký." in mai.locator(".flash").inner_text()
    duc = site.enter(chromium, "duc", width=width, script=script)
    duc.goto(url)
    duc.locator(".note", has_text="hỏi ý kiến, đang chờ trả lời").get_by_role("link", name="Trả lời").click()
    duc.fill("#text", "Đã có.")
    duc.get_by_role("button", name="Ghi câu trả lời").click()
    assert "Đã ghi câu trả lời." in duc.locator(".flash").inner_text()
    assert duc.locator(".actbar").get_by_role("button").count() == 0
    mai.goto(url)
    assert "Đã có." in mai.locator("#gop-y").inner_text()
    mai.locator(".actbar").get_by_role("button", name="Ký duyệt").click()
    assert "Đã ký duyệt" in mai.locator(".flash").inner_text()
    for page in (lan, mai, duc):
        page.context.close()
