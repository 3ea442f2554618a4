"""
How an agency is ordered (its units, posts and people, who holds what, who may sign, who is away) as the log keeps it:
of every row that a change touched, a digest stands in the entry of the change. So a row that no act put there is found,
and a later act does not cover for it (guarantees.md, asset 3).

A digest names the columns that hold something: one that a later release adds is empty in the rows of before, or is
left out.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.engine import Connection

from workflow.content import canonical
from workflow.models import Absence, AbsenceEnded, Agency, Authority, Base, Holding, Person, Post, Unit

Row = tuple[str, int]
"""The name of a table and the id of a row in it."""

DIGITS = 32
"""Of a digest in hex: 128 bits, which nobody meets with a second row that says something else."""

LEFT_OUT: dict[type[Base], frozenset[str]] = {
    Person: frozenset({"password_hash", "email", "created_at"}),  # his own to change, no act on the agency
    Absence: frozenset({"reason", "set_at"}),  # the words stand behind a commitment
    AbsenceEnded: frozenset({"ended_at"}),
}
MODELS: dict[str, type[Base]] = {
    model.__tablename__: model
    for model in (Agency, Unit, Post, Person, Holding, Authority, Absence, AbsenceEnded)
}


def digests(db: Connection, rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    """Of these rows as they stand now, by table and id, for the facts of an entry."""
    found: dict[str, dict[str, str]] = {}
    for table, row_id in rows:
        statement, key = _selected(table)
        for row in db.execute(statement.where(key == row_id)):
            found.setdefault(table, {})[str(row_id)] = _digest(table, row)
    return found


def digests_of_agency(db: Connection, agency_id: int) -> dict[str, dict[str, str]]:
    """Of every row that says how this agency is ordered."""
    found: dict[str, dict[str, str]] = {}
    for (table, row_id), owner, digest in all_digests(db):
        if owner == agency_id:
            found.setdefault(table, {})[str(row_id)] = digest
    return found


def all_digests(db: Connection) -> Iterator[tuple[Row, int, str]]:
    """Every row with its agency and its digest now, as they come."""
    for table in MODELS:
        statement, key = _selected(table)
        with db.execute(statement.order_by(key), execution_options={"yield_per": 1000}) as result:
            for row in result:
                yield (table, row.row_id), row.owner_id, _digest(table, row)


def _selected(table: str) -> tuple[Select[Any], ColumnElement[int]]:
    columns = MODELS[table].__table__.c
    if table == AbsenceEnded.__tablename__:
        key = columns.absence_id
        ended = select(key.label("row_id"), Absence.agency_id.label("owner_id"), *columns)
        return ended.join(Absence, Absence.id == key), key
    owner = columns.id if table == Agency.__tablename__ else columns.agency_id
    return select(columns.id.label("row_id"), owner.label("owner_id"), *columns), columns.id


def _digest(table: str, row: Any) -> str:
    left_out = LEFT_OUT.get(MODELS[table], frozenset())
    names = [column.name for column in MODELS[table].__table__.columns if column.name not in left_out]
    said = {name: value for name in names if (value := getattr(row, name)) is not None}
    stored = b"trinhky roster row\n" + canonical({"table": table, "row": said})
    return hashlib.sha256(stored).hexdigest()[:DIGITS]
