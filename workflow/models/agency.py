"""Agencies, their units and posts, the people in them, and their dated rights."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, Base, Json


class Agency(Base):
    __tablename__ = "agency"
    __table_args__ = (UniqueConstraint("code"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    printed_name: Mapped[str]
    parent_name: Mapped[str]
    printed_parent: Mapped[str]
    symbol: Mapped[str]
    place: Mapped[str]
    regime: Mapped[str]
    head_title: Mapped[str]
    deputy_title: Mapped[str]
    body: Mapped[str]
    aggregator: Mapped[str]
    aliases: Mapped[Any] = mapped_column(Json)
    settings: Mapped[Any] = mapped_column(Json)
    fields: Mapped[Any] = mapped_column(Json)
    groups: Mapped[Any] = mapped_column(Json)
    outside: Mapped[Any] = mapped_column(Json)


class Unit(Base):
    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("agency_id", "code"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    code: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    symbol: Mapped[str]
    kind: Mapped[str]
    tags: Mapped[Any] = mapped_column(Json)
    fields: Mapped[Any] = mapped_column(Json)
    aliases: Mapped[Any] = mapped_column(Json)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))


class Post(Base):
    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("agency_id", "code"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[str]
    title: Mapped[str]
    roles: Mapped[Any] = mapped_column(Json)


class Person(Base):
    """Deactivated, never deleted. `password_hash` is empty until a password was set; `email` may be unknown."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("login"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str]
    login: Mapped[str]
    password_hash: Mapped[str]
    email: Mapped[str | None]
    active: Mapped[bool]
    created_at: Mapped[datetime]


class Holding(Base):
    __tablename__ = "holding"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    basis: Mapped[str]
    covers_from: Mapped[date | None]
    covers_to: Mapped[date | None]


class Authority(Base):
    """A right to sign. TUQ. must end (NĐ 30 Điều 13 khoản 3)."""

    __tablename__ = "authority"
    __table_args__ = (
        CheckConstraint("kind IN ('KT', 'TL', 'TL_KT', 'TUQ', 'Q')", name="known_kind"),
        CheckConstraint("kind <> 'TUQ' OR valid_to IS NOT NULL", name="tuq_must_end"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    fields: Mapped[Any] = mapped_column(Json)
    doc_types: Mapped[Any] = mapped_column(Json)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    base_document: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    revoked_on: Mapped[date | None]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
