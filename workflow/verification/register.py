"""Each number book: its rows run from the first number to the last without a gap, in the order of their dates."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.engine import Connection

from workflow.models import NumberBook, RegisterRow
from workflow.verification.report import Broken, Tally
from workflow.verification.rows import stream


def check_books(db: Connection, tally: Tally) -> None:
    for book in db.execute(select(NumberBook.__table__).order_by(NumberBook.id)).all():
        expected, dated = book.first_number, None
        faults: list[Broken] = []
        statement = (
            select(RegisterRow.__table__).where(RegisterRow.book_id == book.id).order_by(RegisterRow.number)
        )
        for row in stream(db, statement):
            if row.number != expected:
                faults.append(_broken("gap", row.document_id, row.number, expected, book.series))
            if (
                row.dated.year != book.year
                or row.year != book.year
                or (dated is not None and row.dated < dated)
            ):
                faults.append(_broken("gap", row.document_id, row.dated, dated or book.year, "dated"))
            expected, dated = row.number + 1, _later(dated, row.dated)
        if book.last_number != expected - 1:
            faults.append(_broken("counter", None, book.last_number, expected - 1, book.series))
        if book.last_date != dated:
            faults.append(_broken("counter", None, book.last_date, dated, "last_date"))
        tally.add("books", faults)


def _later(one: date | None, other: date) -> date:
    return other if one is None else max(one, other)


def _broken(kind: str, document_id: int | None, recorded: object, computed: object, where: str) -> Broken:
    return Broken(kind, None, document_id, "", str(recorded), str(computed), where)
