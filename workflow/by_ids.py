"""One SELECT for one document or for any number of them, built once."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, SelectBase, any_, bindparam, func, select

from workflow.engine import Asking, Prepared, Work
from workflow.models.base import Json

Wanted = Callable[[Any], ColumnElement[bool]]
"""Of a column with a document's number: whether it is one of those that are asked for."""

_IDS = func.json_each(bindparam("ids", type_=Json)).table_valued("value")


class ByIds:
    """`statement` builds it, with the condition it is given for whichever column holds the document's number."""

    def __init__(self, statement: Callable[[Wanted], SelectBase]):
        # One parameter for any number of documents: a list of fifty places would be written out anew with every page.
        self._one = Prepared(statement(lambda column: column == bindparam("id")))
        self._sqlite = Prepared(statement(lambda column: column.in_(select(_IDS.c.value))))
        self._postgresql = Prepared(
            statement(lambda column: column == any_(bindparam("ids", type_=ARRAY(BigInteger))))
        )

    def of_one(self, document_id: int) -> Asking:
        return self._one, {"id": document_id}

    def of(self, w: Work, document_ids: Sequence[int]) -> Asking:
        """`document_ids` is not empty."""
        if len(document_ids) == 1:
            return self.of_one(document_ids[0])
        many = self._sqlite if w.engine.database.is_sqlite else self._postgresql
        return many, {"ids": list(document_ids)}
