"""An address is written once for its values, and anew where they are written otherwise or the site lies elsewhere."""

import pytest
from flask import Flask

from web.addresses import address


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    app.add_url_rule("/van-ban/<document_id>", "documents.show", lambda document_id: "")
    return app


def test_the_same_page_has_the_address_that_flask_gives_it(app: Flask):
    with app.test_request_context("/"):
        for _ in range(2):
            assert address("documents.show", document_id=7, ve=None) == "/van-ban/7"
            assert address("documents.show", document_id="7 8") == "/van-ban/7%208"


def test_values_that_are_equal_but_written_otherwise_are_not_confused(app: Flask):
    with app.test_request_context("/"):
        assert address("documents.show", document_id=1) == "/van-ban/1"
        assert address("documents.show", document_id=True) == "/van-ban/True"
        assert address("documents.show", document_id=1, nam=["1", "2"]) == "/van-ban/1?nam=1&nam=2"


def test_a_site_mounted_elsewhere_has_other_addresses(app: Flask):
    with app.test_request_context("/"):
        assert address("documents.show", document_id=7) == "/van-ban/7"
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/trinh-ky"}):
        assert address("documents.show", document_id=7) == "/trinh-ky/van-ban/7"


def test_an_address_with_a_host_is_never_taken_from_another_host(app: Flask):
    for host in ("a.vn", "b.vn"):
        with app.test_request_context("/", base_url=f"http://{host}"):
            assert address("documents.show", document_id=7, _external=True) == f"http://{host}/van-ban/7"
