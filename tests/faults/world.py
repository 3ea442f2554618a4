"""A record that can be put back to its beginning in milliseconds, staffed so that duties may collide in one person."""

import re
import shutil
import sqlite3
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, make_url

from tests.record import NOON, Clock, create_postgresql, fill, open_postgresql, postgresql_settings
from workflow.commands.people import hold_post
from workflow.engine import Engine, Identity
from workflow.engine.database import connect
from workflow.engine.schema import migrate
from workflow.log.key import CheckpointKey
from workflow.settings import DEFINITIONS, Settings

KEY = CheckpointKey.create("trinhky/test").text

SECOND_POSTS = {"mai": "qlkh.truong", "son": "qlkh.cv", "viet": "vp.van_thu", "huy": "vp.pho"}
"""A deputy who also heads a department, one who also drafts, a director who is also văn thư, an administrator
who is also deputy of the office: all lawful to hold, none may be used to do two duties on one document."""


def staff(engine: Engine) -> None:
    fill(engine)
    with engine.work(Identity(rule="test")) as w:
        posts = {post.code: post.id for post in w.directory.posts.values() if post.agency_id == agency(w)}
        for login, post in SECOND_POSTS.items():
            person_id = w.directory.by_login[login].id
            hold_post(
                w,
                person_id=person_id,
                post_id=posts[post],
                valid_from=date(2025, 1, 1),
                valid_to=None,
                basis="",
            )


def agency(w: Any) -> int:
    found: int = w.directory.agency_by_code["so_khcn"].id
    return found


class SqliteWorld:
    """In memory-backed storage where there is some, unsynchronised: it tests logic, not durability."""

    def __init__(self, *, without: str = "") -> None:
        """`without`: the name of a UNIQUE constraint that this schema lacks."""
        shared = Path("/dev/shm")
        self._folder = Path(tempfile.mkdtemp(prefix="trinhky-", dir=shared if shared.is_dir() else None))
        self.clock = Clock()
        file = self._folder / "trinhky.db"
        settings = Settings(
            instance=self._folder,
            database_url=f"sqlite:///{file}",
            definitions=DEFINITIONS,
            argon2="cheapest",
            checkpoint_key=KEY,
        )
        migrate(settings)
        if without:
            _drop_unique(file, without)
        self.engine = Engine(settings, clock=self.clock)
        event.listen(self.engine.database.write, "connect", _unsynchronised)
        staff(self.engine)
        self.engine.database.dispose()
        self._begin = file.read_bytes()
        self._file = file

    def reset(self) -> None:
        self.engine.database.dispose()
        for left in self._folder.glob("trinhky.db-*"):
            left.unlink()
        self._file.unlink()  # a new file, on which no handle of an earlier walk can hold a lock
        self._file.write_bytes(self._begin)
        self.clock.now = NOON

    def owner(self, statement: str) -> None:
        """A statement nobody can refuse."""
        with self.engine.database.write.begin() as db:
            db.exec_driver_sql(statement)

    def close(self) -> None:
        self.engine.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class PostgresqlWorld:
    """A database of its own for each beginning, copied from one that was staffed once."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._folder = Path(tempfile.mkdtemp(prefix="trinhky-"))
        self.clock = Clock()
        self.engine = open_postgresql(server, self._folder, self.clock)
        staff(self.engine)
        self.engine.close()
        self._template = str(make_url(self.engine.settings.database_url).database)
        self._name = ""
        self._superuser = create_engine(server, isolation_level="AUTOCOMMIT")

    def reset(self) -> None:
        self.engine.close()
        if self._name:
            with self._superuser.connect() as db:
                db.exec_driver_sql(f"DROP DATABASE {self._name}")
        self._name = create_postgresql(self._server, template=self._template)
        url = postgresql_settings(self._server, self._name, self._folder).database_url
        self.engine.database = connect(url)
        self.clock.now = NOON

    def owner(self, statement: str) -> None:
        settings = postgresql_settings(self._server, self._name, self._folder)
        owner = create_engine(settings.owner_url)
        with owner.begin() as db:
            db.exec_driver_sql(statement)
        owner.dispose()

    def close(self) -> None:
        self.engine.close()
        self._superuser.dispose()
        shutil.rmtree(self._folder, ignore_errors=True)


def _drop_unique(file: Path, name: str) -> None:
    """SQLite drops no constraint: the empty table is made anew from its own words, its triggers with it."""
    db = sqlite3.connect(file, isolation_level=None)
    pattern = rf",\s*CONSTRAINT {name} UNIQUE \([^)]*\)"
    table, sql = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql LIKE ?", (f"%{name} UNIQUE%",)
    ).fetchone()
    triggers = db.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    assert re.search(pattern, sql)
    db.execute(f"DROP TABLE {table}")
    db.execute(re.sub(pattern, "", sql))
    for (trigger,) in triggers:
        db.execute(trigger)
    db.close()


def _unsynchronised(dbapi: Any, record: Any) -> None:
    dbapi.execute("PRAGMA synchronous=OFF")
    dbapi.execute("PRAGMA journal_mode=MEMORY")
