"""Bytes kept by their hash, and which document has a right to them; never what a text says of them."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select

from workflow.content import Attachment as Named
from workflow.engine import Work
from workflow.errors import Fault, Invalid
from workflow.models import Attachment, Document, StoredFile
from workflow.queries.visibility import visible_to


def keep_file(w: Work, *, sha256: str, media_type: str, data: bytes) -> None:
    """`sha256` is the hex digest of `data`. Equal bytes are one row, whoever brought them; two at once are no error."""
    if w.db.scalar(select(StoredFile.sha256).where(StoredFile.sha256 == sha256)) is not None:
        return
    row = {"sha256": sha256, "size": len(data), "media_type": media_type, "data": data, "created_at": w.now}
    w.db.execute(w.engine.database.insert(StoredFile).values(**row).on_conflict_do_nothing())


def hang_file(w: Work, *, agency_id: int, document_id: int, name: str, sha256: str) -> None:
    """A stored file belongs to this document under this name from now on; one that already does stays as it is."""
    held = select(Attachment.id).where(
        Attachment.document_id == document_id, Attachment.sha256 == sha256, Attachment.name == name
    )
    if w.db.scalar(held) is None:
        row = {"agency_id": agency_id, "document_id": document_id, "sha256": sha256, "name": name}
        w.db.execute(insert(Attachment).values(**row, added_by=w.actor.person_id, added_at=w.now))


def held_bytes(w: Work, document_id: int) -> int:
    """Bytes of all files ever brought to a document, those taken away again included."""
    held = select(Attachment.sha256).where(Attachment.document_id == document_id).distinct()
    return int(w.db.scalar(select(func.sum(StoredFile.size)).where(StoredFile.sha256.in_(held))) or 0)


def refuse_unknown_files(w: Work, files: Sequence[Named], *, document_id: int | None) -> None:
    """
    A text names only files that were brought to this document; a new one (None) only those of documents the actor
    may see, so that last year's files can come along. Raises Invalid.
    """
    if not files:
        return
    known = (
        select(Attachment.name, Attachment.sha256, StoredFile.size)
        .join(StoredFile, StoredFile.sha256 == Attachment.sha256)
        .where(Attachment.sha256.in_({file.sha256 for file in files}))
    )
    if document_id is None:
        known = known.join(Document, Document.id == Attachment.document_id).where(visible_to(w.actor))
    else:
        known = known.where(Attachment.document_id == document_id)
    rows = {tuple(row) for row in w.db.execute(known)}
    for file in files:
        if (file.name, file.sha256, file.size) not in rows:
            raise Invalid([Fault("attachment", "unknown", {"value": file.name})])
