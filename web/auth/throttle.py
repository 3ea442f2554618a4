"""How many wrong passwords are enough; counted in the database, so that all nodes count together."""

from datetime import timedelta

from flask import request

from web.session import engine
from workflow.engine import Identity
from workflow.queries.sessions import failures

WINDOW = timedelta(minutes=15)
LIMITS = {"both": 5, "address": 60, "account": 50}
"""Failures in a window: of one account from one address, of one address, of one account from anywhere."""


def subjects(login: str) -> dict[str, str]:
    address = request.remote_addr or "?"
    return {"both": f"both:{login}|{address}", "address": f"address:{address}", "account": f"account:{login}"}


def is_throttled(login: str) -> bool:
    with engine().reading(Identity(rule="sign_in")) as w:
        return any(
            failures(w, subject, within=WINDOW) >= LIMITS[kind] for kind, subject in subjects(login).items()
        )
