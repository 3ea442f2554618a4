"""Who is away from when to when, and who was named to act meanwhile; ended early by a row of its own."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base


class Absence(Base):
    """Insert-only: another substitute or another day is an end and a new absence."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="dates_in_order"),
        CheckConstraint("substitute_id <> person_id", name="somebody_else"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str]
    set_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]


class AbsenceEnded(Base):
    """From `ended_on` on the person is back."""

    __tablename__ = "absence_ended"
    __table_args__ = (STRICT,)

    absence_id: Mapped[int] = mapped_column(ForeignKey("absence.id"), primary_key=True, autoincrement=False)
    ended_on: Mapped[date]
    ended_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime]
