"""What stood beside a list is written a few at a time, each in the name of who saw it."""

import json

from sqlalchemy import select

from tests.person import Door, open_app
from tests.record import Record
from web.glances import IN_LIST
from workflow.engine import Identity
from workflow.errors import TooBusy
from workflow.models import Entry


def glances(record: Record) -> list[tuple[str, int]]:
    """(who, document) of every text noted as standing beside a list."""
    with record.engine.reading(Identity(rule="test")) as w:
        bodies = w.db.scalars(select(Entry.body).where(Entry.stream == "access").order_by(Entry.id)).all()
    said = [json.loads(body) for body in bodies]
    return [(item["actor"]["name"], item["document"]) for item in said if item["label"] == IN_LIST]


def test_the_text_beside_the_list_is_noted_once_as_long_as_it_stays_the_same(record: Record):
    lan = Door(open_app(record), record)("lan")
    first = record.draft()
    lan.get("/viec")
    lan.get("/viec")
    assert [document for _, document in glances(record)] == [first]


def test_while_serving_they_are_written_together_and_each_names_who_saw_it(record: Record, monkeypatch):
    monkeypatch.setattr("web.glances.EVERY", 60)
    app = open_app(record)
    door, kept = Door(app, record), app.extensions["glances"]
    submitted = record.draft()
    record.step("lan", submitted, "submit")
    drafted = record.draft()
    kept.start()
    door("lan").get("/viec")
    door("hung").get("/viec")
    assert glances(record) == []  # nobody waited for it
    kept.stop()
    lan, hung = (record.directory.people[record.person(login)].name for login in ("lan", "hung"))
    assert glances(record) == [(lan, drafted), (hung, submitted)]


def test_a_busy_record_keeps_them_for_the_next_time(record: Record, monkeypatch):
    app = open_app(record)
    lan = Door(app, record)("lan")
    document_id = record.draft()

    def busy(*_: object) -> None:
        raise TooBusy("locked")

    monkeypatch.setattr("web.glances.note_displays", busy)
    lan.get("/viec")
    assert glances(record) == []
    monkeypatch.undo()
    app.extensions["glances"].write()
    assert [document for _, document in glances(record)] == [document_id]
