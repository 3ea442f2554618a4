"""A report of the agency takes in what its units sent: what came since goes into the text beside what was typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from sqlalchemy import and_, select

from workflow.case import DocumentFacts
from workflow.commands import report_draft as draft
from workflow.commands.drafting import filed, store_text
from workflow.commands.turn_to_edit import document_to_edit
from workflow.content import Content, Missing, Node, Row, parse
from workflow.engine import Work
from workflow.errors import NeedUnmet
from workflow.folding import fold
from workflow.inputs import COLLECTED, Inputs, inputs_of_instance, inputs_of_reports, left_out, names_of
from workflow.loading import document_columns, document_facts, load_content
from workflow.models import Document, Instance, ReportPeriod, Revision
from workflow.people import Unit
from workflow.periods import counted_until
from workflow.queries.tasks import evidence_of_year, tasks_of_year
from workflow.report_words import recounted, redated


@dataclass(frozen=True)
class TakenIn:
    """The units of which anything new is in the text now, those no longer named as missing and those newly named."""

    units: tuple[str, ...] = ()
    arrived: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def collect(w: Work, instance_id: int, office: Unit, own: tuple[Row, ...]) -> draft.Collected:
    """
    What the units sent that goes into this period of the agency, and who sent nothing; the rows of the office's own
    tasks beside, unless it owes a report as a unit does.
    """
    inputs = inputs_of_instance(w, instance_id)
    rows, units = _rows_of(w, inputs), w.directory.units
    return draft.Collected(
        received=[
            (units[unit_id].name, tuple(row for report in reports for row in rows[report]))
            for unit_id, reports in inputs.accepted.items()
        ],
        missing=[units[unit_id].name for unit_id in inputs.missing],
        complete=len(inputs.complete),
        reports=_ids(inputs),
        own=() if inputs.has(office.id) else own,
    )


def rows_led(
    w: Work, plan: draft.Planned, plan_id: int, unit: Unit, year: int, *, led: bool = False
) -> tuple[Row, ...]:
    """
    A row for each task of the plan that this unit answers for, with what it noted of it in this year; with `led` for
    each that the text gave it to lead, whoever answers for it now.
    """
    return draft.task_rows(
        plan,
        unit,
        w.directory.known_in(unit.agency_id),
        on=w.today,
        noted=tasks_of_year(w, plan_id, unit.id, year=year, led=led),
        shown=evidence_of_year(w, plan_id, unit.id, year=year, led=led),
    )


def plan_facts(w: Work, plan_id: int) -> DocumentFacts:
    return document_facts(w.db.execute(document_columns().where(Document.id == plan_id)).one())


def planned(w: Work, plan: DocumentFacts) -> draft.Planned:
    return draft.Planned(plan.reference_no, plan.field, load_content(w, plan))


def take_in_reports(
    w: Work, *, document_id: int, seen_version: int, content: Content, signer_id: int | None
) -> TakenIn:
    """
    Store the text as it was typed with what came in since it was drawn up: rows of reports and of the office's own
    tasks that are not in it, who is missing, and the sentences that count them up to today. Every other word stays,
    and so does a row that says anything.

    Raises as `save_revision`; NeedUnmet "collects_reports" for a document that is written from no reports.
    """
    document = document_to_edit(w, document_id, seen_version)
    inputs = inputs_of_reports(w, [document_id]).get(document_id)
    if inputs is None or document.definition_id != "bao_cao":
        raise NeedUnmet("take_in_reports", "collects_reports")
    agency, unit = w.directory.agencies[document.agency_id], w.directory.units[document.unit_id]
    content = filed(content, agency, unit.symbol, document.definition_id)
    source = w.db.scalar(select(Document.source_reference).where(Document.id == document_id)) or {}
    lacking = left_out(content, inputs, source, w.directory.units)
    rows = _rows_of(w, inputs)
    fresh: list[Row] = []
    units: list[str] = []
    for unit_id, reports in inputs.accepted.items():
        name = w.directory.units[unit_id].name
        known = () if name in lacking.rowless_units else source.get(COLLECTED, ())
        new = [report for report in reports if report not in known]
        if new and name in (*lacking.newer_units, *lacking.rowless_units):
            fresh += [row for report in new for row in rows[report]]
            units.append(name)
    periods = _periods(w, document_id)
    year = min(period.year for period in periods)
    own = [row for row in _own_rows(w, document, unit, inputs, year) if not _told(row, content.results)]
    if own:
        units.append(unit.name)
    text = replace(content, results=_joined(_joined(content.results, fresh, before=unit.name), own))
    text = replace(text, sections=_with_difficulties(text.sections, draft.difficulties([*fresh, *own])))
    text = replace(text, missing_units=_still_missing(w, text.missing_units, inputs))
    total = len(inputs.complete) + len(text.missing_units)
    text = recounted(text, len(inputs.complete), total, before=content.results)
    for period in periods:
        text = redated(text, period.data_from, counted_until(period.data_from, period.data_to, on=w.today))
    taken = {COLLECTED: _ids(inputs)}
    store_text(
        w,
        document,
        text,
        signer_id=signer_id,
        label="Lấy số liệu mới của đơn vị",
        facts={"source_reference": taken},
        columns={"source_reference": {**source, **taken}} if source.get(COLLECTED) != _ids(inputs) else {},
    )
    before, after = ([item.unit for item in one.missing_units] for one in (content, text))
    return TakenIn(
        tuple(units),
        tuple(name for name in before if name not in after),
        tuple(name for name in after if name not in before),
    )


def _periods(w: Work, report_id: int) -> Sequence[Any]:
    """Those of the agency's duty that the report answers, with their year and the days they tell of."""
    columns = (Instance.year, Instance.data_from, Instance.data_to)
    answered = select(*columns).join(ReportPeriod, ReportPeriod.instance_id == Instance.id)
    return w.db.execute(answered.where(ReportPeriod.report_id == report_id)).all()


