"""
What a process that serves for days would have kept by its second request, kept from test to test.

Every test opens a record of its own, and each would have the same statements and procedures compiled again, which
took as long as most tests. The templates of an application are kept likewise (`tests.person`).
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from workflow import published
from workflow.definition import Definition
from workflow.engine import doors
from workflow.engine.database import Database


def keep_statements(database: Database) -> None:
    """
    Compiled for one record, they serve the next: SQLAlchemy keeps them by the dialect object, so all share the first.
    Who writes and who reads have each their own, as in the product: a test that cuts one does not cut the other.
    """
    for door, engine in (("write", database.write), ("read", database.read), ("read", database.glances.door)):
        if (engine.dialect.name, door) not in _SPEAKING:
            with engine.connect():  # a dialect learns of its server at the first connection of its own engine
                _SPEAKING[engine.dialect.name, door] = engine
        kept = _SPEAKING[engine.dialect.name, door]
        engine.dialect, engine._compiled_cache = kept.dialect, kept._compiled_cache  # type: ignore[attr-defined]


_SPEAKING: dict[tuple[str, str], Any] = {}


def keep_procedures() -> None:
    """Those of a folder, for as long as its files are the same; a definition cannot be changed."""
    doors.load_published = _load_published  # type: ignore[assignment]


def _load_published(folder: Path) -> list[Definition]:
    found = (*sorted(folder.glob("procedures/*/v*.yaml")), folder / published.LOCK)
    files = tuple((path, path.read_bytes()) for path in found if path.exists())
    return list(_loaded(folder, files))


@lru_cache(maxsize=8)
def _loaded(folder: Path, files: tuple[tuple[Path, bytes], ...]) -> tuple[Definition, ...]:
    return tuple(published.load_published(folder))
