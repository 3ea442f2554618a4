"""Letters as they stand: one with all it carries, how many are in which state, which need somebody's eye."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from workflow.engine import Work
from workflow.errors import NotYourStep
from workflow.models import Mail, MailChoice, MailNotice, Notice, Person
from workflow.queries.notices import Told, as_told, told

STATUSES = ("queued", "sending", "sent", "failed", "unknown")
CHOICES = ("digest", "at_once", "none")


@dataclass(frozen=True)
class Letter:
    """What is to be written to one person. `address` is empty where he has none by now, or was deactivated."""

    mail_id: int
    key: str
    again: bool
    at: datetime
    person_name: str
    address: str
    agency_name: str
    parent_name: str
    notices: tuple[Told, ...]


@dataclass(frozen=True)
class Stuck:
    """A letter that did not get through, or of which nobody knows."""

    mail_id: int
    person_name: str
    login: str
    status: str
    attempts: int
    error: str
    created_at: datetime


@dataclass(frozen=True)
class Wish:
    """How somebody wants letters; `address` is empty where none is known."""

    address: str
    choice: str


def letter_of(w: Work, mail_id: int) -> Letter:
    """Three statements. KeyError-free: a letter's person is in the directory."""
    row = w.db.execute(
        select(Mail.key, Mail.again, Person.id, Person.name, Person.email, Person.active, Person.agency_id)
        .join(Person, Person.id == Mail.person_id)
        .where(Mail.id == mail_id)
    ).one()
    notices = w.db.execute(
        told()
        .join(MailNotice, MailNotice.notice_id == Notice.id)
        .where(MailNotice.mail_id == mail_id)
        .order_by(Notice.id)
    ).all()
    agency = w.directory.agencies[row.agency_id]
    return Letter(
        mail_id=mail_id,
        key=row.key,
        again=row.again,
        at=w.now,
        person_name=row.name,
        address=(row.email or "") if row.active else "",
        agency_name=agency.name,
        parent_name=agency.parent_name,
        notices=tuple(as_told(notices)),
    )


def mail_counts(w: Work) -> dict[str, int]:
    """How many letters are in each state; all of them named, also those with none."""
    rows = w.db.execute(select(Mail.status, func.count()).group_by(Mail.status)).all()
    found = {status: count for status, count in rows}
    return {status: found.get(status, 0) for status in STATUSES}


def stuck(w: Work, *, agency_id: int | None = None, most: int = 50) -> list[Stuck]:
    """The newest that failed or are unknown, of one agency or of all."""
    statement = (
        select(Mail.id, Person.name, Person.login, Mail.status, Mail.attempts, Mail.error, Mail.created_at)
        .join(Person, Person.id == Mail.person_id)
        .where(Mail.status.in_(["failed", "unknown"]))
        .order_by(Mail.id.desc())
        .limit(most)
    )
    if agency_id is not None:
        statement = statement.where(Person.agency_id == agency_id)
    return [Stuck(*row) for row in w.db.execute(statement)]


def refuse_unless_admin(w: Work) -> None:
    """Whose letters got stuck is for administrators to see; NotYourStep for everybody else."""
    if w.actor.has("admin") is None:
        raise NotYourStep("mail", ("admin",))


def wish_of(w: Work, person_id: int) -> Wish:
    row = w.db.execute(
        select(Person.email, MailChoice.choice)
        .outerjoin(MailChoice, MailChoice.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    return Wish(row.email or "", row.choice or "digest")
