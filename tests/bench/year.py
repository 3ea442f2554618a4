"""The year of a plan that 20,000 units report on, three duties each: `tick`, the table of the office, a unit's page."""

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from tests.bench.figures import Figure, note
from tests.bench.search import _owner
from tests.person import Door, open_app
from tests.record import Clock, Record, fill, open_postgresql, open_sqlite, plan
from workflow.commands.tick import Ticked, tick
from workflow.content import Content, Node, Obligation, Row, canonical, digest_of
from workflow.log.entry import entry_bytes, entry_hash
from workflow.models import (
    Approval,
    DirectoryVersion,
    Document,
    Entry,
    Holding,
    Instance,
    Person,
    Post,
    ReportPeriod,
    Revision,
    Unit,
)
from workflow.models import Obligation as Duty
from workflow.standing_kept import kept

UNITS = int(os.environ.get("TRINHKY_BENCH_UNITS", "20000"))
DUTIES = 3
ROUNDS = 9
TICK_GOAL = 60.0
PAGE_GOAL = 300.0

ISSUED = datetime(2026, 4, 20, 5, 0, tzinfo=UTC)
FIRST_REMINDER = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
"""A working day, thirty days before the tenth of November: every unit is told of every duty on one day."""
COLLECTING = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)

CAME = ("accepted",) * 14 + ("submitted", "late", "draft", "") + ("",) * 2
"""Of twenty reports: most are in, a few wait to be received, one came late, one is being written, three are missing."""
AFAR = 1_000_000
"""Entries of rows that no command wrote are numbered from here, out of the way of those that follow."""


def run(server: str) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        figures = []
        for name in ("SQLite", "PostgreSQL"):
            place = Path(folder) / name
            place.mkdir()
            record = stack.enter_context(_opened(name, server, place))
            figures += list(_figures(name, record))
        return figures


@contextmanager
def _opened(name: str, server: str, place: Path) -> Iterator[Record]:
    clock = Clock(ISSUED)
    engine = open_sqlite(place, clock) if name == "SQLite" else open_postgresql(server, place, clock)
    fill(engine)
    yield Record(engine, clock, engine.settings.database_url)
    engine.close()


def _figures(name: str, record: Record) -> Iterator[Figure]:
    _timed_note(f"{name}: {UNITS} units with two people each", lambda: add_units(record, UNITS))
    plan_id = record.draft(content=year_plan())
    record.bring_to(plan_id, "seal")
    _timed_note(f"{name}: issued to them", lambda: record.step("van", plan_id, "issue"))
    _settle(record)
    record.clock.now = FIRST_REMINDER
    yield _tick(name, "first, all are reminded", record)
    yield _tick(name, "again", record)
    _timed_note(f"{name}: reports of most of them", lambda: add_reports(record, plan_id))
    _settle(record)
    record.clock.now = COLLECTING
    yield _tick(name, "who is late is told", record)
    yield from _pages(name, record)
    record.clock.now = NEXT_YEAR
    yield _tick(name, "a new year, its periods made", record)


def _tick(name: str, which: str, record: Record) -> Figure:
    took, worked, done = timed(lambda: tick(record.engine))
    assert isinstance(done, Ticked)
    told = {"figure": f"tick, {name}: {which}", "unit": "s", "goal": TICK_GOAL, "took": round(took, 1)}
    told |= {"processor": round(worked, 1), "periods": done.periods, "reminded": done.reminded}
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return Figure(f"tick, {name}: {which} (goal)", "s", TICK_GOAL, took, 1.0)


