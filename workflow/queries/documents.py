"""One document as its page shows it: the exact text, where it stands, what the actor may do with it now."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from workflow.authority import capacities
from workflow.awaited import people_awaited
from workflow.case import ApprovalFacts, Case, DocumentFacts, RemarkFacts
from workflow.content import Content, digest_of
from workflow.definition import Definition, State
from workflow.engine import Asking, Prepared, Work, ask_ahead
from workflow.errors import NotFound, Refused
from workflow.loading import cases, document_columns, document_facts, stored_text, text_asked
from workflow.models import Document, Revision
from workflow.nudging import refusal_to_remind
from workflow.people import Actor, Agency, Seat, StandIn, Unit
from workflow.progress import progress_of
from workflow.queries.earlier import Earlier, SeenText, earlier_text, own_return, seen_texts
from workflow.queries.phases import Phase, phases_of
from workflow.queries.titled import head_title, special, titled, titled_state
from workflow.queries.trail import Line, form_confirmed, last_nudge, of_present_wait, trail_asked, trail_of
from workflow.queries.turns import Turn, locked, turn_of
from workflow.queries.versions import readable
from workflow.queries.visibility import visible_to_seats
from workflow.redrafting import refusal_to_pass
from workflow.relations import is_himself, stands_in, waiting_with
from workflow.remarking import refusal_of_remark, refusal_to_ask

_PLAIN: Select[Any] = document_columns().where(Document.id == bindparam("document_id"))
_BY_ID = Prepared(_PLAIN)
_TEXT_AND_DIGEST: tuple[Any, ...] = (Revision.content, Document.digest)
# Statements of every page are built once: building them anew costs more than running them.

DECIDING = frozenset({"signer", "unit_head", "format_checker", "chief_of_office"})
"""Who is shown what changed since he last had the text before him."""


@dataclass(frozen=True)
class DocumentView:
    """
    Everything about one document that its pages need. `text_holds` is false where the stored text no longer
    gives the digest on record: then `turn` offers nothing. `editor` says that the text is the actor's to edit,
    `decides` that it waits for him to approve, check or sign it; `stand` the absent person he would do it for;
    `remarks` are those still open; `may_pass` says that he may give the draft to another drafter, `no_reminder` why he
    may not remind whom it waits for, None if he may; `may_ask` that it waits for him and he may ask a colleague first.
    """

    document: DocumentFacts
    agency: Agency
    unit: Unit
    definition: Definition
    state: State
    content: Content
    text_holds: bool
    drafter: str
    signer: str
    signature_lines: tuple[str, ...]
    content_approval: ApprovalFacts | None
    signature: ApprovalFacts | None
    phases: tuple[Phase, ...]
    waits_for: tuple[str, ...]
    turn: Turn
    editor: bool
    chosen_signer: bool
    decides: bool
    trail: tuple[Line, ...]
    seen: SeenText | None
    earlier: Earlier | None
    remarks: tuple[RemarkFacts, ...]
    may_remark: bool
    stand: StandIn | None = None
    may_pass: bool = False
    no_reminder: Refused | None = None
    may_ask: bool = False
    head_title: str = ""

    @property
    def review_title(self) -> str:
        """Whose review the stepper speaks of, where it is not a Trưởng phòng's: who approved, else the head's today."""
        return special(self.content_approval.title) if self.content_approval else self.head_title

    @property
    def id(self) -> int:
        return self.document.id

    @property
    def returned(self) -> Line | None:
        """The act that brought it back, while it lies with those who must mend it."""
        if self.document.state != "returned":
            return None
        found = self._last_return
        return found and replace(found, label=titled(found.label, self.head_title))

    @property
    def returned_before(self) -> Line | None:
        """The last act that sent it back, for who decides on it now that it is submitted again."""
        return self._last_return if self.decides else None

    @property
    def as_returned(self) -> bool:
        """Whether its words are still those that were last sent back."""
        found = self._last_return
        return found is not None and found.digest == self.document.digest

    @property
    def form_confirmed(self) -> Line | None:
        """The act that confirmed the form of these very words, with what was found then, for who decides after it."""
        return form_confirmed(self.trail, self.document.digest) if self.decides else None

    @property
    def _last_return(self) -> Line | None:
        return next((line for line in reversed(self.trail) if line.action == "return"), None)

    @property
    def told_above(self) -> tuple[Line, ...]:
        """That those above were told of the present wait, as they were."""
        found = [line for line in of_present_wait(self.trail) if line.action == "escalate"]
        return tuple(line for line in reversed(found) if "awaited" in line.facts)


def document_view(w: Work, document_id: int) -> DocumentView:
    """Raises NotFound where there is none that the actor may see. A constant number of statements."""
    row = _shown_to(w.actor).row(w.db, {"document_id": document_id})
    if row is None:
        raise NotFound(f"document {document_id}")
    document = document_facts(row)
    case = cases(w, [document], progress=progress_of(w, [document]))[0]
    return view_of(w, case, seen_texts(w, [document.id]).get(document.id))


def view_of(w: Work, case: Case, seen: SeenText | None) -> DocumentView:
    """Of a document that this Work has already found visible, with what the actor last opened of it."""
    document = case.document
    flow = w.flow(document.definition_id, document.definition_version)
    state = flow.definition.states[document.state]
    title = head_title(w.directory, document.unit_id, w.today)
    ask_ahead(w.db, text_asked(document), trail_asked(document.id))
    stored = stored_text(w, document)
    holds = digest_of(stored) == document.digest
    trail = trail_of(w, document.id)
    signature = case.valid("signature")
    return DocumentView(
        document=document,
        agency=case.agency,
        unit=w.directory.units[document.unit_id],
        definition=flow.definition,
        state=titled_state(state, title),
        content=readable(stored, holds),
        text_holds=holds,
        drafter=w.directory.people[document.drafter_id].name,
        signer=_signer(case, signature),
        signature_lines=_lines(case, signature),
        content_approval=case.valid("content"),
        signature=signature,
        phases=phases_of(flow.definition, state, trail),
        waits_for=tuple(dict.fromkeys(person.name for person in people_awaited(flow, case))),
        turn=turn_of(flow, case, w.actor) if holds else locked(document),
        editor=holds and _is_editor(case, state, w),
        chosen_signer="signer" in state.waits_for and stands_in("signer", case, w.actor),
        decides=any(
            stands_in(relation, case, w.actor) for relation in state.waits_for if relation in DECIDING
        ),
        trail=trail,
        seen=seen,
        earlier=earlier_text(case, seen, returned=own_return(trail, w.actor.person_id)),
        remarks=case.remarks,
        may_remark=holds and refusal_of_remark(flow.definition, case, w.actor) is None,
        stand=acting_for(state, case, w.actor),
        may_pass=holds and refusal_to_pass(flow.definition, case, w.actor) is None,
        may_ask=holds and refusal_to_ask(flow.definition, case, w.actor) is None,
        no_reminder=refusal_to_remind(flow, case, w.actor, last_nudge(trail)),
        head_title=title,
    )


def _shown_to(actor: Actor) -> Prepared:
    if actor.is_system:
        return _BY_ID
    return _shown_to_seats(actor.person_id, actor.seats, actor.stands_for)


@lru_cache(maxsize=1024)
def _shown_to_seats(person_id: int, seats: tuple[Seat, ...], stands: tuple[StandIn, ...]) -> Prepared:
    return Prepared(_PLAIN.where(visible_to_seats(person_id, seats, stands)))


def acting_for(state: State, case: Case, actor: Actor) -> StandIn | None:
    """The absent person for whom this waits with the actor, able to take it or not; None where it is his own."""
    if not actor.stands_for or any(is_himself(relation, case, actor) for relation in state.waits_for):
        return None
    found = (waiting_with(relation, case, actor) for relation in state.waits_for)
    return next((stand for stand in found if stand), None)


def text_holds(w: Work, document_id: int) -> bool:
    """Whether the present text still gives its recorded digest; true where the actor sees no such document."""
    statement, values = asked_of_text(w.actor, document_id)
    row = statement.row(w.db, values)
    return row is None or digest_of(row[0]) == row[1]


def asked_of_text(actor: Actor, document_id: int) -> Asking:
    """What `text_holds` asks."""
    return _text_shown_to(actor.person_id, actor.seats, actor.stands_for), {"document_id": document_id}


@lru_cache(maxsize=1024)
def _text_shown_to(person_id: int, seats: tuple[Seat, ...], stands: tuple[StandIn, ...]) -> Prepared:
    return Prepared(
        select(*_TEXT_AND_DIGEST)
        .join(Document, Document.id == Revision.document_id)
        .where(
            Document.id == bindparam("document_id"),
            Revision.no == Document.revision_no,
            visible_to_seats(person_id, seats, stands),
        )
    )


def _signer(case: Case, signature: ApprovalFacts | None) -> str:
    document = case.document
    if document.definition_id == "bao_cao_don_vi":
        approval = case.valid("content")
        return approval.person_name if approval else ""
    if signature is not None:
        return signature.person_name
    return case.directory.people[document.signer_id].name if document.signer_id else ""


def _lines(case: Case, signature: ApprovalFacts | None) -> tuple[str, ...]:
    """The block above the name: as signed, else as it would be signed today; none where nobody may."""
    document = case.document
    if signature is not None:
        return signature.lines
    if document.definition_id == "bao_cao_don_vi":
        approval = case.valid("content")
        return (approval.title.upper(),) if approval else ()
    if document.signer_id is None:
        return ()
    held = capacities(case.directory, document.signer_id, document.signable, case.today)
    return held[0].lines if held else ()


def _is_editor(case: Case, state: State, w: Work) -> bool:
    """As `save_revision` asks: in an editable state, whoever's turn it is (decisions.md 10, 11)."""
    relation = "returned_to" if state.id == "returned" else "drafter"
    return state.editable and stands_in(relation, case, w.actor)
