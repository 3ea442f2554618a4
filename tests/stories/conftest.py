"""The stage on which the stories are lived: on SQLite, or on each database in turn."""

import pytest

from tests.record import Record
from tests.stories.stage import Stage


@pytest.fixture
def stage(sqlite_record: Record) -> Stage:
    return Stage(sqlite_record)


@pytest.fixture
def any_stage(record: Record) -> Stage:
    return Stage(record)
