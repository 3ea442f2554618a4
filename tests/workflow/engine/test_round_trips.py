"""What a step costs where each statement is a round trip: PostgreSQL, counted on the wire."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.record import ROUTE, Record
from tests.wire import Wire, wired
from workflow.commands.steps import asked_by_step, take_step
from workflow.engine import Engine

STEP = 2
"""It locks the document and reads what the rules see; what it writes goes with the commit."""


@pytest.fixture
def at_wire(postgresql_record: Record) -> Iterator[tuple[Wire, Record]]:
    with wired(postgresql_record.url) as (wire, url):
        engine = Engine(
            replace(postgresql_record.engine.settings, database_url=url), clock=postgresql_record.clock
        )
        yield wire, Record(engine, postgresql_record.clock, url)
        engine.close()


def trips_of(wire: Wire, record: Record) -> dict[str, int]:
    """Of each step of a plan, once its statements are prepared."""
    found: dict[str, int] = {}
    for _ in range(3):
        document_id = record.draft()
        for version, (login, step) in enumerate(ROUTE[:4], 1):
            who = record.who(login)
            before = wire.trips
            key = f"{document_id}-{step}"
            with record.engine.work(who, *asked_by_step(who.person_id, document_id, key)) as w:
                take_step(w, document_id=document_id, step_id=step, seen_version=version, key=key)
            found[step] = wire.trips - before
    return found


def test_a_step_is_two_round_trips_and_one_for_a_text_it_reads_or_a_checkpoint(at_wire):
    assert trips_of(*at_wire) == {
        "submit": STEP,
        "approve_content": STEP,
        "check_format": STEP + 1,
        "sign": STEP + 1,
    }
