"""
The floor: the same rows on the same tables by hand, with nothing around them.

One step loads the document, checks the role, changes the state under its version, and writes entry, approval,
waiting rows, notice, key and leaf. SQLite: plain statements in one transaction. PostgreSQL: one statement a step, its
writes in common table expressions, and the leaf by the server's own function in a second transaction, one more round
trip.
"""

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg

from tests.bench.life import STEPS
from workflow.log import merkle

APPROVES = {"approve_content": "content", "check_format": "format", "sign": "signature"}
ROLE = {"submit": "drafter", "return": "dept_head", "approve_content": "dept_head", "check_format": "format_checker",
        "sign": "deputy_director"}  # fmt: skip

WAITS, TOLD = {"dept_review": 2, "format_check": 2}, {"dept_review": 2, "format_check": 2}
"""Rows of `waiting` and of `notice` that a step into this state writes, one where it is not named (`steps.same_rows`)."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _body(
    document: int, version: int, step: str, source: str, target: str, prev: bytes, person: int, at: str
) -> bytes:
    said = {
        "v": 1, "stream": "act", "action": step, "at": at, "document": document, "version": version,
        "actor": {"id": person}, "prev": prev.hex(), "facts": {"from": source, "to": target},
        "after": {"state": target, "version": version, "digest": "0" * 64},
    }  # fmt: skip
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


ENTRY = (
    "INSERT INTO entry (agency_id, document_id, version, stream, action, at, person_id, unit_id, capacity, folded, "
    "body, hash) VALUES (1, {0}, {0}, 'act', {0}, {0}, {0}, 2, '', '', {0}, {0})"
)


class SqliteFloor:
    """One connection with the product's own pragmas."""

    def __init__(self, path: str, pragmas: tuple[str, ...], people: dict[str, int], post_id: int):
        self.db = sqlite3.connect(path, isolation_level=None, timeout=30)
        for pragma in pragmas:
            self.db.execute(pragma)
        self.people, self.post = people, post_id
        self.traces: tuple[str, ...] = ()  # what a browser leaves beside each entry

    def live(self, documents: list[int]) -> float:
        """Steps per second."""
        start = time.perf_counter()
        for document in documents:
            for version, (login, step, source, target, note) in enumerate(STEPS, 1):
                self.step(document, version, self.people[login], step, source, target, note)
        return len(documents) * len(STEPS) / (time.perf_counter() - start)

    def step(self, doc: int, seen: int, person: int, step: str, source: str, target: str, note: str) -> None:
        db, at = self.db, _now()
        db.execute("BEGIN IMMEDIATE")
        key = f"f-{step}-{seen}-{doc}"
        if db.execute("SELECT 1 FROM step_key WHERE person_id = ? AND key = ?", (person, key)).fetchone():
            raise RuntimeError("key")
        row = db.execute(
            "SELECT version, state, head_hash, round FROM document WHERE id = ?", (doc,)
        ).fetchone()
        held = db.execute(
            "SELECT p.roles FROM holding h JOIN post p ON p.id = h.post_id WHERE h.person_id = ?", (person,)
        ).fetchall()
        if row[:2] != (seen, source) or not any(ROLE[step] in roles for (roles,) in held):
            raise RuntimeError("refused")
        prev, round_ = row[2], row[3]
        body = _body(doc, seen + 1, step, source, target, prev, person, at)
        digest = hashlib.sha256(body).digest()
        done = db.execute(
            "UPDATE document SET state = ?, version = version + 1, round = ?, state_since = ?, head_hash = ?, "
            "last_at = ? WHERE id = ? AND version = ? AND state = ?",
            (target, round_ + (step == "return"), at, digest, at, doc, seen, source),
        )
        if done.rowcount != 1:
            raise RuntimeError("stale")
        entry = db.execute(ENTRY.format("?"), (doc, seen + 1, step, at, person, body, digest)).lastrowid
        if note:
            db.execute("INSERT INTO entry_note VALUES (?, 'note', ?, ?)", (entry, digest, note))
        if self.traces:
            beside = [(entry, kind, digest, kind) for kind in self.traces]
            db.executemany("INSERT INTO entry_note VALUES (?, ?, ?, ?)", beside)
        if kind := APPROVES.get(step):
            db.execute(
                "INSERT INTO approval (document_id, entry_id, kind, step, from_state, round, revision_no, digest, "
                "signature_digest, meaning, person_id, person_name, title, capacity, lines, basis, definition_hash, "
                "needs, at) VALUES (?, ?, ?, ?, ?, ?, 1, '', '', '', ?, '', '', '', '[]', '', '', '[]', ?)",
                (doc, entry, kind, step, source, round_, person, at),
            )
        db.execute("UPDATE waiting SET left_at = ? WHERE document_id = ? AND left_at IS NULL", (at, doc))
        db.executemany(
            "INSERT INTO waiting (agency_id, document_id, post_id, person_id, state, since, left_at) "
            "VALUES (1, ?, ?, NULL, ?, ?, NULL)",
            [(doc, self.post + number, target, at) for number in range(WAITS.get(target, 1))],
        )
        db.execute("UPDATE notice SET read_at = ? WHERE document_id = ? AND read_at IS NULL", (at, doc))
        db.executemany(
            "INSERT INTO notice (agency_id, person_id, kind, key, document_id, facts, created_at) "
            "VALUES (1, ?, 'waits', ?, ?, '{}', ?)",
            [(person, f"f-{doc}-{seen}-{number}", doc, at) for number in range(TOLD.get(target, 1))],
        )
        db.execute("INSERT INTO step_key VALUES (?, ?, ?, '{}', ?)", (person, key, digest.hex(), at))
        size, stored = db.execute("SELECT size, frontier FROM log_head").fetchone()
        frontier = merkle.Frontier.from_bytes(stored)
        nodes = b"".join(frontier.append(merkle.leaf_hash(digest)))
        db.execute("INSERT INTO leaf VALUES (?, ?, ?, ?)", (size, entry, nodes, at))
        db.execute(
            "UPDATE log_head SET size = ?, frontier = ?, last_at = ?", (size + 1, frontier.to_bytes(), at)
        )
        db.execute("COMMIT")


