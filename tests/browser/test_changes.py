"""What changed since the signer last looked, in a real Chromium: returned, edited, approved again, one click signs."""

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.site import RULES, Site, long_plan
from tests.record import Record
from workflow.commands.drafting import save_revision
from workflow.content import Content, Node, Obligation, Recipient, Time

pytestmark = pytest.mark.browser

DUTY = Obligation(
    from_="Các phòng, đơn vị thuộc Sở", to="Văn phòng Sở", recurrence="yearly", due_month=11, due_day=10
)


def first_text(subject: str) -> Content:
    content = long_plan(subject=subject)
    duty = msgspec.structs.replace(content.sections[-1], obligations=(DUTY,))
    return msgspec.structs.replace(content, sections=(*content.sections[:-1], duty))


def second_text(first: Content) -> Content:
    """A word, a time, a coordinator and a deadline mended; two sections changed places; a paragraph went, one came."""
    replace = msgspec.structs.replace
    goals, work, order = first.sections[0], first.sections[1], first.sections[-1]
    task_node = work.children[0].children[0]
    assert task_node.task is not None
    task = replace(
        task_node.task,
        time=Time(kind="quarters", raw="Quý IV năm 2026"),
        coordinators=(*task_node.task.coordinators, "Phòng Quản lý Công nghệ"),
    )
    mended = replace(
        task_node, paragraphs=("Phổ biến quy định mới đến toàn bộ công chức và người lao động.",), task=task
    )
    children = replace(work.children[0], children=(mended, *work.children[0].children[2:]))
    came = Node(label="3", title="Kinh phí", paragraphs=("Kinh phí lấy từ nguồn chi thường xuyên của Sở.",))
    duty = replace(DUTY, due_day=5)
    return replace(
        first,
        sections=(
            replace(goals, children=(*goals.children, came)),
            replace(order, label="II", obligations=(duty,)),
            replace(work, label="III", children=(children, *work.children[1:])),
        ),
        recipients=(*first.recipients, Recipient("Ủy ban nhân dân các xã, phường", "to_coordinate")),
    )


def resubmitted(record: Record, subject: str) -> int:
    """Up to Mai, who opened the first text and returned it; edited by Lan; approved and checked once more."""
    first = first_text(subject)
    document_id = record.draft(content=first)
    record.bring_to(document_id, "check_format")
    return document_id


def mend(record: Record, document_id: int, subject: str) -> None:
    record.clock.forward(minutes=5)
    record.step("mai", document_id, "return", note="Lùi tập huấn sang quý IV, đưa phần tổ chức lên trước.")
    record.step("hung", document_id, "forward")
    with record.engine.work(record.who("lan")) as w:
        save_revision(w, document_id=document_id, seen_version=6, content=second_text(first_text(subject)),
                      signer_id=record.person("mai"))  # fmt: skip
    record.bring_to(document_id, "check_format")
    record.clock.forward(minutes=5)


def seen(page: Page, selector: str) -> str:
    """The text as it is seen: without the words that are only heard."""
    return page.evaluate(
        """selector => { const copy = document.querySelector(selector).cloneNode(true);
        copy.querySelectorAll('.vh').forEach(e => e.remove()); return copy.textContent; }""",
        selector,
    )


def checked(page: Page) -> None:
    """No fault of access, nothing wider than the window."""
    answer = Axe().run(page, options={"runOnly": RULES}).response
    assert [(f["id"], [node["html"][:160] for node in f["nodes"]]) for f in answer["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("script", [True, False])
def test_the_signer_sees_the_words_that_changed_and_one_click_signs(
    chromium: Browser, site: Site, width: int, script: bool
):
    record, subject = site.record, f"Thực hiện dân chủ ở cơ sở, {width}, {script}"
    document_id = resubmitted(record, subject)
    page = site.enter(chromium, "mai", width=width, script=script)
    page.goto(f"{site.url}/viec?chon={document_id}")
    assert "Nội dung không thay đổi" in page.inner_text(".pane")
    mend(record, document_id, subject)

    page.goto(f"{site.url}/viec")
    page.goto(f"{site.url}/viec")  # the list alone is no opening
    listed = page.inner_text(".list")
    assert "Cần xem trước khi ký" in listed
    card = page.locator(".item", has=page.locator(f'a[href="/viec?chon={document_id}"]'))
    assert "chỗ sửa từ lần mở trước" in card.inner_text()
    assert card.locator("button").count() == 0, "a text that differs is not signed from its card"

    card.get_by_role("link", name=subject).first.click()
    page.wait_for_url(f"{site.url}/viec?chon={document_id}")
    note = page.locator(".pane .note.warn").first.inner_text()
    assert "9 chỗ khác bản đã mở lúc" in note
    shown = page.inner_text(".pane")
    for words in (
        "Mục I.3 · Thêm 2 đoạn",
        "Mục III · Chuyển từ mục II, cùng 1 đoạn đi theo",
        "Mục III.1.a, thời gian",
        "Hạn báo cáo, mục II",
    ):
        assert words in shown
    marked = page.locator(".pane .diff del, .pane .diff ins")
    assert {"Bỏ: thể", "Thêm: bộ", "Bỏ: 10/11", "Thêm: 05/11"} <= set(marked.all_text_contents())
    first, paper = (
        page.locator(".pane .diff").first.bounding_box(),
        page.locator(".pane .page").bounding_box(),
    )
    assert first["y"] < paper["y"], "what changed stands above the text"
    if script:  # axe is a script
        checked(page)
    page.locator(".actbar button.primary").click()
    assert "Đã ký duyệt" in page.locator(".flash").inner_text()
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_whole_comparison_is_read_without_script(chromium: Browser, site: Site, width: int):
    record, subject = site.record, f"So sánh hai bản {width}"
    document_id = resubmitted(record, subject)
    mend(record, document_id, subject)
    record.step("mai", document_id, "sign")  # so that another test finds its own on top of the list
    page = site.enter(chromium, "mai", width=width, script=False)
    page.goto(f"{site.url}/van-ban/{document_id}/so-sanh/1..2")
    table = seen(page, ".tbl")
    for words in (
        "Thời gian",
        "Quý III, IV năm 2026",
        "Quý IV năm 2026",
        "Phòng Quản lý Công nghệ",
        "Hạn báo cáo",
    ):
        assert words in table
    prose = seen(page, ".changes")
    assert "Mục III · Chuyển từ mục II, có sửa" in prose
    assert "Đánh số lại: III. → II. TỔ CHỨC THỰC HIỆN" in prose
    folded = page.locator(".changes details")
    hidden = folded.first.locator("p").first
    assert "đoạn không đổi" in folded.first.inner_text()
    assert not hidden.is_visible()
    folded.first.locator("summary").click()
    assert hidden.is_visible()
    page.context.close()
    page = site.enter(chromium, "mai", width=width)
    page.goto(f"{site.url}/van-ban/{document_id}/so-sanh/1..2")
    for box in page.query_selector_all("details.fold"):
        box.evaluate("box => box.open = true")
    checked(page)
    page.context.close()
