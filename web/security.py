"""Every route is closed unless it is listed here; every answer carries the headers; every POST its token."""

import logging
import secrets

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf

from web.typed import NUL

OPEN = frozenset({"static", "auth.sign_in", "auth.home", "help.health", "notices.feed"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

SEALED_OFF = "default-src 'none'; sandbox"
"""Instead of POLICY for a file that comes down: whatever it holds, it runs nothing and has no origin of ours."""

log = logging.getLogger("trinhky.web")


TOKENS = 10_000
"""Sessions whose token is kept written out, a few hundred bytes each."""


def init_app(app: Flask) -> None:
    CSRFProtect(app)
    # In place of the library's own, which it gives the same two ways: to imported macros, and to pages.
    app.jinja_env.globals["csrf_token"] = _token
    app.context_processor(lambda: {"csrf_token": _token})

    @app.before_request
    def close() -> ResponseReturnValue | None:
        g.request_id = secrets.token_hex(4)
        if NUL in request.path:  # no database keeps that sign, so nothing is called by it
            abort(404)
        if request.endpoint is None or request.endpoint in OPEN or current_user.is_authenticated:
            return None
        if request.method not in ("GET", "HEAD"):
            return redirect(url_for("auth.sign_in", het_phien=1), 303)
        wanted = request.full_path if request.query_string else request.path
        return redirect(url_for("auth.sign_in", toi=wanted), 303)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        if app.config["HTTPS"]:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response


_tokens: dict[tuple[str, str], str] = {}


def _token() -> str:
    """
    This session's token as its forms carry it, signed once: it says the same on every page, and has no time limit
    but the session's own.
    """
    raw, key = session.get("csrf_token"), str(current_app.secret_key)
    if not isinstance(raw, str):
        return generate_csrf()
    found = _tokens.get((key, raw))
    if found is None:
        if len(_tokens) >= TOKENS:
            _tokens.clear()
        found = _tokens[key, raw] = generate_csrf()
    return found
