"""
Bare Flask with SQL by hand on waitress: `python -m tests.bench.serve_floor URL FOLDER`.

The list reads the rows that the product's page shows (performance.md: the floor does the same rows and nothing
else): fifty waiting documents with drafter and unit, their approvals, and of the first one the text and the
events; they are written out plainly. Each request reads the row of a session, each list the two counts that
stand around a page. No token, no rights, no explanations.
"""

import json
import sys
import threading
from collections.abc import Iterator
from html import escape

from flask import Flask, redirect
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from waitress.server import create_server

from tests.bench.floor import PostgresqlFloor, SqliteFloor
from tests.bench.http import SESSION_OF_FLOOR
from workflow.engine.database import wal_is_safe

WAITING = (
    "SELECT d.id, d.subject, d.state, d.version, d.digest, d.field, d.state_since, d.reference_no, p.name, u.name, "
    "s.name, w.since FROM waiting w JOIN document d ON d.id = w.document_id JOIN person p ON p.id = d.drafter_id "
    "JOIN unit u ON u.id = d.unit_id LEFT JOIN person s ON s.id = d.signer_id "
    "WHERE w.left_at IS NULL AND d.state = 'dept_review' ORDER BY w.since, w.id LIMIT 50"
)
APPROVALS = (
    "SELECT document_id, kind, person_name, title, capacity, digest, at FROM approval WHERE document_id {0}"
)
TEXT = (
    "SELECT r.content FROM revision r JOIN document d "
    "ON d.id = r.document_id AND d.revision_no = r.no WHERE d.id = {0}"
)
SESSION = (
    "SELECT s.person_id, s.last_seen, s.proof_at, s.created_at FROM web_session s JOIN person p ON p.id = s.person_id "
    "WHERE s.token_hash = {0} AND s.ended_at IS NULL AND p.active = 1"
)
COUNTS = (
    "SELECT (SELECT count(*) FROM waiting w JOIN holding h ON h.post_id = w.post_id AND h.person_id = p.id "
    "WHERE w.left_at IS NULL), (SELECT count(*) FROM notice n WHERE n.person_id = p.id AND n.read_at IS NULL) "
    "FROM person p WHERE p.id = {0}"
)
EVENTS = "SELECT id, action, at, body FROM entry WHERE document_id = {0} AND stream = 'act' ORDER BY id"


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
            own.floor.traces = ("ip", "user_agent")
        found: SqliteFloor | PostgresqlFloor = own.floor
        return found

    def session() -> int:
        mark = "?" if isinstance(floor(), SqliteFloor) else "%s"
        found = floor().db.execute(SESSION.format(mark), (SESSION_OF_FLOOR,)).fetchone()
        person: int = found[0]
        return person

    @app.post("/approve/<int:document>")
    def approve(document: int) -> object:
        hand = floor()
        session()
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
        db, mark = floor().db, "?" if isinstance(floor(), SqliteFloor) else "%s"
        counted = db.execute(COUNTS.format(mark), (session(),)).fetchone()
        rows = db.execute(WAITING).fetchall()
        ids = [row[0] for row in rows]
        among = "IN (SELECT value FROM json_each(?))" if mark == "?" else "= ANY(%s)"
        approvals = db.execute(APPROVALS.format(among), (json.dumps(ids) if mark == "?" else ids,)).fetchall()
        content = db.execute(TEXT.format(mark), (ids[0],)).fetchone()[0]
        events = db.execute(EVENTS.format(mark), (ids[0],)).fetchall()
        lines = [
            _line(counted),
            *map(_line, rows),
            *map(_line, approvals),
            *_words(json.loads(bytes(content))),
        ]
        lines += [_line((*event[:3], json.loads(bytes(event[3]))["action"])) for event in events]
        return f"<ul>{''.join(lines)}</ul>"

    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    print(server.effective_port, flush=True)
    server.run()


def _line(values: tuple[object, ...]) -> str:
    return f"<li>{escape(' '.join(map(str, values)))}</li>"


def _words(part: object) -> Iterator[str]:
    """Every text of the stored document, as it stands there."""
    if isinstance(part, str):
        yield f"<p>{escape(part)}</p>"
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _words(inner)


if __name__ == "__main__":
    main()
