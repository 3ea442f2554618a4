"""The register of outgoing documents (NĐ 30/2020, Điều 15, Phụ lục IV) and whom each was sent to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base


class NumberBook(Base):
    """One series: an agency, a year in Việt Nam, a group of types. Numbers run from `first_number`."""

    __tablename__ = "number_book"
    __table_args__ = (
        UniqueConstraint("agency_id", "year", "series"),
        CheckConstraint("last_number >= first_number - 1", name="counter"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    year: Mapped[int]
    series: Mapped[str]
    first_number: Mapped[int]
    last_number: Mapped[int]
    last_date: Mapped[date | None]


class RegisterRow(Base):
    """One number, given once and for ever, with the words of that moment."""

    __tablename__ = "register_row"
    __table_args__ = (
        UniqueConstraint("document_id"),
        UniqueConstraint("agency_id", "year", "reference_no"),
        STRICT,
    )

    book_id: Mapped[int] = mapped_column(ForeignKey("number_book.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    year: Mapped[int]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    reference_no: Mapped[str]
    dated: Mapped[date]
    doc_type: Mapped[str]
    subject: Mapped[str]
    signer_name: Mapped[str]
    recipients: Mapped[str]
    archive_unit: Mapped[str]
    given_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]


class RegisterVoid(Base):
    """A number that was voided: it stays in the register with its reason and is never used again."""

    __tablename__ = "register_void"
    __table_args__ = (STRICT,)

    book_id: Mapped[int] = mapped_column(ForeignKey("number_book.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    reason: Mapped[str]
    at: Mapped[datetime]


class Delivery(Base):
    """A recipient as it stood at issue; `unit_id` where it is one of ours."""

    __tablename__ = "delivery"
    __table_args__ = (Index(None, "document_id"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    name: Mapped[str]
    purpose: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    sent_at: Mapped[datetime]
