"""Reads the whole directory of one version into frozen values, a constant number of statements."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import RowMapping, select
from sqlalchemy.engine import Connection

from workflow import people
from workflow.agency import AgencySettings, Group, Outside
from workflow.engine.prepared import NONE, Asking, Prepared, ask_ahead
from workflow.models import (
    Absence,
    AbsenceEnded,
    Agency,
    Authority,
    DirectoryVersion,
    Holding,
    LogHead,
    Person,
    Post,
    Unit,
)

_VERSION = Prepared(select(DirectoryVersion.version))
_START = Prepared(
    select(DirectoryVersion.version, LogHead.last_at, LogHead.size, LogHead.frontier).join(
        LogHead, LogHead.id == DirectoryVersion.id
    )
)


_ABSENCES = (
    select(
        Absence.id,
        Absence.agency_id,
        Absence.person_id,
        Absence.substitute_id,
        Absence.first_day,
        Absence.last_day,
        Absence.reason,
        AbsenceEnded.ended_on,
    )
    .outerjoin(AbsenceEnded, AbsenceEnded.absence_id == Absence.id)
    .order_by(Absence.id)
)


def directory_version(db: Connection) -> int:
    return _VERSION.scalar(db) or 0


class Start(NamedTuple):
    """The directory's version and the head of the tree, as a Work finds them."""

    version: int = 0
    last_at: datetime | None = None
    size: int = 0
    frontier: bytes = b""


def start_of_work(db: Connection, asking: Sequence[Asking] = ()) -> Start:
    """One statement, and with it what is asked next; a record without agencies yet has no version."""
    if asking:
        ask_ahead(db, (_START, NONE), *asking)
    row = _START.row(db)
    return Start(*row) if row else Start()


def load_directory(db: Connection, version: int) -> people.Directory:
    agencies = {row.id: _agency(row._mapping) for row in db.execute(select(Agency.__table__))}
    units = {
        row.id: people.Unit(
            id=row.id,
            agency_id=row.agency_id,
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            symbol=row.symbol,
            kind=row.kind,
            tags=frozenset(row.tags),
            fields=tuple(row.fields),
            aliases=tuple(row.aliases),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            successor_id=row.successor_id,
        )
        for row in db.execute(select(Unit.__table__).order_by(Unit.id))
    }
    posts = {
        row.id: people.Post(row.id, row.agency_id, row.unit_id, row.code, row.title, frozenset(row.roles))
        for row in db.execute(select(Post.__table__).order_by(Post.id))
    }
    persons = {
        row.id: people.Person(row.id, row.agency_id, row.name, row.login, row.active)
        for row in db.execute(select(Person.id, Person.agency_id, Person.name, Person.login, Person.active))
    }
    holdings = tuple(
        people.Holding(
            row.id,
            row.person_id,
            row.post_id,
            row.valid_from,
            row.valid_to,
            row.basis,
            row.covers_from,
            row.covers_to,
        )
        for row in db.execute(select(Holding.__table__).order_by(Holding.id))
    )
    authorities = tuple(
        people.Authority(
            id=row.id,
            agency_id=row.agency_id,
            kind=row.kind,
            person_id=row.person_id,
            fields=tuple(row.fields),
            doc_types=tuple(row.doc_types),
            document_id=row.document_id,
            base_document=row.base_document,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            revoked_on=row.revoked_on,
        )
        for row in db.execute(select(Authority.__table__).order_by(Authority.id))
    )
    absences = tuple(people.Absence(*row) for row in db.execute(_ABSENCES))
    return people.Directory(version, agencies, units, posts, persons, holdings, authorities, absences)


def _agency(row: RowMapping) -> people.Agency:
    values = dict(row)
    values["settings"] = msgspec.convert(values["settings"], AgencySettings)
    values["groups"] = msgspec.convert(values["groups"], tuple[Group, ...])
    values["outside"] = msgspec.convert(values["outside"], tuple[Outside, ...])
    values["aliases"] = tuple(values["aliases"])
    return people.Agency(**values)
