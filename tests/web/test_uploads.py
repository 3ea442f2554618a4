"""Who may send a body as large as a file, and where: only someone signed in, only to a page that takes a file."""

import io
import re

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.record import Record
from tests.web.conftest import Door
from web.config import LARGEST_BODY, LARGEST_UPLOAD

LARGE = b"%PDF-".ljust(LARGEST_BODY + 1, b"0")
TAKEN = {
    "documents.add_attachment",
    "documents.add_numbered",
    "documents.hang_scan",
    "drafting.source",
    "reporting.progress",
}


def sent(client, path: str, data: bytes = LARGE, *, field: str = "file") -> int:
    """As one body of bytes: the test client would leave its temporary files open."""
    boundary, body = encode_multipart({field: FileStorage(io.BytesIO(data), "a.pdf")})
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(path, data=body, content_type=kind).status_code


def posts(app) -> dict[str, str]:
    """An address of every page that takes a POST, by its endpoint."""
    return {
        rule.endpoint: re.sub(r"<(\w+:)?\w+>", "1", rule.rule)
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
    }


def test_a_stranger_sends_no_large_body_to_any_page(app):
    stranger, told = app.test_client(), posts(app)
    assert set(told) > TAKEN
    assert {name: sent(stranger, path) for name, path in told.items()} == dict.fromkeys(told, 413)


def test_someone_signed_in_sends_one_only_where_a_file_is_taken(app, sign_in: Door, sqlite_record: Record):
    lan = sign_in("lan").client
    roomy = {name for name, path in posts(app).items() if sent(lan, path) != 413}
    assert roomy == TAKEN


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_body_beyond_a_file_or_without_one_is_refused_there_too(app, sign_in: Door, name: str):
    lan, path = sign_in("lan").client, posts(app)[name]
    assert sent(lan, path, b"%PDF-".ljust(LARGEST_UPLOAD, b"0")) == 413
    fields = {"csrf_token": "a" * (LARGEST_BODY + 1)}
    assert lan.post(path, data=fields).status_code == 413, "a form without files is all fields"
