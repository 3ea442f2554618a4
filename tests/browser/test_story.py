"""The Phó Giám đốc on her phone: she signs in, finds the plan, reads it, signs with one tap, and takes it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site, serving
from tests.record import Clock, Record, open_sqlite
from tests.stories.acts import SKHCN, approve, submit
from tests.stories.facts import paste
from tests.stories.stage import Stage, number_in
from tests.workflow.reading.texts import raw

pytestmark = pytest.mark.browser
PHONE = 390


def waiting_plan(record: Record) -> int:
    """S0 as Lan pasted it, checked by Hùng and Thu."""
    stage = Stage(record)
    lan = stage("lan")
    paste(lan, raw("s0.txt").decode())
    lan.send("/ke-hoach/nhap", create="1")
    plan = number_in(lan.at())
    submit(stage, "lan", plan)
    approve(stage, SKHCN, plan)
    return plan


@pytest.fixture
def site(filled_sqlite: Path, tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "trinhky.db").write_bytes(filled_sqlite.read_bytes())
    clock = Clock()
    engine = open_sqlite(tmp_path, clock)
    record = Record(engine, clock, engine.settings.database_url)
    waiting_plan(record)
    with serving(record) as made:
        yield made
    engine.close()


def fits(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("script", [True, False], ids=["with_script", "without"])
def test_she_signs_with_one_tap_and_takes_it_back(chromium, site, script):
    page = site.enter(chromium, "mai", width=PHONE, script=script)
    expect(page.locator("h1")).to_contain_text("Chờ tôi ký")
    fits(page)
    page.locator("main a", has_text="Xem và ký").first.click()
    expect(page.locator("h1")).to_contain_text("Đưa Luật Thực hiện dân chủ ở cơ sở")
    expect(page.get_by_text("Nội dung không thay đổi kể từ khi Chánh Văn phòng duyệt.")).to_be_visible()
    sign = page.locator("form[action$='/buoc/ky'] button").last
    expect(sign).to_be_in_viewport()
    expect(sign).to_contain_text("KT. GIÁM ĐỐC")
    fits(page)
    sign.click()
    banner = page.locator("[role=status]", has_text="Đã ký duyệt")
    expect(banner).to_be_in_viewport()
    expect(banner).to_contain_text("Có thể rút lại chữ ký cho đến khi văn thư cấp số.")
    fits(page)
    banner.get_by_role("link", name="Rút lại chữ ký").click()
    expect(page.locator("h1")).to_contain_text("Rút lại chữ ký")
    page.fill("textarea", "Xem lại thời hạn ở mục III trước khi ký.")
    fits(page)
    page.locator("main form[action$='/buoc/rut-chu-ky'] button").click()
    expect(page.locator("[role=status]").first).to_contain_text("Đã rút lại chữ ký. Văn bản trở lại chờ ký")
    expect(page.locator("nav.nav")).to_be_hidden()  # one bar at the foot, the one that signs
    expect(page.locator("form[action$='/buoc/ky'] button").last).to_be_in_viewport()
    fits(page)
    page.context.close()