def _pages(name: str, record: Record) -> Iterator[Figure]:
    door = Door(open_app(record), record)
    asked = (
        ("hung", "/tong-hop", "table of the office"),
        ("hung", "/tong-hop?tinh-trang=qua-han", "table, overdue only"),
        ("hung", "/tong-hop?tinh-trang=cho-nhan", "table, to be received"),
        ("hung", "/tong-hop?tinh-trang=tat-ca&sau=10000", "table, from the middle"),
        ("u7r", "/han", "a unit's deadlines"),
        ("hung", "/han", "deadlines of the agency"),
        ("hung", "/han/1", "one duty"),
    )
    for login, path, which in asked:
        person = door(login)
        person.get(path)
        rounds = [timed(lambda: person.get(path)) for _ in range(ROUNDS)]  # noqa: B023 — called at once
        took = statistics.median(took for took, _, _ in rounds) * 1_000
        worked = statistics.median(worked for _, worked, _ in rounds) * 1_000
        told = {"figure": f"year, {name}: {which}", "unit": "ms a page", "goal": PAGE_GOAL}
        told |= {"median": round(took, 1), "processor": round(worked, 1), "bytes": len(rounds[0][2])}
        print(json.dumps(told, ensure_ascii=False), flush=True)
        yield Figure(f"year, {name}: {which} (goal)", "ms a page", PAGE_GOAL, took, 1.0)


