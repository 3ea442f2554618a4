"""The tasks of issued plans, one row for each unit and time it is due, and what its people noted on them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base


class TasksOpened(Base):
    """That the tasks of this plan were made into rows; a plan without any task is looked at only once."""

    __tablename__ = "tasks_opened"
    __table_args__ = (STRICT,)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    opened_on: Mapped[date]


class Task(Base):
    """
    One task of the text, of one unit that leads it, at one time it is due: the group of the text, expanded at issue,
    kept as that snapshot. `place` is its position among the tasks of the text. Without `last_day` it is never
    overdue; without `starts_on` it waits for the event that its time speaks of. No state is stored.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("document_id", "place", "unit_id", "period"),
        Index(None, "unit_id", "last_day"),
        Index(None, "handed_over_to"),
        Index(None, "kind", "year"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    place: Mapped[int]
    ref: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    time_words: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    handed_over_to: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    period: Mapped[str]
    year: Mapped[int | None]
    starts_on: Mapped[date | None]
    last_day: Mapped[date | None]
    opened_on: Mapped[date | None]
    opened_by_document: Mapped[str | None]


class TaskProgress(Base):
    """
    How a task stands, as somebody of its unit said. The words lie in the note of `entry_id`, for they may lawfully be
    erased; the file was brought to the plan, so that whoever reads the plan may read it.
    """

    __tablename__ = "task_progress"
    __table_args__ = (
        CheckConstraint("stands IN ('not_started', 'running', 'done')", name="known_stand"),
        Index(None, "task_id", "id"),
        Index(None, "document_id"),
        COUNTED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    stands: Mapped[str]
    figure: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    noted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime]
