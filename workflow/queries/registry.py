"""What waits for văn thư: to be numbered, sealed, issued; and the numbers that somebody asked to void."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from workflow.case import Case, DocumentFacts
from workflow.content import Content, parse
from workflow.definition import Step
from workflow.engine import Work
from workflow.errors import NotYourStep, Refused
from workflow.loading import cases, document_columns, document_facts
from workflow.machine import Flow
from workflow.models import Document, Entry, EntryNote, NumberBook, Revision
from workflow.numbering import next_number, reference_no, series_of
from workflow.parties import Known, resolve_party
from workflow.people import Agency
from workflow.queries.visibility import visible_to
from workflow.relations import people_of
from workflow.workdays import issue_aim, issue_deadline

Group = Literal["number", "seal", "issue", "void"]
GROUPS: dict[Group, ColumnElement[bool]] = {
    "number": Document.state == "signed",
    "seal": and_(Document.state == "numbered", Document.sealed == 0, Document.void_requested == 0),
    "issue": and_(Document.state == "numbered", Document.sealed == 1, Document.void_requested == 0),
    "void": and_(Document.state == "numbered", Document.void_requested == 1),
}
PAGE = 20

Place = tuple[datetime, int]
"""Where a page ends: when the last row was signed, and its id."""


@dataclass(frozen=True)
class Sent:
    """A recipient as the text writes it, and the units a group of the text means today."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class SentTo:
    """All to whom a text goes out if it is issued today."""

    lines: tuple[Sent, ...]

    @property
    def places(self) -> int:
        return sum(len(sent.units) or 1 for sent in self.lines)


@dataclass(frozen=True)
class Item:
    """
    A document on văn thư's table. `will_be` is the number that would be given if it were given now.

    `steps` are those this actor may take or may take later, each with what still stands in its way;
    `void_reason` and `void_by` are why voiding was asked for and who could confirm it.
    """

    document: DocumentFacts
    agency: Agency
    unit_name: str
    signer_name: str
    capacity: str
    lines: tuple[str, ...]
    urgency: str
    will_be: str
    sent_to: SentTo
    aim: date
    deadline: date
    today: date
    steps: tuple[tuple[Step, Refused | None], ...]
    void_reason: str
    void_by: tuple[str, ...]

    def step(self, step_id: str) -> tuple[Step, Refused | None] | None:
        return next((pair for pair in self.steps if pair[0].id == step_id), None)


@dataclass(frozen=True)
class Pile:
    """One group: the first documents of it, the longest waiting first, and how many there are in all."""

    group: Group
    items: tuple[Item, ...]
    total: int
    next: Place | None


def queue(w: Work, agency_id: int, *, only: Group | None = None, after: Place | None = None) -> list[Pile]:
    """
    The piles of one agency that the actor may see; `only` one of them, from `after` on.

    The number of statements does not depend on how many documents wait.
    """
    groups = [only] if only else list(GROUPS)
    mine = and_(Document.agency_id == agency_id, visible_to(w.actor))
    totals = w.db.execute(
        select(*(func.count().filter(GROUPS[group]).label(group) for group in groups))
        .select_from(Document)
        .where(mine, Document.state.in_(["signed", "numbered"]))
    ).one()
    found: dict[Group, list[DocumentFacts]] = {}
    for group in groups:
        statement = document_columns().where(mine, GROUPS[group]).order_by(Document.signed_at, Document.id)
        if after:
            at, document_id = after
            beyond = or_(Document.signed_at > at, and_(Document.signed_at == at, Document.id > document_id))
            statement = statement.where(beyond)
        found[group] = [document_facts(row) for row in w.db.execute(statement.limit(PAGE + 1))]
    items = _items(w, [document for group in groups for document in found[group][:PAGE]])
    return [
        Pile(
            group=group,
            items=tuple(items[document.id] for document in found[group][:PAGE]),
            total=totals._mapping[group],
            next=_place(found[group][PAGE - 1]) if len(found[group]) > PAGE else None,
        )
        for group in groups
    ]