def timed(act: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the wall and of this process's processor time; on a busy machine they part."""
    begin, worked = time.perf_counter(), time.process_time()
    found = act()
    return time.perf_counter() - begin, time.process_time() - worked, found


def _timed_note(words: str, act: Callable[[], Any]) -> None:
    took, worked, _ = timed(act)
    note(f"{words}: {took:.0f} s, {worked:.0f} s of the processor")


def year_plan(**changes: Any) -> Content:
    """Three duties of all units toward the office, and what the office owes in turn."""
    owed = [
        Obligation(from_="Các phòng, đơn vị thuộc Sở", to="Văn phòng Sở", recurrence="yearly", due_month=11,
                   due_day=10, raw=f"Các phòng, đơn vị gửi {what} về Văn phòng Sở trước ngày 10/11 hằng năm.")
        for what in ("báo cáo kết quả", "số liệu thống kê", "báo cáo tài chính")[:DUTIES]
    ]  # fmt: skip
    final = Obligation(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="yearly", due_month=11, due_day=15,
                       raw="Văn phòng Sở báo cáo Sở Nội vụ trước ngày 15/11 hằng năm.")  # fmt: skip
    node = Node(
        label="I",
        title="TỔ CHỨC THỰC HIỆN",
        paragraphs=("Các đơn vị báo cáo.",),
        obligations=(*owed, final),
    )
    return plan(subject="Thực hiện chế độ báo cáo", sections=(node,), **changes)


def add_units(record: Record, count: int, *, first: int = 0) -> None:
    """Rows as they would stand, around the commands: units of the group, of each who writes its report and its head."""
    agency = record.directory.agency_by_code["so_khcn"]
    starts = {table: _next(record, table) for table in (Unit, Post, Person)}
    rows: dict[Any, list[dict[str, Any]]] = {Unit: [], Post: [], Person: [], Holding: []}
    since = date(2020, 1, 1)
    for at in range(count):
        number, unit_id = first + at, starts[Unit] + at
        code = f"U{number}"
        name = f"Đơn vị thứ {number}"
        rows[Unit].append({
            "id": unit_id, "agency_id": agency.id, "code": code, "name": name, "short_name": name, "symbol": code,
            "kind": "department", "tags": ["phong"], "fields": [], "aliases": [], "valid_from": since,
        })  # fmt: skip
        for place, (mark, title, role) in enumerate(
            (("r", "Chuyên viên", "unit_reporter"), ("h", "Trưởng phòng", "dept_head"))
        ):
            post_id, person_id = (starts[table] + 2 * at + place for table in (Post, Person))
            rows[Post].append({
                "id": post_id, "agency_id": agency.id, "unit_id": unit_id, "code": f"{code}.{mark}", "title": title,
                "roles": [role],
            })  # fmt: skip
            rows[Person].append({
                "id": person_id, "agency_id": agency.id, "name": f"{title} {name}", "login": f"u{number}{mark}",
                "password_hash": "", "active": True, "created_at": record.clock.now,
            })  # fmt: skip
            rows[Holding].append({
                "agency_id": agency.id, "person_id": person_id, "post_id": post_id, "valid_from": since, "basis": "",
            })  # fmt: skip
    _write(record, rows)
    with record.engine.database.write.begin() as db:
        db.execute(update(DirectoryVersion).values(version=DirectoryVersion.version + 1))


def add_reports(record: Record, plan_id: int) -> None:
    """Rows as they would stand, around the commands: of each instance of this year the report that came of it."""
    chance = random.Random(1)
    directory = record.directory
    definition = next(f.definition for key, f in record.engine.flows.items() if key[0] == "bao_cao_don_vi")
    drafter = directory.by_login["hung"].id
    with record.engine.database.read.begin() as db:
        instances = db.execute(
            select(Instance.id, Instance.unit_id, Instance.last_on_time, Instance.agency_id)
            .join(Duty, Duty.id == Instance.obligation_id)
            .where(Instance.document_id == plan_id, Instance.year == 2026, Duty.tier == 1)
            .order_by(Instance.id)
        ).all()
    number, entry = _next(record, Document) - 1, AFAR
    rows: dict[Any, list[dict[str, Any]]] = {
        Document: [], Revision: [], Entry: [], Approval: [], ReportPeriod: []
    }  # fmt: skip
    for instance in instances:
        came = chance.choice(CAME)
        if not came:
            continue
        number += 1
        entry += 1
        unit = directory.units[instance.unit_id]
        begun = datetime.combine(instance.last_on_time, ISSUED.timetz()) - timedelta(
            days=chance.randint(1, 20)
        )
        sent = begun + timedelta(days=21) if came == "late" else begun
        text = Content(
            doc_type="BC",
            subject=f"Kết quả của {unit.name}",
            results=(Row(ref="I", task="Việc", unit=unit.name, status="done"),),
        )
        stored = canonical(text)
        digest, state = digest_of(stored), "submitted" if came == "late" else came
        rows[Revision].append({
            "document_id": number, "no": 1, "content": stored, "digest": digest, "created_by": drafter,
            "created_at": sent,
        })  # fmt: skip
        rows[Document].append({
            "id": number, "agency_id": instance.agency_id, "unit_id": unit.id, "doc_type": "BC",
            "definition_id": definition.id, "definition_version": definition.version,
            "definition_hash": definition.hash, "state": state, "state_since": sent,
            "audience": definition.states[state].audience, "version": 1, "round": 1, "revision_no": 1,
            "digest": digest, "subject": text.subject, "folded": "", "field": "", "drafter_id": drafter,
            "sealed": False, "void_requested": False, "faults": [], "recipient_count": 0, "head_hash": bytes(32),
            "last_at": sent, "created_at": sent, "plan_id": plan_id,
        })  # fmt: skip
        rows[ReportPeriod].append({"report_id": number, "instance_id": instance.id})
        if came == "draft":
            continue
        body = entry_bytes({"v": 1, "action": "approve_content", "document": number, "prev": "0" * 64})
        rows[Entry].append({
            "id": entry, "agency_id": instance.agency_id, "document_id": number, "version": 1, "stream": "act",
            "action": "approve_content", "at": sent, "capacity": "", "folded": "", "body": body,
            "hash": entry_hash(body),
        })  # fmt: skip
        rows[Approval].append({
            "document_id": number, "entry_id": entry, "kind": "content", "step": "approve_content",
            "from_state": "dept_review", "round": 1, "revision_no": 1, "digest": digest, "signature_digest": "",
            "meaning": "", "person_id": drafter, "person_name": "", "title": "", "capacity": "", "lines": [],
            "basis": "", "definition_hash": definition.hash, "needs": [], "at": sent,
        })  # fmt: skip
    _write(record, rows)
    _settle(record)
    with record.engine.database.write.begin() as db:
        db.execute(kept())


def _next(record: Record, table: Any) -> int:
    with record.engine.database.read.begin() as db:
        return 1 + (db.scalar(select(table.id).order_by(table.id.desc()).limit(1)) or 0)


def _write(record: Record, rows: dict[Any, list[dict[str, Any]]]) -> None:
    with record.engine.database.write.begin() as db:
        for table, found in rows.items():
            for start in range(0, len(found), 2_000):
                db.execute(insert(table.__table__), found[start : start + 2_000])


def _settle(record: Record) -> None:
    """What PostgreSQL does by itself after so many rows came; SQLite, as the product leaves it, keeps no counts."""
    if record.engine.database.is_sqlite:
        return
    with _owner(record).connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("VACUUM ANALYZE")
