"""Góp ý and tệp kèm theo in a real Chromium: with script and without, on a desk and on a phone; axe, reflow, print."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site, long_plan
from tests.workflow.commands.test_attachments import PDF, bring
from tests.workflow.commands.test_remarks import close, reply, say

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/van-ban/{reviewed}",
    "/van-ban/{reviewed}/gop-y?cho=sections/0/children/1/paragraphs/0",
    "/van-ban/{reviewed}/gop-y/{open}",
    "/van-ban/{reviewed}/gop-y/{settled}",
    "/van-ban/{reviewed}/dinh-kem",
    "/viec?chon={reviewed}",
    "/van-ban/{returned}/sua",
)


@pytest.fixture(scope="module")
def names(site: Site) -> dict[str, int]:
    """
    A plan before its reviewer: files, a remark that must be settled with its answer, one settled, one on the whole;
    and one that the signer remarked on and returned to the reviewer.
    """
    record = site.record
    reviewed = record.draft(content=long_plan())
    bring(record, reviewed, "Biểu số liệu theo đơn vị.pdf", PDF)
    record.step("lan", reviewed, "submit")
    place = "sections/0/children/1/paragraphs/0"
    open_ = say(record, "mai", reviewed, "Ai chịu trách nhiệm chính?", place=place, must_settle=True)
    reply(record, "lan", open_, "Văn phòng Sở, đã nêu ở phần tổ chức thực hiện.")
    settled = say(record, "hung", reviewed, "Viết gọn lại.", place="subject")
    close(record, "hung", settled, "Đã sửa cùng người soạn.")
    say(record, "viet", reviewed, "Cân nhắc thời điểm ban hành.", place="")
    returned = record.draft(content=long_plan(subject="Văn bản trả lại kèm góp ý"))
    record.bring_to(returned, "check_format")
    say(record, "mai", returned, "Thiếu kinh phí.", place=place, must_settle=True)
    record.step("mai", returned, "return", note="Bổ sung kinh phí rồi trình lại.")
    return {"reviewed": reviewed, "open": open_, "settled": settled, "returned": returned}


@pytest.fixture(scope="module")
def hung(site: Site, chromium: Browser, names: dict[str, int]) -> Iterator[Page]:
    page = site.enter(chromium, "hung")
    yield page
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    hung: Page, site: Site, names: dict[str, int], address: str, width: int
):
    hung.set_viewport_size({"width": width, "height": 900})
    hung.goto(site.url + address.format(**names))
    for box in hung.query_selector_all("details.menu, details.more, details.fold"):
        box.evaluate("box => box.open = true")
    answer = Axe().run(hung, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    assert [(f["id"], [n["html"][:160] for n in f["nodes"]]) for f in answer["violations"]] == []
    assert hung.evaluate("document.documentElement.scrollWidth") <= width
    small = hung.evaluate(
        """() => [...document.querySelectorAll(
            'button, summary, input:not([type=hidden]), select, textarea, a.btn, a.gl')]
        .filter(e => e.checkVisibility() && !e.matches('.skip'))
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"""
    )
    assert small == []


def test_on_paper_nobody_reads_what_was_remarked(hung: Page, site: Site, names: dict[str, int]):
    hung.set_viewport_size({"width": 1280, "height": 900})
    hung.goto(f"{site.url}/van-ban/{names['reviewed']}")
    assert hung.get_by_text("Ai chịu trách nhiệm chính?").first.is_visible()
    hung.emulate_media(media="print")
    try:
        assert not any(found.is_visible() for found in hung.get_by_text("Ai chịu trách nhiệm chính?").all())
        assert not any(found.is_visible() for found in hung.locator(".gl").all())
        assert hung.get_by_text("Kèm theo: Biểu số liệu theo đơn vị.pdf").is_visible()
    finally:
        hung.emulate_media(media="screen")


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 390)])
def test_a_remark_is_written_answered_settled_and_then_approved(
    chromium: Browser, site: Site, script: bool, width: int
):
    plan_id = site.record.draft(content=long_plan(subject=f"Góp ý ở khổ {width}"))
    site.record.step("lan", plan_id, "submit")
    url = f"{site.url}/van-ban/{plan_id}"
    hung = site.enter(chromium, "hung", width=width, script=script)
    hung.goto(url)
    hung.locator("a.gl").nth(1).click()
    hung.fill("#text", "Nêu rõ thời hạn.")
    hung.check("#must_settle")
    hung.get_by_role("button", name="Ghi góp ý").click()
    assert "Đã ghi góp ý" in hung.locator(".flash").inner_text()
    assert hung.url.startswith(f"{url}#gop-y-")
    assert hung.locator(".page .gy").count() == 1
    assert hung.locator(".actbar").get_by_role("button", name="Duyệt nội dung").count() == 0
    hung.goto(f"{site.url}/viec?chon={plan_id}")
    held = hung.locator(".pane .note.warn", has_text="Chưa duyệt: còn góp ý phải giải quyết")
    held.get_by_role("link", name="Đọc góp ý").click()
    assert hung.url.startswith(f"{url}#gop-y-")
    assert hung.locator(".gy:target").is_visible()
    lan = site.enter(chromium, "lan", width=width, script=script)
    lan.goto(url)
    lan.locator(".gy").get_by_role("link", name="Trả lời").click()
    lan.fill("#text", "Đã nêu ở mục II.")
    lan.get_by_role("button", name="Ghi câu trả lời").click()
    assert "Đã nêu ở mục II." in lan.locator(".page .gy").inner_text()
    hung.goto(url)
    hung.locator(".page .gy").get_by_role("button", name="Đã giải quyết").click()
    assert hung.locator(".page .gy").count() == 0
    hung.locator(".actbar").get_by_role("button", name="Duyệt nội dung").first.click()
    assert "Đã duyệt nội dung" in hung.locator(".flash").inner_text()
    for page in (hung, lan):
        page.context.close()


@pytest.mark.parametrize(("script", "width"), [(True, 390), (False, 1280)])
def test_a_file_is_brought_from_the_editing_form_and_comes_down_as_a_file(
    chromium: Browser, site: Site, tmp_path: Path, script: bool, width: int
):
    plan_id = site.record.draft(content=long_plan(subject=f"Tệp kèm theo ở khổ {width}"))
    (tmp_path / "Biểu 02.pdf").write_bytes(PDF)
    lan = site.enter(chromium, "lan", width=width, script=script)
    lan.goto(f"{site.url}/van-ban/{plan_id}/sua")
    lan.get_by_role("button", name="Lưu nháp và thêm, bỏ tệp").click()
    lan.set_input_files("#file", tmp_path / "Biểu 02.pdf")
    lan.get_by_role("button", name="Đính kèm").click()
    assert "Đã đính kèm “Biểu 02.pdf”" in lan.locator(".flash").inner_text()
    with lan.expect_download() as coming:
        lan.get_by_role("link", name="Biểu 02.pdf").click()
    assert coming.value.suggested_filename == "Biểu 02.pdf"
    assert Path(coming.value.path()).read_bytes() == PDF
    lan.get_by_role("button", name="Bỏ").first.click()
    assert "Văn bản chưa có tệp kèm theo." in lan.locator("main").inner_text()
    lan.context.close()
