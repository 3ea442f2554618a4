"""Fixtures of all tests: a record on SQLite, the same on PostgreSQL, and one that is each in turn."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url, select

from tests.kept import keep_procedures
from tests.record import (
    Clock,
    Record,
    create_postgresql,
    drop_postgresql,
    fill,
    open_postgresql,
    open_sqlite,
    use_postgresql,
)
from tests.servers import postgresql
from workflow.engine import Identity, Work
from workflow.models import Instance
from workflow.queries.reporting import standings
from workflow.search_index import stale_documents
from workflow.verification import rebuild, verify

settings.register_profile(
    "trinhky",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("trinhky")


def pytest_configure(config: pytest.Config) -> None:
    keep_procedures()
    config.addinivalue_line(
        "markers", "tampered: changes the record behind the engine's back; no check at the end"
    )


def _check_at_the_end(request: pytest.FixtureRequest, record: Record) -> None:
    """Every test ends with a record that can be rebuilt from its log and verified (guarantees.md V-05)."""
    if request.node.get_closest_marker("tampered") is None:
        with record.engine.reading(Identity(rule="test")) as w:
            report, differences, unfindable = verify(w), rebuild(w), stale_documents(w)
            askew = _kept_askew(w)
        assert not report.broken, report.broken
        assert not differences, differences
        assert not unfindable, unfindable
        assert not askew, askew
        if record.engine.database.is_sqlite:
            with record.engine.database.write.begin() as db:
                db.exec_driver_sql(
                    "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"
                )


def _kept_askew(w: Work) -> dict[int, tuple[object, object]]:
    """Of each report owed: what is kept of where it stands, and what looking at it says, where they differ."""
    rows = w.db.execute(
        select(Instance.id, Instance.stands, Instance.came_late).where(Instance.handed_over_to.is_(None))
    ).all()
    kept = {row.id: (row.stands, row.came_late) for row in rows}
    told = (
        {item.instance_id: (item.state, item.late_days > 0) for item in standings(w, of_ended=True)}
        if kept
        else {}
    )
    return {key: (kept.get(key), told.get(key)) for key in kept | told if kept.get(key) != told.get(key)}


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A server given by TRINHKY_TEST_POSTGRES, else one of our own; without one a failure under CI, else a skip."""
    if given := os.environ.get("TRINHKY_TEST_POSTGRES"):
        yield given
        return
    try:
        server = postgresql(in_memory=True)
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
def sqlite_record(
    tmp_path: Path, clock: Clock, filled_sqlite: Path, request: pytest.FixtureRequest
) -> Iterator[Record]:
    (tmp_path / "trinhky.db").write_bytes(filled_sqlite.read_bytes())
    engine = open_sqlite(tmp_path, clock)
    record = Record(engine, clock, engine.settings.database_url)
    yield record
    _check_at_the_end(request, record)
    engine.close()


@pytest.fixture(scope="session")
def filled_postgresql(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with the agencies in it, made once; each test's own is created from it."""
    engine = open_postgresql(postgresql_url, tmp_path_factory.mktemp("filled"), Clock())
    fill(engine)
    engine.close()
    return str(make_url(engine.settings.database_url).database)


@pytest.fixture
def postgresql_record(
    tmp_path: Path, clock: Clock, postgresql_url: str, filled_postgresql: str, request: pytest.FixtureRequest
) -> Iterator[Record]:
    name = create_postgresql(postgresql_url, template=filled_postgresql)
    engine = use_postgresql(postgresql_url, name, tmp_path, clock)
    record = Record(engine, clock, engine.settings.database_url)
    yield record
    _check_at_the_end(request, record)
    engine.close()
    drop_postgresql(postgresql_url, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest) -> Record:
    """Each test that asks for it runs on both databases."""
    found: Record = request.getfixturevalue(f"{request.param}_record")
    return found
