"""The stage on which the stories are lived: on SQLite, and once on PostgreSQL."""

import pytest

from tests.record import Record
from tests.stories.stage import Stage


@pytest.fixture
def stage(sqlite_record: Record) -> Stage:
    return Stage(sqlite_record)


@pytest.fixture
def postgresql_stage(postgresql_record: Record) -> Stage:
    return Stage(postgresql_record)
