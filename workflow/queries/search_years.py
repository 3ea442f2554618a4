"""Up to which id the documents of a past year lie: ids are given in the order in which documents are begun."""

from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select

from workflow.engine import Engine, Prepared, Work
from workflow.models import Document
from workflow.workdays import vn_midnight

_NEXT = Prepared(
    select(Document.id, Document.created_at)
    .where(Document.id >= bindparam("id"))
    .order_by(Document.id)
    .limit(1)
)
BESIDE = 256
"""Ids beyond: of documents begun in the same moment by several, a later one may have been given its id first."""

_KNOWN: WeakKeyDictionary[Engine, dict[int, int]] = WeakKeyDictionary()


def last_of(w: Work, year: int, newest: int) -> int:
    """
    No document of that year has a higher id; `newest` is the highest of all. Of a past year it is looked for once,
    by halves: once something was begun after it, nothing is begun in it any more, whatever the clock said meanwhile.
    A year is that of issue, which no document has before it is begun.
    """
    if year >= w.today.year:
        return newest
    known = _KNOWN.setdefault(w.engine, {})
    last = known[year] if year in known else _halved(w, year, newest)
    if last < newest:
        known[year] = last
    return min(newest, last + BESIDE)


def _halved(w: Work, year: int, newest: int) -> int:
    over = vn_midnight(date(year + 1, 1, 1))
    low, high = 0, newest
    while low < high:
        middle = (low + high + 1) // 2
        row = _NEXT.row(w.db, {"id": middle})
        if row is None or row[1] >= over:
            high = middle - 1
        else:
            low = row[0]
    return low
