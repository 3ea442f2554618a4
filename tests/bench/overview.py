"""The leaders' picture over many documents: the whole page as a browser gets it, on both databases."""

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from tests.bench.figures import Figure, note
from tests.bench.search import _owner
from tests.bench.steps import postgresql_record, sqlite_record
from tests.person import Door, open_app
from tests.record import Record, plan
from workflow.content import Content, Row, canonical, digest_of
from workflow.log.entry import entry_bytes, entry_hash
from workflow.models import (
    Approval,
    Document,
    Entry,
    EntryNote,
    Instance,
    Obligation,
    ReportPeriod,
    Revision,
    TaskProgress,
    Waiting,
)
from workflow.models import Task as TaskRow
from workflow.standing_kept import kept

DOCUMENTS = int(os.environ.get("TRINHKY_BENCH_DOCUMENTS", "10000"))
YEARS = 3
GOAL = 300.0
ROUNDS = 15
REPORTED = 200
"""Plans of the present year that units owe reports on."""
WAY = ("draft", "dept_review", "format_check", "awaiting_signature", "signed", "numbered")
NOTES = (
    "Bổ sung căn cứ ở mục I.",
    "Thời hạn quá sát.",
    "Ghi rõ đơn vị chủ trì và kinh phí.",
    "Xem lại đoạn hai.",
)


def run(server: str) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        figures = []
        for name, opened in (("SQLite", sqlite_record), ("PostgreSQL", postgresql_record)):
            place = Path(folder) / name
            place.mkdir()
            given = (place,) if name == "SQLite" else (server, place)
            record = stack.enter_context(opened(*given))
            begin = time.perf_counter()
            load(record)
            note(
                f"{name}: {DOCUMENTS} documents over {YEARS} years loaded in {time.perf_counter() - begin:.0f} s"
            )
            figures += list(_figures(name, record))
        return figures


def _figures(name: str, record: Record) -> Iterator[Figure]:
    door = Door(open_app(record), record)
    for login in ("viet", "mai", "minh", "khoi"):
        person = door(login)
        first, _, page = _timed(lambda: person.get("/tong-quan"))  # noqa: B023 — called at once
        rounds = [_timed(lambda: person.get("/tong-quan")) for _ in range(ROUNDS)]  # noqa: B023
        times = [took for took, _, _ in rounds]
        median, worked = statistics.median(times), statistics.median(cpu for _, cpu, _ in rounds)
        told = {"figure": f"overview, {name}: {login}", "unit": "ms a page", "goal": GOAL}
        told |= {"first": round(first, 1), "median": round(median, 1), "max": round(max(times), 1)}
        told |= {"processor": round(worked, 1), "bytes": len(page)}
        print(json.dumps(told, ensure_ascii=False), flush=True)
        yield Figure(f"overview, {name}: {login} (goal)", "ms a page", GOAL, median, 1.0)


def _timed(ask: Any) -> tuple[float, float, str]:
    """Milliseconds by the wall and of this process's processor time; on a busy machine they part."""
    begin, worked = time.perf_counter(), time.process_time()
    page = ask()
    return (time.perf_counter() - begin) * 1_000, (time.process_time() - worked) * 1_000, page


def load(record: Record) -> None:
    """Rows as they would stand, around the commands: plans with their way, and the reports of units on them."""
    tables = (
        Document,
        Revision,
        Waiting,
        Entry,
        EntryNote,
        Approval,
        Obligation,
        Instance,
        ReportPeriod,
        TaskRow,
        TaskProgress,
    )
    rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in tables}
    _Loader(record, rows).all()
    with record.engine.database.write.begin() as db:
        for table in tables:
            found = rows[table]
            for start in range(0, len(found), 2_000):
                db.execute(insert(table.__table__), found[start : start + 2_000])
        db.execute(kept())
    if record.engine.database.is_sqlite:
        with record.engine.database.write.begin() as db:
            db.exec_driver_sql("ANALYZE")
        return
    with _owner(record).connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("VACUUM ANALYZE")


