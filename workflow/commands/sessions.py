"""Sign-in as rows on the server: a session ends for good at the next request of any node (P11)."""

from datetime import timedelta

from sqlalchemy import delete, insert, update

from workflow import audit
from workflow.engine import Work
from workflow.models import LoginFailure, Person, WebSession

SEEN_EVERY = timedelta(minutes=1)
FAILURES_KEPT = timedelta(hours=24)


def open_session(w: Work, *, token_hash: str) -> None:
    """A session of the acting person, proved just now."""
    w.db.execute(
        insert(WebSession).values(
            token_hash=token_hash,
            person_id=w.actor.person_id,
            created_at=w.now,
            last_seen=w.now,
            proof_at=w.now,
            ended_at=None,
        )
    )
    audit.note_access(w, "sign_in", "Đăng nhập", agency_id=w.actor.agency_id)


def end_session(w: Work, *, token_hash: str) -> None:
    w.db.execute(update(WebSession).where(WebSession.token_hash == token_hash).values(ended_at=w.now))
    audit.note_access(w, "sign_out", "Đăng xuất", agency_id=w.actor.agency_id)


def end_other_sessions(w: Work, *, token_hash: str) -> int:
    """All sessions of the acting person but this one; returns how many."""
    others = (WebSession.person_id == w.actor.person_id) & (WebSession.token_hash != token_hash)
    result = w.db.execute(
        update(WebSession).where(others, WebSession.ended_at.is_(None)).values(ended_at=w.now)
    )
    return result.rowcount


def mark_seen(w: Work, *, token_hash: str) -> None:
    """At most once a minute, in a Work of its own (decisions.md 31)."""
    w.db.execute(update(WebSession).where(WebSession.token_hash == token_hash).values(last_seen=w.now))


def prove_again(w: Work, *, token_hash: str) -> None:
    """The password was checked anew within this session."""
    w.db.execute(
        update(WebSession).where(WebSession.token_hash == token_hash).values(proof_at=w.now, last_seen=w.now)
    )
    audit.note_access(w, "prove", "Xác nhận lại mật khẩu", agency_id=w.actor.agency_id)


def record_failure(w: Work, *, subjects: tuple[str, ...], person_id: int | None) -> None:
    """
    Count a failed sign-in for each subject (account, address, both); old counts go.

    Of a known account the entry is its agency's, and names it, so that those who oversee the agency see it. What was
    typed and is no account's name stands nowhere: it may be a password in the wrong field.
    """
    w.db.execute(insert(LoginFailure), [{"subject": subject, "at": w.now} for subject in subjects])
    w.db.execute(delete(LoginFailure).where(LoginFailure.at < w.now - FAILURES_KEPT))
    facts: dict[str, object] = {"account_known": person_id is not None}
    agency_id = None
    if person_id is not None:
        person = w.directory.people[person_id]
        agency_id, facts["login"] = person.agency_id, person.login
    audit.note_access(w, "sign_in_failed", "Đăng nhập không được", agency_id=agency_id, facts=facts)


def forgive_failures(w: Work, *, subject: str) -> None:
    """A right password ends the count of its own account and address."""
    w.db.execute(delete(LoginFailure).where(LoginFailure.subject == subject))


def renew_hash(w: Work, *, person_id: int, password_hash: str) -> None:
    """The same password under newer parameters; no right changes, no session ends."""
    w.db.execute(update(Person).where(Person.id == person_id).values(password_hash=password_hash))
