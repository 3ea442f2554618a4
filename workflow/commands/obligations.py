"""The reporting duties of an issued plan: opened at issue, dated, instanced period by period, fulfilled or waived."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select, update

from workflow import content as texts
from workflow.case import Case
from workflow.commands.effects import Outcome, effect
from workflow.commands.instances import add_instances, extend_instances, first_year, horizon
from workflow.commands.task_rows import continue_tasks, open_tasks
from workflow.definition import Step
from workflow.engine import Work
from workflow.loading import load_content
from workflow.models import Document, Instance, Obligation, Owed, ReportPeriod
from workflow.parties import Party
from workflow.people import Agency, Unit
from workflow.periods import datable
from workflow.reporters import reporters, tier_of


@effect("open_obligations")
def open_obligations(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    """
    Every duty the text states becomes a row; groups become the units of today (decisions.md 23).

    Tier 1 is owed to the agency or one of its units, tier 2 to a body outside. What has no date of its own
    waits as `needs_date` for a person to resolve it, and what names no unit waits for one (`name_reporters`); nothing
    is dropped. Its tasks become rows beside them.
    """
    content = load_content(w, case.document)
    stated = texts.obligations(content)
    rows = [_row(w, case, ref, item) for ref, item in stated]
    ids: list[int] = []
    for values, _ in rows:
        result = w.db.execute(insert(Obligation).values(**values))
        ids.append(result.inserted_primary_key[0])  # type: ignore[index]
    _feed(w, ids, [values for values, _ in rows])
    for obligation_id, (values, units) in zip(ids, rows, strict=True):
        if units:
            w.db.execute(
                insert(Owed), [{"obligation_id": obligation_id, "unit_id": unit.id} for unit in units]
            )
        if values["status"] == "active":
            add_instances(w, obligation_id, values, units, case.agency, until=horizon(w.today))
    first = first_year(w, case.document.id)
    if first is not None:
        outcome.columns["report_year"] = first
    if made := open_tasks(w, case.document, content, on=w.today):
        outcome.facts["tasks"] = made
    outcome.facts["obligations"] = [
        {
            "ref": values["ref"],
            "tier": values["tier"],
            "status": values["status"],
            "units": [u.name for u in units],
        }
        for values, units in rows
    ]


@effect("open_year")
def open_year(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    """A new year of the same plan (T24): its periods are made, the plan counts for the year of today."""
    extend_instances(w, [case.document.id], until=horizon(w.today))
    continue_tasks(w, case.document.id)
    year = case.progress.next_year
    outcome.columns["report_year"] = year
    outcome.facts["year"] = year


@effect("fulfil_periods")
def fulfil_periods(w: Work, case: Case, step: Step, outcome: Outcome) -> None:
    """The issued report answers its instances with its number and date (domain.md §4.5)."""
    document = case.document
    rows = w.db.execute(
        select(Instance.id, Instance.document_id)
        .join(ReportPeriod, ReportPeriod.instance_id == Instance.id)
        .where(ReportPeriod.report_id == document.id)
    ).all()
    if not rows:
        return
    plan_ids = sorted({row.document_id for row in rows})
    plans = select(Document.id).where(Document.id.in_(plan_ids)).order_by(Document.id)
    w.db.execute(plans.with_for_update())  # before their instances, as by everybody who decides about one
    w.db.execute(
        update(Instance)
        .where(Instance.id.in_([row.id for row in rows]), Instance.fulfilled_at.is_(None))
        .values(fulfilled_at=w.now, fulfilled_reference=document.reference_no)
    )
    outcome.facts["fulfils"] = sorted(row.id for row in rows)
    outcome.follow_ups += [(plan_id, "mark_reported") for plan_id in plan_ids]


def _row(w: Work, case: Case, ref: str, item: texts.Obligation) -> tuple[dict[str, Any], list[Unit]]:
    known = w.directory.known_in(case.agency.id)
    tier = tier_of(item, known, on=w.today)
    named = reporters(item, known, on=w.today)
    units = _units(w, case.agency, named) if tier == 1 else _office(w, case.agency)
    dated = datable(item.recurrence, due_month=item.due_month, due_day=item.due_day) and not item.by_reference
    status = "ad_hoc" if item.recurrence == "ad_hoc" else "active" if dated else "needs_date"
    months = list(item.due_month) if isinstance(item.due_month, tuple) else item.due_month
    values = {
        "agency_id": case.agency.id,
        "document_id": case.document.id,
        "ref": ref,
        "tier": tier,
        "feeds_id": None,
        "reporter": item.from_ or "",
        "receiver": item.to or "",
        "via": item.via or "",
        "recurrence": item.recurrence,
        "inclusive": item.inclusive,
        "due_month": months,
        "due_day": item.due_day,
        "by_reference": item.by_reference,
        "embedded_in": item.embedded_in or "",
        "raw": item.raw,
        "status": status,
        "resolved_by_document": "",
        "active_from": w.today,
    }
    return values, units


def _units(w: Work, agency: Agency, parties: Iterable[Party]) -> list[Unit]:
    """The units meant; one that no longer stands is followed to its successor."""
    found: dict[int, Unit] = {}
    for party in parties:
        for code in party.codes:
            unit = w.directory.standing_unit(agency.id, code, w.today)
            if unit is not None and unit.code != agency.aggregator:
                found[unit.id] = unit
    return list(found.values())


def _office(w: Work, agency: Agency) -> list[Unit]:
    unit = w.directory.unit_by_code(agency.id, agency.aggregator)
    return [unit] if unit else []


def _feed(w: Work, ids: list[int], rows: list[dict[str, Any]]) -> None:
    """The units' duty feeds the agency's duty of the same rhythm, else the first there is."""
    upper = [
        (i, row)
        for i, row in zip(ids, rows, strict=True)
        if row["tier"] == 2 and row["recurrence"] != "ad_hoc"
    ]
    for obligation_id, row in zip(ids, rows, strict=True):
        if row["tier"] == 1 and row["recurrence"] != "ad_hoc" and upper:
            same = [i for i, other in upper if other["recurrence"] == row["recurrence"]]
            fed = (same or [upper[0][0]])[0]
            w.db.execute(update(Obligation).where(Obligation.id == obligation_id).values(feeds_id=fed))
