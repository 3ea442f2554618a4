"""What the tests of văn thư's pages need beside people: many documents at once, statements counted, settings changed."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
from sqlalchemy import event, insert, select, update

from tests.arranged import arranged
from tests.record import Record
from workflow.engine import Identity
from workflow.models import Agency, Approval, Document, NumberBook, RegisterRow, Revision


def set_agency(record: Record, **settings: object) -> None:
    """Change settings of so_khcn as an administrator's act would."""
    with record.engine.work(Identity(rule="test")) as w:
        now = msgspec.to_builtins(w.directory.agency_by_code["so_khcn"].settings)
        w.db.execute(update(Agency).where(Agency.code == "so_khcn").values(settings=now | settings))
        arranged(w)


def multiply(record: Record, document_id: int, times: int, *, numbered: bool = False) -> None:
    """So many more documents in the state of this one, with its text and its approvals; numbered on from it."""
    with record.engine.work(Identity(rule="test")) as w:
        (row,) = w.db.execute(select(Document.__table__).where(Document.id == document_id)).mappings()
        texts = (
            w.db.execute(select(Revision.__table__).where(Revision.document_id == document_id))
            .mappings()
            .all()
        )
        signed = (
            w.db.execute(select(Approval.__table__).where(Approval.document_id == document_id))
            .mappings()
            .all()
        )
        line = w.db.execute(
            select(RegisterRow.__table__).where(RegisterRow.document_id == document_id)
        ).mappings()
        first = line.first()
        for step in range(1, times + 1):
            values = {key: value for key, value in row.items() if key != "id"}
            if numbered and first:
                number = first["number"] + step
                values |= {"number": number, "reference_no": f"{number:02d}/KH-SKHCN"}
            copy = w.db.execute(insert(Document).values(**values)).inserted_primary_key[0]
            for model, rows in ((Revision, texts), (Approval, signed)):
                for item in rows:
                    own = {key: value for key, value in item.items() if key != "id"} | {"document_id": copy}
                    w.db.execute(insert(model).values(**own))
            if numbered and first:
                own = {"number": number, "reference_no": values["reference_no"], "document_id": copy}
                w.db.execute(insert(RegisterRow).values(**dict(first) | own))
        if numbered and first:
            last = first["number"] + times
            w.db.execute(update(NumberBook).where(NumberBook.id == first["book_id"]).values(last_number=last))


@contextmanager
def counted(record: Record) -> Iterator[list[str]]:
    """The statements that reading takes while the block runs."""
    said: list[str] = []

    def note(conn, cursor, statement, parameters, context, executemany) -> None:
        said.append(statement)

    engine = record.engine.database.read
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def row_of(record: Record, document_id: int):
    with record.engine.reading(Identity(rule="test")) as w:
        return w.db.execute(select(Document.__table__).where(Document.id == document_id)).one()


@pytest.fixture
def signed(sqlite_record: Record) -> int:
    """A plan that waits to be numbered."""
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "sign")
    return document_id
