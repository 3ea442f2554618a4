"""Fixtures of all tests: a record on SQLite, the same on PostgreSQL, and one that is each in turn."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.record import Clock, Record, fill, open_postgresql, open_sqlite
from tests.servers import postgresql

settings.register_profile(
    "trinhky", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("trinhky")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A server given by TRINHKY_TEST_POSTGRES, else one of our own; without one a failure under CI, else a skip."""
    if given := os.environ.get("TRINHKY_TEST_POSTGRES"):
        yield given
        return
    try:
        server = postgresql()
        url = server.__enter__()
    except (RuntimeError, OSError) as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL: {reason}")
    yield url
    server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the agencies in it, made once and copied for each test (closed, so a copy is whole)."""
    folder = tmp_path_factory.mktemp("filled")
    engine = open_sqlite(folder, Clock())
    fill(engine)
    engine.close()
    return folder / "trinhky.db"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sqlite_record(tmp_path: Path, clock: Clock, filled_sqlite: Path) -> Iterator[Record]:
    (tmp_path / "trinhky.db").write_bytes(filled_sqlite.read_bytes())
    engine = open_sqlite(tmp_path, clock)
    yield Record(engine, clock, engine.settings.database_url)
    engine.close()


@pytest.fixture
def postgresql_record(tmp_path: Path, clock: Clock, postgresql_url: str) -> Iterator[Record]:
    engine = open_postgresql(postgresql_url, tmp_path, clock)
    fill(engine)
    yield Record(engine, clock, engine.settings.database_url)
    engine.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest) -> Record:
    """Each test that asks for it runs on both databases."""
    found: Record = request.getfixturevalue(f"{request.param}_record")
    return found
