"""What a reader says to one paragraph of a text, and that it was settled. Written once, both."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base


class Remark(Base):
    """
    The words lie in the note of `entry_id` (they may lawfully be erased); here is only where they stand:
    the revision they were written on, the place of the paragraph in it, and the paragraph as it read then.
    `asked_id` names who is to answer, where it is a question to one person.
    """

    __tablename__ = "remark"
    __table_args__ = (Index(None, "document_id", "id"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    revision_no: Mapped[int]
    place: Mapped[str]
    quote: Mapped[str]
    must_settle: Mapped[bool]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class RemarkSettled(Base):
    """A remark that is done with: by whom, by which entry."""

    __tablename__ = "remark_settled"
    __table_args__ = (STRICT,)

    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    settled_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime]
