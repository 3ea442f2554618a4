"""What is done again and again in the year of a plan: its duties, the office's report, waiving."""

from sqlalchemy import select

from tests.record import Record, plan
from tests.workflow.acts import (
    REASON,
    instances,
    issued_plan,
    looking,
    once_open,
    replace,
    row,
    text,
    working,
)
from workflow.commands.drafting import save_revision
from workflow.commands.reporting import start_report, waive
from workflow.content import Missing, Obligation
from workflow.models import Obligation as Duty

BY_REFERENCE = Obligation(
    from_="Văn phòng Sở",
    to="Sở Nội vụ",
    recurrence="yearly",
    by_reference=True,
    raw="Theo hạn của Công văn số 9.",
)


def with_duty(*duties: Obligation):
    whole = plan()
    return plan(sections=(replace(whole.sections[0], obligations=(*whole.sections[0].obligations, *duties)),))


def office_report(record: Record, plan_id: int, *, year: int = 2026, login: str = "lan") -> int:
    [final] = instances(record, plan_id, tier=2, year=year).values()
    once_open(record, final.id)
    with working(record, login) as w:
        return start_report(w, instance_id=final.id, signer_id=record.person("mai"))


def name_missing(record: Record, report_id: int, reason: str = "đang kiện toàn tổ chức") -> None:
    content = text(record, report_id)
    missing = tuple(Missing(item.unit, reason) for item in content.missing_units)
    with working(record, "lan") as w:
        save_revision(
            w,
            document_id=report_id,
            seen_version=row(record, report_id).version,
            content=replace(content, missing_units=missing),
            signer_id=record.person("mai"),
        )


def send(record: Record, report_id: int) -> None:
    record.bring_to(report_id, "issue")


def waive_all_units(record: Record, plan_id: int, *, but: tuple[str, ...] = (), year: int = 2026) -> None:
    for unit, instance in instances(record, plan_id, tier=1, year=year).items():
        if unit not in but:
            with working(record, "hung") as w:
                waive(w, instance_id=instance.id, seen_version=row(record, plan_id).version, reason=REASON)


def waive_final(record: Record, plan_id: int, *, year: int = 2026) -> None:
    [final] = instances(record, plan_id, tier=2, year=year).values()
    with working(record, "viet") as w:
        waive(w, instance_id=final.id, seen_version=row(record, plan_id).version, reason=REASON)


def undated(record: Record) -> tuple[int, int]:
    plan_id = issued_plan(record, content=with_duty(BY_REFERENCE))
    with looking(record) as w:
        duty_id = w.db.scalar(select(Duty.id).where(Duty.status == "needs_date"))
    return plan_id, duty_id
