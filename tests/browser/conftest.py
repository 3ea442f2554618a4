"""For each file of tests a Chromium and a site of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.site import FLAGS, Site, chromium_path, serving
from tests.record import Clock, Record, open_sqlite


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
