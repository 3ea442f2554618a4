"""Help, and the few numbers by which a machine sees that the service is alive."""

import sqlite3

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.session import engine
from web.shortcuts import keep_keys
from workflow.engine import Identity
from workflow.queries.health import health_of


def show() -> ResponseReturnValue:
    return render_template("help/show.html")


def keys() -> ResponseReturnValue:
    return render_template("help/keys.html")


def switch_keys() -> ResponseReturnValue:
    """Single keys on or off in this browser; whatever else is asked for changes nothing."""
    wanted = request.form.get("phim")
    response = redirect(url_for(".keys"), 303)
    if wanted in ("bat", "tat"):
        keep_keys(response, on=wanted == "bat")
        flash("Đã bật phím tắt một phím." if wanted == "bat" else "Đã tắt phím tắt một phím.", "ok")
    return response


def health() -> ResponseReturnValue:
    """Open to all and says nothing about anybody: database, journal mode, size of the log."""
    with engine().reading(Identity(rule="health")) as w:
        found = health_of(w)
    told = {"status": "ok", "sqlite": sqlite3.sqlite_version, "journal": engine().database.journal}
    told["database"] = "sqlite" if engine().database.is_sqlite else "postgresql"
    return jsonify(told | found)
