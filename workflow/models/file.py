"""Bytes kept by their hash: attachments, and the file that was issued. Written once, never rendered again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base


class StoredFile(Base):
    """`sha256` is the hex digest of `data`; equal bytes are one row, whoever brought them."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="digest_whole"), STRICT)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str]
    data: Mapped[bytes]
    created_at: Mapped[datetime]


class Attachment(Base):
    """
    A file brought to one document under a name. Which of them a text carries, the revision says by hash;
    a row here is what gives a reader of the document the right to the bytes.
    """

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("document_id", "sha256", "name"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    name: Mapped[str]
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


class IssuedFile(Base):
    """The file as it went out, its digest in the entry that issued it. `kind` is "pdf" or "sealed_scan"."""

    __tablename__ = "issued_file"
    __table_args__ = (CheckConstraint("kind IN ('pdf', 'sealed_scan')", name="known_kind"), STRICT)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
