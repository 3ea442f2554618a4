"""The year of a plan: unit reports, the office's report, dates that were only referred to, duties that are waived."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from workflow import content as texts
from workflow.commands.drafting import create_document, load_content
from workflow.commands.obligations import add_instances, first_year, horizon
from workflow.commands.steps import act_on, load_for_step
from workflow.content import Content, Missing, Node, Recipient, Row
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NeedUnmet, NotFound, NotYourStep, Stale
from workflow.folding import fold
from workflow.loading import document_columns, document_facts
from workflow.models import Document, Instance, Obligation, Owed, ReportPeriod, Revision
from workflow.parties import resolve_parties
from workflow.progress import settled


def start_unit_report(w: Work, *, instance_id: int) -> int:
    """
    Open this unit's report for one instance, a line per task of the plan that it leads; returns its id.

    Raises NotFound, NotYourStep outside the unit, NeedUnmet "not_reported_yet" when one is on its way.
    """
    instance = _instance(w, instance_id)
    if w.actor.has("unit_reporter", "drafter", "dept_head", "dept_deputy", unit_id=instance.unit_id) is None:
        raise NotYourStep("report", ("unit_reporter",))
    if standing := _reports_of(w, [instance_id]):
        raise NeedUnmet("report", "not_reported_yet", {"report": standing[0]})
    plan = _plan(w, instance.document_id)
    plan_text = load_content(w, plan)
    unit = w.directory.units[instance.unit_id]
    known = w.directory.known_in(unit.agency_id)
    rows = []
    for ref, node in texts.tasks(plan_text):
        assert node.task is not None
        led = {code for lead in node.task.leads for party in resolve_parties(lead, known, on=w.today) for code in party.codes}
        if unit.code in led:
            rows.append(Row(ref=ref, task=_task_title(node), unit=unit.name))
    rows = rows or [Row(ref="", task=f"Kết quả thực hiện {_called(plan.reference_no, plan_text)}", unit=unit.name)]
    content = Content(
        doc_type="BC",
        subject=f"Kết quả thực hiện {_called(plan.reference_no, plan_text)} năm {instance.year}",
        field=plan.field,
        drafting_unit=unit.name,
        parent_reference=plan.reference_no,
        results=tuple(rows),
    )
    return create_document(
        w, definition_id="bao_cao_don_vi", unit_id=unit.id, content=content, plan_id=plan.id, instances=[instance_id]
    )


def start_report(w: Work, *, instance_id: int, signer_id: int | None = None) -> int:
    """
    The office's report for a duty of the last tier: its first draft is written from the accepted unit
    reports, and names the units whose report is not in (domain.md §4.5). Returns its id.
    """
    instance = _instance(w, instance_id)
    if w.actor.has("drafter", "dept_head", "dept_deputy", "chief_of_office", unit_id=instance.unit_id) is None:
        raise NotYourStep("aggregate", ("chief_of_office",))
    if standing := _reports_of(w, [instance_id]):
        raise NeedUnmet("aggregate", "not_reported_yet", {"report": standing[0]})
    plan = _plan(w, instance.document_id)
    plan_text = load_content(w, plan)
    duty = w.db.execute(select(Obligation.__table__).where(Obligation.id == instance.obligation_id)).one()
    received, missing = _inputs(w, duty.id, instance.year)
    called = _called(plan.reference_no, plan_text)
    unit = w.directory.units[instance.unit_id]
    content = Content(
        doc_type="BC",
        subject=f"Kết quả thực hiện {called} năm {instance.year}",
        field=plan.field,
        drafting_unit=unit.name,
        parent_reference=plan.reference_no,
        addressees=(duty.receiver,) if duty.receiver else (),
        opening=(
            f"Thực hiện {called}, {w.directory.agencies[plan.agency_id].name} báo cáo kết quả năm {instance.year} "
            f"(số liệu từ ngày {instance.data_from:%d/%m/%Y} đến ngày {instance.data_to:%d/%m/%Y}) như sau:",
        ),
        sections=_sections(received, missing),
        results=tuple(row for _, rows in received for row in rows),
        missing_units=tuple(Missing(name) for name in missing),
        recipients=tuple(Recipient(name, purpose) for name, purpose in _report_recipients(duty.receiver)),
    )
    return create_document(
        w,
        definition_id="bao_cao",
        unit_id=unit.id,
        content=content,
        signer_id=signer_id,
        plan_id=plan.id,
        instances=[instance_id],
    )


def resolve_date(
    w: Work, *, obligation_id: int, seen_version: int, due_month: int, due_day: int, inclusive: bool, source: str
) -> None:
    """
    Give a duty that only referred to a date its day, with the document it stands in (by Chánh Văn phòng).

    Raises NotYourStep, NeedUnmet "needs_date", Invalid, Stale.
    """
    duty, plan = _duty(w, obligation_id)
    _office_only(w, plan.agency_id, "resolve_date")
    if duty.status != "needs_date":
        raise NeedUnmet("resolve_date", "needs_date")
    _refuse_bad_day(due_month, due_day, source)
    _refuse_stale(plan.version, seen_version)
    values = {"due_month": due_month, "due_day": due_day, "inclusive": inclusive, "recurrence": "yearly"}
    w.db.execute(
        update(Obligation)
        .where(Obligation.id == obligation_id)
        .values(**values, status="active", resolved_by_document=source)
    )
    units = _owing_units(w, obligation_id)
    agency = w.directory.agencies[plan.agency_id]
    add_instances(w, obligation_id, dict(duty._mapping) | values, units, agency, until=horizon(w.today))
    columns: dict[str, Any] = {}
    if plan.report_year is None:
        columns["report_year"] = first_year(w, plan.id)
    facts = {"obligation": duty.ref, "source": source, "due": f"{due_day:02d}/{due_month:02d}", "inclusive": inclusive}
    act_on(w, plan, action="resolve_date", label="Xác định hạn báo cáo", columns=columns, facts=facts)


def accept_as_ad_hoc(w: Work, *, obligation_id: int, seen_version: int, note: str) -> None:
    """Say that a duty without a date is answered when asked for, and no calendar waits for it."""
    duty, plan = _duty(w, obligation_id)
    _office_only(w, plan.agency_id, "accept_as_ad_hoc")
    if duty.status != "needs_date":
        raise NeedUnmet("accept_as_ad_hoc", "needs_date")
    _refuse_no_reason(note)
    _refuse_stale(plan.version, seen_version)
    w.db.execute(update(Obligation).where(Obligation.id == obligation_id).values(status="ad_hoc"))
    facts = {"obligation": duty.ref}
    act_on(w, plan, action="accept_as_ad_hoc", label="Báo cáo khi có yêu cầu", facts=facts, note=note)


def waive(w: Work, *, instance_id: int, seen_version: int, reason: str) -> None:
    """Free one unit of one period, with the reason and the document that says so (director or Chánh Văn phòng)."""
    instance = _instance(w, instance_id)
    plan = load_for_step(w, instance.document_id)
    if w.actor.has("director", "chief_of_office", agency_id=plan.agency_id) is None:
        raise NotYourStep("waive", ("director", "chief_of_office"))
    _refuse_no_reason(reason)
    _refuse_stale(plan.version, seen_version)
    open_ = w.db.scalar(select(Instance.id).where(Instance.id == instance_id, ~settled()))  # type: ignore[operator]
    if open_ is None:
        raise NeedUnmet("waive", "instance_open")
    w.db.execute(
        update(Instance).where(Instance.id == instance_id).values(waived_reason=reason, waived_by=w.actor.person_id)
    )
    facts = {"unit": w.directory.units[instance.unit_id].name, "period": instance.period}
    act_on(w, plan, action="waive", label="Miễn báo cáo kỳ này", facts=facts, note=reason)


def _inputs(w: Work, obligation_id: int, year: int) -> tuple[list[tuple[str, tuple[Row, ...]]], list[str]]:
    """The rows of every accepted unit report that feeds this duty in this year; the names of who is missing."""
    rows = w.db.execute(
        select(Instance.unit_id, Instance.waived_reason, Document.state, Revision.content)
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .outerjoin(ReportPeriod, ReportPeriod.instance_id == Instance.id)
        .outerjoin(Document, Document.id == ReportPeriod.report_id)
        .outerjoin(Revision, (Revision.document_id == Document.id) & (Revision.no == Document.revision_no))
        .where(Obligation.feeds_id == obligation_id, Instance.year == year)
        .order_by(Instance.unit_id)
    ).all()
    received: dict[int, list[Row]] = {}
    missing: dict[int, None] = {}
    for unit_id, waived, state, stored in rows:
        if state == "accepted":
            received.setdefault(unit_id, []).extend(texts.parse(stored).results)
        elif waived is None:
            missing.setdefault(unit_id)
    names = w.directory.units
    got = [(names[unit_id].name, tuple(lines)) for unit_id, lines in received.items()]
    return got, [names[unit_id].name for unit_id in missing if unit_id not in received]


def _sections(received: Sequence[tuple[str, tuple[Row, ...]]], missing: Sequence[str]) -> tuple[Node, ...]:
    lines = [row for _, rows in received for row in rows]
    done = sum(row.status == "done" for row in lines)
    running = sum(row.status == "running" for row in lines)
    not_started = sum(row.status == "not_started" for row in lines)
    total = (
        f"Đã nhận báo cáo của {len(received)}/{len(received) + len(missing)} đơn vị. Trong {len(lines)} kết quả được báo "
        f"cáo: {done} hoàn thành, {running} đang thực hiện, {not_started} chưa thực hiện. Chi tiết theo bảng kết quả."
    )
    reasons = tuple(f"{row.unit}: {row.task}: {row.reason.strip()}" for row in lines if row.reason.strip())
    return (
        Node(label="I", title="KẾT QUẢ THỰC HIỆN", paragraphs=(total,)),
        Node(label="II", title="KHÓ KHĂN, VƯỚNG MẮC", paragraphs=reasons or ("Không có.",)),
    )


def _report_recipients(receiver: str) -> list[tuple[str, Any]]:
    return [(name, purpose) for name, purpose in ((receiver, "to_report"), ("Ban Giám đốc", None)) if name]


def _called(reference_no: str | None, text: Content) -> str:
    return f"Kế hoạch số {reference_no}" if reference_no else f"Kế hoạch {text.subject}"


def _task_title(node: Node) -> str:
    words = node.title or (node.paragraphs[0] if node.paragraphs else "")
    return words.strip().rstrip(".:;")


def _instance(w: Work, instance_id: int) -> Any:
    row = w.db.execute(select(Instance.__table__).where(Instance.id == instance_id)).first()
    agencies = {seat.post.agency_id for seat in w.actor.seats}
    if row is None or row.agency_id not in agencies:
        raise NotFound(f"instance {instance_id}")
    return row


def _plan(w: Work, plan_id: int) -> Any:
    return document_facts(w.db.execute(document_columns().where(Document.id == plan_id)).one())


def _duty(w: Work, obligation_id: int) -> tuple[Any, Any]:
    duty = w.db.execute(select(Obligation.__table__).where(Obligation.id == obligation_id)).first()
    if duty is None:
        raise NotFound(f"obligation {obligation_id}")
    return duty, load_for_step(w, duty.document_id)


def _reports_of(w: Work, instances: Sequence[int]) -> list[int]:
    return list(
        w.db.scalars(
            select(ReportPeriod.report_id)
            .join(Document, Document.id == ReportPeriod.report_id)
            .where(
                ReportPeriod.instance_id.in_(instances), Document.state.not_in(["cancelled", "rejected", "voided"])
            )
        )
    )


def _owing_units(w: Work, obligation_id: int) -> list[Any]:
    ids = w.db.scalars(select(Owed.unit_id).where(Owed.obligation_id == obligation_id))
    return [w.directory.units[unit_id] for unit_id in ids]


def _office_only(w: Work, agency_id: int, act: str) -> None:
    if w.actor.has("chief_of_office", agency_id=agency_id) is None:
        raise NotYourStep(act, ("chief_of_office",))


def _refuse_stale(version: int, seen_version: int) -> None:
    if version != seen_version:
        raise Stale(seen_version=seen_version, version=version)


def _refuse_bad_day(month: int, day: int, source: str) -> None:
    faults = []
    longest = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    if not 1 <= month <= 12:
        faults.append(Fault("due_month", "out_of_range"))
    elif not 1 <= day <= longest:
        faults.append(Fault("due_day", "out_of_range", {"longest": longest}))
    if not source.strip():
        faults.append(Fault("source", "missing"))
    if faults:
        raise Invalid(faults)


def _refuse_no_reason(reason: str) -> None:
    if len(fold(reason)) < 10:
        raise Invalid([Fault("reason", "too_short", {"minimum": 10})])
