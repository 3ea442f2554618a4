"""What a page costs where each statement is a round trip: PostgreSQL, counted on the wire."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.person import Door, Person, open_app
from tests.record import Record
from tests.wire import Wire, wired
from workflow.engine import Engine


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


def test_one_press_is_three_round_trips_and_the_list_after_it_six(at_wire: tuple[Wire, Record, Person]):
    """
    The press: whose session it is; the text and the document, behind its lock what the rules see; what it writes, with
    the commit. The list: session and directory, what waits in numbers, the list and what stands beside it, the past of
    its documents, the open one's text and trail, and the end of the moment it is of.
    """
    wire, record, hung = at_wire
    pressed: list[tuple[int, int]] = []
    for _ in range(4):
        document_id = record.draft()
        for waiting in (document_id, record.draft()):
            record.step("lan", waiting, "submit")
        hung.get(f"/van-ban/{document_id}")
        before = wire.trips
        hung.submit(f"/van-ban/{document_id}/buoc/duyet", follow=False)
        between = wire.trips
        hung.get("/viec")
        pressed.append((between - before, wire.trips - between))
    assert pressed[-1] == (3, 6)
