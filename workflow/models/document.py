"""A document on its way, the texts it had, the approvals they got, and whom it waits for."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base, Json


class Document(Base):
    """
    One plan or report. Only `commands` assign `state`; every step raises `version` by one.

    `head_hash` and `last_at` are the last entry of the document's chain. The checks on who may not be the
    same person are the database's own second line behind the rules.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("version >= 1 AND round >= 1 AND revision_no >= 1", name="counters"),
        CheckConstraint("signed_by IS NULL OR signed_by <> drafter_id", name="signer_is_not_drafter"),
        CheckConstraint("signed_by IS NULL OR signed_by <> content_by", name="signer_is_not_reviewer"),
        CheckConstraint("numbered_by IS NULL OR numbered_by <> signed_by", name="clerk_is_not_signer"),
        CheckConstraint("(number IS NULL) = (reference_no IS NULL)", name="number_whole"),
        Index(None, "agency_id", "state", "id"),
        Index(None, "unit_id", "id"),
        Index(None, "drafter_id", "id"),
        Index(None, "plan_id"),
        Index("ix_document_void_asked", "id", sqlite_where=text("void_requested = 1")),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    doc_type: Mapped[str]
    definition_id: Mapped[str]
    definition_version: Mapped[int]
    definition_hash: Mapped[str]
    state: Mapped[str]
    state_since: Mapped[datetime]
    audience: Mapped[str]
    version: Mapped[int]
    round: Mapped[int]
    revision_no: Mapped[int]
    digest: Mapped[str]
    subject: Mapped[str]
    folded: Mapped[str]
    field: Mapped[str]
    drafter_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content_at: Mapped[datetime | None]
    format_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    signed_lines: Mapped[Any] = mapped_column(Json, nullable=True)
    numbered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int | None]
    reference_no: Mapped[str | None]
    issued_on: Mapped[date | None]
    returned_to: Mapped[str | None]
    format_check: Mapped[bool | None]
    sealed: Mapped[bool]
    void_requested: Mapped[bool]
    faults: Mapped[Any] = mapped_column(Json)
    recipient_count: Mapped[int]
    source_reference: Mapped[Any] = mapped_column(Json, nullable=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    report_year: Mapped[int | None]
    head_hash: Mapped[bytes]
    last_at: Mapped[datetime]
    created_at: Mapped[datetime]


class Revision(Base):
    """The exact bytes of one text, written once. `digest` is over them (decisions.md 3)."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("document_id", "no"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    no: Mapped[int]
    content: Mapped[bytes]
    digest: Mapped[str]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Approval(Base):
    """These words, by this person, in this capacity. Written once; taking back is a row of its own."""

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("document_id", "step", "round"),
        Index(None, "person_id", "at"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    kind: Mapped[str]
    step: Mapped[str]
    from_state: Mapped[str]
    round: Mapped[int]
    revision_no: Mapped[int]
    digest: Mapped[str]
    signature_digest: Mapped[str]
    meaning: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    title: Mapped[str]
    capacity: Mapped[str]
    lines: Mapped[Any] = mapped_column(Json)
    basis: Mapped[str]
    definition_hash: Mapped[str]
    needs: Mapped[Any] = mapped_column(Json)
    at: Mapped[datetime]


class Withdrawal(Base):
    """An approval taken back, by which entry."""

    __tablename__ = "withdrawal"
    __table_args__ = (STRICT,)

    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"), primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))


class Waiting(Base):
    """
    One row per (document, state, waiting post), never per user; with a person where the step names one.

    A row that is over keeps its place with `left_at`: whom a document waited for may still see it. `escalated` is the
    last level that was told how long it waits (`workflow.escalating`), `escalated_to` whom, as text of that moment;
    all rows of one wait have the same, and the log says it too.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        Index("ix_waiting_open", "post_id", "since", "id", sqlite_where=text("left_at IS NULL")),
        Index(None, "document_id", "post_id"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str]
    since: Mapped[datetime]
    left_at: Mapped[datetime | None]
    escalated: Mapped[int | None]
    escalated_at: Mapped[datetime | None]
    escalated_to: Mapped[str | None]


class Seen(Base):
    """The text a person last opened in full. Evidence of display, not of reading."""

    __tablename__ = "seen"
    __table_args__ = (STRICT,)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    revision_no: Mapped[int]
    digest: Mapped[str]
    at: Mapped[datetime]


class StepKey(Base):
    """The idempotency key of one rendered form, and what its first use came to (decisions.md 6)."""

    __tablename__ = "step_key"
    __table_args__ = (Index(None, "at"), STRICT)

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    result: Mapped[Any] = mapped_column(Json)
    at: Mapped[datetime]
