"""Rows read as they come, a thousand at a time, and several ordered tables read side by side."""

import heapq
from collections.abc import Generator, Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.engine import Connection

AT_ONCE = 1000

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


def stream(db: Connection, statement: AnySelect) -> Iterator[AnyRow]:
    """The rows without ever holding more than a thousand (a server-side cursor on PostgreSQL)."""
    # Closed whatever happens: a cursor left open would keep SQLite's shared lock and hold up every commit.
    with db.execute(statement, execution_options={"yield_per": AT_ONCE}) as result:
        yield from result


def by_document(
    db: Connection, statements: Mapping[str, AnySelect]
) -> Iterator[tuple[int, dict[str, list[AnyRow]]]]:
    """
    All rows of one document after the other, by the name of their statement.

    Each statement must select `document_id`, never null, and be ordered by it. A document that only one
    table knows comes up too.
    """

    def named(name: str, statement: AnySelect) -> Generator[tuple[int, str, AnyRow], None, None]:
        for row in stream(db, statement):
            yield row.document_id, name, row

    streams = [named(name, statement) for name, statement in statements.items()]
    merged = heapq.merge(*streams, key=lambda item: item[0])
    try:
        for document_id, items in groupby(merged, key=lambda item: item[0]):
            found: dict[str, list[AnyRow]] = {name: [] for name in statements}
            for _, name, row in items:
                found[name].append(row)
            yield document_id, found
    finally:
        for rows in streams:
            rows.close()
