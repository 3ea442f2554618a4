"""A copy of the SQLite file as it is at one moment, for reading that takes long: whoever commits does not wait for it."""

import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workflow.engine.database import Database, connect
from workflow.engine.private_file import private_file

PORTION = 1_000
"""Pages copied under one lock: a few milliseconds, between which others commit."""

RESTARTS = 5
"""Every commit of another connection starts the copy anew; after so many the rest is copied under one lock."""

LEFT_OVER = 6 * 3600.0
"""Seconds after which a copy belongs to a process that died."""

PREFIX = ".ban-sao-"


class NoRoom(OSError):
    """The folder does not hold a second file of this size."""


@contextmanager
def snapshot(database: Database) -> Iterator[Database]:
    """
    The copy, opened; it is gone when the block ends. Raises NoRoom, OSError or sqlite3.Error where none can be made.

    It lies beside the record, and only its owner may read it: it holds all that the record holds.
    """
    source = Path(database.write.url.database or "")
    folder = source.parent
    _clear(folder)
    if shutil.disk_usage(folder).free < 2 * source.stat().st_size:
        raise NoRoom(f"{folder} has no room for a copy of {source}")
    target = folder / f"{PREFIX}{secrets.token_hex(8)}.db"
    try:
        _copy(source, target)
        opened = connect(f"sqlite:///{target}")
        try:
            yield opened
        finally:
            opened.dispose()
    finally:
        _remove(target)


def _copy(source: Path, target: Path) -> None:
    private_file(target)
    address = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as old:
        with closing(sqlite3.connect(target)) as new:
            try:
                old.backup(new, pages=PORTION, progress=_Watch(), sleep=0.02)
                return
            except _Restless:
                pass
        with closing(sqlite3.connect(target)) as new:
            old.backup(new, pages=-1)


class _Restless(Exception):
    """The record changes faster than it is copied."""


class _Watch:
    """SQLite starts anew without a word; that more is left than before is how one sees it."""

    def __init__(self) -> None:
        self._left: int | None = None
        self._restarts = 0

    def __call__(self, status: int, left: int, total: int) -> None:
        self._restarts += self._left is not None and left >= self._left
        self._left = left
        if self._restarts > RESTARTS:
            raise _Restless


def _clear(folder: Path) -> None:
    for path in folder.glob(f"{PREFIX}*.db"):
        try:
            old = time.time() - path.stat().st_mtime > LEFT_OVER
        except FileNotFoundError:
            continue
        if old:
            _remove(path)


def _remove(target: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
