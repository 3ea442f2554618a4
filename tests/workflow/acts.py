"""What the tests of the engine do and look at again and again, in words; a real record behind each."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func, select, update

from tests.arranged import arranged
from tests.record import Record
from workflow.case import Case
from workflow.commands.drafting import save_revision
from workflow.commands.ending import agree_to_end
from workflow.commands.people import hold_post, leave_post
from workflow.commands.reporting import start_unit_report
from workflow.commands.steps import case_of
from workflow.content import Content, parse
from workflow.engine import Identity, Work
from workflow.loading import document_columns, document_facts
from workflow.models import (
    Agency,
    Approval,
    Document,
    Entry,
    Instance,
    Obligation,
    Revision,
)
from workflow.queries.visibility import visible_to
from workflow.workdays import VN

REASON = "Nêu rõ lý do để người nhận biết phải làm gì."

UNITS = ("QLKH", "QLCN", "TDC", "CDS", "BCVT", "KHTC", "TTNC", "TTCNS", "TTKT")
"""The units of the Sở that "các phòng, đơn vị thuộc Sở" means in 2026: not the Văn phòng, which collects."""

REPORTERS = {"QLKH": ("nhung", "khoi"), "QLCN": ("yen", "dang"), "TDC": ("nam", "tung"), "CDS": ("quynh", "khanh"),
             "BCVT": ("diep", "phuoc"), "KHTC": ("ha", "bach"), "TTNC": ("oanh", "lam"), "TTCNS": ("cuc", "vinh"),
             "TTKT": ("sen", "nghia")}  # fmt: skip


@contextmanager
def looking(record: Record, login: str = "") -> Iterator[Work]:
    with record.engine.reading(record.who(login) if login else Identity(rule="test")) as w:
        yield w


@contextmanager
def working(record: Record, login: str = "", **how: Any) -> Iterator[Work]:
    with record.engine.work(record.who(login, **how) if login else Identity(rule="test")) as w:
        yield w


class Interrupted(BaseException):
    """Something that no code of ours expects, like a key pressed or a process stopped."""


def broken_off(record: Record, login: str, act: Callable[[Work], object]) -> None:
    """Do the act in a Work that never reaches its end."""
    with suppress(Interrupted), working(record, login) as w:
        act(w)
        raise Interrupted


def row(record: Record, document_id: int) -> Any:
    with looking(record) as w:
        return w.db.execute(select(Document.__table__).where(Document.id == document_id)).one()


def count(record: Record, model: Any, *where: Any) -> int:
    with looking(record) as w:
        found: int = w.db.scalar(select(func.count()).select_from(model).where(*where))
        return found


def case(record: Record, document_id: int) -> Case:
    with looking(record) as w:
        return case_of(
            w, document_facts(w.db.execute(document_columns().where(Document.id == document_id)).one())
        )


def text(record: Record, document_id: int) -> Content:
    with looking(record) as w:
        stored = w.db.scalar(
            select(Revision.content)
            .where(Revision.document_id == document_id)
            .order_by(Revision.no.desc())
            .limit(1)
        )
    return parse(stored)


def history(record: Record, document_id: int) -> list[dict[str, Any]]:
    """The entries of a document, oldest first, as what they say."""
    with looking(record) as w:
        bodies = w.db.scalars(select(Entry.body).where(Entry.document_id == document_id).order_by(Entry.id))
        return [json.loads(body) for body in bodies]


def approvals(record: Record, document_id: int) -> list[Any]:
    with looking(record) as w:
        statement = (
            select(Approval.__table__).where(Approval.document_id == document_id).order_by(Approval.id)
        )
        return list(w.db.execute(statement))


def sees(record: Record, login: str, document_id: int) -> bool:
    with looking(record, login) as w:
        found = w.db.scalar(select(Document.id).where(Document.id == document_id, visible_to(w.actor)))
        return found is not None


def open_steps(record: Record, login: str, document_id: int) -> list[str]:
    """The buttons this person has on this document."""
    with looking(record, login) as w:
        facts = document_facts(w.db.execute(document_columns().where(Document.id == document_id)).one())
        flow = w.flow(facts.definition_id, facts.definition_version)
        return [step.id for step in flow.open_steps(case_of(w, facts), w.actor)]


def set_agency(record: Record, code: str = "so_khcn", **changes: Any) -> None:
    """Change settings of an agency from now on."""
    with working(record) as w:
        agency = w.directory.agency_by_code[code]
        stored = w.db.scalar(select(Agency.settings).where(Agency.id == agency.id))
        w.db.execute(update(Agency).where(Agency.id == agency.id).values(settings={**stored, **changes}))
        arranged(w)


def seat(record: Record, login: str, post: str, *, since: date, until: date | None = None) -> None:
    with working(record) as w:
        post_id = next(item.id for item in w.directory.posts.values() if item.code == post)
        person_id = w.directory.by_login[login].id
        hold_post(
            w,
            person_id=person_id,
            post_id=post_id,
            valid_from=since,
            valid_to=until,
            basis="Quyết định điều động",
        )


def unseat(record: Record, login: str, *, last_day: date) -> None:
    """End everything this person holds."""
    with working(record) as w:
        person_id = w.directory.by_login[login].id
        for holding in [item for item in w.directory.holdings if item.person_id == person_id]:
            leave_post(w, holding_id=holding.id, last_day=last_day)


def at(record: Record, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
    """Set the clock to this moment in Việt Nam; the server's zone is UTC."""
    record.clock.now = datetime(year, month, day, hour, minute, tzinfo=VN).astimezone(UTC)


