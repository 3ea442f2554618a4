"""Addresses of style sheet and script that change with their bytes and so may be cached for ever."""

import hashlib
import time
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for

STATIC = Path(__file__).with_name("static")
FOR_EVER = "public, max-age=31536000, immutable"


def _hash(name: str, stamp: int) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


_known = cache(_hash)


def version(name: str) -> str:
    """Eight hex digits of the file's SHA-256; read again only when the file's time changes, seen within a second."""
    return _known(name, _stamp(name, int(time.monotonic())))


@lru_cache(maxsize=16)
def _stamp(name: str, second: int) -> int:
    return (STATIC / name).stat().st_mtime_ns


def asset(name: str) -> str:
    """The address of `name` in `web/static`, with its version; FileNotFoundError if there is none."""
    return _address(request.script_root, name, version(name))


@cache
def _address(mount: str, name: str, version: str) -> str:
    return url_for("static", filename=name, v=version)


def _caching(response: Response) -> Response:
    """An address with the right version never changes its answer; every other one must be asked again."""
    if request.endpoint == "static" and response.status_code == 200:
        name = (request.view_args or {}).get("filename", "")
        right = request.args.get("v") == version(name)
        response.headers["Cache-Control"] = FOR_EVER if right else "no-cache"
    return response


def init_app(app: Flask) -> None:
    """Give templates `asset()` and static files their cache header."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_caching)
