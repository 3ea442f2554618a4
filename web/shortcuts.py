"""Whether single keys move about (WCAG 2.1.4): a choice kept in the browser it is made in, for keyboards belong to it."""

from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

OFF = "tat"
KEPT = timedelta(days=400)
"""As long as browsers keep a cookie; every page with the switch renews nothing, so it is set anew after that."""


def keys_on() -> bool:
    return request.cookies.get(_name()) != OFF


def keep_keys(response: Response, *, on: bool) -> None:
    """On is the usual, so it is what no cookie says."""
    how = {
        "path": current_app.config["SESSION_COOKIE_PATH"] or "/",
        "secure": bool(current_app.config["SESSION_COOKIE_SECURE"]),
        "httponly": True,
        "samesite": "Lax",
    }
    if on:
        response.delete_cookie(_name(), **how)
    else:
        response.set_cookie(_name(), OFF, max_age=KEPT, **how)


def _name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}_phim"
