"""The remarks on a document as its page shows them: where each stands in the present text, and what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import aliased

from workflow.case import Case, DocumentFacts
from workflow.content import Content, parse
from workflow.definition import Definition
from workflow.engine import Work
from workflow.errors import NotFound
from workflow.loading import cases, document_columns, document_facts
from workflow.log.entry import parse_entry
from workflow.models import Document, Entry, EntryNote, Remark, RemarkSettled, Revision
from workflow.queries.remark_places import How, finder
from workflow.queries.visibility import visible_to
from workflow.remarking import refusal_of_remark, refusal_to_answer, refusal_to_require, refusal_to_settle


@dataclass(frozen=True)
class Said:
    """Words of one person, with the title he had when he wrote them; `erased` where they were lawfully removed."""

    name: str
    title: str
    at: datetime
    text: str
    erased: bool


@dataclass(frozen=True)
class Discussed:
    """
    One remark with its answers. `place` is its block in the present text (`changes.blocks`): None where that is
    gone, "" for the text as a whole. `how` says what became of the block since `revision_no`, on which it read
    `quote`, and `edited` whether its words are others now, which may be true of a moved one too; a settled remark
    is looked for no more. `ref` is the printed reference of the block. `asked` names who is to answer a question, with
    his title of that moment; `asks_me` says that it is the actor, who has not answered yet.
    """

    id: int
    said: Said
    answers: tuple[Said, ...]
    settled: Said | None
    must_settle: bool
    revision_no: int
    quote: str
    place: str | None
    how: How
    edited: bool
    ref: str
    may_settle: bool
    asked: str = ""
    may_answer: bool = False
    asks_me: bool = False

    @property
    def holds(self) -> bool:
        """Whether an approval or the signature waits for it."""
        return self.must_settle and self.settled is None


@dataclass(frozen=True)
class Discussion:
    """All remarks, the oldest first. `closed` where the text takes no more of them, because it is signed or over."""

    items: tuple[Discussed, ...]
    may_remark: bool
    may_require: bool
    closed: bool

    @property
    def open(self) -> tuple[Discussed, ...]:
        return tuple(item for item in self.items if item.settled is None)

    @property
    def settled(self) -> tuple[Discussed, ...]:
        return tuple(item for item in self.items if item.settled is not None)

    @property
    def holding(self) -> tuple[Discussed, ...]:
        return tuple(item for item in self.items if item.holds)

    def at(self, place: str) -> tuple[Discussed, ...]:
        """Open ones that stand at this block of the present text."""
        return tuple(item for item in self.open if item.place == place)

    def item(self, remark_id: int) -> Discussed | None:
        return next((item for item in self.items if item.id == remark_id), None)


def discussion_of(w: Work, document: DocumentFacts, content: Content) -> Discussion:
    """
    Of a document found visible, with its present text. Three statements however many remarks and revisions, a fourth
    where a paragraph can only be followed through the texts in between.
    """
    definition = w.flow(document.definition_id, document.definition_version).definition
    rows = w.db.execute(_SAID, {"document_id": document.id}).all()
    case = cases(w, [document])[0]
    state = definition.states[document.state]
    return Discussion(
        items=_items(w, case, definition, content, rows) if rows else (),
        may_remark=refusal_of_remark(definition, case, w.actor) is None,
        may_require=refusal_to_require(definition, case, w.actor) is None,
        closed=state.final or state.audience != "unit",
    )


def document_of_remark(w: Work, remark_id: int) -> int:
    """The document's id; NotFound where there is no such remark the actor may see, or it is an answer."""
    found = w.db.scalar(
        select(Document.id)
        .join(Remark, Remark.document_id == Document.id)
        .where(Remark.id == remark_id, Remark.answers_id.is_(None), visible_to(w.actor))
    )
    if found is None:
        raise NotFound(f"remark {remark_id}")
    return found


def present_text(w: Work, document_id: int) -> tuple[DocumentFacts, Content]:
    """The document and its text, for a page that shows no more of it; NotFound where the actor may not see it."""
    row = w.db.execute(
        document_columns()
        .add_columns(Revision.content)
        .join(Revision, and_(Revision.document_id == Document.id, Revision.no == Document.revision_no))
        .where(Document.id == document_id, visible_to(w.actor))
    ).first()
    if row is None:
        raise NotFound(f"document {document_id}")
    return document_facts(row), parse(row.content)


_settling, _settled_note = aliased(Entry), aliased(EntryNote)
_SAID = (
    select(
        Remark.id,
        Remark.answers_id,
        Remark.revision_no,
        Remark.place,
        Remark.quote,
        Remark.must_settle,
        Remark.author_id,
        Remark.asked_id,
        Entry.at,
        Entry.body,
        EntryNote.text,
        _settling.at.label("settled_at"),
        _settling.body.label("settled_body"),
        _settled_note.text.label("settled_text"),
    )
    .join(Entry, Entry.id == Remark.entry_id)
    .outerjoin(EntryNote, and_(EntryNote.entry_id == Entry.id, EntryNote.kind == "note"))
    .outerjoin(RemarkSettled, RemarkSettled.remark_id == Remark.id)
    .outerjoin(_settling, _settling.id == RemarkSettled.entry_id)
    .outerjoin(_settled_note, and_(_settled_note.entry_id == _settling.id, _settled_note.kind == "note"))
    .where(Remark.document_id == bindparam("document_id"))
    .order_by(Remark.id)
)


def _items(
    w: Work, case: Case, definition: Definition, content: Content, rows: Sequence[Any]
) -> tuple[Discussed, ...]:
    answers: dict[int, list[Said]] = {}
    answered = {(row.answers_id, row.author_id) for row in rows}
    me = w.actor.person_id
    for row in rows:
        if row.answers_id is not None:
            answers.setdefault(row.answers_id, []).append(_said(row.at, row.body, row.text))
    asked = [row for row in rows if row.answers_id is None]
    find = finder(w, case.document, content, asked)
    found = []
    for row in asked:
        settled = _said(row.settled_at, row.settled_body, row.settled_text) if row.settled_at else None
        stands = find(row)
        refusal = refusal_to_settle(definition, case, w.actor, author_id=row.author_id)
        shut = refusal_to_answer(definition, case, w.actor, asked_id=row.asked_id)
        may_answer = settled is None and shut is None
        found.append(
            Discussed(
                id=row.id,
                said=_said(row.at, row.body, row.text),
                answers=tuple(answers.get(row.id, ())),
                settled=settled,
                must_settle=row.must_settle,
                revision_no=row.revision_no,
                quote=row.quote,
                place=stands.place,
                how=stands.how,
                edited=stands.edited,
                ref=stands.ref,
                may_settle=settled is None and refusal is None,
                asked=_asked(row) if row.asked_id is not None else "",
                may_answer=may_answer,
                asks_me=may_answer and row.asked_id == me and (row.id, me) not in answered,
            )
        )
    return tuple(found)


def _asked(row: Any) -> str:
    asked = parse_entry(row.body)["facts"]["asked"]
    return ", ".join(part for part in (asked["name"], asked["title"]) if part)


def _said(at: datetime, body: bytes, text: str | None) -> Said:
    told = parse_entry(body)
    actor = told["actor"]
    return Said(actor["name"], actor.get("title", ""), at, text or "", "note" in told and text is None)
