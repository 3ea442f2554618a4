"""A file at the door in a real Chromium: Word and PDF, with script and without, on a desk and on a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.site import RULES, Site
from tests.workflow.reading.files import own, pictured
from workflow.queries.drafts import draft_of

pytestmark = pytest.mark.browser
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
SUBJECT = "Đưa Luật Thực hiện dân chủ ở cơ sở vào hoạt động của Sở"


@pytest.fixture(
    params=[(1280, True), (1280, False), (390, True), (390, False)],
    ids=lambda one: f"{one[0]}-{'script' if one[1] else 'plain'}",
)
def window(request) -> tuple[int, bool]:
    """Its width, and whether scripts run."""
    return request.param


@pytest.fixture
def page(window: tuple[int, bool], chromium: Browser, site: Site) -> Iterator[Page]:
    width, script = window
    page = site.enter(chromium, "lan", width=width, script=script)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site.url}/ke-hoach/nhap")
    yield page
    page.context.close()
    assert faults == []


def bring(page: Page, name: str, data: bytes) -> None:
    kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
    page.set_input_files("#file", FilePayload(name=name, mimeType=kind, buffer=data))
    page.click("button[name=read]")


def fit(page: Page, window: tuple[int, bool]) -> None:
    """Nothing wider than the window; where scripts run, nothing axe objects to, with every fold open."""
    width, script = window
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if script:  # axe is a script
        page.evaluate("document.querySelectorAll('main details').forEach(box => { box.open = true; })")
        answer = Axe().run(page, options={"runOnly": RULES}).response
        assert len(answer["passes"]) > 10
        found = [
            (one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in answer["violations"]
        ]
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_read_confirmed_and_made_a_draft(page: Page, window, site: Site, kind: str):
    fit(page, window)
    bring(page, f"ke-hoach.{kind}", own("s0.txt", kind))
    expect(page.locator("h1")).to_have_text("Xác nhận văn bản đã đọc")
    expect(page.locator("#subject")).to_have_value(SUBJECT)
    assert page.locator("pre.source mark").count() > 10, "what was read is marked in the source"
    expect(page.locator("#nguon")).to_contain_text(f"ke-hoach.{kind}")
    fit(page, window)

    link = page.locator("pre.source mark a").first
    target = link.get_attribute("href") or ""
    link.click()
    expect(page.locator(target)).to_be_in_viewport()

    page.fill("#subject", f"{SUBJECT}, {kind}")
    page.locator("#nhiem-vu-0 input[type=checkbox][name$=take]").first.uncheck()
    page.click("button[name=create]")
    expect(page.locator(".flash")).to_contain_text("Đã tạo dự thảo từ văn bản.")
    expect(page.locator("#subject")).to_have_value(f"{SUBJECT}, {kind}")
    fit(page, window)
    number = int(page.url.split("/van-ban/")[1].split("/")[0])
    with site.record.engine.reading(site.record.who("lan")) as w:
        draft = draft_of(w, number)
    assert draft.document.state == "draft"
    assert draft.document.number is None, "no number comes in with a file"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("ke-hoach.docx", b"MZ\x90" + bytes(3_000), "Chưa nhập: "),
        ("quet.pdf", None, "Chưa nhập: "),
        ("ke-hoach.txt", b" \n", "Chưa nhập: "),
    ],
    ids=["a program", "a scan", "nothing"],
)
def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_lost(page: Page, window, name, data, words):
    page.fill("#text", "Chữ đã gõ ở ô dưới")
    bring(page, name, pictured(2) if data is None else data)
    summary = page.locator("[data-errors] a[href='#file']")
    expect(summary).to_contain_text(words)
    expect(page.locator("#file")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#text")).to_have_value("Chữ đã gõ ở ô dưới")
    summary.click()
    expect(page.locator("#file")).to_be_focused()
    fit(page, window)
