"""The editor in a real Chromium, with script and without: rows, cards, what is kept, and where the focus goes."""

import re
from collections.abc import Iterator

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import RULES, Site
from tests.record import plan
from workflow.commands.drafting import save_revision
from workflow.content import Node, Task, Time
from workflow.queries.drafts import draft_of

pytestmark = pytest.mark.browser
OFFICE = ("Văn phòng Sở",)
TEXT = plan(
    sections=(
        Node("I", "MỤC ĐÍCH", ("Phân công rõ việc.",)),
        Node(
            "II",
            "NỘI DUNG",
            children=(
                Node("1", "Phổ biến", ("Phổ biến quy định mới.",), Task(OFFICE, time=Time("continuous", "Thường xuyên"))),
                Node("2", "Rà soát", ("Rà soát văn bản.",), Task(OFFICE)),
            ),
        ),
        msgspec.structs.replace(plan().sections[0], label="III"),
    )
)  # fmt: skip


@pytest.fixture(
    params=[(1280, True), (1280, False), (390, True), (390, False)],
    ids=lambda one: f"{one[0]}-{'script' if one[1] else 'plain'}",
)
def page(request, chromium: Browser, site: Site) -> Iterator[Page]:  # fmt: skip
    width, script = request.param
    yield from opened(chromium, site, width, script)


@pytest.fixture(params=[1280, 390])
def scripted(request, chromium: Browser, site: Site) -> Iterator[Page]:
    yield from opened(chromium, site, request.param, True)


def opened(chromium: Browser, site: Site, width: int, script: bool) -> Iterator[Page]:
    page = site.enter(chromium, "lan", width=width, script=script)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    page.context.close()
    assert faults == []


def edit(page: Page, site: Site, content=TEXT) -> int:
    document = site.record.draft(content=content)
    page.goto(f"{site.url}/van-ban/{document}/sua")
    return document


def press(page: Page, op: str) -> None:
    """A button under a part's "Thêm, chuyển, bỏ", opened first."""
    button = page.locator(f"button[name=op][value='{op}']")
    if not button.is_visible():
        button.locator("xpath=ancestor::details[1]/summary").click()
    button.click()


def focus(page: Page) -> str:
    return page.locator("*:focus").get_attribute("id") or ""


def test_parts_come_move_and_go_with_what_was_typed(page, site):
    edit(page, site)
    page.fill("#subject", "Chữ gõ trước khi thêm mục")
    press(page, "after:parts:3")
    expect(page.locator("#parts-4-text")).to_be_focused()
    expect(page.locator("#parts-4-label")).to_have_value("3")
    page.fill("#parts-4-text", "Kiểm tra hằng quý.")
    press(page, "up:parts:4")
    expect(page.locator("#up-parts-3")).to_be_focused()
    expect(page.locator("#parts-3-text")).to_have_value("Kiểm tra hằng quý.")
    expect(page.locator("#parts-4-title")).to_have_value("Rà soát")
    press(page, "drop:parts:0")
    expect(page.locator("text=Đã bỏ I MỤC ĐÍCH, chưa lưu")).to_be_visible()
    expect(page.locator("#subject")).to_have_value("Chữ gõ trước khi thêm mục")
    page.click(".actbar button[name=save]")
    expect(page.locator("text=Đã lưu nháp lúc")).to_be_visible()
    assert page.locator("#parts-0-title").input_value() == "NỘI DUNG"
    assert [page.input_value(f"#parts-{n}-label") for n in range(4)] == ["I", "1", "2", "3"]


def test_with_script_rows_come_without_a_reload(scripted, site):
    edit(scripted, site)
    scripted.evaluate("window.same = true")
    press(scripted, "under:parts:1")
    expect(scripted.locator("#parts-4-text")).to_be_focused()
    press(scripted, "add:recipients:0")
    expect(scripted.locator("#recipients-2-name")).to_be_focused()
    assert scripted.evaluate("window.same") is True


def test_the_card_writes_its_lines_under_the_paragraph_while_one_types(scripted, site):
    edit(scripted, site)
    scripted.click("#parts-3-tasks-0 > summary")
    scripted.select_option("#parts-3-tasks-0-kind", "quarters")
    scripted.check("#parts-3-tasks-0-quarters-2")
    scripted.check("#parts-3-tasks-0-quarters-3")
    scripted.fill("#parts-3-tasks-0-year", "2026")
    expect(scripted.locator("#parts-3-lines")).to_contain_text("Thời gian thực hiện: Quý III, IV năm 2026.")
    expect(scripted.locator("#da-giu")).to_contain_text("Đã giữ bản đang soạn lúc")


