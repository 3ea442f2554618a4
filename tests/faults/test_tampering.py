"""
A record changed behind the engine's back, triggers taken away: the verification finds it and names the entry (V-02).

TRINHKY_SOAK raises the random byte flips from 200 to 1,500.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any

import pytest
from sqlalchemy import bindparam, create_engine, make_url, text
from sqlalchemy.engine import Connection

from tests.record import Record, plan
from workflow.commands.attachments import attach, incoming
from workflow.commands.drafting import save_revision
from workflow.commands.remarks import answer, remark, settle
from workflow.content import digest_of
from workflow.engine import Identity
from workflow.log import merkle
from workflow.log.checkpoint import sign_checkpoint
from workflow.log.entry import entry_bytes, entry_hash, parse_entry
from workflow.log.key import CheckpointKey
from workflow.models.protection import INSERT_ONLY
from workflow.verification import Report, rebuild, verify

pytestmark = pytest.mark.tampered
FLIPS = 1500 if os.environ.get("TRINHKY_SOAK") else 200
REASON = "Nêu rõ lý do, căn cứ"


@pytest.fixture
def full(record: Record) -> Record:
    """Documents in many states: issued, voided, signed again after a withdrawal, returned, edited, talked over."""
    issued, voided, edited = record.draft(), record.draft(), record.draft()
    record.bring_to(issued, "issue")
    record.bring_to(voided, "sign")
    record.step("mai", voided, "unsign", note=REASON)
    record.step("mai", voided, "sign")
    record.step("van", voided, "assign_number", paper_signed=True)
    record.step("van", voided, "request_void", note=REASON)
    record.step("viet", voided, "void", note=REASON)
    record.clock.forward(hours=1)
    record.step("lan", edited, "submit")
    record.step("hung", edited, "return", note=REASON)
    with record.engine.work(record.who("lan")) as w:
        save_revision(w, document_id=edited, seen_version=3, content=plan(subject="Nội dung đã sửa"),
                      signer_id=record.person("mai"))  # fmt: skip
    talked_over = record.draft()
    with record.engine.work(record.who("lan")) as w:
        attach(w, document_id=talked_over, seen_version=1, file=incoming("so-lieu.txt", "Số liệu".encode()))
    with record.engine.work(record.who("hung")) as w:
        asked = remark(w, document_id=talked_over, text="Số liệu của năm nào?", must_settle=True)
    with record.engine.work(record.who("lan")) as w:
        answer(w, remark_id=asked, text="Của năm 2025.")
    with record.engine.work(record.who("hung")) as w:
        settle(w, remark_id=asked)
    record.notes |= {"issued": issued, "voided": voided, "edited": edited, "talked_over": talked_over}
    assert check(record).holds
    return record


def check(record: Record) -> Report:
    with record.engine.reading(Identity(rule="test")) as w:
        return verify(w)


@contextmanager
def untied(record: Record) -> Iterator[Connection]:
    """A connection of one who may do everything, with the guards down; what it did is committed."""
    if record.engine.database.is_sqlite:
        door = create_engine(record.url)
        with door.begin() as db:
            for (name,) in db.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
                db.exec_driver_sql(f"DROP TRIGGER {name}")
            yield db
    else:
        door = create_engine(record.url.replace("trinhky_app@", "postgres@"))
        with door.begin() as db:
            for table in INSERT_ONLY:
                db.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            db.exec_driver_sql("SET session_replication_role = replica")
            yield db
    door.dispose()


def rows(db: Connection, statement: str, **how: Any) -> list[Any]:
    return list(db.execute(text(statement), how).all())


def chain(db: Connection, document_id: int) -> list[Any]:
    return rows(db, "SELECT id, version, body, hash FROM entry WHERE document_id = :d AND stream = 'act' ORDER BY id",
                d=document_id)  # fmt: skip


def named(report: Report, *kinds: str, entry: int | None = None, document: int | None = None) -> bool:
    return any(
        item.kind in kinds
        and (entry is None or item.entry_id == entry)
        and (document is None or item.document_id == document)
        for item in report.broken
    )


# One change each. A function changes the record and returns what must be named: kinds, entry, document.

Change = Callable[[Record, Connection], tuple[tuple[str, ...], int | None, int | None]]


def delete_an_entry(record: Record, db: Connection) -> Any:
    victim, after = chain(db, record.notes["issued"])[3:5]
    for table in ("approval", "entry_note", "leaf"):
        db.execute(text(f"DELETE FROM {table} WHERE entry_id = :e"), {"e": victim.id})
    db.execute(text("DELETE FROM entry WHERE id = :e"), {"e": victim.id})
    return ("prev",), after.id, record.notes["issued"]


def delete_the_last_entry(record: Record, db: Connection) -> Any:
    victim = chain(db, record.notes["edited"])[-1]
    db.execute(text("DELETE FROM leaf WHERE entry_id = :e"), {"e": victim.id})
    db.execute(text("DELETE FROM entry WHERE id = :e"), {"e": victim.id})
    return ("state", "head"), None, record.notes["edited"]


def insert_an_entry(record: Record, db: Connection) -> Any:
    last = chain(db, record.notes["issued"])[-1]
    body = parse_entry(last.body) | {"prev": last.hash.hex(), "version": last.version + 1, "action": "seal"}
    stored = entry_bytes(body)
    made = db.execute(
        text(
            "INSERT INTO entry (agency_id, document_id, version, stream, action, at, person_id, unit_id, capacity, "
            "folded, body, hash) SELECT agency_id, document_id, :v, stream, 'seal', at, person_id, unit_id, capacity, "
            "folded, :b, :h FROM entry WHERE id = :e RETURNING id"
        ),
        {"v": last.version + 1, "b": stored, "h": entry_hash(stored), "e": last.id},
    ).scalar_one()
    return ("unsealed",), made, record.notes["issued"]


def swap_two_entries(record: Record, db: Connection) -> Any:
    one, other = chain(db, record.notes["issued"])[1:3]
    for to, source in ((one, other), (other, one)):
        db.execute(text("UPDATE entry SET body = :b, hash = :h WHERE id = :e"),
                   {"b": source.body, "h": source.hash, "e": to.id})  # fmt: skip
    return ("prev", "version"), one.id, record.notes["issued"]


def rewrite_the_chain(record: Record, db: Connection) -> Any:
    """An actor exchanged in one entry and every later hash computed anew: the chain is whole, the tree is not."""
    prev, first = "", None
    entries = chain(db, record.notes["issued"])
    for row in entries:
        body = parse_entry(row.body)
        if prev:
            body["prev"] = prev
        elif row.version == 2:
            body["actor"]["name"] = "Người Khác"
            first = row.id
        stored = entry_bytes(body)
        if stored != row.body:
            prev = entry_hash(stored).hex()
            db.execute(text("UPDATE entry SET body = :b, hash = :h WHERE id = :e"),
                       {"b": stored, "h": entry_hash(stored), "e": row.id})  # fmt: skip
    db.execute(text("UPDATE document SET head_hash = :h WHERE id = :d"),
               {"h": bytes.fromhex(prev), "d": record.notes["issued"]})  # fmt: skip
    assert first is not None
    return ("nodes", "columns", "approval"), None, record.notes["issued"]


def rewrite_the_chain_and_the_tree(record: Record, db: Connection) -> Any:
    """The same with all nodes and the head computed anew as well: only the signed checkpoints say otherwise."""
    rewrite_the_chain(record, db)
    frontier = merkle.Frontier()
    for row in rows(
        db, "SELECT l.position, e.body FROM leaf l JOIN entry e ON e.id = l.entry_id ORDER BY l.position"
    ):
        nodes = b"".join(frontier.append(merkle.leaf_hash(entry_hash(row.body))))
        db.execute(text("UPDATE leaf SET nodes = :n WHERE position = :p"), {"n": nodes, "p": row.position})
    db.execute(text("UPDATE log_head SET frontier = :f"), {"f": frontier.to_bytes()})
    return ("root",), None, None


def sign_again_with_another_key(record: Record, db: Connection) -> Any:
    row = rows(db, "SELECT id, size, root, at FROM checkpoint ORDER BY id")[0]
    key = CheckpointKey.create(record.key.origin)
    note = sign_checkpoint(key, size=row.size, root=row.root, at=datetime.fromisoformat(row.at))
    db.execute(text("UPDATE checkpoint SET note = :n WHERE id = :i"), {"n": note, "i": row.id})
    return ("signature",), None, None


def move_an_entry_to_another_document(record: Record, db: Connection) -> Any:
    row = chain(db, record.notes["edited"])[-1]
    other = chain(db, record.notes["issued"])[-1]
    db.execute(text("UPDATE entry SET document_id = :d, version = :v WHERE id = :e"),
               {"d": record.notes["issued"], "v": other.version + 1, "e": row.id})  # fmt: skip
    return ("document", "columns"), row.id, record.notes["issued"]


def drop_a_leaf(record: Record, db: Connection) -> Any:
    row = rows(db, "SELECT position, entry_id FROM leaf ORDER BY position DESC")[0]
    db.execute(text("DELETE FROM leaf WHERE position = :p"), {"p": row.position})
    return ("unsealed",), row.entry_id, None


def drop_a_leaf_in_the_middle(record: Record, db: Connection) -> Any:
    row = rows(db, "SELECT position, entry_id FROM leaf ORDER BY position")[5]
    db.execute(text("DELETE FROM leaf WHERE position = :p"), {"p": row.position})
    return ("unsealed",), row.entry_id, None


def set_a_date_back(record: Record, db: Connection) -> Any:
    """The newest act dated a day earlier, chain and tree made whole again up to it: the bracket rule finds it."""
    row = chain(db, record.notes["edited"])[-1]
    before = chain(db, record.notes["edited"])[-2]
    said = parse_entry(before.body)["at"]
    body = parse_entry(row.body) | {"at": said.replace("T06", "T04")}
    stored = entry_bytes(body)
    db.execute(text("UPDATE entry SET body = :b, hash = :h, at = :t WHERE id = :e"),
               {"b": stored, "h": entry_hash(stored), "t": body["at"], "e": row.id})  # fmt: skip
    return ("time", "bracket"), row.id, record.notes["edited"]


def signature(db: Connection) -> Any:
    return rows(db, "SELECT id, entry_id, document_id FROM approval WHERE kind = 'signature' ORDER BY id")[0]


def change_an_approval(name: str, value: Any) -> Change:
    def change(record: Record, db: Connection) -> Any:
        row = signature(db)
        db.execute(text(f"UPDATE approval SET {name} = :v WHERE id = :i"), {"v": value, "i": row.id})
        return ("approval",), row.entry_id, row.document_id

    return change


def delete_an_approval(record: Record, db: Connection) -> Any:
    row = signature(db)
    db.execute(text("DELETE FROM approval WHERE id = :i"), {"i": row.id})
    return ("missing",), row.entry_id, row.document_id


def add_an_approval(record: Record, db: Connection) -> Any:
    row = signature(db)
    columns = (
        "document_id, entry_id, kind, step, from_state, revision_no, digest, signature_digest, meaning, person_id, "
        "person_name, title, capacity, lines, basis, definition_hash, needs, at"
    )
    db.execute(text(f"INSERT INTO approval ({columns}, round) SELECT {columns}, 99 FROM approval WHERE id = :i"),
               {"i": row.id})  # fmt: skip
    return ("foreign",), row.entry_id, row.document_id


def forget_a_withdrawal(record: Record, db: Connection) -> Any:
    db.execute(text("DELETE FROM withdrawal"))
    return ("missing",), None, record.notes["voided"]


def forget_a_void(record: Record, db: Connection) -> Any:
    db.execute(text("DELETE FROM register_void"))
    return ("missing",), None, record.notes["voided"]


def change_the_register(name: str, value: Any) -> Change:
    def change(record: Record, db: Connection) -> Any:
        where = {"v": value, "d": record.notes["issued"]}
        db.execute(text(f"UPDATE register_row SET {name} = :v WHERE document_id = :d"), where)
        numbered = next(
            r for r in chain(db, record.notes["issued"]) if parse_entry(r.body)["action"] == "assign_number"
        )
        return ("register",), numbered.id, record.notes["issued"]

    return change


def delete_from_the_register(record: Record, db: Connection) -> Any:
    db.execute(text("DELETE FROM register_row WHERE document_id = :d"), {"d": record.notes["issued"]})
    return ("missing",), None, record.notes["issued"]


def wind_the_counter_back(record: Record, db: Connection) -> Any:
    db.execute(text("UPDATE number_book SET last_number = last_number - 1"))
    return ("counter",), None, None


def change_a_text(record: Record, db: Connection) -> Any:
    row = rows(db, "SELECT id, content FROM revision WHERE document_id = :d", d=record.notes["issued"])[0]
    db.execute(text("UPDATE revision SET content = :c WHERE id = :i"),
               {"c": row.content.replace(b"10/11", b"10/12"), "i": row.id})  # fmt: skip
    return ("revision",), None, record.notes["issued"]


def change_a_text_and_its_digest(record: Record, db: Connection) -> Any:
    row = rows(db, "SELECT id, content FROM revision WHERE document_id = :d", d=record.notes["issued"])[0]
    content = row.content.replace(b"10/11", b"10/12")
    db.execute(text("UPDATE revision SET content = :c, digest = :g WHERE id = :i"),
               {"c": content, "g": digest_of(content), "i": row.id})  # fmt: skip
    db.execute(text("UPDATE document SET digest = :g WHERE id = :d"),
               {"g": digest_of(content), "d": record.notes["issued"]})  # fmt: skip
    return ("revision",), None, record.notes["issued"]


def change_a_state(record: Record, db: Connection) -> Any:
    db.execute(text("UPDATE document SET state = 'issued' WHERE id = :d"), {"d": record.notes["edited"]})
    return ("state",), None, record.notes["edited"]


def change_a_subject(record: Record, db: Connection) -> Any:
    db.execute(text("UPDATE document SET subject = 'Việc khác' WHERE id = :d"), {"d": record.notes["edited"]})
    return ("state",), None, record.notes["edited"]


def change_a_reason(record: Record, db: Connection) -> Any:
    row = rows(db, "SELECT entry_id FROM entry_note WHERE kind = 'note' ORDER BY entry_id")[0]
    db.execute(text("UPDATE entry_note SET text = 'Một lý do khác' WHERE entry_id = :e AND kind = 'note'"),
               {"e": row.entry_id})  # fmt: skip
    return ("note",), row.entry_id, None


def change_a_delivery(record: Record, db: Connection) -> Any:
    db.execute(text("UPDATE delivery SET name = 'Nơi khác' WHERE id = (SELECT min(id) FROM delivery)"))
    return ("delivery",), None, record.notes["issued"]


def change_a_column(name: str, value: Any) -> Change:
    def change(record: Record, db: Connection) -> Any:
        row = chain(db, record.notes["issued"])[2]
        db.execute(text(f"UPDATE entry SET {name} = :v WHERE id = :e"), {"v": value, "e": row.id})
        return ("columns",), row.id, record.notes["issued"]

    return change


CHANGES: dict[str, Change] = {
    "an entry is deleted": delete_an_entry,
    "the last entry is deleted": delete_the_last_entry,
    "an entry is inserted": insert_an_entry,
    "two entries change places": swap_two_entries,
    "a chain is written anew": rewrite_the_chain,
    "a chain and the whole tree are written anew": rewrite_the_chain_and_the_tree,
    "a checkpoint is signed with another key": sign_again_with_another_key,
    "an entry moves to another document": move_an_entry_to_another_document,
    "the last leaf is dropped": drop_a_leaf,
    "a leaf in the middle is dropped": drop_a_leaf_in_the_middle,
    "a date is set back": set_a_date_back,
    "an approval gets another digest": change_an_approval("digest", "0" * 64),
    "an approval gets another person": change_an_approval("person_name", "Người Khác"),
    "an approval gets another basis": change_an_approval("basis", "Quyết định khác"),
    "an approval gets another kind": change_an_approval("kind", "content"),
    "an approval gets another time": change_an_approval("at", "2026-04-20T05:00:00.000001+00:00"),
    "an approval is deleted": delete_an_approval,
    "an approval is added": add_an_approval,
    "a withdrawal is forgotten": forget_a_withdrawal,
    "a void is forgotten": forget_a_void,
    "the register gets another subject": change_the_register("subject", "Việc khác"),
    "the register gets another number": change_the_register("reference_no", "99/KH-SKHCN"),
    "the register gets another signer": change_the_register("signer_name", "Người Khác"),
    "the register gets another date": change_the_register("dated", "2026-04-19"),
    "a number is deleted": delete_from_the_register,
    "the counter is wound back": wind_the_counter_back,
    "a text is changed": change_a_text,
    "a text is changed with its digest": change_a_text_and_its_digest,
    "a state is changed": change_a_state,
    "a subject is changed": change_a_subject,
    "a reason is changed": change_a_reason,
    "a recipient is changed": change_a_delivery,
    "an entry is filed under another action": change_a_column("action", "return"),
    "an entry is filed under another person": change_a_column("person_id", 1),
    "an entry is filed under another time": change_a_column("at", "2026-04-20T05:00:00.000001+00:00"),
    "an entry is hidden in the other stream": change_a_column("stream", "access"),
    "an entry cannot be found by its words": change_a_column("folded", "khac"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_behind_the_engine_is_found_and_named(full: Record, name: str):
    with untied(full) as db:
        kinds, entry, document = CHANGES[name](full, db)
    report = check(full)
    assert not report.holds
    assert named(report, *kinds, entry=entry, document=document), (kinds, entry, document, report.broken)


def test_every_flipped_bit_is_found_and_its_entry_named(full: Record, capsys: pytest.CaptureFixture[str]):
    """One bit anywhere in the bytes of the log; each is put back before the next."""
    random = Random(20261121)
    places = {
        "entry": ("id", ("body", "hash")),
        "leaf": ("position", ("nodes",)),
        "revision": ("id", ("content",)),
        "checkpoint": ("id", ("root",)),
        "log_head": ("id", ("frontier",)),
        "document": ("id", ("head_hash",)),
        "entry_note": ("entry_id", ("salt",)),
    }
    weights = [8, 3, 3, 2, 1, 1, 1]
    found = 0
    with untied(full) as db:
        pass
    door = create_engine(
        full.url if full.engine.database.is_sqlite else full.url.replace("trinhky_app@", "postgres@")
    )
    for _ in range(FLIPS):
        table = random.choices(list(places), weights)[0]
        key, columns = places[table]
        column = random.choice(columns)
        with door.connect() as db:
            row = random.choice(rows(db, f"SELECT * FROM {table} WHERE length({column}) > 0 ORDER BY {key}"))
        stored = bytes(getattr(row, column))
        at, bit = random.randrange(len(stored)), random.randrange(8)
        flipped = stored[:at] + bytes([stored[at] ^ 1 << bit]) + stored[at + 1 :]
        update = text(f"UPDATE {table} SET {column} = :v WHERE {key} = :k").bindparams(bindparam("v"))
        with door.begin() as db:
            db.execute(update, {"v": flipped, "k": getattr(row, key)})
        report = check(full)
        with door.begin() as db:
            db.execute(update, {"v": stored, "k": getattr(row, key)})
        assert not report.holds, (table, column, getattr(row, key), at, bit)
        if table == "entry":
            assert named(report, "hash", "unreadable", "prev", "nodes", entry=row.id), report.broken
        if table == "leaf":
            assert named(report, "nodes", entry=row.entry_id), report.broken
        if table == "revision":
            assert named(report, "revision", document=row.document_id), report.broken
        found += 1
    door.dispose()
    assert check(full).holds
    with capsys.disabled():
        print(f"\n{make_url(full.url).get_backend_name()}: {found} of {FLIPS} flipped bits found", end="")


def test_a_body_of_any_shape_is_a_finding_and_never_a_crash(full: Record):
    """One value of one entry becomes something else, its hash computed anew: named, and the rest still checked."""
    random = Random(5)
    with untied(full) as db:
        pass
    door = create_engine(
        full.url if full.engine.database.is_sqlite else full.url.replace("trinhky_app@", "postgres@")
    )
    update = text("UPDATE entry SET body = :b, hash = :h WHERE id = :e")
    for _ in range(FLIPS // 2):
        with door.begin() as db:
            row = random.choice(rows(db, "SELECT id, document_id, stream, body, hash FROM entry ORDER BY id"))
            body = parse_entry(row.body)
            place: Any = body
            while True:
                key = random.choice(sorted(place) if isinstance(place, dict) else range(len(place)))
                if not isinstance(place[key], dict | list) or not place[key] or random.random() < 0.4:
                    break
                place = place[key]
            if key == "prev" and place is body:
                continue
            other = random.choice([None, 7, "x", [], {}, [1], {"a": 1}, True])
            if other == place[key] and type(other) is type(place[key]):
                continue
            place[key] = other
            stored = entry_bytes(body)
            db.execute(update, {"b": stored, "h": entry_hash(stored), "e": row.id})
        report = check(full)
        with full.engine.reading(Identity(rule="test")) as w:
            rebuild(w)
        with door.begin() as db:
            db.execute(update, {"b": row.body, "h": row.hash, "e": row.id})
        assert not report.holds, body
        # A hash that fits again is contradicted by the next of its chain, by the head of its document, or by the tree.
        chained = row.document_id is not None and row.stream == "act"
        assert not chained or any(item.document_id == row.document_id for item in report.broken), (
            report.broken
        )
    door.dispose()
    assert check(full).holds


@pytest.mark.parametrize(
    ("table", "column"), [("document", "last_at"), ("entry", "at"), ("leaf", "sealed_at"), ("register_row", "dated"),
                          ("approval", "lines"), ("checkpoint", "at"), ("attachment", "added_at"),
                          ("remark", "created_at"), ("remark_settled", "settled_at")],
)  # fmt: skip
def test_a_column_that_holds_nonsense_is_a_finding_and_never_a_crash(full: Record, table: str, column: str):
    with untied(full) as db:
        db.execute(text(f"UPDATE {table} SET {column} = 'vô nghĩa'"))
    report = check(full)
    assert named(report, "unreadable"), report.broken
    assert "notes" in report.counts, "the other passes were not made"


def test_the_report_counts_what_it_checked(full: Record):
    report = check(full)
    with full.engine.reading(Identity(rule="test")) as w:
        entries = w.db.execute(text("SELECT count(*) FROM entry")).scalar_one()
        approvals = w.db.execute(text("SELECT count(*) FROM approval")).scalar_one()
    assert str(report.counts["entries"]) == f"{entries}/{entries}"
    assert str(report.counts["leaves"]) == f"{entries}/{entries}"
    assert str(report.counts["approvals"]) == f"{approvals}/{approvals}"
    assert report.size == entries
    with untied(full) as db:
        row = chain(db, full.notes["issued"])[0]
        db.execute(text("UPDATE entry SET hash = :h WHERE id = :e"), {"h": bytes(32), "e": row.id})
    assert str(check(full).counts["entries"]) == f"{entries - 1}/{entries}"


def test_rebuild_names_the_field_that_differs(full: Record):
    with untied(full) as db:
        db.execute(text("UPDATE document SET signer_id = NULL WHERE id = :d"), {"d": full.notes["edited"]})
    with full.engine.reading(Identity(rule="test")) as w:
        (difference,) = rebuild(w)
    assert (difference.document_id, difference.field, difference.stored) == (
        full.notes["edited"],
        "signer",
        None,
    )
    assert difference.logged == full.person("mai")


def test_erased_words_are_no_fault(full: Record):
    """They may lawfully be erased; the entry keeps its commitment and still verifies."""
    with untied(full) as db:
        db.execute(text("UPDATE entry_note SET text = NULL WHERE kind = 'note'"))
    assert check(full).holds
