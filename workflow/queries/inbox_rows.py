"""One row of the inbox: what waits, since when, what it wants of this person; kept as long as nothing of it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from workflow.case import ApprovalFacts, Case, DocumentFacts
from workflow.definition import State
from workflow.engine import Work, ask_ahead
from workflow.loading import Here, case_of, documents_asked, documents_of
from workflow.machine import Flow
from workflow.models.base import instant
from workflow.past import Past, pasts, pasts_asked
from workflow.people import StandIn
from workflow.queries.documents import acting_for
from workflow.queries.earlier import Earlier, SeenText, earlier_text
from workflow.queries.inbox_page import ESCALATED, ID, SEEN, SINCE
from workflow.queries.titled import state_of_unit
from workflow.relations import stands_in, waiting_with

KINDS = {
    "signer": "sign",
    "unit_head": "review",
    "format_checker": "format",
    "chief_of_office": "receive",
    "clerk": "clerk",
    "drafter": "draft",
}

DECIDING = ("sign", "review", "format", "receive")

KEPT = 4_000
"""Rows kept of one directory, some two kilobytes each."""


@dataclass(frozen=True, eq=False)
class Row:
    """
    One document that waits. `kind` is the job: sign, review, format, receive, forward, returned, draft, clerk,
    void. `stand` is the absent person for whom it waits with the actor; `earlier` is set where the one who decides
    should look at what changed first; `escalated_to` whoever above was told how long it waits.

    The same object as long as none of this changes, so what is drawn of it may be kept by it.
    """

    kind: str
    document: DocumentFacts
    past: Past
    state: State
    flow: Flow
    unit_name: str
    since: datetime
    approved: ApprovalFacts | None
    earlier: Earlier | None
    seen: SeenText | None
    sign_from_list: str
    stand: StandIn | None = None
    escalated_to: str = ""

    @cached_property
    def id(self) -> int:
        return self.document.id

    @property
    def opened(self) -> bool:
        """Whether this person already opened this very text."""
        return self.seen is not None and self.seen.digest == self.document.digest


def rows_of(w: Work, raws: Sequence[tuple[Any, ...]], here: Here) -> list[Row]:
    """
    Of raw rows as `inbox` selects them in this moment of the record. Kept by their values, by the person and the day,
    and with the directory: who holds which post on a day is all that a row depends on beside. Nothing else is read of a
    document whose row is kept.
    """
    known, keys = _known(w), [_key(w, raw) for raw in raws]
    rows = {key: row for key in keys if (row := known.get(key))}
    if fresh := [key for key in keys if key not in rows]:
        made_now = _made_of(w, [raw for raw, *_ in fresh], here)
        rows |= zip(fresh, made_now, strict=True)
        if len(known) + len(fresh) > KEPT:
            known.clear()
        if not w.writing:  # or each statement is of its own moment: a row might say more than its head does
            known |= rows
    return [rows[key] for key in keys]


def kept_row(w: Work, raw: tuple[Any, ...]) -> Row | None:
    """As `rows_of`, where it is kept."""
    return _known(w).get(_key(w, raw))


def _known(w: Work) -> dict[Any, Row]:
    known: dict[Any, Row] = w.directory.kept.setdefault(Row, {})
    return known


def _key(w: Work, raw: tuple[Any, ...]) -> tuple[Any, ...]:
    return (raw, w.actor.person_id, w.today)


def _made_of(w: Work, raws: Sequence[tuple[Any, ...]], here: Here) -> list[Row]:
    ids = [raw[ID] for raw in raws]
    ask_ahead(w.db, documents_asked(w, ids), pasts_asked(w, ids))
    documents, past = documents_of(w, ids), pasts(w, ids)
    rows = []
    for number, raw in zip(ids, raws, strict=True):
        revision_no, digest, at = raw[SEEN]
        seen = SeenText(revision_no, digest, instant(at)) if at else None
        told = raw[ESCALATED] or ""
        rows.append(made(w, documents[number], past[number], here, instant(raw[SINCE]), told, seen))
    return rows


def made(
    w: Work,
    document: DocumentFacts,
    past: Past,
    here: Here,
    since: datetime,
    escalated_to: str,
    seen: SeenText | None,
) -> Row:
    item = case_of(document, past, here)
    flow = w.flow(document.definition_id, document.definition_version)
    state = flow.definition.states[document.state]
    kind = _kind(w, item, state)
    return Row(
        kind=kind,
        document=document,
        past=past,
        state=state_of_unit(state, w.directory, document.unit_id, w.today),
        flow=flow,
        unit_name=w.directory.units[document.unit_id].name,
        since=since,
        approved=item.valid("content"),
        earlier=earlier_text(item, seen) if kind in DECIDING else None,
        seen=seen,
        sign_from_list=item.agency.settings.sign_from_list,
        stand=acting_for(state, item, w.actor),
        escalated_to=escalated_to,
    )


def _kind(w: Work, item: Case, state: State) -> str:
    """The job this actor has with it today; nothing where the row is a hint gone stale."""
    if item.document.void_requested and not w.actor.has("clerk", agency_id=item.document.agency_id):
        return "void"
    for relation in state.waits_for:
        if stands_in(relation, item, w.actor) or waiting_with(relation, item, w.actor):
            if relation == "returned_to":
                return "forward" if item.document.returned_to == "dept_head" else "returned"
            return KINDS.get(relation, "other")
    return ""
