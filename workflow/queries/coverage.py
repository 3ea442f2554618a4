"""The documents under way of an agency that will stop for want of a person, where, why, and what would help."""

from collections.abc import Hashable
from dataclasses import dataclass

from sqlalchemy import Select, bindparam

from workflow.case import Case, DocumentFacts
from workflow.coverage import Outlook, Stall, outlook
from workflow.definition import State
from workflow.engine import Work
from workflow.errors import NotYourStep
from workflow.loading import cases, document_columns, document_facts
from workflow.machine import Flow
from workflow.models import Document
from workflow.remedies import Remedy, remedies

MAY_SEE = ("chief_of_office", "director")
LOOKED_AT = 500
"""Documents on one page, those that wait longest first."""
ADVISED = 40
"""Kinds of stalls for which remedies are tried out; the rest say only where they will stop."""

OVER = ("issued", "reported", "closed", "rejected", "cancelled", "voided", "accepted")
"""States after which a document waits for nobody; whatever a procedure adds is looked at."""


@dataclass(frozen=True)
class Threatened:
    """A document that will stop: where it stands today, and where it will stop."""

    document: DocumentFacts
    unit_name: str
    state: State
    stall: Stall
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True)
class Coverage:
    """`looked_at` documents were gone through; `more` says that there are others."""

    threatened: tuple[Threatened, ...]
    looked_at: int
    more: bool


def may_see_coverage(w: Work) -> bool:
    return w.actor.has(*MAY_SEE) is not None


def coverage(w: Work) -> Coverage:
    """
    Of the actor's agency, the nearest stall first; two statements for any number of documents.

    For Chánh Văn phòng and the head of the agency; raises NotYourStep.
    """
    if not may_see_coverage(w):
        raise NotYourStep("coverage", MAY_SEE)
    found, looked_at, more = stalls(w, w.actor.agency_id)
    advice: dict[int, tuple[Remedy, ...]] = {}  # documents that are alike share one outlook
    for flow, case, ahead, _ in found:
        if id(ahead) not in advice and len(advice) < ADVISED:
            advice[id(ahead)] = remedies(flow, case, ahead)
    threatened = [
        Threatened(
            document=case.document,
            unit_name=w.directory.units[case.document.unit_id].name,
            state=flow.definition.states[case.document.state],
            stall=stall,
            remedies=advice.get(id(ahead), ()),
        )
        for flow, case, ahead, stall in found
    ]
    return Coverage(tuple(threatened), looked_at, more)


def stalls(w: Work, agency_id: int) -> tuple[list[tuple[Flow, Case, Outlook, Stall]], int, bool]:
    """Those that will stop, how many were looked at, and whether there are more."""
    rows = w.db.execute(_OPEN, {"agency_id": agency_id}).all()
    shown = [document_facts(row) for row in rows[:LOOKED_AT]]
    found = []
    known: dict[Hashable, Outlook] = {}
    given = {item.document_id for item in w.directory.authorities if item.document_id is not None}
    for case in cases(w, shown):
        flow = w.flow(case.document.definition_id, case.document.definition_version)
        alike = case.document.id if case.document.id in given else _alike(case)
        ahead = known.get(alike) or known.setdefault(alike, outlook(flow, case))
        if ahead.stall is not None:
            found.append((flow, case, ahead, ahead.stall))
    found.sort(key=lambda item: (item[3].since, item[1].document.id))
    return found, len(shown), len(rows) > LOOKED_AT


ALIKE = (
    "definition_id", "definition_version", "agency_id", "unit_id", "state", "doc_type", "field", "drafter_id",
    "signer_id", "returned_to", "format_check", "sealed", "signed_by", "signed_at", "number",
)  # fmt: skip
"""What of a document the way ahead depends on, beside what was done to it."""


def _alike(case: Case) -> Hashable:
    """Two documents with the same of it have the same way ahead: a unit's drafts mostly differ in words alone."""
    document = case.document
    approved = frozenset(
        (item.kind, item.person_id, item.digest == document.digest) for item in case.approvals
    )
    return (*(getattr(document, name) for name in ALIKE), case.acts, approved)


_OPEN: Select[tuple[object, ...]] = (
    document_columns()
    .where(Document.agency_id == bindparam("agency_id"), Document.state.not_in(OVER))
    .order_by(Document.state_since, Document.id)
    .limit(LOOKED_AT + 1)
)
