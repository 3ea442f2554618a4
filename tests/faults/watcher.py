"""What must hold after every act, asked of the database itself and computed here once more."""

import hashlib
import json
from collections import Counter
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.faults.model import Paper
from workflow.engine import Engine, Identity
from workflow.verification import rebuild, verify


class Violated(AssertionError):
    """An invariant that does not hold. `invariant` is its sentence."""

    def __init__(self, invariant: str, said: object = ""):
        super().__init__(f"{invariant}: {said}")
        self.invariant = invariant


def must(holds: object, invariant: str, said: object = "") -> None:
    if not holds:
        raise Violated(invariant, said)


AFTER = {
    "state": "state", "version": "version", "round": "round", "revision": "revision_no", "digest": "digest",
    "signer": "signer_id", "signed_by": "signed_by", "numbered_by": "numbered_by", "reference_no": "reference_no",
    "returned_to": "returned_to", "sealed": "sealed", "void_requested": "void_requested",
}  # fmt: skip
MAKING = {"create", "edit", "import", "approve_content", "submit_own", "check_format"}

ENTRIES = """SELECT e.id, e.document_id, e.version, e.action, e.person_id, e.at, e.body, e.hash, l.position, l.nodes
FROM entry e LEFT JOIN leaf l ON l.entry_id = e.id WHERE e.id > :last ORDER BY e.id"""
DOCUMENTS = "SELECT * FROM document ORDER BY id"
APPROVALS = """SELECT a.id, a.document_id, a.kind, a.step, a.round, a.digest, a.person_id, w.approval_id AS withdrawn
FROM approval a LEFT JOIN withdrawal w ON w.approval_id = a.id ORDER BY a.id"""
BOOKS = "SELECT id, year, series, first_number, last_number FROM number_book ORDER BY id"
NUMBERS = (
    "SELECT book_id, number, document_id, reference_no, given_at FROM register_row ORDER BY book_id, number"
)


