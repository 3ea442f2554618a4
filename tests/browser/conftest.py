"""For each file of tests a Chromium and a site of its own."""

import os
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.site import FLAGS, Site, chromium_path, serving
from tests.record import Clock, Record, open_sqlite


@pytest.fixture(scope="session", autouse=True)
def a_click_is_over_when_the_page_it_led_to_stands() -> Iterator[None]:
    """Playwright's own is over when that page begins: what is asked of it next, without waiting, is not yet there."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Page, Locator):
            patch.setattr(kind, "click", _click_and_stand(kind.click))
        yield


def _click_and_stand(click: Callable[..., None]) -> Callable[..., None]:
    @wraps(click)
    def clicked(on: Page | Locator, *args: Any, **options: Any) -> None:
        click(on, *args, **options)
        page = on.page if isinstance(on, Locator) else on
        page.wait_for_load_state()

    return clicked


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, filled_sqlite: Path) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "trinhky.db").write_bytes(filled_sqlite.read_bytes())
    clock = Clock()
    engine = open_sqlite(folder, clock)
    with serving(Record(engine, clock, engine.settings.database_url)) as site:
        yield site
    engine.close()
