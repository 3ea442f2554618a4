"""A record that a newer release has migrated: every command says so in one sentence, and leaves it alone."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.record import open_postgresql, open_sqlite
from tests.web.cli.console import refusal
from web.cli.root import COMMANDS
from workflow.engine.schema import newest
from workflow.settings import DEFINITIONS

OPENING = {
    "demo": ("--no-serve",),
    "init": ("--agencies", str(DEFINITIONS / "agencies")),
    "serve": (),
    "settings": ("so_khcn",),
    "units": ("list", "so_khcn"),
    "import": (str(DEFINITIONS / "demo" / "s0.txt"), "--agency", "so_khcn", "--as", "lan"),
    "step": ("1", "sign", "--as", "mai"),
    "show": ("1",),
    "history": ("1",),
    "find": ("dân",),
    "pdf": ("1", "--out", "moi.pdf"),
    "key": ("show",),
    "verify": (),
    "tick": (),
    "notices": (),
    "backup": ("moi.db",),
    "users": ("list",),
}
PURE = {"check", "lint"}
"""What opens no record."""


def test_the_list_of_commands_is_whole():
    assert set(OPENING) == set(COMMANDS) - PURE


@pytest.fixture
def sqlite_of_tomorrow(tmp_path: Path, empty: Path) -> Path:
    empty.mkdir()
    open_sqlite(empty, lambda: datetime.now(UTC)).close()
    path = empty / "trinhky.db"
    with sqlite3.connect(path) as db:
        db.execute("UPDATE alembic_version SET version_num = '9001'")
    return path


@pytest.mark.parametrize("name", OPENING)
def test_on_sqlite_it_is_said_and_nothing_is_written(sqlite_of_tomorrow: Path, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    before = sqlite_of_tomorrow.read_bytes()
    is_the_sentence(refusal(name, *OPENING[name]))
    assert sqlite_of_tomorrow.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nothing"]


@pytest.fixture(scope="module")
def postgresql_of_tomorrow(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory):
    made = open_postgresql(postgresql_url, tmp_path_factory.mktemp("pg"), lambda: datetime.now(UTC))
    made.close()
    owner = create_engine(made.settings.owner_url)
    with owner.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9001'"))
    owner.dispose()
    return made.settings


SHARED = sorted(set(OPENING) - {"backup"})
"""What is for SQLite alone left out; `init` asks for the owner's address first."""


@pytest.mark.parametrize(
    ("name", "owned"),
    [(name, True) for name in SHARED] + [(name, False) for name in SHARED if name != "init"],
)
def test_on_postgresql_it_is_said_too(postgresql_of_tomorrow, empty, tmp_path, monkeypatch, name, owned):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRINHKY_DATABASE_URL", postgresql_of_tomorrow.database_url)
    if owned:
        monkeypatch.setenv("TRINHKY_OWNER_URL", postgresql_of_tomorrow.owner_url)
    is_the_sentence(refusal(name, *OPENING[name]))


def is_the_sentence(said: str) -> None:
    """What is wrong, what was not done, what to do; in one line, with both numbers and no error id."""
    assert said.count("\n") == 0
    assert "Chưa thực hiện và không ghi gì" in said
    assert f"cấu trúc 9001, bản đang chạy chỉ biết đến {newest()}" in said
    assert said.endswith("Cài bản mới hơn đó rồi chạy lại.")
    assert "Mã tra cứu" not in said
