"""Connections that keep the promises: transactions that begin when they say so, durable commits, no surprises."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, make_url

from workflow.engine.kept import Kept
from workflow.errors import UnsafeDatabase

NETWORK_FILE_SYSTEMS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "fuse.sshfs",
    "ceph",
    "glusterfs",
    "afs",
}


@dataclass(frozen=True)
class Database:
    """
    The doors to one record: `write` begins at once and for good, `read` cannot write. `writers`, `readers` are their
    connections kept at hand; `glances` are readers for single statements, each on its own where that spares round trips.
    """

    write: Engine
    read: Engine
    writers: Kept
    readers: Kept
    glances: Kept
    journal: str

    @property
    def is_sqlite(self) -> bool:
        return self.write.dialect.name == "sqlite"

    @property
    def readers_block(self) -> bool:
        """Whether a commit waits until nobody reads: SQLite without WAL (decisions.md 29)."""
        return self.journal.startswith("DELETE")

    def insert(self, table: Any) -> Any:
        """An INSERT that takes ON CONFLICT, as this database writes it; the other's dialect is not even loaded."""
        if self.is_sqlite:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # a fiftieth of a second, on this database alone

        return postgresql.insert(table)

    def dispose(self) -> None:
        self.write.dispose()
        self.read.dispose()


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite has the WAL-reset fix: 3.51.3, or the backports 3.50.7 and 3.44.6 (sqlite.org/wal.html)."""
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return version >= (3, 51, 3)
    return (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def connect(url: str) -> Database:
    """Raises UnsafeDatabase where the place or the server cannot keep a commit."""
    return _connect_sqlite(url) if url.startswith("sqlite") else _connect_postgresql(url)


def _connect_sqlite(url: str) -> Database:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise UnsafeDatabase("the record needs a file; a database in memory forgets it")
    _refuse_network(Path(path))
    journal, synchronous = ("WAL", "FULL") if wal_is_safe() else ("DELETE", "EXTRA")
    rules = (
        f"PRAGMA journal_mode={journal}",
        f"PRAGMA synchronous={synchronous}",
        "PRAGMA foreign_keys=ON",
        "PRAGMA recursive_triggers=ON",
        "PRAGMA busy_timeout=30000",
        "PRAGMA trusted_schema=OFF",
    )

    def listen(engine: Engine, begin: str, extra: tuple[str, ...]) -> None:
        @event.listens_for(engine, "connect")
        def on_connect(dbapi: Any, record: Any) -> None:
            dbapi.isolation_level = None  # we say BEGIN ourselves, below
            for statement in (*rules, *extra):
                dbapi.execute(statement)

        @event.listens_for(engine, "begin")
        def on_begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

    write = create_engine(url, connect_args={"timeout": 30}, pool_size=2, max_overflow=4)
    read = create_engine(url, connect_args={"timeout": 30}, pool_size=8, max_overflow=8)
    listen(write, "BEGIN IMMEDIATE", ())
    listen(read, "BEGIN", ("PRAGMA query_only=ON",))
    readers = Kept(read, read)
    return Database(write, read, Kept(write, write), readers, readers, f"{journal}+{synchronous}")


def _connect_postgresql(url: str) -> Database:
    options = "-c lock_timeout=5000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
    # Said once a connection, not once a transaction: on this server round trips cost more than work. A read sees
    # one snapshot in all its statements, so that a page, and above all a verification, speaks of one moment.
    reading = (
        f"{options} -c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
    )
    write = create_engine(url, pool_size=8, max_overflow=8, connect_args={"options": options})
    # Those who glance keep as many at hand as those who read.
    read = create_engine(url, pool_size=8, max_overflow=16, connect_args={"options": reading})
    glances = Kept(read.execution_options(isolation_level="AUTOCOMMIT"), read)
    return Database(write, read, Kept(write, write), Kept(read, read), glances, "wal")


def refuse_strong_role(database: Database) -> None:
    """The application must not run as a superuser or as the owner of the log (decisions.md 30)."""
    if database.is_sqlite:
        return
    with database.read.begin() as connection:
        row = connection.exec_driver_sql(
            "SELECT r.rolsuper, pg_has_role(current_user, c.relowner, 'USAGE'), current_setting('fsync'), "
            "current_setting('synchronous_commit') FROM pg_roles r, pg_class c "
            "WHERE r.rolname = current_user AND c.relname = 'entry' AND c.relkind = 'r'"
        ).first()
    if row is None:
        raise UnsafeDatabase("the database has no record yet; run `trinhky init` first")
    if row[0] or row[1]:
        raise UnsafeDatabase(
            "the application's role owns the log or is a superuser; give it a role of its own"
        )
    if row[2] != "on" or row[3] == "off":
        raise UnsafeDatabase("the server does not flush its commits (fsync, synchronous_commit)")


def _refuse_network(path: Path) -> None:
    """SQLite's locks do not hold on network file systems; a mount table that cannot be read says nothing."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    except OSError:
        return
    place = str(path.resolve().parent)
    holding = [
        (point, kind) for point, kind in mounts if place == point or place.startswith(point.rstrip("/") + "/")
    ]
    if holding and max(holding, key=lambda item: len(item[0]))[1] in NETWORK_FILE_SYSTEMS:
        raise UnsafeDatabase(f"{place} lies on a network file system; SQLite cannot keep the record there")
