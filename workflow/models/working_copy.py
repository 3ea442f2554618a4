"""What a person is typing and has not saved: his alone, erased when he saves, in no entry and no digest."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import STRICT, Base, Json


class WorkingCopy(Base):
    """`document_id` 0 is the document that does not exist yet. `fields` are the values of the form as typed."""

    __tablename__ = "working_copy"
    __table_args__ = (STRICT,)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    fields: Mapped[Any] = mapped_column(Json)
    kept_at: Mapped[datetime]
