"""The bytes of a file kèm theo, for whoever may read the document it was brought to."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from workflow.engine import Work
from workflow.errors import NotFound
from workflow.models import Attachment, Document, StoredFile
from workflow.queries.visibility import visible_to


@dataclass(frozen=True)
class Held:
    """One file under the name it was last brought by; `media_type` as we recognised it, never as a browser claims."""

    subject: str
    agency_id: int
    name: str
    sha256: str
    media_type: str
    data: bytes

    @property
    def holds(self) -> bool:
        """Whether the bytes are still those the text names: whoever approved it approved them with it."""
        return hashlib.sha256(self.data).hexdigest() == self.sha256


def attached_file(w: Work, document_id: int, sha256: str) -> Held:
    """
    Also one that the present text no longer carries: an older revision may, and its readers are the same.

    NotFound where the document is out of sight, or the file was never brought to it.
    """
    row = w.db.execute(
        select(
            Document.subject,
            Document.agency_id,
            Attachment.name,
            StoredFile.sha256,
            StoredFile.media_type,
            StoredFile.data,
        )
        .join(Attachment, Attachment.document_id == Document.id)
        .join(StoredFile, StoredFile.sha256 == Attachment.sha256)
        .where(Document.id == document_id, Attachment.sha256 == sha256, visible_to(w.actor))
        .order_by(Attachment.id.desc())
        .limit(1)
    ).first()
    if row is None:
        raise NotFound(f"file {sha256[:12]} of document {document_id}")
    return Held(*row)
