"""What the editing page needs beside the text itself: who may sign, who gets it next, who changed it last."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import case as when
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from workflow.authority import Signable, who_may_sign
from workflow.case import REMARKING, WATCHING, DocumentFacts, Progress
from workflow.content import Content, parse
from workflow.definition import State
from workflow.engine import Work
from workflow.errors import NotFound
from workflow.loading import cases, document_columns, document_facts, load_content
from workflow.models import Document, Instance, ReportPeriod, Revision
from workflow.people import Agency, Unit
from workflow.progress import progress_of
from workflow.queries.beginnings import BEGUN_FROM
from workflow.queries.remarks import Discussed, discussion_of
from workflow.queries.titled import state_of_unit
from workflow.queries.trail import trail_of
from workflow.queries.turns import Signer
from workflow.queries.visibility import visible_to
from workflow.relations import people_of

SUBMITS = ("submit", "submit_own")
DRAFTING_ROLES = ("drafter", "dept_head", "dept_deputy", "chief_of_office", "clerk")
"""Who may begin a plan (G1); `commands.drafting` is the gate, this only draws the button."""


@dataclass(frozen=True)
class Said:
    """An act on the document: who, when, and the words that went with it."""

    name: str
    title: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Submission:
    """The step that hands the text on, and who gets it then."""

    id: str
    slug: str
    label: str
    receivers: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """
    One document as its editor sees it. `returned` is the newest return, while it is still returned; `remarks` are
    those nobody has settled yet; `progress` what a report lacks of what its units sent, `collects` that it is
    written from their reports at all.
    """

    document: DocumentFacts
    content: Content
    agency: Agency
    unit: Unit
    state: State
    changed: Said
    returned: Said | None
    submission: Submission | None
    remarks: tuple[Discussed, ...] = ()
    progress: Progress = field(default_factory=Progress)
    collects: bool = False


def draft_of(w: Work, document_id: int) -> Draft:
    """NotFound for what the actor may not see; whether he may edit it the command says."""
    row = w.db.execute(document_columns().where(Document.id == document_id, visible_to(w.actor))).first()
    if row is None:
        raise NotFound(f"document {document_id}")
    document = document_facts(row)
    flow = w.flow(document.definition_id, document.definition_version)
    trail = trail_of(w, document_id)
    progress = progress_of(w, [document])
    case = cases(w, [document], progress=progress)[0]
    returns = [line for line in trail if line.action == "return"]
    returned = returns[-1] if returns and document.state == "returned" else None
    changed = next(line for line in reversed(trail) if line.action not in (*REMARKING, *WATCHING))
    explained = [(step, why) for step, why in flow.explain(case, w.actor) if step.id in SUBMITS]
    # A text that still has faults cannot be submitted yet; whose step it would be is known all the same.
    possible = [(step, why) for step, why in explained if why is None or getattr(why, "need", "") in _OF_TEXT]
    # A head who drafted it himself sends it on himself (T2b).
    possible.sort(key=lambda one: (one[1] is not None, one[0].id != "submit_own"))
    step = possible[0][0] if possible else None
    receivers: dict[str, None] = {}
    if step is not None:
        for relation in flow.definition.states[step.target].waits_for:
            receivers |= dict.fromkeys(person.name for person in people_of(relation, case))
    content = load_content(w, document)
    return Draft(
        document=document,
        content=content,
        agency=w.directory.agencies[document.agency_id],
        unit=w.directory.units[document.unit_id],
        state=state_of_unit(flow.definition.states[document.state], w.directory, document.unit_id, w.today),
        changed=Said(changed.name, changed.title, changed.at),
        returned=Said(returned.name, returned.title, returned.at, returned.note) if returned else None,
        submission=Submission(step.id, step.slug, step.label, tuple(receivers)) if step else None,
        remarks=discussion_of(w, document, content).open if case.remarks else (),
        progress=case.progress,
        collects=document.definition_id == "bao_cao" and document.id in progress,
    )


_OF_TEXT = ("content_complete", "results_complete", "units_accounted_for", "not_secret", "own_text")
"""Needs that editing can meet."""


def signers_for(
    w: Work, *, agency_id: int, doc_type: str, field: str, drafter_id: int, document_id: int = 0
) -> tuple[Signer, ...]:
    """Who may sign such a document today, each in the strongest capacity; never the one who drafts it."""
    able = who_may_sign(w.directory, Signable(document_id, agency_id, doc_type, field), w.today)
    return tuple(
        Signer(person.id, person.name, " / ".join(held.lines), held.basis)
        for person, held in able
        if person.id != drafter_id
    )


def signer_in_capacity(
    w: Work, capacity: str | None, *, agency_id: int, doc_type: str, field: str, drafter_id: int
) -> int | None:
    """
    Who signs such a document in this capacity, where there is just one. By capacity alone: the name in an old text is
    a fact about that text, not a choice of today's signer.
    """
    able = who_may_sign(w.directory, Signable(0, agency_id, doc_type, field), w.today)
    found = [person.id for person, held in able if held.kind == capacity and person.id != drafter_id]
    return found[0] if len(found) == 1 else None


def drafting_units(w: Work) -> tuple[Unit, ...]:
    """The units in which the actor may begin a plan today."""
    if w.actor.has("admin"):
        return ()
    found = {seat.unit.id: seat.unit for seat in w.actor.seats if seat.post.roles & set(DRAFTING_ROLES)}
    return tuple(found.values())


@dataclass(frozen=True)
class EarlierReport:
    """
    What the same unit reported before; `period` and `year` of what it answered, where it answered anything;
    `same_plan` unless it was about the plan of last year.
    """

    content: Content
    period: str
    year: int | None
    same_plan: bool = True


def earlier_report(w: Work, document: DocumentFacts) -> EarlierReport | None:
    """
    The same unit's report on the same plan of last year, or on the plan of last year that this one was begun from,
    else the newest before this one; as far as the actor may see it. Two statements.
    """
    plans = [document.plan_id]
    source = w.db.scalar(select(Document.source_reference).where(Document.id == document.plan_id))
    if isinstance(source, dict) and isinstance(renewed := source.get(BEGUN_FROM), int):
        plans.append(renewed)
    own, answered = aliased(Instance), aliased(Instance)
    link, own_link = aliased(ReportPeriod), aliased(ReportPeriod)
    own_year = (
        select(func.min(own.year))
        .join(own_link, own_link.instance_id == own.id)
        .where(own_link.report_id == document.id)
        .scalar_subquery()
    )
    row = w.db.execute(
        select(Revision.content, answered.period, answered.year, Document.plan_id)
        .join(Document, (Document.id == Revision.document_id) & (Document.revision_no == Revision.no))
        .outerjoin(link, link.report_id == Document.id)
        .outerjoin(answered, answered.id == link.instance_id)
        .where(
            Document.definition_id == document.definition_id,
            Document.unit_id == document.unit_id,
            Document.plan_id.in_(plans),
            Document.id < document.id,
            Document.state != "cancelled",
            visible_to(w.actor),
        )
        .order_by(when((answered.year < own_year, 0), else_=1), Document.id.desc(), answered.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    same = row.plan_id == document.plan_id
    return EarlierReport(parse(row.content), row.period or "", row.year, same_plan=same)
