"""The change of a document and its entry: both or neither, also where nobody waits for either."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tests.record import Record
from workflow import audit
from workflow.commands.moving import act_on, move, move_locked
from workflow.commands.steps import load_for_step, take_step
from workflow.engine import Work
from workflow.errors import Stale
from workflow.models import Approval, Document, Entry, EntryNote


def move_what_changed(w: Work, document_id: int, moved: Callable[..., object]) -> None:
    """By the document as it was before this very Work changed it, against which no lock helps."""
    before = load_for_step(w, document_id)
    act_on(w, before, action="remind", label="Nhắc")
    about = audit.About(action="remind", label="Nhắc", agency_id=before.agency_id, document_id=before.id)
    moved(w, before, {"version": before.version + 1}, audit.compose(w, about))


@pytest.mark.parametrize("moved", [move, move_locked])
def test_an_entry_is_not_written_without_its_change(record: Record, moved):
    document_id = record.draft()

    def stands() -> tuple[int, int]:
        with record.engine.database.read.begin() as db:
            version = db.scalar(select(Document.version).where(Document.id == document_id))
            entries = db.scalar(
                select(func.count()).select_from(Entry).where(Entry.document_id == document_id)
            )
            return version, entries

    before = stands()
    with pytest.raises((Stale, IntegrityError)), record.engine.work(record.who("lan")) as w:
        move_what_changed(w, document_id, moved)
    assert stands() == before


def test_what_goes_with_an_entry_nobody_waits_for_goes_with_that_entry(record: Record):
    """Steps of several documents in one transaction, each with its note and its approval."""
    documents = [record.draft() for _ in range(2)]
    for document_id in documents:
        record.step("lan", document_id, "submit")
    with record.engine.work(record.who("hung")) as w:
        for document_id in documents:
            words = f"Duyệt nội dung văn bản {document_id}."
            take_step(w, document_id=document_id, step_id="approve_content", seen_version=2, note=words)
    with record.engine.database.read.begin() as db:
        rows = db.execute(
            select(Entry.document_id, Approval.document_id, EntryNote.text)
            .join(Approval, Approval.entry_id == Entry.id)
            .join(EntryNote, EntryNote.entry_id == Entry.id)
            .order_by(Entry.id)
        ).all()
    assert rows == [(one, one, f"Duyệt nội dung văn bản {one}.") for one in documents]