def test_several_leads_are_typed_one_a_line_and_printed_in_one(page, site):
    edit(page, site)
    page.click("#parts-3-tasks-0 > summary")
    page.fill("#parts-3-tasks-0-leads-1", "Thanh tra Sở")
    page.click("button[name=op][value='lead:parts:3']")
    expect(page.locator("#parts-3-tasks-0-leads-2")).to_be_focused()
    page.fill("#parts-3-tasks-0-leads-2", "Sở Nội vụ")
    page.click(".actbar button[name=save]")
    expect(page.locator("text=Đã lưu nháp lúc")).to_be_visible()
    expect(page.locator("#parts-3-lines")).to_have_text(
        "- Đơn vị chủ trì: Văn phòng Sở, Thanh tra Sở, Sở Nội vụ."
    )


def test_the_words_before_the_lines_become_those_of_every_task(page, site):
    edit(page, site)
    page.click("#parts-2-tasks-0 > summary")
    page.click("#parts-2-tasks-0 summary:has-text('Chữ in trước mỗi dòng')")
    page.fill("#parts-2-tasks-0-label_lead", "Cơ quan chủ trì")
    page.click("button[name=op][value='labels:parts:2']")
    expect(page.locator("#parts-2-tasks-0-label_lead")).to_be_focused()
    for row in (2, 3):
        expect(page.locator(f"#parts-{row}-lines")).to_contain_text("Cơ quan chủ trì: Văn phòng Sở.")


def test_only_the_fields_of_the_chosen_time_are_shown(page, site):
    edit(page, site)
    page.click("#parts-3-tasks-0 > summary")
    expect(page.locator("#parts-3-tasks-0-year")).to_be_hidden()
    page.select_option("#parts-3-tasks-0-kind", "yearly_before")
    expect(page.locator("#parts-3-tasks-0-day")).to_be_visible()
    expect(page.locator("#parts-3-tasks-0-until")).to_be_hidden()
    page.select_option("#parts-3-tasks-0-kind", "range")
    expect(page.locator("#parts-3-tasks-0-since")).to_be_visible()
    expect(page.locator("#parts-3-tasks-0-until")).to_be_visible()
    expect(page.locator("#parts-3-tasks-0-day")).to_be_hidden()


def test_words_not_saved_are_offered_on_return(scripted, site):
    document = edit(scripted, site)
    scripted.fill("#subject", "Chữ chưa kịp lưu")
    expect(scripted.locator("#da-giu")).to_contain_text("Đã giữ bản đang soạn lúc")
    scripted.goto(f"{site.url}/ke-hoach")
    scripted.goto(f"{site.url}/van-ban/{document}/sua")
    expect(scripted.locator("#do-dang")).to_contain_text("Có bản đang soạn dở lúc")
    expect(scripted.locator("#subject")).to_have_value(TEXT.subject)
    scripted.click("section[aria-labelledby=do-dang] a")
    expect(scripted.locator("#subject")).to_have_value("Chữ chưa kịp lưu")
    scripted.click(".actbar button[name=save]")
    expect(scripted.locator("text=Đã lưu nháp lúc")).to_be_visible()
    scripted.goto(f"{site.url}/van-ban/{document}/sua")
    assert scripted.locator("#do-dang").count() == 0


def test_another_form_of_the_page_does_not_take_words_away_unasked(scripted, site):
    edit(scripted, site)
    scripted.fill("#subject", "Chữ vừa gõ")
    asked: list[str] = []
    scripted.on("dialog", lambda dialog: asked.append(dialog.type))
    scripted.evaluate("document.querySelector('form[action$=\"/tim\"]').requestSubmit()")
    scripted.wait_for_url("**/tim**")
    assert asked == ["beforeunload"]


def test_submitting_leads_to_the_summary_and_its_links_to_the_field(page, site):
    edit(page, site)
    button = page.locator(".actbar button[name=send]")
    assert button.is_enabled()
    button.click()
    expect(page.locator("#luu-y-h")).to_be_visible()
    page.click("[data-errors] a:has-text('Chọn thời gian thực hiện cho mục II.2')")
    expect(page.locator("#parts-3-tasks-0-kind")).to_be_focused()
    page.select_option("#parts-3-tasks-0-kind", "continuous")
    page.click(".actbar button[name=send]")
    expect(page.locator("h1, h2").first).to_be_visible()
    assert page.locator("[data-errors] a:has-text('cho mục II.2')").count() == 0


def test_a_link_of_the_overview_opens_the_card(scripted, site):
    edit(scripted, site)
    scripted.locator("details.filters").first.evaluate("box => { box.open = true; }")
    scripted.click("ul.checks a[href='#parts-3-tasks-0']")
    assert scripted.locator("#parts-3-tasks-0").get_attribute("open") is not None


def test_the_cards_stand_beside_on_a_wide_screen_and_below_on_a_narrow_one(page, site):
    edit(page, site)
    text = page.locator("#parts-2 > .txt").bounding_box()
    card = page.locator("#parts-2 > .cards").bounding_box()
    assert text
    assert card
    if page.viewport_size["width"] >= 1081:
        assert card["x"] >= text["x"] + text["width"]
        assert abs(card["y"] - text["y"]) < 4
    else:
        assert card["y"] >= text["y"] + text["height"]
        bar = page.locator(".actbar").bounding_box()
        assert bar["y"] + bar["height"] <= page.viewport_size["height"]
        names = [button.inner_text().strip() for button in page.locator(".actbar .btn").all()]
        assert sorted(names) == ["Lưu nháp", "Trình duyệt", "Xem bản in"]