def number_if_given(w: Work, agency: Agency, text: Content) -> str:
    """The number this text would get now. Nothing is reserved: whoever gives one first takes it."""
    return reference_no(next_number(w, agency, text.doc_type), text.symbol)


def _place(document: DocumentFacts) -> Place | None:
    return (document.signed_at, document.id) if document.signed_at else None


def _items(w: Work, documents: Sequence[DocumentFacts]) -> dict[int, Item]:
    texts = _texts(w, documents)
    following = _next_numbers(w, documents)
    reasons = _void_reasons(w, documents)
    known = {agency_id: w.directory.known_in(agency_id) for agency_id in {d.agency_id for d in documents}}
    found: dict[int, Item] = {}
    for case in cases(w, documents):
        document, text = case.document, texts[case.document.id]
        signature = case.valid("signature")
        flow = w.flow(document.definition_id, document.definition_version)
        explained = flow.explain(case, w.actor)
        series = series_of(case.agency, document.doc_type)
        signed_at = document.signed_at or w.now
        found[document.id] = Item(
            document=document,
            agency=case.agency,
            unit_name=w.directory.units[document.unit_id].name,
            signer_name=signature.person_name if signature else "",
            capacity=signature.capacity if signature else "",
            lines=document.signed_lines,
            urgency=text.urgency,
            will_be=reference_no(following.get((document.agency_id, series), 1), text.symbol),
            sent_to=sent_to(w, text, known[document.agency_id]),
            aim=issue_aim(signed_at),
            deadline=issue_deadline(signed_at),
            today=w.today,
            steps=tuple((step, why) for step, why in explained if not isinstance(why, NotYourStep)),
            void_reason=reasons.get(document.id, ""),
            void_by=_could_void(flow, case) if document.void_requested else (),
        )
    return found


def _texts(w: Work, documents: Sequence[DocumentFacts]) -> dict[int, Content]:
    rows = w.db.execute(
        select(Document.id, Revision.content)
        .join(Revision, and_(Revision.document_id == Document.id, Revision.no == Document.revision_no))
        .where(Document.id.in_([document.id for document in documents]))
    )
    return {document_id: parse(stored) for document_id, stored in rows}


def _next_numbers(w: Work, documents: Sequence[DocumentFacts]) -> dict[tuple[int, str], int]:
    """As `next_number`, for all books of this year at once."""
    agencies = {document.agency_id for document in documents}
    rows: Any = w.db.execute(
        select(NumberBook.agency_id, NumberBook.series, NumberBook.last_number).where(
            NumberBook.agency_id.in_(agencies), NumberBook.year == w.today.year
        )
    )
    return {(row.agency_id, row.series): row.last_number + 1 for row in rows}


def _void_reasons(w: Work, documents: Sequence[DocumentFacts]) -> dict[int, str]:
    """Why each void was asked for, in the clerk's words, unless they were erased."""
    ids = [document.id for document in documents if document.void_requested]
    rows = w.db.execute(
        select(Entry.document_id, EntryNote.text)
        .join(EntryNote, EntryNote.entry_id == Entry.id)
        .where(Entry.document_id.in_(ids), Entry.action == "request_void", EntryNote.kind == "note")
        .order_by(Entry.id)
    )
    return {row.document_id: row.text or "" for row in rows}


def _could_void(flow: Flow, case: Case) -> tuple[str, ...]:
    names = [person.name for name in flow.step("void", case).by for person in people_of(name, case)]
    return tuple(dict.fromkeys(names))


def sent_to(w: Work, text: Content, known: Known) -> SentTo:
    """As `snapshot_recipients` will have it at issue: a group becomes the units that stand today."""
    sent = []
    for recipient in text.recipients:
        party = resolve_party(recipient.name, known, on=w.today)
        codes = party.codes if party is not None and party.kind == "group" else ()
        names = {unit.code: unit.names[0] for unit in known.units}
        sent.append(Sent(recipient.name, tuple(names[code] for code in codes)))
    return SentTo(tuple(sent))
