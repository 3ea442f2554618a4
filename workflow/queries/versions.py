"""The texts a document had, each exactly as it was stored."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workflow.content import Content, digest_of, parse
from workflow.engine import Work
from workflow.errors import NotFound
from workflow.models import Approval, Document, Revision, Withdrawal
from workflow.queries.visibility import visible_to


@dataclass(frozen=True)
class Approved:
    """An approval of this very digest; `kind` as in the record, `title` of that moment."""

    kind: str
    name: str
    title: str
    at: datetime
    withdrawn: bool


@dataclass(frozen=True)
class Version:
    """One text without its words: who stored it when, and what people approved with its digest."""

    no: int
    digest: str
    by: str
    at: datetime
    approvals: tuple[Approved, ...] = ()


@dataclass(frozen=True)
class VersionText:
    """`holds` is whether the stored bytes still give the digest that was recorded."""

    version: Version
    content: Content
    holds: bool


@dataclass(frozen=True)
class Older:
    """An earlier text as it was stored; `holds` as in VersionText."""

    no: int
    digest: str
    content: Content
    holds: bool


def versions_of(w: Work, document_id: int) -> tuple[Version, ...]:
    """Oldest first, without their texts. Two statements; whoever asks has found the document visible."""
    stored = w.db.execute(
        select(Revision.no, Revision.digest, Revision.created_by, Revision.created_at)
        .where(Revision.document_id == document_id)
        .order_by(Revision.no)
    ).all()
    approved: dict[str, list[Approved]] = {}
    for row in w.db.execute(
        select(
            Approval.digest,
            Approval.kind,
            Approval.person_name,
            Approval.title,
            Approval.at,
            Withdrawal.approval_id,
        )
        .outerjoin(Withdrawal, Withdrawal.approval_id == Approval.id)
        .where(Approval.document_id == document_id)
        .order_by(Approval.id)
    ):
        said = Approved(row.kind, row.person_name, row.title, row.at, row.approval_id is not None)
        approved.setdefault(row.digest, []).append(said)
    return tuple(
        Version(row.no, row.digest, w.directory.people[row.created_by].name, row.created_at,
                tuple(approved.get(row.digest, ())))
        for row in stored
    )  # fmt: skip


def version_texts(w: Work, document_id: int, *numbers: int) -> tuple[VersionText, ...]:
    """These texts in the order asked for; NotFound if one is missing or the document is out of sight."""
    rows = w.db.execute(
        select(Revision.no, Revision.content)
        .join(Document, Document.id == Revision.document_id)
        .where(Revision.document_id == document_id, Revision.no.in_(numbers), visible_to(w.actor))
    )
    stored = {row.no: row.content for row in rows}
    listed = {version.no: version for version in versions_of(w, document_id)}
    found = []
    for number in numbers:
        if number not in stored:
            raise NotFound(f"document {document_id} has no revision {number}")
        version = listed[number]
        holds = digest_of(stored[number]) == version.digest
        found.append(VersionText(version, readable(stored[number], holds), holds))
    return tuple(found)


def readable(stored: bytes, holds: bool) -> Content:
    """The value of stored bytes; where they are not what was recorded, whatever of it can still be read."""
    try:
        return parse(stored)
    except ValueError:
        if holds:
            raise
        return Content()


def revision_with(w: Work, document_id: int, digest: str) -> Older | None:
    """The newest text with this digest. One statement; whoever asks has found the document visible."""
    row = w.db.execute(
        select(Revision.no, Revision.content)
        .where(Revision.document_id == document_id, Revision.digest == digest)
        .order_by(Revision.no.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    holds = digest_of(row.content) == digest
    return Older(row.no, digest, readable(row.content, holds), holds)