def test_keys_save_and_lead_to_the_page_of_submitting_and_decide_nothing(scripted, site):
    document = edit(scripted, site)
    scripted.fill("#subject", "Lưu bằng phím")
    scripted.press("#subject", "Control+s")
    expect(scripted.locator("text=Đã lưu nháp lúc")).to_be_visible()
    scripted.press("#subject", "Control+Enter")
    expect(scripted.locator("#luu-y-h")).to_be_visible()
    with site.record.engine.reading(site.record.who("lan")) as w:
        assert draft_of(w, document).document.state == "draft"


def test_enter_in_a_field_only_saves(page, site):
    edit(page, site)
    page.click(".actbar button[name=send]")
    expect(page.locator("#luu-y-h")).to_be_visible()
    page.press("#archive_line", "Enter")
    expect(page.locator("text=Không có gì thay đổi từ lần lưu trước")).to_be_visible()
    assert re.search(r"/sua$", page.url)


def test_the_keyboard_alone_adds_a_part(scripted, site):
    edit(scripted, site)
    scripted.focus("#parts-3-text")
    scripted.keyboard.press("Tab")
    assert "Thêm, chuyển, bỏ" in scripted.locator("*:focus").inner_text()
    scripted.keyboard.press("Enter")
    for _ in range(2):
        scripted.keyboard.press("Tab")
    assert scripted.locator("*:focus").get_attribute("value") == "after:parts:3"
    scripted.keyboard.press("Enter")
    expect(scripted.locator("#parts-4-text")).to_be_focused()


def test_axe_finds_nothing_with_every_card_open_and_in_a_conflict(scripted, site):
    document = edit(scripted, site)
    scripted.evaluate("document.querySelectorAll('main details').forEach(box => { box.open = true; })")
    check(scripted)
    with site.record.engine.work(site.record.who("lan")) as w:
        save_revision(
            w, document_id=document, seen_version=1, content=plan(), signer_id=site.record.person("mai")
        )
    scripted.fill("#subject", "Chữ của cửa sổ này")
    scripted.click(".actbar button[name=save]")
    expect(scripted.locator("#hai-ban")).to_be_visible()
    check(scripted)
    assert scripted.evaluate("document.documentElement.scrollWidth") <= scripted.viewport_size["width"]


def test_two_who_wrote_at_once_see_both_texts_and_lose_none(page, site):
    document = edit(page, site)
    theirs = msgspec.structs.replace(TEXT, subject="Chữ của cửa sổ kia", archive_line="Lưu: VT, TCHC")
    with site.record.engine.work(site.record.who("lan")) as w:
        save_revision(
            w, document_id=document, seen_version=1, content=theirs, signer_id=site.record.person("mai")
        )
    page.fill("#subject", "Chữ của cửa sổ này")
    page.fill("#parts-3-text", "Rà soát văn bản hai lần.")
    page.click(".actbar button[name=save]")
    both = page.locator("section[aria-labelledby=hai-ban]")
    told = {
        "Trích yếu": ("Cả hai bản cùng sửa", "Bỏ: kia", "Thêm: này"),
        "II. NỘI DUNG": ("Chỉ chữ đang gõ có sửa", "Thêm: hai lần"),
        "Dòng Lưu": ("Chỉ bản trên hệ thống có sửa", "Bỏ: TCHC"),
    }
    for name, words in told.items():
        part = both.locator("fieldset", has=page.locator("legend", has_text=name))
        for each in words:
            expect(part).to_contain_text(each)
    expect(page.locator("#subject")).to_have_value("Chữ của cửa sổ này")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    subject = both.locator("fieldset", has=page.locator("legend", has_text="Trích yếu"))
    subject.locator("input[value=ho]").check()
    both.get_by_role("button", name="Ghép theo lựa chọn").click()
    expect(page.locator("#subject")).to_have_value("Chữ của cửa sổ kia")
    page.click(".actbar button[name=save]")
    expect(page.locator("text=Đã lưu nháp lúc")).to_be_visible()
    with site.record.engine.reading(site.record.who("lan")) as w:
        saved = draft_of(w, document).content
    assert (saved.subject, saved.archive_line) == ("Chữ của cửa sổ kia", "Lưu: VT, TCHC")
    assert saved.sections[1].children[1].paragraphs == ("Rà soát văn bản hai lần.",)


def check(page: Page) -> None:
    answer = Axe().run(page, options={"runOnly": RULES}).response
    assert len(answer["passes"]) > 10
    assert [
        (fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]) for fault in answer["violations"]
    ] == []
