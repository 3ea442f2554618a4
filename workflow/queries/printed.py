"""What the paper of a document shows beside its text: issuer, number, signature block, the mark of what it is not."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam

from workflow.case import ApprovalFacts, Case, DocumentFacts
from workflow.content import Content
from workflow.engine import Work
from workflow.loading import cases, document_columns, document_facts, load_content
from workflow.machine import Flow
from workflow.models import Document
from workflow.people import Agency, Unit
from workflow.queries.documents import DocumentView
from workflow.queries.versions import Version, VersionText
from workflow.writing.facts import PaperFacts
from workflow.writing.paper_words import STATE_MARKS, WORKING_COPY
from workflow.writing.sheet import Sheet, sheet_of

OUT = frozenset({"issued", "reported", "closed", "submitted", "accepted"})
"""States in which the paper stands as it went out."""

ISSUES = "snapshot_recipients"
"""The effect of a step that sends a paper out."""

_ONE = document_columns().where(Document.id == bindparam("id"))


def paper_facts(view: DocumentView, version: Version | None = None, *, stamp: str = "") -> PaperFacts:
    """With `version`, for an earlier text, which was neither signed nor numbered as such; `stamp` as in PaperFacts."""
    facts = _facts(
        view.document,
        view.agency,
        view.unit,
        lines=view.signature_lines,
        signer=view.signer,
        signature=view.signature,
        saved_at=version.at if version else view.document.last_at,
    )
    facts = replace(facts, stamp=stamp)
    if version is None or version.digest == view.document.digest:
        return facts
    mark = f"BẢN {version.no}, ĐÃ CÓ BẢN MỚI"
    return replace(facts, issued=False, mark=mark, number=None, date=None, signed_at=None, signed_digest="")


def sheet_of_view(
    view: DocumentView, *, clean: bool = False, stamp: str = "", editable: bool = False
) -> Sheet:
    """
    The present text. `clean` is the copy to be signed and sealed, of which there is none once the paper is out;
    `editable` is for a file that anybody may change, which never stands for a paper that is out.
    """
    facts = paper_facts(view, stamp=stamp)
    if editable and facts.issued:
        facts = replace(facts, copy_mark=WORKING_COPY)
    return sheet_of(view.content, facts, clean=clean and not facts.issued)


def sheet_of_version(view: DocumentView, text: VersionText) -> Sheet:
    return sheet_of(text.content, paper_facts(view, text.version))


def issued_sheet(case: Case, content: Content, unit: Unit) -> Sheet:
    """The paper as it goes out with the step that is being taken: without the mark of a draft."""
    document, signature = case.document, case.valid("signature")
    facts = _facts(
        document,
        case.agency,
        unit,
        lines=signature.lines if signature else document.signed_lines,
        signer=signature.person_name if signature else "",
        signature=signature,
        saved_at=document.last_at,
    )
    return sheet_of(content, replace(facts, issued=True, mark="", copy_mark=""))


def sheet_to_issue(w: Work, document_id: int, step_id: str) -> Sheet | None:
    """
    The sheet that this step of the actor's would issue now; None where it issues none or is not his to take.
    `step_id` may be the slug.
    """
    row = w.db.execute(_ONE, {"id": document_id}).first()
    if row is None:
        return None
    case = cases(w, [document_facts(row)])[0]
    document = case.document
    flow = w.flow(document.definition_id, document.definition_version)
    steps = [step for step in flow.definition.steps if step_id in (step.id, step.slug)]
    open_now = any(step.source == document.state and ISSUES in step.effects for step in steps)
    if not open_now or w.actor.has("clerk", agency_id=document.agency_id) is None:
        return None
    return issued_sheet(case, load_content(w, document), w.directory.units[document.unit_id])


def names_of_issuing(flows: Iterable[Flow]) -> set[str]:
    """Ids and slugs of the steps that send a paper out, in whatever procedure."""
    return {
        name
        for flow in flows
        for step in flow.definition.steps
        if ISSUES in step.effects
        for name in (step.id, step.slug)
    }


def _facts(
    document: DocumentFacts,
    agency: Agency,
    unit: Unit,
    *,
    lines: Sequence[str],
    signer: str,
    signature: ApprovalFacts | None,
    saved_at: datetime,
) -> PaperFacts:
    unit_report = document.definition_id == "bao_cao_don_vi"
    given = document.number is not None
    return PaperFacts(
        agency_name=unit.name if unit_report else agency.printed_name,
        parent_name=agency.printed_name if unit_report else agency.printed_parent,
        issued_by=unit.name if unit_report else agency.name,
        number=document.number,
        date=document.issued_on if given else None,
        signature_lines=tuple(lines),
        signer_name=signer,
        signed_at=signature.at if signature else None,
        signed_digest=signature.digest if signature else "",
        issued=document.state in OUT,
        mark=STATE_MARKS.get(document.state, ""),
        saved_at=saved_at,
        copy_mark=WORKING_COPY if given and document.state in OUT else "",
    )
