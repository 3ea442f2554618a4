"""The documents of this system that a text may mean by its citations, as far as the actor may see them."""

from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select

from workflow.engine import Work
from workflow.lint import Asked, KnownDocument
from workflow.models import Document, RegisterRow
from workflow.queries.visibility import visible_to

MOST = 200
"""More numbers than this are cited by no text a person reads; the rest is left out."""

_OF_THESE: BindParameter[Any] = bindparam("numbers", expanding=True)
MOST_ROWS = 2000
"""So many documents of the cited days are compared; more in so few days no agency issues."""

_OF_DAYS: BindParameter[Any] = bindparam("days", expanding=True, type_=RegisterRow.dated.type)
_OF_AGENCIES: BindParameter[Any] = bindparam("agencies", expanding=True)
_OF_YEARS: BindParameter[Any] = bindparam("years", expanding=True)


def known_documents(w: Work, asked: Asked) -> tuple[KnownDocument, ...]:
    """
    Those with these numbers and symbols as the register has them ("07/KH-SKHCN"), each year having its own, and
    those of these days. One statement, within the years of the register's own key; none where nothing is cited.
    """
    years = {year for _, year in asked.numbers} | {day.year for day in asked.days}
    if not years:
        return ()
    rows = w.db.execute(
        select(RegisterRow.reference_no, RegisterRow.dated, RegisterRow.subject, Document.state)
        .join(Document, Document.id == RegisterRow.document_id)
        .where(
            RegisterRow.agency_id.in_(_OF_AGENCIES),
            RegisterRow.year.in_(_OF_YEARS),
            or_(RegisterRow.reference_no.in_(_OF_THESE), RegisterRow.dated.in_(_OF_DAYS)),
            visible_to(w.actor),
        )
        .order_by(RegisterRow.dated)
        .limit(MOST_ROWS),
        {
            "agencies": sorted(w.directory.agencies),
            "years": sorted(years),
            "numbers": sorted({number for number, _ in asked.numbers})[:MOST],
            "days": sorted(asked.days)[:MOST],
        },
    )
    return tuple(KnownDocument(row.reference_no, row.dated, row.subject, row.state) for row in rows)
