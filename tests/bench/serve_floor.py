"""Bare Flask with SQL by hand on waitress: `python -m tests.bench.serve_floor URL FOLDER`."""

import sys
import threading

from flask import Flask, redirect
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from waitress.server import create_server

from tests.bench.floor import PostgresqlFloor, SqliteFloor
from workflow.engine.database import wal_is_safe


def main() -> None:
    url = make_url(sys.argv[1])
    engine = create_engine(url)
    with engine.connect() as db:
        hung = db.scalar(text("SELECT id FROM person WHERE login = 'hung'"))
        post = db.scalar(text("SELECT min(id) FROM post"))
    app, own = Flask(__name__), threading.local()
    turn = threading.Lock()

    def floor() -> SqliteFloor | PostgresqlFloor:
        if not hasattr(own, "floor"):
            if url.drivername.startswith("sqlite"):
                journal, synchronous = ("WAL", "FULL") if wal_is_safe() else ("DELETE", "EXTRA")
                pragmas = (f"PRAGMA journal_mode={journal}", f"PRAGMA synchronous={synchronous}")
                own.floor = SqliteFloor(url.database or "", pragmas, {"hung": hung}, post)
            else:
                dsn = url.set(drivername="postgresql").render_as_string()
                own.floor = PostgresqlFloor(dsn, {"hung": hung}, post)
        found: SqliteFloor | PostgresqlFloor = own.floor
        return found

    @app.post("/approve/<int:document>")
    def approve(document: int) -> object:
        hand = floor()
        arguments = (document, 2, hung, "approve_content", "dept_review", "format_check", "")
        if isinstance(hand, SqliteFloor):
            with turn:
                hand.step(*arguments)
        else:
            row = hand.db.execute("SELECT head_hash FROM document WHERE id = %s", (document,)).fetchone()
            hand.heads[document] = bytes(row[0])
            hand.step(*arguments)
        return redirect("/list", 303)

    @app.get("/list")
    def listed() -> str:
        rows = floor().db.execute(
            "SELECT d.id, d.subject FROM waiting w JOIN document d ON d.id = w.document_id "
            "WHERE w.left_at IS NULL AND d.state = 'dept_review' ORDER BY w.since, w.id LIMIT 50"
        )
        return (
            "<ul>" + "".join(f"<li>{number} {subject}</li>" for number, subject in rows.fetchall()) + "</ul>"
        )

    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main()