ONE_STATEMENT = """
WITH d AS (
  UPDATE document SET state = %(target)s, version = version + 1, round = round + %(more)s, state_since = %(at)s,
    head_hash = %(hash)s, last_at = %(at)s
  WHERE id = %(doc)s AND version = %(seen)s AND state = %(source)s AND EXISTS (
    SELECT 1 FROM holding h JOIN post p ON p.id = h.post_id
    WHERE h.person_id = %(person)s AND p.roles LIKE %(role)s)
  RETURNING id, round
), e AS (
  INSERT INTO entry (agency_id, document_id, version, stream, action, at, person_id, unit_id, capacity, folded,
    body, hash)
  SELECT 1, id, %(seen)s + 1, 'act', %(step)s, %(at)s, %(person)s, 2, '', '', %(body)s, %(hash)s FROM d
  RETURNING id, hash, at
), n AS (
  INSERT INTO entry_note SELECT id, 'note', %(hash)s, %(note)s FROM e WHERE %(note)s <> ''
), b AS (
  INSERT INTO entry_note SELECT id, kind, %(hash)s, kind FROM e, unnest(%(traces)s::text[]) AS kind
), a AS (
  INSERT INTO approval (document_id, entry_id, kind, step, from_state, round, revision_no, digest, signature_digest,
    meaning, person_id, person_name, title, capacity, lines, basis, definition_hash, needs, at)
  SELECT d.id, e.id, %(kind)s, %(step)s, %(source)s, d.round, 1, '', '', '', %(person)s, '', '', '', '[]', '', '', '[]',
    %(at)s FROM d, e WHERE %(kind)s <> ''
), w AS (
  UPDATE waiting SET left_at = %(at)s WHERE document_id = %(doc)s AND left_at IS NULL AND EXISTS (SELECT 1 FROM d)
), v AS (
  INSERT INTO waiting (agency_id, document_id, post_id, person_id, state, since, left_at)
  SELECT 1, id, post, NULL, %(target)s, %(at)s, NULL
  FROM d, generate_series(%(post)s::bigint, %(last_post)s::bigint) AS post
), x AS (
  UPDATE notice SET read_at = %(at)s WHERE document_id = %(doc)s AND read_at IS NULL AND EXISTS (SELECT 1 FROM d)
), t AS (
  INSERT INTO notice (agency_id, person_id, kind, key, document_id, facts, created_at)
  SELECT 1, %(person)s, 'waits', %(key)s || number, id, '{}', %(at)s FROM d, generate_series(1, %(told)s::int) AS number
), k AS (
  INSERT INTO step_key SELECT %(person)s, %(key)s, %(hex)s, '{}', %(at)s FROM d
), u AS (
  INSERT INTO unsealed SELECT id, hash, at FROM e
)
SELECT id FROM e
"""


SEAL = "SELECT set_config('synchronous_commit', 'off', true) FROM seal_waiting(%s)"


class PostgresqlFloor:
    """One connection; each entry is put into the tree in a second transaction, as by the product."""

    def __init__(self, dsn: str, people: dict[str, int], post_id: int):
        self.db = psycopg.connect(dsn, autocommit=True)
        self.people, self.post = people, post_id
        self.traces: tuple[str, ...] = ()
        self.heads: dict[int, bytes] = {}

    def live(self, documents: list[int]) -> float:
        """Steps per second."""
        steps = self.steps_of(documents)
        start = time.perf_counter()
        for _ in steps:
            pass
        return len(documents) * len(STEPS) / (time.perf_counter() - start)

    def steps_of(self, documents: list[int]) -> Iterator[None]:
        """One at a time."""
        rows = self.db.execute(
            "SELECT id, head_hash FROM document WHERE id = ANY(%s)", (documents,)
        ).fetchall()
        self.heads |= {doc: bytes(head) for doc, head in rows}
        return self._steps(documents)

    def _steps(self, documents: list[int]) -> Iterator[None]:
        for document in documents:
            for version, (login, step, source, target, note) in enumerate(STEPS, 1):
                self.step(document, version, self.people[login], step, source, target, note)
                yield

    def step(self, doc: int, seen: int, person: int, step: str, source: str, target: str, note: str) -> None:
        at = _now()
        body = _body(doc, seen + 1, step, source, target, self.heads[doc], person, at)
        digest = hashlib.sha256(body).digest()
        values: dict[str, Any] = {
            "doc": doc, "seen": seen, "person": person, "step": step, "source": source, "target": target, "at": at,
            "note": note, "body": body, "hash": digest, "hex": digest.hex(), "more": int(step == "return"),
            "role": f'%"{ROLE[step]}"%', "kind": APPROVES.get(step, ""), "post": self.post,
            "key": f"f-{step}-{seen}-{doc}", "last_post": self.post + WAITS.get(target, 1) - 1,
            "told": TOLD.get(target, 1), "traces": list(self.traces),
        }  # fmt: skip
        row = self.db.execute(ONE_STATEMENT, values).fetchone()
        if row is None:
            raise RuntimeError("refused or stale")
        self.heads[doc] = digest
        self.db.execute(SEAL, (at,))
