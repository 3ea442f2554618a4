"""
The column types both databases share, and the naming of constraints.

STRICT tables on SQLite take INTEGER, TEXT and BLOB only (decisions.md 29), so a date, an instant, a flag
and a JSON value each have a type of their own here; PostgreSQL stores the same. An index over some rows says which
by `sqlite_where` alone and the migration says it to both: a word for PostgreSQL here would load its dialect with
every start, and a test asks both databases.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from sqlalchemy import BigInteger, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

Id = Integer().with_variant(BigInteger, "postgresql")

STRICT = {"sqlite_strict": True}
COUNTED = {"sqlite_strict": True, "sqlite_autoincrement": True}
"""AUTOINCREMENT: an id that was once given is never given again."""


class Instant(TypeDecorator[datetime]):
    """UTC, microseconds, fixed width: the order of the text is the order of time."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else instant_text(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[str | None], datetime | None]:
        return _instant


def instant_text(value: datetime) -> str:
    """As "2026-11-21T08:45:00.000000+00:00"; a naive datetime is refused."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return value.isoformat(timespec="microseconds")


class Day(TypeDecorator[date]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[str | None], date | None]:
        return _day


class Flag(TypeDecorator[bool]):
    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[int | None], bool | None]:
        return _flag


class Json(TypeDecorator[Any]):
    """A small value read and written whole; never queried inside, never hashed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value, order="sorted").decode()

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[str | None], Any]:
        return _json


# Given to SQLAlchemy as they are, not through `process_result_value`: a list of fifty documents asks a thousand times.


def instant(value: str) -> datetime:
    """Of a column of instants that was read raw."""
    return datetime.fromisoformat(value)


def _instant(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _json(value: str | None) -> Any:
    return None if value is None else msgspec.json.decode(value)


class Base(DeclarativeBase):
    if TYPE_CHECKING:
        __table__: ClassVar[Table]  # every model here is a table, never a join or a subquery

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        int: Id,
        str: Text,
        bytes: LargeBinary,
        bool: Flag,
        datetime: Instant,
        date: Day,
    }
