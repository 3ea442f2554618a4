"""Every paper of a document as a person gets it in a real Chromium: from the page, with one click, as a file."""

import io
import zipfile
from collections.abc import Iterator

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.pdf import page_texts
from tests.browser.site import RULES, Site, long_plan

pytestmark = pytest.mark.browser
WINDOWS = [(1280, True), (1280, False), (390, True), (390, False)]


@pytest.fixture(params=WINDOWS, ids=lambda one: f"{one[0]}-{'script' if one[1] else 'plain'}")
def window(request) -> tuple[int, bool]:
    """Its width, and whether scripts run."""
    return request.param


@pytest.fixture
def page(window: tuple[int, bool], chromium: Browser, site: Site) -> Iterator[Page]:
    page = site.enter(chromium, "lan", width=window[0], script=window[1])
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def draft(site: Site) -> int:
    return site.record.draft(content=long_plan(subject="Dự thảo để lấy tệp"))


@pytest.fixture(scope="module")
def out(site: Site) -> int:
    document = site.record.draft(content=long_plan(subject="Đưa dân chủ vào nền nếp"))
    site.record.bring_to(document, "issue")
    return document


def fetched(page: Page, words: str) -> tuple[str, bytes]:
    """The name and the bytes of what a link of these words brings; the page stays where it is."""
    here = page.url
    with page.expect_download() as coming:
        page.locator("main").get_by_role("link", name=words).first.click()
    assert page.url == here
    return coming.value.suggested_filename, coming.value.path().read_bytes()


def words_of(data: bytes) -> str:
    return " ".join(
        " ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(data)
    )


def margin_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/header2.xml").decode()


def fit(page: Page, window: tuple[int, bool]) -> None:
    width, script = window
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if script:  # axe is a script
        answer = Axe().run(page, options={"runOnly": RULES}).response
        assert len(answer["passes"]) > 10
        assert [
            (one["id"], [node["html"][:160] for node in one["nodes"]]) for one in answer["violations"]
        ] == []


def test_a_draft_is_fetched_as_pdf_and_word_with_its_slip_and_its_certificate(page, window, site, draft):
    page.goto(f"{site.url}/van-ban/{draft}")
    fit(page, window)
    name, data = fetched(page, "Tải bản PDF")
    assert name == f"van-ban-{draft}-ban-1.pdf"
    assert "BẢN DỰ THẢO" in words_of(data)
    name, data = fetched(page, "Tải bản Word")
    assert name == f"van-ban-{draft}-ban-1.docx"
    assert "BẢN DỰ THẢO" in margin_of(data)
    name, data = fetched(page, "Tải phiếu trình")
    assert name == f"phieu-trinh-{draft}-ban-1.pdf"
    assert "PHIẾU TRÌNH" in words_of(data)
    name, data = fetched(page, "In biên bản phê duyệt")
    assert name == f"bien-ban-van-ban-{draft}-ban-1.pdf"
    assert "Dự thảo để lấy tệp" in words_of(data)


def test_what_went_out_is_fetched_as_it_was_stored_and_all_else_says_that_it_is_not(page, window, site, out):
    page.goto(f"{site.url}/van-ban/{out}")
    name, issued = fetched(page, "Tải tệp đã phát hành")
    number = name.removesuffix(".pdf")
    assert number.endswith("-KH-SKHCN")
    assert "KHÔNG PHẢI BẢN PHÁT HÀNH" not in words_of(issued)
    name, data = fetched(page, "Tải bản Word để soạn tiếp")
    assert name == f"{number}.docx"
    assert "KHÔNG PHẢI BẢN PHÁT HÀNH" in margin_of(data)
    assert fetched(page, "In biên bản phê duyệt")[0] == f"bien-ban-{number}.pdf"
    mark = page.locator(".page .mark-draft")
    expect(mark).to_be_hidden()
    page.emulate_media(media="print")
    expect(mark).to_have_text("KHÔNG PHẢI BẢN PHÁT HÀNH")
    expect(mark).to_be_visible()
    page.emulate_media(media="screen")
    page.goto(f"{site.url}/van-ban/{out}/ban/1")
    assert fetched(page, "Tải PDF của bản này") == (f"{number}.pdf", issued)
    fit(page, window)


def test_the_print_view_prints_its_mark_and_leads_to_the_file_that_went_out(page, window, site, draft, out):
    for document, mark in ((draft, "BẢN DỰ THẢO"), (out, "KHÔNG PHẢI BẢN PHÁT HÀNH")):
        page.goto(f"{site.url}/van-ban/{document}/in")
        expect(page.locator(".page .mark-draft")).to_have_text(mark)
        fit(page, window)
        first = page_texts(page.pdf(prefer_css_page_size=True))[0]
        assert mark in " ".join(first.split())
    assert page.get_by_role("link", name="Bản sạch").count() == 0
    assert fetched(page, "Tải tệp đã phát hành")[0].endswith("-KH-SKHCN.pdf")


def test_van_thu_hangs_the_scan_and_everybody_fetches_it(page, window, chromium, site):
    document = site.record.draft(content=long_plan(subject=f"Bản quét {window}"))
    site.record.bring_to(document, "issue")
    scan = b"%PDF-1.7\n" + b"scan " * 900
    van = site.enter(chromium, "van", width=window[0], script=window[1])
    van.goto(f"{site.url}/van-ban/{document}")
    van.set_input_files("#file", FilePayload(name="quét.pdf", mimeType="application/pdf", buffer=b"MZ" * 50))
    van.get_by_role("button", name="Gắn bản quét").click()
    expect(van.locator("[data-errors] a[href='#file']")).to_contain_text("không phải PDF")
    fit(van, window)
    van.set_input_files("#file", FilePayload(name="quét.pdf", mimeType="application/pdf", buffer=scan))
    van.get_by_role("button", name="Gắn bản quét").click()
    expect(van.locator(".flash")).to_contain_text("Đã gắn bản quét.")
    fit(van, window)
    van.context.close()
    page.goto(f"{site.url}/van-ban/{document}")
    name, data = fetched(page, "Tải bản quét đã đóng dấu")
    assert name.endswith("-KH-SKHCN-ban-quet.pdf")
    assert data == scan
