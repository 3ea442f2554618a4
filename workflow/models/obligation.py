"""Reporting duties of issued plans, and one instance for each unit and period."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base, Json


class Obligation(Base):
    """
    A duty as the plan's text states it, active from issue. Tier 1 units owe the office; tier 2 the agency
    owes another body. `needs_date` until somebody resolves a date that the text only refers to.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        CheckConstraint("tier IN (1, 2)", name="known_tier"),
        CheckConstraint("status IN ('active', 'needs_date', 'ad_hoc')", name="known_status"),
        Index(None, "document_id"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    ref: Mapped[str]
    tier: Mapped[int]
    feeds_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    reporter: Mapped[str]
    receiver: Mapped[str]
    via: Mapped[str]
    recurrence: Mapped[str]
    inclusive: Mapped[bool]
    due_month: Mapped[Any] = mapped_column(Json, nullable=True)
    due_day: Mapped[Any] = mapped_column(Json, nullable=True)
    by_reference: Mapped[bool]
    embedded_in: Mapped[str]
    raw: Mapped[str]
    status: Mapped[str]
    resolved_by_document: Mapped[str]
    active_from: Mapped[date]


class Owed(Base):
    """A unit that owes a duty: the group of the text, expanded at issue, kept as that snapshot."""

    __tablename__ = "owed"
    __table_args__ = (STRICT,)

    obligation_id: Mapped[int] = mapped_column(
        ForeignKey("obligation.id"), primary_key=True, autoincrement=False
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, autoincrement=False)


class HandedOver(Base):
    """That a unit which ended owes a duty no more, and which unit owes it since."""

    __tablename__ = "handed_over"
    __table_args__ = (STRICT,)

    obligation_id: Mapped[int] = mapped_column(
        ForeignKey("obligation.id"), primary_key=True, autoincrement=False
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, autoincrement=False)
    heir_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))


class Instance(Base):
    """
    One duty of one unit in one period. Stored is what a person decided about it (waived, handed over, fulfilled by
    which document). `extended_to` is a day agreed for a report that must be sent again; whether it was late is still
    judged by `last_on_time`. `stands` and `came_late` follow from the reports, and are written by `restanding` only.
    """

    __tablename__ = "instance"
    __table_args__ = (
        UniqueConstraint("obligation_id", "unit_id", "period"),
        Index(None, "unit_id", "last_on_time"),
        Index(None, "agency_id", "year"),
        Index("ix_instance_standing", "obligation_id", "year", "handed_over_to", "period", "opens_on", "last_on_time",
              "stands", "came_late", "unit_id"),
        CheckConstraint(
            "stands IN ('not_started', 'drafting', 'returned', 'submitted', 'accepted', 'fulfilled', 'waived')",
            name="known_standing",
        ),
        COUNTED,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    period: Mapped[str]
    data_from: Mapped[date]
    data_to: Mapped[date]
    opens_on: Mapped[date]
    last_on_time: Mapped[date]
    waived_reason: Mapped[str | None]
    waived_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handed_over_to: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    fulfilled_at: Mapped[datetime | None]
    fulfilled_reference: Mapped[str | None]
    extended_to: Mapped[date | None]
    extended_reason: Mapped[str | None]
    stands: Mapped[str] = mapped_column(server_default="not_started")
    came_late: Mapped[bool] = mapped_column(server_default="0")


class ReportPeriod(Base):
    """Which instances a report answers; many to many (decisions.md 24)."""

    __tablename__ = "report_period"
    __table_args__ = (Index(None, "instance_id"), STRICT)

    report_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True, autoincrement=False)


class NumberedReport(Base):
    """
    The paper a unit with a seal of its own signed and sealed: its own number and day, its PDF among the files of the
    report. A later row stands in the place of an earlier one.
    """

    __tablename__ = "numbered_report"
    __table_args__ = (Index(None, "document_id", "id"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    reference_no: Mapped[str]
    dated: Mapped[date]
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
