"""Which of the numbers a text cites belong to documents of this system, as far as the actor may see them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from workflow.engine import Work
from workflow.lint import KnownDocument
from workflow.models import Document, RegisterRow
from workflow.queries.visibility import visible_to

MOST = 200
"""More numbers than this are cited by no text a person reads; the rest is left out."""

_OF_THESE: BindParameter[Any] = bindparam("numbers", expanding=True)
_OF_AGENCIES: BindParameter[Any] = bindparam("agencies", expanding=True)
_OF_YEARS: BindParameter[Any] = bindparam("years", expanding=True)


def known_documents(w: Work, cited: Collection[tuple[str, int]]) -> tuple[KnownDocument, ...]:
    """
    By number and symbol as the register has them ("07/KH-SKHCN") and the year; each year has its own. One
    statement, along the register's own key.
    """
    if not cited:
        return ()
    numbers = sorted({number for number, _ in cited})[:MOST]
    rows = w.db.execute(
        select(RegisterRow.reference_no, RegisterRow.dated, RegisterRow.subject)
        .join(Document, Document.id == RegisterRow.document_id)
        .where(
            RegisterRow.agency_id.in_(_OF_AGENCIES),
            RegisterRow.year.in_(_OF_YEARS),
            RegisterRow.reference_no.in_(_OF_THESE),
            visible_to(w.actor),
        )
        .order_by(RegisterRow.dated)
        .limit(MOST),
        {
            "agencies": sorted(w.directory.agencies),
            "years": sorted({year for _, year in cited}),
            "numbers": numbers,
        },
    )
    return tuple(KnownDocument(row.reference_no, row.dated, row.subject) for row in rows)