class _Loader:
    def __init__(self, record: Record, rows: dict[Any, list[dict[str, Any]]]) -> None:
        self.rows, self.chance, self.directory = rows, random.Random(1), record.directory
        self.agency = self.directory.agency_by_code["so_khcn"]
        self.units = [
            u for u in self.directory.units_of(self.agency.id) if u.kind != "outside" and u.valid_to is None
        ]
        self.people = [p.id for p in self.directory.people.values() if p.agency_id == self.agency.id]
        self.posts = {
            unit.id: [p.id for p in self.directory.posts.values() if p.unit_id == unit.id]
            for unit in self.units
        }
        self.flows = {key[0]: flow.definition for key, flow in record.engine.flows.items()}
        self.now = record.clock.now
        self.entry = 1_000_000

    def all(self) -> None:
        plans = DOCUMENTS - min(DOCUMENTS // 3, REPORTED * len(self.units))
        number = 0
        for number in range(1, plans + 1):
            began = self.now - timedelta(days=365 * YEARS * (1 - number / plans))
            self._plan(number, began, "issued" if number < plans - 120 else WAY[1 + number % 5])
        this_year = [
            row for row in self.rows[Document] if row["issued_on"] and row["issued_on"].year == self.now.year
        ]
        for plan_row in this_year[:REPORTED]:
            obligation = 1 + len(self.rows[Obligation])
            self.rows[Obligation].append({
                "id": obligation, "agency_id": self.agency.id, "document_id": plan_row["id"], "ref": "III", "tier": 1,
                "reporter": "", "via": "", "receiver": "Văn phòng Sở", "recurrence": "yearly", "inclusive": False,
                "due_month": 11, "due_day": 10, "by_reference": False, "embedded_in": "", "raw": "Báo cáo.",
                "status": "active", "resolved_by_document": "", "active_from": plan_row["issued_on"],
            })  # fmt: skip
            for unit in self.units:
                number = self._owed(obligation, plan_row, unit, number)

    def _owed(self, obligation: int, plan_row: dict[str, Any], unit: Any, number: int) -> int:
        instance, year = 1 + len(self.rows[Instance]), self.now.year
        last = date(year, self.chance.choice((3, 6, 9, 11)), 9)
        self.rows[Instance].append({
            "id": instance, "agency_id": self.agency.id, "obligation_id": obligation, "document_id": plan_row["id"],
            "unit_id": unit.id, "year": year, "period": str(year), "data_from": date(year, 1, 1), "data_to": last,
            "opens_on": date(year, 1, 2), "last_on_time": last,
        })  # fmt: skip
        if number < DOCUMENTS:
            number += 1
            sent = datetime.combine(last, self.now.timetz()) + timedelta(days=self.chance.randint(-20, 6))
            result = Row(
                ref="II.1", task="Việc", unit=unit.name, status=self.chance.choice(("done", "running"))
            )
            content = Content(doc_type="BC", subject=f"Kết quả của {unit.name}", results=(result,))
            row = self._document(number, content, "bao_cao_don_vi", "accepted", sent, unit.id)
            self.rows[Document].append(row | {"plan_id": plan_row["id"]})
            self.rows[ReportPeriod].append({"report_id": number, "instance_id": instance})
            self._act(row, "approve_content", sent)
            self.rows[Approval].append({
                "document_id": number, "entry_id": self.entry, "kind": "content", "step": "approve_content",
                "from_state": "dept_review", "round": 1, "revision_no": 1, "digest": row["digest"],
                "signature_digest": "", "meaning": "", "person_id": row["drafter_id"], "person_name": "", "title": "",
                "capacity": "", "lines": [], "basis": "", "definition_hash": row["definition_hash"], "needs": [],
                "at": sent,
            })  # fmt: skip
        return number

    def _plan(self, number: int, began: datetime, state: str) -> None:
        unit = self.chance.choice(self.units)
        text = plan(subject=f"Kế hoạch công tác số {number}")
        row = self._document(number, text, "ke_hoach", state, began, unit.id)
        at = began
        for place, step in enumerate(WAY):
            stays = step == state
            left = None if stays else at + timedelta(hours=self.chance.choice((1, 3, 6, 20, 30, 60)))
            self._wait(number, unit.id, step, at, left)
            if stays:
                row |= {"state_since": at}
                break
            if step == "awaiting_signature":
                row |= {"signed_at": left, "signed_by": None}
            self._act(row, step, at, version=place + 1)
            at = left or at
        if self.chance.random() < 0.1:
            back = began + timedelta(minutes=30)
            self._wait(number, unit.id, "returned", back, back + timedelta(hours=1))
            self._act(row, "return", back, version=20, words=self.chance.choice(NOTES))
        if state == "issued":
            row |= {
                "issued_on": min(at.date(), self.now.date()),
                "number": number,
                "reference_no": f"{number}/KH-SKHCN",
            }
            self._tasks(row)
        self.rows[Document].append(row)

    def _tasks(self, row: dict[str, Any]) -> None:
        """Five of each plan; of three in five its unit noted how they stand."""
        for place in range(5):
            task, day = 1 + len(self.rows[TaskRow]), row["issued_on"]
            self.rows[TaskRow].append({
                "id": task, "agency_id": self.agency.id, "document_id": row["id"], "place": place, "ref": f"II.{place}",
                "title": f"Việc thứ {place} của kế hoạch", "kind": "date_before", "time_words": "trước ngày",
                "unit_id": self.chance.choice(self.units).id, "period": "once", "year": day.year, "starts_on": day,
                "last_day": day + timedelta(days=120),
            })  # fmt: skip
            if place < 3:
                self.rows[TaskProgress].append({
                    "agency_id": self.agency.id, "document_id": row["id"], "task_id": task, "entry_id": self.entry,
                    "stands": self.chance.choice(("running", "done")), "figure": "", "file_name": "",
                    "noted_by": row["drafter_id"], "noted_at": row["last_at"],
                })  # fmt: skip

    def _document(
        self, number: int, content: Content, kind: str, state: str, began: datetime, unit_id: int
    ) -> dict[str, Any]:
        definition, stored = self.flows[kind], canonical(content)
        drafter, signer = self.chance.sample(self.people, 2)
        self.rows[Revision].append({
            "document_id": number, "no": 1, "content": stored, "digest": digest_of(stored), "created_by": drafter,
            "created_at": began,
        })  # fmt: skip
        return {
            "id": number, "agency_id": self.agency.id, "unit_id": unit_id, "doc_type": content.doc_type,
            "definition_id": kind, "definition_version": definition.version, "definition_hash": definition.hash,
            "state": state, "state_since": began, "audience": definition.states[state].audience, "version": 1,
            "round": 1,
            "revision_no": 1, "digest": digest_of(stored), "subject": content.subject, "folded": "",
            "field": content.field,
            "drafter_id": drafter, "signer_id": signer, "sealed": False, "void_requested": False, "faults": [],
            "recipient_count": 2, "head_hash": bytes(32), "last_at": began, "created_at": began, "number": None,
            "reference_no": None, "issued_on": None, "signed_at": None, "signed_by": None, "plan_id": None,
        }  # fmt: skip

    def _wait(self, number: int, unit_id: int, state: str, since: datetime, left: datetime | None) -> None:
        self.rows[Waiting].append({
            "agency_id": self.agency.id, "document_id": number, "post_id": self.chance.choice(self.posts[unit_id]),
            "state": state, "since": since, "left_at": left,
        })  # fmt: skip

    def _act(
        self, row: dict[str, Any], action: str, at: datetime, *, version: int = 1, words: str = ""
    ) -> None:
        self.entry += 1
        body = entry_bytes({
            "v": 1, "stream": "act", "action": action, "label": action, "at": at.isoformat(), "prev": "0" * 64,
            "actor": {"name": "Người của bài đo"}, "document": row["id"], "subject": row["subject"],
            "facts": {"from_label": "Chờ ký", "needs": ["content_approved", "format_approved"], "digest": row["digest"]},
        })  # fmt: skip
        self.rows[Entry].append({
            "id": self.entry, "agency_id": self.agency.id, "document_id": row["id"], "version": version, "stream": "act",
            "action": action, "at": at, "capacity": "", "folded": "", "body": body, "hash": entry_hash(body),
        })  # fmt: skip
        if words:
            note_row = {"entry_id": self.entry, "kind": "note", "salt": bytes(32), "text": words}
            self.rows[EntryNote].append(note_row)