def instances(record: Record, plan_id: int, *, tier: int, year: int) -> dict[str, Any]:
    """The instances of one tier and year by the code of their unit."""
    with looking(record) as w:
        rows = w.db.execute(
            select(Instance.__table__)
            .join(Obligation, Obligation.id == Instance.obligation_id)
            .where(Instance.document_id == plan_id, Obligation.tier == tier, Instance.year == year)
        ).all()
        return {w.directory.units[item.unit_id].code: item for item in rows}


def once_open(record: Record, instance_id: int) -> int:
    """The same period, on the morning it opens or on whatever later day it is by now."""
    with looking(record) as w:
        opens = w.db.scalars(select(Instance.opens_on).where(Instance.id == instance_id)).one()
        if w.today >= opens:
            return instance_id
    at(record, opens.year, opens.month, opens.day)
    return instance_id


def agree(record: Record, plan_id: int, login: str = "mai") -> None:
    """Who signed the plan says that it may end."""
    with working(record, login) as w:
        agree_to_end(w, plan_id=plan_id, seen_version=row(record, plan_id).version, reason=REASON)


def issued_plan(record: Record, **how: Any) -> int:
    plan_id = record.draft(**how)
    record.bring_to(plan_id, "issue")
    return plan_id


def fill_results(
    record: Record,
    login: str,
    report_id: int,
    *,
    status: str = "done",
    result: str = "Đã xong.",
    reason: str = "",
) -> None:
    """Answer every row of a unit's report."""
    content = text(record, report_id)
    rows = tuple(replace(item, status=status, result=result, reason=reason) for item in content.results)
    with working(record, login) as w:
        save_revision(
            w,
            document_id=report_id,
            seen_version=row(record, report_id).version,
            content=replace(content, results=rows),
        )


def report_of_unit(record: Record, unit: str, instance_id: int) -> int:
    """The unit's report from opening to acceptance by the Chánh Văn phòng."""
    reporter, head = REPORTERS[unit]
    once_open(record, instance_id)
    with working(record, reporter) as w:
        report_id = start_unit_report(w, instance_id=instance_id)
    fill_results(record, reporter, report_id)
    record.step(reporter, report_id, "submit")
    record.step(head, report_id, "approve_content")
    record.step("hung", report_id, "accept")
    return report_id
