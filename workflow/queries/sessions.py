"""Who a session belongs to, and how often a sign-in failed of late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.engine import Connection

from workflow.engine import Asking, Prepared, Work, ask_ahead
from workflow.models import DirectoryVersion, LoginFailure, Person, Waiting, WebSession
from workflow.people import Actor, StandIn
from workflow.queries.notices import unread_count
from workflow.queries.visibility import awaits, one_of

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
"""How long a session lives unused, and at all (decisions.md 19)."""


@dataclass(frozen=True)
class OpenSession:
    person_id: int
    last_seen: datetime
    proof_at: datetime


@dataclass(frozen=True)
class Counts:
    """Documents that wait for a person now, in any of his posts, and notices he has not seen (at most MANY)."""

    waiting: int = 0
    unread: int = 0


@dataclass(frozen=True)
class Account:
    person_id: int
    password_hash: str
    active: bool


_SESSION = Prepared(
    select(
        DirectoryVersion.version,
        WebSession.person_id,
        WebSession.last_seen,
        WebSession.proof_at,
        WebSession.created_at,
        Person.active,
    )
    .select_from(DirectoryVersion)
    .outerjoin(
        WebSession, and_(WebSession.token_hash == bindparam("token_hash"), WebSession.ended_at.is_(None))
    )
    .outerjoin(Person, Person.id == WebSession.person_id)
)
"""Asked with every request, so built once."""


class Arrival:
    """
    The session of a token, looked up in the statement with which a look at the record begins anyway. `asking` is what
    will be asked next if nothing has changed for it since the last time, said in vain otherwise (`ask_ahead`).
    """

    def __init__(self, token_hash: str, *asking: Asking) -> None:
        self._token_hash, self._asking = token_hash, asking
        self._found: tuple[Any, ...] | None = None

    def version(self, db: Connection) -> int:
        """Of the directory: what `Engine.looking` asks first."""
        values = {"token_hash": self._token_hash}
        if self._asking:
            ask_ahead(db, (_SESSION, values), *self._asking)
        row = _SESSION.row(db, values)
        self._found = row[1:] if row else None
        return row[0] if row else 0

    def session(self, w: Work) -> OpenSession | None:
        """If it still stands: not ended, not idle for an hour, not older than twelve, its person active."""
        if self._found is None:
            return None
        person_id, last_seen, proof_at, created_at, active = self._found
        if not active or w.now - last_seen > IDLE or w.now - created_at > LONGEST:
            return None
        return OpenSession(person_id, last_seen, proof_at)


def account_of(w: Work, login: str) -> Account | None:
    row = w.db.execute(
        select(Person.id, Person.password_hash, Person.active).where(Person.login == login)
    ).first()
    return Account(*row) if row else None


def failures(w: Work, subject: str, *, within: timedelta) -> int:
    statement = select(func.count()).where(LoginFailure.subject == subject, LoginFailure.at > w.now - within)
    return w.db.scalar(statement) or 0


def counts_of(w: Work, actor: Actor) -> Counts:
    """What the frame of every page counts, in one statement. Nothing for somebody without a post."""
    if not actor.post_ids:
        return Counts()
    statement, values = counts_asked(actor)
    row = statement.row(w.db, values)
    assert row is not None  # a count always has one
    return Counts(*row)


def counts_asked(actor: Actor) -> Asking:
    """What `counts_of` asks for somebody with a post."""
    return _counts(actor.person_id, actor.post_ids, actor.stands_for), {"person_id": actor.person_id}


@lru_cache(maxsize=1024)
def _counts(person_id: int, post_ids: frozenset[int], stands: tuple[StandIn, ...]) -> Prepared:
    mine = and_(
        one_of(Waiting.post_id, post_ids), or_(Waiting.person_id.is_(None), Waiting.person_id == person_id)
    )
    return Prepared(
        select(func.count(func.distinct(Waiting.document_id)), unread_count()).where(
            or_(mine, *(awaits(Waiting, stand) for stand in stands)), Waiting.left_at.is_(None)
        )
    )