def _own_rows(w: Work, document: DocumentFacts, unit: Unit, inputs: Inputs, year: int) -> tuple[Row, ...]:
    if document.plan_id is None or inputs.has(unit.id):
        return ()
    return rows_led(w, planned(w, plan_facts(w, document.plan_id)), document.plan_id, unit, year)


def _ids(inputs: Inputs) -> list[int]:
    return sorted({report for reports in inputs.accepted.values() for report in reports})


def _rows_of(w: Work, inputs: Inputs) -> dict[int, tuple[Row, ...]]:
    """What each accepted report says, in one statement; a report whose text nobody kept says nothing."""
    stored = w.db.execute(
        select(Document.id, Revision.content)
        .join(Revision, and_(Revision.document_id == Document.id, Revision.no == Document.revision_no))
        .where(Document.id.in_(_ids(inputs)))
    )
    return {row.id: parse(row.content).results for row in stored}


def _told(row: Row, rows: Sequence[Row]) -> bool:
    """Whether the table says anything of this task of this unit, or as little as the row itself."""
    alike = [one for one in rows if _plain(one)[:3] == _plain(row)[:3]]
    return any(_plain(one)[3:] != ("", "", "") or _plain(one) == _plain(row) for one in alike)


def _joined(rows: Sequence[Row], fresh: Iterable[Row], *, before: str = "") -> tuple[Row, ...]:
    """
    A fresh row takes the place of the one of its task that says nothing yet, else stands below its unit's last; that
    of a unit without any, before those of the unit `before`.
    """
    made = list(rows)
    for row in fresh:
        if any(_plain(row) == _plain(one) for one in made):
            continue
        empty = next(
            (at for at, one in enumerate(made) if _plain(one) == (*_plain(row)[:3], "", "", "")), None
        )
        last = max((at for at, one in enumerate(made) if one.unit == row.unit), default=None)
        if empty is not None:
            made[empty] = row
        elif last is not None:
            made.insert(last + 1, row)
        else:
            made.insert(next((at for at, one in enumerate(made) if one.unit == before), len(made)), row)
    return tuple(made)


def _plain(row: Row) -> tuple[str, ...]:
    return (row.ref, row.task, row.unit, row.status, row.result, row.reason)


def _with_difficulties(nodes: Sequence[Node], fresh: Sequence[str]) -> tuple[Node, ...]:
    """Under their heading, where the text still has it."""
    made = []
    for node in nodes:
        if fold(node.title) == fold(draft.DIFFICULTIES) and fresh:
            stood = [text for text in node.paragraphs if text != draft.NONE]
            node = replace(node, paragraphs=(*stood, *(text for text in fresh if text not in stood)))
        made.append(node)
    return tuple(made)


def _still_missing(w: Work, named: Sequence[Missing], inputs: Inputs) -> tuple[Missing, ...]:
    """
    Without the units of which everything is in, and without those that owe nothing any more where nobody wrote a
    word about them; with those that owe and are not named yet.
    """
    units = w.directory.units
    owing = {name for unit_id in inputs.missing for name in names_of(units[unit_id])}
    settled = {name for unit_id in inputs.complete for name in names_of(units[unit_id])}
    kept = [
        item
        for item in named
        if fold(item.unit) not in settled and (item.reason.strip() or fold(item.unit) in owing)
    ]
    told = {fold(item.unit) for item in kept}
    new = [units[unit_id] for unit_id in inputs.missing if not names_of(units[unit_id]) & told]
    return (*kept, *(Missing(unit.name) for unit in new))
