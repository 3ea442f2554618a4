"""Help, and the few numbers by which a machine sees that the service is alive."""

import sqlite3

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from web.session import engine
from workflow.engine import Identity
from workflow.queries.health import health_of

bp = Blueprint("help", __name__)


@bp.get("/tro-giup")
def show() -> ResponseReturnValue:
    return render_template("help/show.html")


@bp.get("/phim-tat")
def keys() -> ResponseReturnValue:
    return render_template("help/keys.html")


@bp.get("/suc-khoe")
def health() -> ResponseReturnValue:
    """Open to all and says nothing about anybody: database, journal mode, size of the log."""
    with engine().reading(Identity(rule="health")) as w:
        found = health_of(w)
    told = {"status": "ok", "sqlite": sqlite3.sqlite_version, "journal": engine().database.journal}
    told["database"] = "sqlite" if engine().database.is_sqlite else "postgresql"
    return jsonify(told | found)
