"""A plan that is issued and must be reported on, and the acts of a reporting year by their people."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from tests.record import Record
from tests.web.conftest import PASSWORD, Person
from workflow.commands.drafting import save_revision
from workflow.commands.reporting import start_unit_report
from workflow.content import Missing, parse
from workflow.engine import Identity
from workflow.models import Document, Instance, Obligation, ReportPeriod, Revision

OCTOBER = datetime(2026, 10, 20, 2, 0, tzinfo=UTC)
"""09:00 in Việt Nam: the periods of 10/11 have opened, those of 15/11 too a few days ago."""

UNITS = {
    "QLKH": ("nhung", "khoi"),
    "QLCN": ("yen", "dang"),
    "TDC": ("nam", "tung"),
    "CDS": ("quynh", "khanh"),
    "BCVT": ("diep", "phuoc"),
    "KHTC": ("ha", "bach"),
    "TTNC": ("oanh", "lam"),
    "TTCNS": ("cuc", "vinh"),
    "TTKT": ("sen", "nghia"),
}
"""Of each unit: who writes its report, who heads it."""


class Year:
    """One plan of so_khcn and its reporting of 2026, acted by commands where a test is about something else."""

    def __init__(self, record: Record, **of_plan: Any):
        self.record = record
        self.plan_id = record.draft(**of_plan)
        record.bring_to(self.plan_id, "issue")

    def instance(self, unit: str, *, tier: int = 1, year: int = 2026) -> int:
        """Of several periods in the year, the first."""
        with self.record.engine.reading(Identity(rule="test")) as w:
            agency = w.directory.agency_by_code["so_khcn"].id
            unit_id = w.directory.unit_by_code(agency, unit).id
            statement = (
                select(Instance.id)
                .join(Obligation, Obligation.id == Instance.obligation_id)
                .where(Instance.document_id == self.plan_id, Instance.unit_id == unit_id)
                .where(Instance.year == year, Obligation.tier == tier)
                .order_by(Instance.last_on_time)
            )
            return w.db.scalars(statement.limit(1)).one()

    def duty(self, tier: int) -> int:
        with self.record.engine.reading(Identity(rule="test")) as w:
            statement = select(Obligation.id).where(
                Obligation.document_id == self.plan_id, Obligation.tier == tier
            )
            return w.db.scalars(statement).one()

    def report_of(self, instance_id: int) -> int:
        with self.record.engine.reading(Identity(rule="test")) as w:
            statement = select(ReportPeriod.report_id).where(ReportPeriod.instance_id == instance_id)
            return w.db.scalars(statement.order_by(ReportPeriod.report_id.desc())).first()

    def begin(self, unit: str) -> int:
        with self.record.engine.work(self.record.who(UNITS[unit][0])) as w:
            return start_unit_report(w, instance_id=self.instance(unit))

    def fill(self, login: str, report_id: int, *, result: str = "Đã thực hiện đủ", **changes: object) -> None:
        """Every line of the report says how its task stands; every missing unit has its reason."""
        with self.record.engine.work(self.record.who(login)) as w:
            row = self._row(w, report_id)
            text = parse(self._stored(w, row))
            lines = tuple(
                msgspec.structs.replace(line, status="done", result=result) for line in text.results
            )
            missing = tuple(
                Missing(item.unit, "Đơn vị chưa gửi dù đã được nhắc") for item in text.missing_units
            )
            content = msgspec.structs.replace(text, results=lines, missing_units=missing)
            save_revision(w, document_id=report_id, seen_version=row.version, content=content, **changes)

    def send(self, unit: str) -> int:
        """The unit's report, written and approved by its head."""
        report_id = self.begin(unit)
        writer, head = UNITS[unit]
        self.fill(writer, report_id)
        self.record.step(writer, report_id, "submit")
        self.record.step(head, report_id, "approve_content")
        return report_id

    def state(self, document_id: int) -> SimpleNamespace:
        with self.record.engine.reading(Identity(rule="test")) as w:
            return SimpleNamespace(**self._row(w, document_id)._mapping)

    @staticmethod
    def _row(w, document_id):
        return w.db.execute(select(Document.__table__).where(Document.id == document_id)).one()

    @staticmethod
    def _stored(w, row):
        which = (Revision.document_id == row.id, Revision.no == row.revision_no)
        return w.db.scalars(select(Revision.content).where(*which)).one()


@pytest.fixture
def year(sqlite_record: Record) -> Year:
    """The plan was issued in April; it is October now."""
    made = Year(sqlite_record)
    sqlite_record.clock.now = OCTOBER
    return made


def enter_again(person: Person) -> Person:
    """The session ended while the clock moved on: sign in anew."""
    person.client.delete_cookie("trinhky")
    person.get("/dang-nhap")
    person.submit("/dang-nhap", {"login": person.login, "password": PASSWORD})
    return person
