"""What people are told, apart from it the letters that carry it, and the calendars they may subscribe to."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base, Json

_UNREAD = text("read_at IS NULL")


class Notice(Base):
    """
    One person is told one thing, once: `key` says which. Written in the transaction of what brings it about.

    `read_at` is set when the person has seen it, or when what it asks for is over. What becomes of a letter
    never changes this row.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "person_id", "id"),
        Index(None, "created_at"),
        Index("ix_notice_unread", "person_id", "id", sqlite_where=_UNREAD),
        Index("ix_notice_unread_document", "document_id", sqlite_where=_UNREAD),
        Index("ix_notice_unread_instance", "instance_id", sqlite_where=_UNREAD),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    key: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id"))
    facts: Mapped[Any] = mapped_column(Json)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Reminder(Base):
    """
    How far the reminders of one instance have come: the last one written, and the day of the next. `escalated_for`
    is the last on-time day that was missed so long that a leader was told; a new day agreed begins anew.
    """

    __tablename__ = "reminder"
    __table_args__ = (Index(None, "next_on"), STRICT)

    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True, autoincrement=False)
    stage: Mapped[int]
    told_on: Mapped[date]
    next_on: Mapped[date]
    escalated_for: Mapped[date | None]


class Mail(Base):
    """
    One letter to one person. `sending` is a claim that ends at `leased_until`; what became of a letter whose
    claim ended without a word is `unknown`, and it is not sent again unless somebody says so (`again`).
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("status IN ('queued', 'sending', 'sent', 'failed', 'unknown')", name="known_status"),
        UniqueConstraint("key"),
        Index(None, "status", "next_try_at"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str]
    status: Mapped[str]
    attempts: Mapped[int]
    again: Mapped[bool]
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str]


class MailNotice(Base):
    """Which letter carries a notice: at most one, whoever puts letters together at the same moment."""

    __tablename__ = "mail_notice"
    __table_args__ = (Index(None, "mail_id"), STRICT)

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True, autoincrement=False)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id"))


class MailChoice(Base):
    """How a person wants letters; who has no row gets one a day."""

    __tablename__ = "mail_choice"
    __table_args__ = (CheckConstraint("choice IN ('at_once', 'digest', 'none')", name="known_choice"), STRICT)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    choice: Mapped[str]


class Feed(Base):
    """
    A secret address of a calendar; only its SHA-256 is kept. Without a unit it is about all that its person
    answers for. What it shows is read anew with that person's rights of the day.
    """

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "person_id"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    token_hash: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
