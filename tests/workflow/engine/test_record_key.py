"""One key signs the checkpoints of a record, on every node; a wrong one is found before anything is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.record import Record
from tests.workflow.acts import count, row
from workflow.commands.steps import take_step
from workflow.commands.tick import tick
from workflow.engine import Engine, Identity
from workflow.log.key import BadKey, CheckpointKey
from workflow.models import Checkpoint, Entry
from workflow.verification import verify


@contextmanager
def node(record: Record, folder: Path, **settings: Any) -> Iterator[Engine]:
    """Another process on the same record, with a folder of its own."""
    engine = Engine(replace(record.engine.settings, instance=folder, **settings), clock=record.clock)
    try:
        yield engine
    finally:
        engine.close()


def sign(engine: Engine, record: Record, plan_id: int) -> None:
    with engine.work(record.who("mai")) as w:
        take_step(w, document_id=plan_id, step_id="sign", seen_version=None)


def waiting(record: Record) -> int:
    plan_id = record.draft()
    record.bring_to(plan_id, "check_format")
    return plan_id


def nothing_done(record: Record, plan_id: int, entries: int) -> None:
    assert row(record, plan_id).state == "awaiting_signature"
    assert count(record, Entry) == entries


@pytest.mark.parametrize("reason", ["form", "key_id"])
def test_a_key_that_is_none_is_found_before_the_signature_is_written(
    record: Record, tmp_path: Path, reason: str
):
    key = {"form": "abc", "key_id": CheckpointKey.create("trinhky/a").text.replace("trinhky/a", "trinhky/b")}[
        reason
    ]
    plan_id = waiting(record)
    entries = count(record, Entry)
    with node(record, tmp_path / "two", checkpoint_key=key) as engine, pytest.raises(BadKey) as refused:
        sign(engine, record, plan_id)
    assert refused.value.reason == reason
    nothing_done(record, plan_id, entries)


def test_a_second_key_signs_nothing_where_another_has_signed(record: Record, tmp_path: Path):
    record.bring_to(record.draft(), "sign")
    plan_id = waiting(record)
    entries, other = count(record, Entry), CheckpointKey.create("trinhky/other").text
    with node(record, tmp_path / "two", checkpoint_key=other) as engine:
        for act in (lambda: sign(engine, record, plan_id), lambda: tick(engine)):
            with pytest.raises(BadKey) as refused:
                act()
            assert refused.value.reason == "other"
    nothing_done(record, plan_id, entries)
    sign(record.engine, record, plan_id)
    with record.engine.reading(Identity(rule="test")) as w:
        assert verify(w).holds


def test_no_key_is_made_where_one_was_lost(record: Record, tmp_path: Path):
    record.bring_to(record.draft(), "sign")
    plan_id = waiting(record)
    entries = count(record, Entry)
    with node(record, tmp_path / "two") as engine:
        with pytest.raises(BadKey) as refused:
            sign(engine, record, plan_id)
        with pytest.raises(BadKey), engine.reading(Identity(rule="test")) as w:
            verify(w)
    assert refused.value.reason == "absent"
    assert not (tmp_path / "two" / "checkpoint.key").exists()
    nothing_done(record, plan_id, entries)


def test_nodes_with_the_same_key_sign_in_turn(record: Record, tmp_path: Path):
    first, second = waiting(record), waiting(record)
    sign(record.engine, record, first)
    with node(record, tmp_path / "two", checkpoint_key=record.key.text) as engine:
        sign(engine, record, second)
        with engine.reading(Identity(rule="test")) as w:
            report = verify(w)
    assert report.holds
    assert report.counts["checkpoints"].total == count(record, Checkpoint) >= 2


def test_the_first_signature_of_a_record_makes_the_key(record: Record):
    place = record.engine.settings.instance / "checkpoint.key"
    assert not place.exists()
    sign(record.engine, record, waiting(record))
    assert CheckpointKey.from_text(place.read_text("ascii")).text == record.key.text
