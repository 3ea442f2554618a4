"""What the lint found, in a real Chromium: with script and without, on a desk and on a phone; axe, reflow, the press."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site
from tests.record import plan
from workflow.content import Node, Recipient

pytestmark = pytest.mark.browser

SLIPPED = plan(
    subject="Thực hiện dân chủ trong cơ quan.",
    opening=("Sở  lập Kế hoạch như sau:",),
    sections=(
        Node("I", "VIỆC CẦN LÀM", ("Họp  mỗi quý; tạo chuyên biến rõ rệt.",)),
        Node("III", "TỔ CHỨC THỰC HIỆN", ("Các đơn vị báo cáo trước ngày 31/11 hằng năm.",)),
    ),
    recipients=(Recipient("Sở Nội vụ;"), Recipient("UBND các huyện, thị xã, thành phố")),
    archive_line="Lưu VT,VP",
)
CHECKING = "/van-ban/{checked}/buoc/xac-nhan-the-thuc"


@pytest.fixture(scope="module")
def names(site: Site) -> dict[str, int]:
    """A draft with slips, and the same before whoever checks its format."""
    checked = site.record.draft(content=SLIPPED)
    site.record.bring_to(checked, "approve_content")
    return {"draft": site.record.draft(content=SLIPPED), "checked": checked}


@pytest.fixture(scope="module")
def people(site: Site, chromium: Browser) -> Iterator[dict[str, Page]]:
    found = {login: site.enter(chromium, login) for login in ("lan", "thu")}
    yield found
    for page in found.values():
        page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("login", "address"),
    [
        ("lan", "/van-ban/{draft}"),
        ("lan", "/van-ban/{draft}/sua"),
        ("thu", "/van-ban/{checked}"),
        ("thu", CHECKING),
    ],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    people: dict[str, Page], site: Site, names: dict[str, int], login: str, address: str, width: int
):
    page = people[login]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + address.format(**names))
    for box in page.query_selector_all("details"):
        box.evaluate("box => box.open = true")
    panel = page.locator("#the-thuc")
    assert panel.locator("li.bad").count() >= 5
    assert panel.locator("li.ok").count() >= 5
    answer = Axe().run(page, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    assert [(f["id"], [n["html"][:160] for n in f["nodes"]]) for f in answer["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = panel.evaluate(
        """box => [...box.querySelectorAll('button, summary, a.btn')].filter(e => e.checkVisibility())
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, r]) => r.width < 24 || r.height < 24).map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize(
    ("login", "address"), [("lan", "/van-ban/{draft}/sua"), ("thu", "/van-ban/{checked}")]
)
def test_every_link_leads_to_something_that_is_seen(
    people: dict[str, Page], site: Site, names: dict[str, int], login: str, address: str
):
    page = people[login]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url + address.format(**names))
    links = page.locator("#the-thuc li a")
    assert links.count() >= 5
    for at in range(links.count()):
        target = links.nth(at).get_attribute("href")
        links.nth(at).click()
        assert page.locator(target or "").is_visible(), target


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (True, 390), (False, 1280), (False, 390)])
def test_a_press_in_the_editor_mends_and_comes_back_to_the_findings(
    chromium: Browser, site: Site, script: bool, width: int
):
    plan_id = site.record.draft(content=SLIPPED)
    lan = site.enter(chromium, "lan", width=width, script=script)
    lan.goto(f"{site.url}/van-ban/{plan_id}/sua")
    before = lan.locator("#the-thuc > summary").inner_text()
    if not lan.locator("#the-thuc").evaluate("box => box.open"):  # folded on a phone: the text comes first
        lan.locator("#the-thuc > summary").click()
    lan.get_by_role("button", name="Sửa giúp Dòng Lưu").click()
    assert "Đã sửa 1 chỗ và lưu thành bản mới" in lan.locator(".flash").inner_text()
    assert lan.url.startswith(f"{site.url}/van-ban/{plan_id}/sua")
    assert lan.locator("#archive_line").input_value() == "Lưu: VT, VP."
    assert lan.locator("#the-thuc > summary").inner_text() != before
    assert lan.locator("#the-thuc").evaluate("box => box.open")
    lan.get_by_role("button", name="Sửa cả 2 chỗ").first.click()
    assert "Đã sửa 2 chỗ" in lan.locator(".flash").inner_text()
    lan.goto(f"{site.url}/van-ban/{plan_id}")
    assert "Sở lập Kế hoạch như sau:" in lan.locator(".page").inner_text()
    assert "Bản 3 (hiện tại)" in lan.locator("#ban").inner_text()
    lan.context.close()


@pytest.mark.parametrize(
    ("login", "script", "width"), [("lan", True, 1280), ("duc", True, 390), ("lan", False, 390)]
)
def test_a_new_draft_is_looked_at_as_it_is_typed(
    chromium: Browser, site: Site, login: str, script: bool, width: int
):
    lan = site.enter(chromium, login, width=width, script=script)
    lan.goto(f"{site.url}/ke-hoach/moi/soan")
    lan.fill("#subject", "Kế hoạch đối thoại")
    box = lan.locator("#the-thuc")
    if script:
        lan.evaluate("window.stillHere = true")
        lan.locator("#dem-the-thuc", has_text="Chữ đang gõ: ").wait_for(state="attached")
    if not box.evaluate("box => box.open"):
        lan.locator("#the-thuc > summary").click()
    lan.get_by_role("button", name="Kiểm tra chữ đang gõ").click()
    found = lan.locator("#the-thuc li.bad", has_text="Bỏ chữ “Kế hoạch” ở đầu trích yếu")
    found.wait_for(state="visible")
    assert box.evaluate("box => box.open")
    assert lan.locator("#subject").input_value() == "Kế hoạch đối thoại"
    assert lan.evaluate("document.activeElement.id") == "kiem-the-thuc"
    assert lan.evaluate("document.documentElement.scrollWidth") <= width
    assert bool(lan.evaluate("window.stillHere")) is script
    lan.context.close()
