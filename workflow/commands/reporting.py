"""Opening the reports of a plan's year: one of each unit that owes it, then the office's own."""

from typing import Any

import msgspec
from sqlalchemy import or_, select

from workflow.commands import report_draft as draft
from workflow.commands.collecting import collect, plan_facts, planned, rows_led
from workflow.commands.drafting import MAY_REPORT, create_document
from workflow.commands.duties import accept_as_ad_hoc as accept_as_ad_hoc
from workflow.commands.duties import refuse_unless_running
from workflow.commands.duties import resolve_date as resolve_date
from workflow.commands.duties import waive as waive
from workflow.commands.keys import claim_key, first_result
from workflow.content import canonical
from workflow.engine import Work
from workflow.errors import NeedUnmet, NotFound, NotYourStep
from workflow.inputs import COLLECTED
from workflow.models import Document, Instance, Obligation, ReportPeriod
from workflow.people import Unit
from workflow.period_words import period_words
from workflow.periods import counted_until
from workflow.succession import heir_of, taken_over

MAY_AGGREGATE = ("drafter", "dept_head", "dept_deputy", "chief_of_office")
GIVEN_UP = ("cancelled", "rejected", "voided")
SENT = ("submitted", "accepted")


def start_unit_report(w: Work, *, instance_id: int, key: str = "") -> int:
    """
    Open this unit's report for one instance, a line per task of the plan that it leads, filled in from what the
    unit noted of it, its evidence files with it; returns its id. Of a period taken over from a unit that ended, its
    successor opens it.

    The same `key` again gives the first report's id. Raises NotFound, NotYourStep outside the unit, StepNotOpen when
    the plan is closed, NeedUnmet "instance_open", "period_opened" or "not_reported_yet" when nothing is owed, its time
    has not begun, or a report is on its way.
    """
    instance = _instance(w, instance_id, tier=1, act="report", roles=MAY_REPORT)
    request = canonical(["start_unit_report", instance_id])
    if key and (earlier := first_result(w, key, request)):
        return int(earlier["document_id"])
    _refuse_unless_open(w, instance, "report")
    plan = _plan(w, instance.document_id, "report")
    _refuse_unopened(w, instance, "report")
    unit = w.directory.units[instance.unit_id]
    writer = _writer(w, instance)
    led = writer != unit  # it stands in the place of a unit that ended, whose part this is
    rows = rows_led(w, plan, instance.document_id, unit, instance.year, led=led) or (
        draft.whole_row(plan, unit),
    )
    period = period_words(instance.period, instance.year)
    report_id = create_document(
        w,
        definition_id="bao_cao_don_vi",
        unit_id=writer.id,
        content=msgspec.structs.replace(
            plan.report(writer, f"{period}, phần nhận bàn giao của {unit.name}" if led else period),
            results=rows,
            attachments=draft.attachments_of(rows),
        ),
        plan_id=instance.document_id,
        instances=[instance_id],
    )
    if key:
        claim_key(w, key, request, {"document_id": report_id})
    return report_id


def start_report(w: Work, *, instance_id: int, signer_id: int | None = None, key: str = "") -> int:
    """
    The office's report for a duty of the last tier: its first draft is written from the accepted unit
    reports and from what the office noted of the tasks it leads itself, and names the units whose report is not in
    (domain.md §4.5). Returns its id.

    Raises as `start_unit_report` does.
    """
    instance = _instance(w, instance_id, tier=2, act="aggregate", roles=MAY_AGGREGATE)
    request = canonical(["start_report", instance_id, signer_id])
    if key and (earlier := first_result(w, key, request)):
        return int(earlier["document_id"])
    _refuse_unless_open(w, instance, "aggregate")
    plan = _plan(w, instance.document_id, "aggregate")
    _refuse_unopened(w, instance, "aggregate")
    agency = w.directory.agencies[instance.agency_id]
    unit = w.directory.units[instance.unit_id]
    own = rows_led(w, plan, instance.document_id, unit, instance.year)
    until = counted_until(instance.data_from, instance.data_to, on=w.today)
    collected = collect(w, instance_id, unit, own)
    leaders = next((item.name for item in w.directory.units_of(agency.id) if item.kind == "leadership"), "")
    period = period_words(instance.period, instance.year)
    content = msgspec.structs.replace(
        plan.report(unit, period),
        addressees=(instance.receiver,) if instance.receiver else (),
        opening=(draft.opening(plan, agency.name, period, instance.data_from, until),),
        sections=draft.sections(collected),
        results=collected.rows,
        missing_units=draft.missing_units(collected),
        recipients=draft.recipients(instance.receiver, leaders),
    )
    report_id = create_document(
        w,
        definition_id="bao_cao",
        unit_id=unit.id,
        content=content,
        signer_id=signer_id,
        plan_id=instance.document_id,
        instances=[instance_id],
        source_reference={COLLECTED: list(collected.reports)},
    )
    if key:
        claim_key(w, key, request, {"document_id": report_id})
    return report_id


def _instance(w: Work, instance_id: int, *, tier: int, act: str, roles: tuple[str, ...]) -> Any:
    """
    The instance with its duty's receiver, locked: two who start a report at once are told apart here. Its plan, on
    which the report will hang, is held before it, as by everybody who decides about the instance.
    """
    plan = select(Document.id).join(Instance, Instance.document_id == Document.id)
    w.db.execute(
        plan.where(Instance.id == instance_id).with_for_update(read=True, key_share=True, of=Document)
    )
    row = w.db.execute(
        select(Instance.__table__, Obligation.receiver, taken_over().label("taken_over"))
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .where(Instance.id == instance_id, Obligation.tier == tier)
        .with_for_update(of=Instance)
    ).first()
    if row is None or row.agency_id not in {seat.post.agency_id for seat in w.actor.seats}:
        raise NotFound(f"instance {instance_id}")
    if w.actor.has(*roles, unit_id=_writer(w, row).id) is None:
        raise NotYourStep(act, roles)
    return row


def _writer(w: Work, row: Any) -> Unit:
    """The unit that writes it: the one that owes it, or that took it over."""
    heir = heir_of(w.directory, row.unit_id, w.today) if row.taken_over else None
    return heir or w.directory.units[row.unit_id]


def _refuse_unless_open(w: Work, row: Any, act: str) -> None:
    """NeedUnmet "instance_open" or "not_reported_yet"."""
    if row.waived_reason is not None or row.fulfilled_at is not None or row.handed_over_to is not None:
        raise NeedUnmet(act, "instance_open")
    standing = w.db.scalar(
        select(ReportPeriod.report_id)
        .join(Document, Document.id == ReportPeriod.report_id)
        .where(
            ReportPeriod.instance_id == row.id,
            Document.state.not_in(GIVEN_UP),
            # What an ended unit had begun is left behind.
            or_(Document.unit_id == _writer(w, row).id, Document.state.in_(SENT)),
        )
    )
    if standing is not None:
        raise NeedUnmet(act, "not_reported_yet", {"report": standing})


def _plan(w: Work, plan_id: int, act: str) -> draft.Planned:
    plan = plan_facts(w, plan_id)
    refuse_unless_running(plan, act)
    return planned(w, plan)


def _refuse_unopened(w: Work, instance: Any, act: str) -> None:
    """What the report is to tell of has hardly begun: an instance opens some days before it is due (decisions.md 24)."""
    if instance.opens_on > w.today:
        raise NeedUnmet(act, "period_opened", {"opens": instance.opens_on.isoformat()})
