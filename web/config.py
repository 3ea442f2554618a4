"""Flask's own settings from ours: cookies, limits, the secret."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from workflow.settings import Settings

LARGEST_BODY = 3 * 1024 * 1024
"""Bytes: a text of two megabytes as a form field, and room for what it is wrapped in."""


LARGEST_UPLOAD = 21 * 1024 * 1024
"""Bytes: a file of twenty megabytes and what it is wrapped in; only routes that take one let it through."""


def init_app(app: Flask, settings: Settings, overrides: Mapping[str, object]) -> None:
    prefix = "__Host-" if settings.https else ""
    app.config.update(
        SECRET_KEY=settings.secret_key or _secret(settings.instance / "secret.key"),
        SESSION_COOKIE_NAME=f"{prefix}trinhky",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=5_000,
        TRUSTED_HOSTS=[host.strip() for host in settings.trusted_hosts.split(",") if host.strip()] or None,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.https,
        HTTPS=settings.https,
    )
    app.config.update(overrides)


def _secret(path: Path) -> str:
    """The key that signs cookies: made once, readable by its owner only. Several nodes share TRINHKY_SECRET_KEY."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    made = secrets.token_hex(32)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
    return made
