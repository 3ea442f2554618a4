"""The whole product behind a real server on loopback, on a record of its own, for tests with a real Chromium."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.record import Record
from tests.web.conftest import PASSWORD
from tests.web.samples import PLAN
from web import create_app
from web.auth.passwords import hash_password
from workflow.commands.people import set_password_hash
from workflow.content import Content
from workflow.engine import Identity

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Quiet(WSGIRequestHandler):
    def log(self, *_: object, **__: object) -> None:
        pass


@dataclass
class Site:
    """People sign in by their login, each in a context of his own."""

    url: str
    record: Record
    known: set[str] = field(default_factory=set)

    def enter(self, browser: Browser, login: str, *, width: int = 1280, script: bool = True) -> Page:
        if login not in self.known:  # a new password would end the sessions of the old one
            hashed = hash_password(PASSWORD, "cheapest")
            with self.record.engine.work(Identity(rule="test")) as w:
                set_password_hash(w, person_id=w.directory.by_login[login].id, password_hash=hashed)
            self.known.add(login)
        context = browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 844 if width < 720 else 900}
        )
        page = context.new_page()
        page.goto(f"{self.url}/dang-nhap")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.click("main button")
        return page


@contextmanager
def serving(record: Record) -> Iterator[Site]:
    app = create_app(record.engine, PROPAGATE_EXCEPTIONS=False)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", record)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def long_plan(**changes: object) -> Content:
    """A plan of more than a page, with tasks and duties, as an agency writes one."""
    values = {"doc_type": "KH", "field": "to_chuc_hanh_chinh", "urgency": "thuong", **changes}
    return msgspec.structs.replace(PLAN, **values)
