"""Who is asking. The one place the web meets the engine."""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from flask import Flask, current_app, g, has_request_context, request
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from workflow import audit
from workflow.commands.sessions import SEEN_EVERY, end_session, mark_seen, open_session, prove_again
from workflow.engine import Asking, Engine, Identity, Work
from workflow.people import Actor, Agency
from workflow.queries.sessions import Arrival, Counts, counts_asked, counts_of

REMEMBERED = 10_000
_counted: dict[str, tuple[Asking, ...]] = {}
"""Of a session, what was counted with its last page: asked with the session itself, it is no round trip more."""


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The person of this request; `id` is the session's token, never the person's number."""

    id: str
    person_id: int
    proof_at: datetime
    actor: Actor
    agency: Agency
    now: datetime

    @cached_property
    def counts(self) -> Counts:
        """What waits for him and what he has not read; asked with the session where a page is sure to be drawn."""
        with engine().reading(Identity(rule="session")) as w:
            return counts_of(w, self.actor)

    @property
    def waiting(self) -> int:
        return self.counts.waiting


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # the row on the server decides, not the browser's name
    manager.user_loader(_load)
    app.teardown_request(lambda error: look_away())


def engine() -> Engine:
    return cast(Engine, current_app.extensions["engine"])


def signed_in() -> SignedIn:
    """The person himself, found once: each look through `current_user` finds him again. Only behind a closed route."""
    return cast(SignedIn, current_user._get_current_object())


def identity() -> Identity:
    """The person signed in, as the engine's door wants him."""
    user = signed_in()
    return Identity(
        person_id=user.person_id,
        proof_at=g.get("proved_at", user.proof_at),
        proved_here="proved_at" in g,
        channel="web",
        ip=request.remote_addr or "",
        user_agent=(request.user_agent.string or "")[:200],
        request_id=g.get("request_id", ""),
    )


@contextmanager
def work(*asking: Asking) -> Iterator[Work]:
    """`with work() as w:` is one transaction by the person signed in; `asking` is what it will ask first."""
    look_away()
    with engine().work(identity(), *asking) as w:
        yield w


@contextmanager
def reading() -> Iterator[Work]:
    """
    A read; it ends before the template renders. The first of a GET goes on in the moment in which the session was
    looked up: one snapshot, so that what stands around a page and the page speak of the same.
    """
    look: Look | None = g.pop("look", None)
    if look is None:
        with engine().reading(identity()) as w:
            yield w
    else:
        with look.end:
            yield look.seen_by(identity())


def look_away() -> None:
    """End the look of this request where no read took it over; before anything is written or rendered."""
    look: Look | None = g.pop("look", None)
    if look is not None:
        look.end.close()


@dataclass(frozen=True)
class Look:
    """The record as it was when the session was looked up; `end` ends it."""

    seen_by: Callable[[Identity], Work]
    end: ExitStack


def sign_in(person_id: int) -> None:
    """Open a session under a fresh token; whatever the cookie held before is dropped."""
    token = secrets.token_urlsafe(32)
    arriving = Identity(
        person_id=person_id, ip=request.remote_addr or "", user_agent=request.user_agent.string[:200]
    )
    with engine().work(arriving) as w:
        open_session(w, token_hash=token_hash(token))
    cookie.clear()
    user = _load(token)
    assert user is not None
    login_user(user)


def sign_out() -> None:
    with work() as w:
        end_session(w, token_hash=token_hash(current_user.get_id()))
    logout_user()
    cookie.clear()


def prove() -> None:
    """The password was just checked: this session's proof is fresh, for this request and the next."""
    with work() as w:
        prove_again(w, token_hash=token_hash(current_user.get_id()))
        g.proved_at = w.now


def note_access(action: str, label: str, *, agency_id: int | None = None, document_id: int | None = None,
                subject: str = "", facts: Mapping[str, Any] | None = None) -> None:  # fmt: skip
    """An access entry in a short Work of its own, after the page was read or the act rolled back."""
    with work() as w:
        audit.note_access(
            w,
            action,
            label,
            agency_id=agency_id or w.actor.agency_id,
            document_id=document_id,
            subject=subject,
            facts=facts,
        )


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _load(token: str) -> SignedIn | None:
    hashed = token_hash(token)
    getting = has_request_context() and request.method == "GET"
    arrival = Arrival(hashed, *(_counted.get(hashed, ()) if getting else ()))
    with ExitStack() as end:
        seen_by = end.enter_context(engine().looking(brief=not getting, first=arrival.version))
        w = seen_by(Identity(rule="session"))
        found = arrival.session(w)
        if found is None:
            return None
        actor = Identity(person_id=found.person_id).actor(w.directory, w.today)
        user = SignedIn(
            id=token,
            person_id=found.person_id,
            proof_at=found.proof_at,
            actor=actor,
            agency=w.directory.agencies[actor.agency_id],
            now=w.now,
        )
        stale = has_request_context() and user.now - found.last_seen > SEEN_EVERY
        if getting:
            vars(user)["counts"] = counts_of(w, actor)
            if len(_counted) >= REMEMBERED:
                _counted.clear()
            if actor.post_ids:
                _counted[hashed] = (counts_asked(actor),)
            if not stale:
                g.look = Look(seen_by, end.pop_all())
    if stale:
        with engine().work(Identity(rule="session")) as w:
            mark_seen(w, token_hash=hashed)
    return user
