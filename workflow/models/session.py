"""Sign-in on the server's side: sessions, failed attempts, and what the installation knows of itself."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflow.models.base import COUNTED, STRICT, Base


class WebSession(Base):
    """`token_hash` is SHA-256 of the cookie's token: a copy of the table opens no session."""

    __tablename__ = "web_session"
    __table_args__ = (Index(None, "person_id"), STRICT)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime]
    proof_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LoginFailure(Base):
    """Failed sign-ins, counted by all nodes together."""

    __tablename__ = "login_failure"
    __table_args__ = (Index(None, "subject", "at"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    at: Mapped[datetime]


class Fact(Base):
    """A fact about this installation: demo or not, its origin, its secret."""

    __tablename__ = "fact"
    __table_args__ = (STRICT,)

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