class Watcher:
    """Follows one record from its beginning; every call of `look` reads what is new and checks all of it."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._last = 0
        self._at = ""
        self._peaks: list[tuple[int, bytes]] = []
        self._size = 0
        self._heads: dict[int, tuple[bytes, int]] = {}
        self._after: dict[int, dict[str, Any]] = {}
        self._makers: dict[int, set[int]] = {}
        self.people: dict[str, int] = {}
        self.look([], None)

    def look(self, papers: list[Paper], written: int | None) -> None:
        """`written`: how many entries there must be since the last look; None where it does not matter."""
        with self._engine.database.read.begin() as db:
            entries = db.execute(text(ENTRIES), {"last": self._last}).all()
            documents = {row.id: row for row in db.execute(text(DOCUMENTS))}
            approvals = db.execute(text(APPROVALS)).all()
            books = db.execute(text(BOOKS)).all()
            numbers = db.execute(text(NUMBERS)).all()
            head = db.execute(text("SELECT size, last_at FROM log_head")).one()
        if written is not None:
            must(
                len(entries) == written,
                "a change leaves exactly one entry, a refusal none",
                f"{len(entries)} entries",
            )
        for entry in entries:
            self._new_entry(entry)
        must(head.size == self._size, "every entry is sealed in the tree, once", (head.size, self._size))
        for paper in papers:
            self._state(paper, documents[paper.id])
        self._approvals(papers, documents, approvals)
        self._signers(documents)
        self._numbers(documents, books, numbers)

    def _new_entry(self, entry: Any) -> None:
        body = bytes(entry.body)
        said = json.loads(body)
        digest = hashlib.sha256(b"trinhky/entry/1\0" + body).digest()
        must(digest == bytes(entry.hash), "an entry's hash is the hash of its bytes", entry.id)
        must(
            entry.at >= self._at and said["at"] == entry.at,
            "entry times never decrease",
            (entry.at, self._at),
        )
        must(
            entry.position == self._size,
            "every entry is sealed in the tree, once",
            (entry.id, entry.position),
        )
        nodes = self._grow(hashlib.sha256(b"\0" + digest).digest())
        must(bytes(entry.nodes) == nodes, "the tree is the tree over the entries", entry.position)
        if entry.document_id is not None:
            prev, version = self._heads.get(entry.document_id, (bytes(32), 0))
            must(said["prev"] == prev.hex(), "each entry holds the hash of the one before", entry.id)
            must(said["version"] == entry.version == version + 1, "a step consumes a version", entry.id)
            self._heads[entry.document_id] = (digest, entry.version)
            self._after.setdefault(entry.document_id, {}).update(said["after"])
            if entry.action in MAKING:
                self._makers.setdefault(entry.document_id, set()).add(entry.person_id)
        self._last, self._at = entry.id, entry.at

    def _grow(self, leaf: bytes) -> bytes:
        completed, level = [], 0
        self._size += 1
        while self._peaks and self._peaks[-1][0] == level:
            leaf = hashlib.sha256(b"\1" + self._peaks.pop()[1] + leaf).digest()
            completed.append(leaf)
            level += 1
        self._peaks.append((level, leaf))
        return b"".join(completed)

    def _state(self, paper: Paper, row: Any) -> None:
        logged = self._after[paper.id]
        for name, column in AFTER.items():
            stored = getattr(row, column)
            must(
                logged[name] == stored,
                "the state is the fold of the log",
                (paper.id, name, logged[name], stored),
            )
        must(bytes(row.head_hash) == self._heads[paper.id][0], "the state is the fold of the log", "head")
        logins = {person_id: login for login, person_id in self.people.items()}
        seen = (
            row.state, row.version, row.round, logins.get(row.signed_by), logins.get(row.signer_id), row.reference_no,
            bool(row.sealed), bool(row.void_requested), logins.get(row.numbered_by),
        )  # fmt: skip
        wanted = (
            paper.state, paper.version, paper.round, paper.signed_by, paper.signer, paper.reference_no, paper.sealed,
            paper.void_requested, paper.numbered_by,
        )  # fmt: skip
        must(seen == wanted, "the record is where the model is", (seen, wanted))

    def _approvals(self, papers: list[Paper], documents: dict[int, Any], approvals: list[Any]) -> None:
        places = Counter((item.document_id, item.step, item.round) for item in approvals)
        must(all(n == 1 for n in places.values()), "one approval for a document, step and round", places)
        logins = {person_id: login for login, person_id in self.people.items()}
        for paper in papers:
            mine = [item for item in approvals if item.document_id == paper.id]
            stands = [(i.kind, logins.get(i.person_id), i.round, i.withdrawn is None) for i in mine]
            wanted = [(i.kind, i.by, i.round, i.live) for i in paper.given]
            must(stands == wanted, "the approvals are those the model gave", (stands, wanted))
            now = documents[paper.id].digest
            counted = {i.kind for i in mine if i.withdrawn is None and i.digest == now}
            for kind in ("content", "format", "signature"):
                must(
                    (kind in counted) == paper.valid(kind),
                    "an approval counts for its own text only",
                    (paper.id, kind),
                )

    def _signers(self, documents: dict[int, Any]) -> None:
        for row in documents.values():
            makers = self._makers.get(row.id, set())
            must(
                row.signed_by is None or row.signed_by not in makers,
                "who made a document never signs it",
                row.id,
            )
            must(
                row.numbered_by is None or row.numbered_by != row.signed_by,
                "who signs does not number",
                row.id,
            )

    def _numbers(self, documents: dict[int, Any], books: list[Any], numbers: list[Any]) -> None:
        for book in books:
            mine = [row for row in numbers if row.book_id == book.id]
            wanted = list(range(book.first_number, book.last_number + 1))
            must(
                [row.number for row in mine] == wanted,
                "numbers run 1 to n",
                (book.series, [r.number for r in mine]),
            )
            must(sorted(mine, key=lambda row: row.given_at) == mine, "numbers run 1 to n", "out of order")
        must(len({row.document_id for row in numbers}) == len(numbers), "one number for a document", numbers)

    def end(self) -> None:
        """The product's own verification, and the database's own guards."""
        with self._engine.reading(Identity(rule="test")) as w:
            report, differences = verify(w), rebuild(w)
        must(report.holds, "the verification finds nothing", report.broken)
        must(not differences, "the state is the fold of the log", differences)
        must(self._at == "" or report.size == self._size, "every entry is sealed in the tree, once")
        self._guards()

    def _guards(self) -> None:
        """Copies of what stands once must be refused by the database itself, whatever the engine does."""
        approval = (
            "document_id, entry_id, kind, step, from_state, round, revision_no, digest, signature_digest, meaning, "
            "person_id, person_name, title, capacity, lines, basis, definition_hash, needs, at"
        )
        rest = "agency_id, year, dated, doc_type, subject, signer_name, recipients, archive_unit, given_by, given_at"
        free = "(SELECT min(d.id) FROM document d WHERE d.id NOT IN (SELECT document_id FROM register_row))"
        numbered = (
            f"INSERT INTO register_row (book_id, number, document_id, reference_no, {rest}) SELECT book_id, "
        )
        for copy in (
            f"INSERT INTO approval ({approval}) SELECT {approval} FROM approval LIMIT 1",
            f"{numbered} number + 100000, document_id, '-', {rest} FROM register_row LIMIT 1",
            f"{numbered} number, {free}, '-', {rest} FROM register_row WHERE {free} IS NOT NULL LIMIT 1",
        ):
            with self._engine.database.write.connect() as db:
                copied = 0
                try:
                    copied = db.execute(text(copy)).rowcount
                except IntegrityError as refused:
                    must(
                        "unique" in str(refused).lower(),
                        "the database refuses a second row of one act",
                        refused,
                    )
                db.rollback()
            must(copied <= 0, "the database refuses a second row of one act", copy)
