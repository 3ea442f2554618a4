"""What is read of a press is what the form that may be shown again holds."""

import pytest
from flask import Flask

from web import typed
from web.documents.forms import StepForm
from web.documents.pressed import Pressed, pressed

FULL = {
    "seen_version": " 12 ",
    "seen_digest": "a1b2",
    "key": "k-1",
    "ve": "/viec?tiep=3",
    "capacity": "KT",
    "signer": "7",
    "paper_signed": "y",
    "note": " Đã xem\nkỹ. ",
    "password": "một câu dài",
}


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="để thử", WTF_CSRF_ENABLED=False)
    typed.init_app(app)
    return app


def read(app: Flask, data: dict[str, object]) -> tuple[Pressed, StepForm]:
    with app.test_request_context("/", method="POST", data=data):
        return pressed(), StepForm()


def test_every_field_of_the_form_is_read_and_no_other(app: Flask) -> None:
    said, form = read(app, dict(FULL))
    assert set(said._fields) == set(form._fields)
    assert (said.seen_version, said.signer, said.paper_signed) == (12, 7, True)
    for name in ("seen_digest", "key", "ve", "capacity", "note", "password"):
        assert getattr(said, name) == form[name].data == FULL[name]


@pytest.mark.parametrize("box", [{}, {"paper_signed": ""}, {"paper_signed": "false"}, {"paper_signed": "on"}])
def test_a_box_counts_as_ticked_where_its_field_says_so(app: Flask, box: dict[str, object]) -> None:
    said, form = read(app, box)
    assert said.paper_signed is form.paper_signed.data


def test_what_did_not_come_is_empty_and_what_came_twice_is_the_first(app: Flask) -> None:
    said, _ = read(app, {})
    assert said == Pressed(None, "", "", "", "", None, False, "", "")
    said, form = read(app, {"note": ["một", "hai"], "capacity": ["KT", "TL"]})
    assert (said.note, said.capacity) == (form.note.data, form.capacity.data) == ("một", "KT")


@pytest.mark.parametrize("typed_in", ["", "x", "-1", "1.0", "१२", "1" * 10, "1 2", "0x1"])
def test_what_is_no_number_of_a_page_of_ours_is_none(app: Flask, typed_in: str) -> None:
    said, _ = read(app, {"seen_version": typed_in, "signer": typed_in})
    assert (said.seen_version, said.signer) == (None, None)


def test_the_one_sign_that_no_database_keeps_is_a_blank_here_too(app: Flask) -> None:
    said, form = read(app, {"note": "có\0dấu"})
    assert said.note == form.note.data == "có dấu"
