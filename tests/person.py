"""Someone at a browser without a screen: Flask's own test client, pages read and forms filled as a person would."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.test import TestResponse

from tests.record import Record
from web import create_app
from web.auth.passwords import hash_password
from workflow.commands.people import set_password_hash
from workflow.engine import Identity

PASSWORD = "một câu đủ dài để thử"


class Compiled(BytecodeCache):
    """Templates compiled once for every app of a test run; a changed source is compiled anew."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if stored := self.held.get(bucket.key):
            bucket.bytecode_from_string(stored)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.held[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def open_app(record: Record) -> Flask:
    """The product in front of this record; an error in it is an error of the test."""
    app = create_app(record.engine, TESTING=False, PROPAGATE_EXCEPTIONS=True)
    app.jinja_env.bytecode_cache = COMPILED
    return app


@dataclass
class Person:
    """Pages are read, forms are filled with their hidden fields and posted."""

    client: FlaskClient
    login: str
    page: TestResponse | None = None

    def get(self, path: str, *, status: int = 200) -> str:
        self.page = self.client.get(path)
        assert self.page.status_code == status, (
            f"{path}: {self.page.status_code}\n{text_of(self.page.text)[:800]}"
        )
        return self.page.text

    def post(self, path: str, data: dict[str, Any] | None = None, *, follow: bool = True) -> TestResponse:
        """Post with the CSRF token of any page and the values given."""
        token = csrf_of(self.client)
        return self.client.post(path, data={"csrf_token": token, **(data or {})}, follow_redirects=follow)

    def submit(self, action: str, data: dict[str, Any] | None = None, *, follow: bool = True) -> TestResponse:
        """Post the form of the last page whose action ends so, with all its fields; a None unticks a box."""
        assert self.page is not None
        fields = form_fields(self.page.text, action)
        target = fields.pop("__action__")
        values = {name: value for name, value in (fields | (data or {})).items() if value is not None}
        self.page = self.client.post(target, data=values, follow_redirects=follow)
        return self.page

    def enter(self) -> None:
        """Sign in at the door, anew if need be."""
        self.client.delete_cookie("trinhky")
        self.get("/dang-nhap")
        self.submit("/dang-nhap", {"login": self.login, "password": PASSWORD})
        assert self.page is not None
        assert self.page.status_code == 200, self.page


@dataclass
class Door:
    """`Door(app, record)("lan")` is Lan at her browser, signed in with a password of her own."""

    app: Flask
    record: Record
    hashed: str = field(default_factory=lambda: hash_password(PASSWORD, "cheapest"))
    seated: dict[str, Person] = field(default_factory=dict)
    kind: type[Person] = Person

    def __call__(self, login: str) -> Person:
        if login not in self.seated:
            with self.record.engine.work(Identity(rule="test")) as w:
                person_id = w.directory.by_login[login].id
                set_password_hash(w, person_id=person_id, password_hash=self.hashed)
            person = self.kind(self.app.test_client(), login)
            person.enter()
            self.seated[login] = person
        return self.seated[login]


def csrf_of(client: FlaskClient) -> str:
    page = client.get("/doi-mat-khau").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


def form_fields(page: str, action: str) -> dict[str, Any]:
    """The fields a browser would send for the form with this action; KeyError-free: asserts that it is there."""
    for found in re.finditer(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
        attributes, inner = found[1], found[2]
        target = unescape((re.search(r'action="([^"]*)"', attributes) or [None, ""])[1])
        if not target.split("?")[0].endswith(action):
            continue
        fields: dict[str, Any] = {"__action__": target}
        for tag in re.finditer(r"<input\b([^>]*)>", inner):
            values = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag[1]))
            kind = values.get("type", "text")
            if kind in ("submit", "button", "file") or "name" not in values:
                continue
            if kind in ("checkbox", "radio") and not re.search(r"\bchecked\b", tag[1]):
                continue
            fields[values["name"]] = unescape(values.get("value", "y" if kind == "checkbox" else ""))
        for area in re.finditer(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', inner, re.DOTALL):
            fields[area[1]] = unescape(area[2].removeprefix("\r\n").removeprefix("\n"))
        for choice in re.finditer(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', inner, re.DOTALL):
            options = re.findall(r"<option\b([^>]*)>", choice[2])
            chosen = [o for o in options if re.search(r"\bselected\b", o)] or options[:1]
            if chosen:
                fields[choice[1]] = unescape((re.search(r'value="([^"]*)"', chosen[0]) or [None, ""])[1])
        return fields
    raise AssertionError(f"no form posts to {action} on this page: {text_of(page)[:600]}")


def text_of(page: str) -> str:
    """What a reader sees, roughly: no tags, single spaces."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())
