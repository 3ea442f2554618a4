"""The register of outgoing documents, book by book, with its voids and its gaps (NĐ 30/2020, Phụ lục IV)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, select

from workflow.engine import Work
from workflow.models import Delivery, Document, Entry, NumberBook, RegisterRow, RegisterVoid
from workflow.queries.visibility import visible_to

PAGE = 50


@dataclass(frozen=True)
class Book:
    """One series of one year. Numbers run from `first_number`; `last_number` is the newest one given."""

    id: int
    year: int
    series: str
    first_number: int
    last_number: int

    @property
    def is_empty(self) -> bool:
        return self.last_number < self.first_number


@dataclass(frozen=True)
class Line:
    """One number with the words of the moment it was given, and what became of its document."""

    number: int
    reference_no: str
    dated: date
    doc_type: str
    subject: str
    signer_name: str
    recipients: str
    archive_unit: str
    given_at: datetime
    given_by: str
    document_id: int
    state: str
    sealed: bool
    void_requested: bool
    copies: int
    sent_at: datetime | None
    void_reason: str | None
    voided_at: datetime | None

    @property
    def is_void(self) -> bool:
        return self.void_reason is not None


@dataclass(frozen=True)
class Check:
    """Whether a book is what it must be: every number from the first to the last, once."""

    first: int
    last: int
    missing: tuple[int, ...]
    voided: int

    @property
    def is_whole(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Opened:
    """The logged set-up of a book's first number at go-live (G11)."""

    at: datetime
    first_number: int


def books(w: Work, agency_id: int) -> list[Book]:
    """All books of the agency, the newest year first."""
    rows = w.db.execute(
        select(
            NumberBook.id, NumberBook.year, NumberBook.series, NumberBook.first_number, NumberBook.last_number
        )
        .where(NumberBook.agency_id == agency_id)
        .order_by(NumberBook.year.desc(), NumberBook.series)
    )
    return [Book(*row) for row in rows]


def lines(w: Work, book: Book, *, before: int | None = None, limit: int | None = None) -> list[Line]:
    """
    The rows of a book that the actor may see. With `limit` the newest first, below the number `before`;
    without, all of them in order.
    """
    statement = _lines().where(RegisterRow.book_id == book.id, visible_to(w.actor))
    if limit is None:
        return _read(w, statement.order_by(RegisterRow.number))
    if before is not None:
        statement = statement.where(RegisterRow.number < before)
    return _read(w, statement.order_by(RegisterRow.number.desc()).limit(limit))


def lines_of_day(w: Work, agency_id: int, day: date) -> list[Line]:
    """What was numbered on one day, in every book, in the order it was given."""
    statement = _lines().where(
        RegisterRow.agency_id == agency_id, RegisterRow.dated == day, visible_to(w.actor)
    )
    return _read(w, statement.order_by(RegisterRow.given_at, RegisterRow.number))


def check(w: Work, book: Book) -> Check:
    """Over the whole book, whatever of it the actor may see: a hidden row is no gap."""
    given = set(w.db.scalars(select(RegisterRow.number).where(RegisterRow.book_id == book.id)))
    voided = w.db.scalar(
        select(func.count()).select_from(RegisterVoid).where(RegisterVoid.book_id == book.id)
    )
    last = max([book.last_number, *given])
    missing = sorted(set(range(book.first_number, last + 1)) - given)
    return Check(book.first_number, last, tuple(missing), voided or 0)


def opened(w: Work, agency_id: int, book: Book) -> Opened | None:
    """The entry that set this book's first number, where there is one."""
    rows = w.db.execute(
        select(Entry.at, Entry.body).where(
            Entry.agency_id == agency_id, Entry.stream == "act", Entry.action == "set_first_number"
        )
    )
    for row in rows:
        facts = msgspec.json.decode(row.body).get("facts", {})
        if (facts.get("year"), facts.get("series")) == (book.year, book.series):
            return Opened(row.at, facts["first_number"])
    return None


def _lines() -> Select[Any]:
    sent = select(func.count()).where(Delivery.document_id == Document.id).scalar_subquery()
    sent_at = select(func.min(Delivery.sent_at)).where(Delivery.document_id == Document.id).scalar_subquery()
    same = and_(RegisterVoid.book_id == RegisterRow.book_id, RegisterVoid.number == RegisterRow.number)
    return (
        select(
            *RegisterRow.__table__.c,
            Document.state,
            Document.sealed,
            Document.void_requested,
            sent.label("copies"),
            sent_at.label("sent_at"),
            RegisterVoid.reason,
            RegisterVoid.at.label("voided_at"),
        )
        .join(Document, Document.id == RegisterRow.document_id)
        .outerjoin(RegisterVoid, same)
    )


def _read(w: Work, statement: Select[Any]) -> list[Line]:
    return [_line(w, row) for row in w.db.execute(statement)]


def _line(w: Work, row: Any) -> Line:
    return Line(
        number=row.number,
        reference_no=row.reference_no,
        dated=row.dated,
        doc_type=row.doc_type,
        subject=row.subject,
        signer_name=row.signer_name,
        recipients=row.recipients,
        archive_unit=row.archive_unit,
        given_at=row.given_at,
        given_by=w.directory.people[row.given_by].name,
        document_id=row.document_id,
        state=row.state,
        sealed=row.sealed,
        void_requested=row.void_requested,
        copies=row.copies,
        sent_at=row.sent_at,
        void_reason=row.reason,
        voided_at=row.voided_at,
    )


def page_of(found: Sequence[Line], limit: int = PAGE) -> tuple[list[Line], int | None]:
    """The first `limit` of the rows asked for with one more, and the number the next page starts below."""
    shown = list(found[:limit])
    return shown, shown[-1].number if len(found) > limit else None
