"""The files a document went out as, exactly as they were stored; only for those who may see the document."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from workflow.case import DocumentFacts
from workflow.engine import Work
from workflow.errors import NotFound
from workflow.models import Document, IssuedFile, StoredFile
from workflow.people import Actor
from workflow.queries.printed import OUT
from workflow.queries.visibility import visible_to

PAPER, SCAN = "pdf", "sealed_scan"
SCANNED_BY = "clerk"

_LISTED = (
    select(IssuedFile.kind, IssuedFile.sha256, StoredFile.size)
    .join(StoredFile, StoredFile.sha256 == IssuedFile.sha256)
    .where(IssuedFile.document_id == bindparam("id"))
)


@dataclass(frozen=True)
class IssuedFileFacts:
    """`sha256` is the "mã tệp phát hành"; `size` in bytes."""

    kind: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Held:
    """A file as it is stored; `holds` is whether its bytes still give the digest they were stored under."""

    data: bytes
    holds: bool


def issued_files(w: Work, document_id: int) -> dict[str, IssuedFileFacts]:
    """By kind, without their bytes. One statement; whoever asks has found the document visible."""
    return {row.kind: IssuedFileFacts(*row) for row in w.db.execute(_LISTED, {"id": document_id})}


def issued_bytes(w: Work, document_id: int, kind: str) -> bytes:
    """Raises NotFound where there is none that the actor may see."""
    found = w.db.scalar(
        select(StoredFile.data)
        .join(IssuedFile, IssuedFile.sha256 == StoredFile.sha256)
        .join(Document, Document.id == IssuedFile.document_id)
        .where(Document.id == document_id, IssuedFile.kind == kind, visible_to(w.actor))
    )
    if found is None:
        raise NotFound(f"document {document_id} has no file {kind}")
    return found


def issued_file(w: Work, document_id: int, kind: str) -> Held | None:
    """None where the document has no such file. Raises NotFound where the actor may not see it."""
    listed = issued_files(w, document_id).get(kind)
    if listed is None:
        return None
    data = issued_bytes(w, document_id, kind)
    return Held(data, hashlib.sha256(data).hexdigest() == listed.sha256)


def may_hang_scan(w: Work, document: DocumentFacts, issued: Mapping[str, IssuedFileFacts]) -> bool:
    """Whether the form for it is to be shown: to văn thư, once the document is out, until there is one."""
    return is_clerk(w.actor, document) and is_out(document) and SCAN not in issued


def is_out(document: DocumentFacts) -> bool:
    return document.state in OUT and document.number is not None


def is_clerk(actor: Actor, document: DocumentFacts) -> bool:
    """Văn thư of the agency; an administrator never."""
    agency = document.agency_id
    return (
        actor.has(SCANNED_BY, agency_id=agency) is not None and actor.has("admin", agency_id=agency) is None
    )
