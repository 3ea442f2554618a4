"""What a person decides about a duty to report: the date it only referred to, that it has none, that it is waived."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select, update

from workflow.case import DocumentFacts
from workflow.commands.instances import add_instances, first_year, handed_over, horizon
from workflow.commands.moving import act_on, unseen
from workflow.commands.restanding import restand
from workflow.commands.steps import follow_up, load_for_step
from workflow.commands.telling_units import tell_of_date
from workflow.content import Obligation as Duty
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen
from workflow.lint.deadlines import told
from workflow.lint.tiers import in_order
from workflow.models import Entry, Instance, Obligation, Owed
from workflow.progress import RUNNING, owed_by_nobody, settled

REASON_MINIMUM = 10


def resolve_date(
    w: Work,
    *,
    obligation_id: int,
    seen_version: int,
    due_month: int,
    due_day: int,
    inclusive: bool,
    source: str,
) -> None:
    """
    Give a duty that only referred to a date its day, with the document it stands in (by Chánh Văn phòng).

    Raises NotFound, NotYourStep, Stale, StepNotOpen, NeedUnmet "needs_date", Invalid, also where units would report
    after the report that is made of theirs (domain.md 4.6).
    """
    duty, plan = decidable(w, obligation_id, seen_version, "resolve_date")
    if duty.status != "needs_date":
        raise NeedUnmet("resolve_date", "needs_date")
    refuse_bad_day(due_month, due_day, source)
    values = {"due_month": due_month, "due_day": due_day, "inclusive": inclusive, "recurrence": "yearly"}
    refuse_out_of_order(w, dict(duty._mapping) | values)
    w.db.execute(
        update(Obligation)
        .where(Obligation.id == obligation_id)
        .values(**values, status="active", resolved_by_document=source.strip())
    )
    ids = w.db.scalars(select(Owed.unit_id).where(Owed.obligation_id == obligation_id, ~handed_over()))
    units = [w.directory.units[unit_id] for unit_id in ids]
    agency = w.directory.agencies[plan.agency_id]
    add_instances(w, obligation_id, dict(duty._mapping) | values, units, agency, until=horizon(w.today))
    columns = {"report_year": first_year(w, plan.id)} if plan.report_year is None else {}
    due = f"{due_day:02d}/{due_month:02d}"
    facts = {"obligation": duty.ref, "source": source.strip(), "due": due, "inclusive": inclusive}
    entry_id = act_on(
        w, plan, action="resolve_date", label="Xác định hạn báo cáo", columns=columns, facts=facts
    )
    told = {"month": due_month, "day": due_day, "inclusive": inclusive, "source": source.strip()}
    tell_of_date(w, plan, duty, [unit.id for unit in units], told)
    _see_whether_reported(w, plan.id, entry_id)


def accept_as_ad_hoc(w: Work, *, obligation_id: int, seen_version: int, note: str) -> None:
    """
    Say that a duty without a date, or one that no unit owes, is answered when asked for: no calendar waits for it.

    Raises as `resolve_date` does.
    """
    duty, plan = decidable(w, obligation_id, seen_version, "accept_as_ad_hoc")
    if duty.status != "needs_date" and not nobody_owes(w, duty):
        raise NeedUnmet("accept_as_ad_hoc", "needs_date")
    _refuse_no_reason(note)
    w.db.execute(update(Obligation).where(Obligation.id == obligation_id).values(status="ad_hoc"))
    facts = {"obligation": duty.ref}
    entry_id = act_on(
        w, plan, action="accept_as_ad_hoc", label="Báo cáo khi có yêu cầu", facts=facts, note=note
    )
    _see_whether_reported(w, plan.id, entry_id)


def waive(w: Work, *, instance_id: int, seen_version: int, reason: str) -> None:
    """
    Free one unit of one period, with the reason and the document that says so (director or Chánh Văn phòng).

    What was sent is no longer owed: it is accepted or sent back for more, never waived (domain.md §4.6).

    Raises NotFound, NotYourStep, Stale, StepNotOpen, Invalid, NeedUnmet "instance_open" or "not_sent".
    """
    instance = w.db.execute(select(Instance.__table__).where(Instance.id == instance_id)).first()
    if instance is None:
        raise NotFound(f"instance {instance_id}")
    plan = load_for_step(w, instance.document_id)
    refuse_act_on_plan(w, plan, seen_version, "waive", "director", "chief_of_office")
    _refuse_no_reason(reason)
    if lock_open_instance(w, instance_id, "waive") in ("submitted", "returned"):
        raise NeedUnmet("waive", "not_sent")
    values = {"waived_reason": reason.strip(), "waived_by": w.actor.person_id}
    w.db.execute(update(Instance).where(Instance.id == instance_id).values(**values))
    restand(w, instance_id)
    facts = {"unit": w.directory.units[instance.unit_id].name, "period": instance.period}
    entry_id = act_on(w, plan, action="waive", label="Miễn báo cáo kỳ này", facts=facts, note=reason.strip())
    _see_whether_reported(w, plan.id, entry_id)


def lock_open_instance(w: Work, instance_id: int, act: str) -> str:
    """
    Where its report stands, locked until the Work ends, always after its plan; NeedUnmet "instance_open" where it is
    done with. Whoever sends or accepts its report at this moment is waited for.
    """
    open_ = select(Instance.stands).where(Instance.id == instance_id, ~settled())
    stands: str | None = w.db.scalar(open_.with_for_update(key_share=True))  # a reminder of it need not wait
    if stands is None:
        raise NeedUnmet(act, "instance_open")
    return stands


def refuse_unless_running(plan: DocumentFacts, act: str) -> None:
    """Reports are owed from issue until the plan is closed; StepNotOpen before and after."""
    if plan.state not in RUNNING:
        raise StepNotOpen(act, plan.state)


def refuse_act_on_plan(w: Work, plan: DocumentFacts, seen_version: int, act: str, *roles: str) -> None:
    """What the office decides about a plan's duties: by these roles, on the present page, while it runs."""
    barred = w.actor.has("admin", agency_id=plan.agency_id)
    if barred or w.actor.has(*roles, agency_id=plan.agency_id) is None:
        raise NotYourStep(act, roles)
    if unseen(w, plan, seen_version):
        raise Stale(seen_version=seen_version, version=plan.version)
    refuse_unless_running(plan, act)


