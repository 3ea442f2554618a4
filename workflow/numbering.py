"""The next number of a register and year: contiguous, unique, never back-dated, never given again.

NĐ 30/2020 Điều 15: in order from 01 on 1 January to 31 December, the scheme set by the agency's head.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, or_, select, update

from workflow.content import Content
from workflow.engine import Work
from workflow.errors import NeedUnmet
from workflow.models import NumberBook, RegisterRow
from workflow.models.base import instant_text
from workflow.people import Agency

GROUPED_ALONE = "QĐ"
ALL = "*"


@dataclass(frozen=True)
class Given:
    book_id: int
    number: int
    reference_no: str
    dated: date
    words: Mapping[str, Any]
    """The row of the register, in the values an entry takes: the log says what the register says."""


def series_of(agency: Agency, doc_type: str) -> str:
    """Which series a type belongs to, by the agency's number_scope: per_type, grouped or single."""
    scope = agency.settings.number_scope
    if scope == "per_type":
        return doc_type
    if scope == "grouped":
        return doc_type if doc_type == GROUPED_ALONE else ALL
    return ALL


def reference_no(number: int, symbol: str) -> str:
    """As "07/KH-SKHCN": a number under ten gets its zero (Phụ lục I, ô 3)."""
    return f"{number:02d}/{symbol}"


def next_number(w: Work, agency: Agency, doc_type: str) -> int:
    """What `take_number` would give now; for showing only, another clerk may be quicker."""
    book = w.db.execute(
        select(NumberBook.first_number, NumberBook.last_number).where(
            NumberBook.agency_id == agency.id,
            NumberBook.year == w.today.year,
            NumberBook.series == series_of(agency, doc_type),
        )
    ).first()
    return book.last_number + 1 if book else 1


def take_number(w: Work, *, agency: Agency, document_id: int, content: Content, signer_name: str) -> Given:
    """
    Give the next number in this transaction; if it rolls back, no gap stays (G11–G13).

    Raises NeedUnmet "date_in_order" when the book already holds a later date than today.
    """
    series, year = series_of(agency, content.doc_type), w.today.year
    _open_book(w, agency.id, year, series)
    # The UPDATE locks the row on PostgreSQL until commit; whoever comes second counts on from us.
    in_order = or_(NumberBook.last_date.is_(None), NumberBook.last_date <= w.today)
    row = w.db.execute(
        update(NumberBook)
        .where(
            NumberBook.agency_id == agency.id, NumberBook.year == year, NumberBook.series == series, in_order
        )
        .values(last_number=NumberBook.last_number + 1, last_date=w.today)
        .returning(NumberBook.id, NumberBook.last_number)
    ).first()
    if row is None:
        raise NeedUnmet("assign_number", "date_in_order", {"today": w.today.isoformat()})
    words: dict[str, Any] = {
        "number": row.last_number,
        "year": year,
        "reference_no": reference_no(row.last_number, content.symbol),
        "doc_type": content.doc_type,
        "subject": content.subject,
        "signer_name": signer_name,
        "recipients": "; ".join(recipient.name for recipient in content.recipients),
        "archive_unit": content.archive_line,
    }
    w.db.execute(
        insert(RegisterRow).values(
            **words,
            book_id=row.id,
            agency_id=agency.id,
            document_id=document_id,
            dated=w.today,
            given_by=w.actor.person_id,
            given_at=w.now,
        )
    )
    said = words | {"series": series, "dated": w.today.isoformat(), "given_at": instant_text(w.now)}
    return Given(row.id, row.last_number, words["reference_no"], w.today, said)


def _open_book(w: Work, agency_id: int, year: int, series: str) -> None:
    w.db.execute(
        w.engine.database.insert(NumberBook)
        .values(agency_id=agency_id, year=year, series=series, first_number=1, last_number=0, last_date=None)
        .on_conflict_do_nothing(index_elements=["agency_id", "year", "series"])
    )
