"""What a page costs where each statement is a round trip: PostgreSQL, counted on the wire."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import before_render_template
from flask_login import current_user

from tests.person import Door, Person, open_app
from tests.record import Record
from tests.web.contents import forget_rows
from tests.wire import Wire, wired
from workflow.commands.people import leave_post
from workflow.engine import Engine
from workflow.queries.sessions import Counts


@pytest.fixture
def at_wire(postgresql_record: Record) -> Iterator[tuple[Wire, Record, Person]]:
    """The head of the office at his browser, and the wire behind it."""
    with wired(postgresql_record.url) as (wire, url):
        engine = Engine(
            replace(postgresql_record.engine.settings, database_url=url), clock=postgresql_record.clock
        )
        record = Record(engine, postgresql_record.clock, url)
        yield wire, record, Door(open_app(record), record)("hung")
        engine.close()


def test_one_press_is_three_round_trips_and_the_list_after_it_four(at_wire: tuple[Wire, Record, Person]):
    """
    The press: whose session it is; the text and the document, behind its lock what the rules see; what it writes, with
    the commit. The list: session, directory and what waits in numbers, the list and what stands beside it, the open
    one's text and trail with those documents of it that are not known as they are now, and the end of the moment it is
    of. Where the open one itself is not known yet it is five.
    """
    wire, record, hung = at_wire
    pressed: list[tuple[int, int, int]] = []
    for _ in range(4):
        document_id = record.draft()
        for waiting in (document_id, record.draft()):
            record.step("lan", waiting, "submit")
        hung.get(f"/van-ban/{document_id}")
        before = wire.trips
        hung.submit(f"/van-ban/{document_id}/buoc/duyet", follow=False)
        between = wire.trips
        hung.get("/viec")
        listed = wire.trips
        hung.get("/viec")
        pressed.append((between - before, listed - between, wire.trips - listed))
    assert pressed[-1] == (3, 4, 4)
    for _ in range(2):  # the first time what asks for several is prepared
        forget_rows(record)
        before = wire.trips
        hung.get("/viec")
    assert wire.trips - before == 5


def test_what_is_counted_ahead_is_counted_anew_and_for_the_posts_of_today(
    at_wire: tuple[Wire, Record, Person],
):
    """It is asked with the session by what the person held at his last page; if he holds others now, it is not used."""
    _, record, hung = at_wire
    counted: list[Counts] = []

    def look() -> None:
        with before_render_template.connected_to(lambda *_, **__: counted.append(current_user.counts)):
            hung.get("/doi-mat-khau")

    look()
    record.step("lan", record.draft(), "submit")
    look()
    for item in record.directory.holdings:
        if item.person_id == record.person("hung"):
            with record.engine.work(record.who("huy")) as w:
                leave_post(w, holding_id=item.id, last_day=w.today - timedelta(days=1))
    look()
    look()
    assert [one.waiting for one in counted] == [0, 1, 0, 0]
