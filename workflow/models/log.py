"""The append-only log and its tree. Rows of this file are only ever inserted, but for `log_head` and notes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base


class Entry(Base):
    """
    One thing that happened. `body` is canonical JSON, hashed as stored; the other columns are copies of
    what stands in it, for finding. Stream `act` is chained per document, `access` is not (decisions.md 25).
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("document_id", "version"),
        CheckConstraint("stream IN ('act', 'access')", name="known_stream"),
        CheckConstraint("length(hash) = 32", name="hash_whole"),
        Index(None, "agency_id", "stream", "id"),
        Index(None, "document_id", "id"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    version: Mapped[int | None]
    stream: Mapped[str]
    action: Mapped[str]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None]
    capacity: Mapped[str]
    folded: Mapped[str]
    body: Mapped[bytes]
    hash: Mapped[bytes]


class EntryNote(Base):
    """The words behind a commitment in an entry. They may lawfully be erased; the entry still verifies."""

    __tablename__ = "entry_note"
    __table_args__ = (STRICT,)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[bytes]
    text: Mapped[str | None]


class Leaf(Base):
    """Entry number `position` of the tree; `nodes` are the hashes of the subtrees that this leaf completes."""

    __tablename__ = "leaf"
    __table_args__ = (UniqueConstraint("entry_id"), STRICT)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    nodes: Mapped[bytes]
    sealed_at: Mapped[datetime]


class Unsealed(Base):
    """Committed entries that wait for the shared seal, with what it takes of them; PostgreSQL only, empty at rest."""

    __tablename__ = "unsealed"
    __table_args__ = (STRICT,)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True, autoincrement=False)
    hash: Mapped[bytes]
    at: Mapped[datetime]


class LogHead(Base):
    """One row: the tree's size and frontier, the time of its last leaf, the version of the directory."""

    __tablename__ = "log_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    frontier: Mapped[bytes]
    last_at: Mapped[datetime]


class DirectoryVersion(Base):
    """One row, raised with every change of rights, so that all nodes see it at their next request."""

    __tablename__ = "directory_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]


class Checkpoint(Base):
    """A signed note over the tree of one size. Also kept outside: in receipts, mails, printed registers."""

    __tablename__ = "checkpoint"
    __table_args__ = (Index(None, "size"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    root: Mapped[bytes]
    note: Mapped[str]
    at: Mapped[datetime]
