"""The sign U+0000 in what people send: PostgreSQL keeps it in no text, and nobody is to see an error for it."""

import io

import pytest
from sqlalchemy import select

from tests.person import Door, open_app
from tests.record import Record
from web.typed import Typed
from workflow.engine import Identity
from workflow.models import Absence

AWAY = {"away_from": "20/4/2026", "away_to": "24/4/2026", "reason": "Nghỉ\0phép năm", "substitute": ""}


def test_it_is_a_blank_wherever_it_is_typed(record: Record):
    app = open_app(record)
    record.draft()
    door = Door(app, record)
    stranger = app.test_client()
    page = door("lan").get("/viec")
    assert "csrf" in page
    for path in ("/ke-hoach", "/bao-cao", "/ke-hoach/moi", "/tim", "/lich-su"):
        asked = dict.fromkeys(("tim", "q", "don_vi", "loai", "tinh_trang", "nam"), "a\0b")
        assert door("lan").client.get(path, query_string=asked).status_code < 500, path
    assert door("lan").post("/vang-mat", AWAY).status_code == 200
    with record.engine.reading(Identity(rule="test")) as w:
        assert w.db.scalars(select(Absence.reason)).all() == ["Nghỉ phép năm"]
    assert door("lan").client.get("/van-ban/1/dinh-kem/%00").status_code == 404
    assert stranger.get("/lich/%00.ics").status_code == 404
    file = (io.BytesIO(b"%PDF-1.7 none"), "a\0b.pdf")
    assert door("lan").post("/van-ban/1/dinh-kem", {"file": file, "seen_version": "1"}).status_code < 500
    app.config |= {"WTF_CSRF_ENABLED": False, "WTF_CSRF_CHECK_DEFAULT": False}
    login = {"login": "lan\0", "password": "không\0phải"}
    assert stranger.post("/dang-nhap", data=login).status_code == 401


@pytest.mark.parametrize("given", [None, {}, {"a\0": "1\0"}, [("a\0", "1\0"), ("a ", "2")]])
def test_names_and_values_are_cleaned_and_everything_else_stays(given):
    found = Typed(given)
    assert "\0" not in "".join([*found.keys(), *found.values()])
    assert (
        found.getlist("a ") == ({None: [], dict: ["1 "], list: ["1 ", "2"]}[type(given) if given else None])
    )
