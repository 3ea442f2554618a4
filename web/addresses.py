"""Addresses of pages within this site, written once: a list names the same ones with every drawing."""

from typing import Any

from flask import Flask, current_app, request, url_for

MOST = 20_000
"""Kept at most; some hundred bytes each."""

PLAIN = (str, int, type(None))
"""Equal only where they are written alike; a list, a flag or a fraction is asked anew."""


def init_app(app: Flask) -> None:
    """`url_for` of the templates."""
    app.jinja_env.globals["url_for"] = address


def address(endpoint: str, **values: Any) -> str:
    """
    `url_for` of a whole endpoint. It depends on where the site is mounted and on these values alone: no address of
    ours takes a part of the one that is being asked.
    """
    if not all(type(value) in PLAIN for value in values.values()) or "_external" in values:
        return url_for(endpoint, **values)
    known: dict[object, str] = current_app.extensions.setdefault("addresses", {})
    key = (request.script_root, endpoint, *values.items())
    found = known.get(key)
    if found is None:
        if len(known) >= MOST:
            known.clear()
        found = known[key] = url_for(endpoint, **values)
    return found