def decidable(w: Work, obligation_id: int, seen_version: int, act: str) -> tuple[Any, DocumentFacts]:
    """A duty about which the office may decide today, and its plan. NotFound, NotYourStep, Stale, StepNotOpen."""
    duty = w.db.execute(select(Obligation.__table__).where(Obligation.id == obligation_id)).first()
    if duty is None:
        raise NotFound(f"obligation {obligation_id}")
    plan = load_for_step(w, duty.document_id)
    refuse_act_on_plan(w, plan, seen_version, act, "chief_of_office")
    return duty, plan


def nobody_owes(w: Work, duty: Any) -> bool:
    """Whether a duty towards the agency was opened with no unit: its text names none of ours."""
    return w.db.scalar(select(Obligation.id).where(Obligation.id == duty.id, owed_by_nobody())) is not None


def _see_whether_reported(w: Work, plan_id: int, entry_id: int) -> None:
    """The last open duty may just have been settled; then the plan is reported in this transaction."""
    cause = w.db.scalar(select(Entry.hash).where(Entry.id == entry_id))
    follow_up(w, plan_id, "mark_reported", cause=cause.hex() if cause else None)


def refuse_bad_day(month: int, day: int, source: str) -> None:
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


def refuse_out_of_order(w: Work, duty: Mapping[str, Any]) -> None:
    """What units owe must fall before what the agency makes of it, whichever of the two gets its date now."""
    active = Obligation.status == "active"
    others = w.db.execute(
        select(Obligation.__table__).where(
            active, or_(Obligation.id == duty["feeds_id"], Obligation.feeds_id == duty["id"])
        )
    )
    for other in others:
        this, that = _as_text(duty), _as_text(dict(other._mapping))
        first, then = (this, that) if other.id == duty["feeds_id"] else (that, this)
        if in_order(first, then, w.today.year) is False:
            raise Invalid([Fault("due_day", "tiers_order", {"lower": told(first), "upper": told(then)})])


def _as_text(duty: Mapping[str, Any]) -> Duty:
    month = duty["due_month"]
    return Duty(
        from_=duty["reporter"],
        to=duty["receiver"],
        recurrence=duty["recurrence"],
        inclusive=duty["inclusive"],
        due_month=tuple(month) if isinstance(month, list) else month,
        due_day=duty["due_day"],
    )


def _refuse_no_reason(reason: str) -> None:
    if len(reason.strip()) < REASON_MINIMUM:
        raise Invalid([Fault("reason", "too_short", {"minimum": REASON_MINIMUM})])
