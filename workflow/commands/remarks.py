"""
Góp ý: what a reader says to one paragraph of a text before it is signed, the answers to it, and that it is settled.

Each is an entry of the document's own chain, and takes a version like every act on a document: a step is taken on the
version its page showed, so a remark that came after the page was opened refuses the signature as stale, whether it
must be settled or not. It changes no word: what a drafter types meanwhile is saved all the same (`document_to_edit`).
The words lie in the erasable note beside the entry; the entry itself says where they point.
"""

from typing import Any

from sqlalchemy import insert, select, update

from workflow.case import DocumentFacts
from workflow.changes.blocks import blocks
from workflow.commands.keys import claim_key, first_result
from workflow.commands.moving import act_on
from workflow.commands.notices import Telling, tell
from workflow.commands.steps import case_of, load_for_step
from workflow.content import canonical, parse
from workflow.definition import Definition
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NeedUnmet, NotFound
from workflow.models import Document, Notice, Remark, RemarkSettled, Revision
from workflow.queries.visibility import visible_to
from workflow.remarking import refusal_of_remark, refusal_to_answer, refusal_to_require, refusal_to_settle

LONGEST = 4_000
LONGEST_QUOTE = 1_000
WHOLE = ""
"""The place of a remark on the text as a whole."""


def remark(
    w: Work,
    *,
    document_id: int,
    text: str,
    place: str = WHOLE,
    revision_no: int | None = None,
    must_settle: bool = False,
    key: str = "",
) -> int:
    """
    Say something to the block at `place` (`changes.blocks`) of the revision that was read, by default the present
    one; it need not be, for a remark follows its paragraph. Returns the remark's id; with `key`, the same form sent
    twice is one remark.

    Raises NotFound for a document out of sight, StepNotOpen once it is signed or over, NotYourStep for those without
    a part in it and for a drafter who would oblige others, Invalid for no words, too many, or no such place.
    """
    document, definition, words = begun(w, document_id, text)
    request = canonical([document_id, place, revision_no, must_settle, words])
    if key and (earlier := first_result(w, key, request)):
        return int(earlier["remark"])
    case = case_of(w, document)
    asked = refusal_to_require if must_settle else refusal_of_remark
    if refusal := asked(definition, case, w.actor):
        raise refusal
    refuse_bad_words(words)
    number = document.revision_no if revision_no is None else revision_no
    quote = _quote(w, document, number, place)
    facts: dict[str, Any] = {
        "place": place,
        "quote": quote,
        "on_revision": number,
        "must_settle": must_settle,
    }
    label = "Góp ý, phải giải quyết" if must_settle else "Góp ý"
    entry_id = act_on(w, document, action="remark", label=label, facts=facts, note=words)
    made = keep_remark(w, document, entry_id, number, place, quote, must_settle=must_settle)
    if key:
        claim_key(w, key, request, {"remark": made})
    return made


def answer(w: Work, *, remark_id: int, text: str, key: str = "") -> int:
    """
    Answer a remark that is still open; an answer to an answer answers the remark. Returns the answer's id. Who was
    asked by name answers that question, whatever part he has.

    Raises as `remark`; NeedUnmet (remark_open) once it is settled.
    """
    asked = _remark(w, remark_id)
    document, definition, words = begun(w, asked.document_id, text)
    request = canonical([remark_id, words])
    if key and (earlier := first_result(w, key, request)):
        return int(earlier["remark"])
    asked = _remark(w, asked.answers_id or asked.id)
    case = case_of(w, document)
    if refusal := refusal_to_answer(definition, case, w.actor, asked_id=asked.asked_id):
        raise refusal
    refuse_bad_words(words)
    _refuse_settled(w, asked.id, "remark")
    facts = {"answers": asked.id, "place": asked.place, "on_revision": asked.revision_no}
    label = "Trả lời góp ý" if asked.asked_id is None else "Trả lời câu hỏi"
    entry_id = act_on(w, document, action="remark", label=label, facts=facts, note=words)
    if asked.asked_id is not None:
        _tell_of_answer(w, document, asked, entry_id)
    made = keep_remark(
        w,
        document,
        entry_id,
        asked.revision_no,
        asked.place,
        asked.quote,
        must_settle=False,
        answers_id=asked.id,
    )
    if key:
        claim_key(w, key, request, {"remark": made})
    return made


def settle(w: Work, *, remark_id: int, note: str = "") -> None:
    """
    Say that a remark is done with, with or without words about how.

    Raises NotFound, StepNotOpen, NotYourStep (`remarking.refusal_to_settle`), NeedUnmet (remark_open) for one that
    is settled already, Invalid for too long a note.
    """
    found = _remark(w, remark_id)
    document = load_for_step(w, found.document_id)
    definition = _definition(w, document)
    if found.answers_id is not None:
        raise NotFound(f"remark {remark_id}")
    refusal = refusal_to_settle(definition, case_of(w, document), w.actor, author_id=found.author_id)
    if refusal:
        raise refusal
    _refuse_settled(w, remark_id, "settle_remark")
    words = _kept(note)
    refuse_bad_words(words, may_be_none=True)
    facts = {
        "settles": remark_id,
        "place": found.place,
        "on_revision": found.revision_no,
        "must_settle": found.must_settle,
    }
    entry_id = act_on(w, document, action="settle_remark", label="Giải quyết góp ý", facts=facts, note=words)
    row = {"remark_id": remark_id, "entry_id": entry_id, "settled_by": w.actor.person_id, "settled_at": w.now}
    w.db.execute(insert(RemarkSettled).values(**row))


def begun(w: Work, document_id: int, text: str) -> tuple[DocumentFacts, Definition, str]:
    """The document, locked, its procedure and the words as they are kept, which nobody has judged; NotFound."""
    document = load_for_step(w, document_id)
    return document, _definition(w, document), _kept(text)


def _definition(w: Work, document: DocumentFacts) -> Definition:
    return w.flow(document.definition_id, document.definition_version).definition


def _kept(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


def refuse_bad_words(words: str, *, may_be_none: bool = False) -> None:
    """Invalid; asked once it is known that the actor may speak here at all."""
    if not words and not may_be_none:
        raise Invalid([Fault("remark", "missing")])
    if len(words) > LONGEST:
        raise Invalid([Fault("remark", "too_long", {"most": LONGEST})])


def _quote(w: Work, document: DocumentFacts, number: int, place: str) -> str:
    """The block as it reads in that revision, cut where it is very long; nothing for the whole text."""
    stored = w.db.scalar(
        select(Revision.content).where(Revision.document_id == document.id, Revision.no == number)
    )
    if stored is None:
        raise Invalid([Fault("place", "unknown", {"value": f"bản {number}"})])
    if place == WHOLE:
        return ""
    found = next((block for block in blocks(parse(stored)) if block.place == place), None)
    if found is None:
        raise Invalid([Fault("place", "unknown", {"value": place[:60]})])
    return found.printed[:LONGEST_QUOTE]


def keep_remark(
    w: Work,
    document: DocumentFacts,
    entry_id: int,
    revision_no: int,
    place: str,
    quote: str,
    *,
    must_settle: bool,
    answers_id: int | None = None,
    asked_id: int | None = None,
) -> int:
    """The row beside the entry that says the same; returns its id."""
    row = {
        "agency_id": document.agency_id,
        "document_id": document.id,
        "answers_id": answers_id,
        "asked_id": asked_id,
        "entry_id": entry_id,
        "revision_no": revision_no,
        "place": place,
        "quote": quote,
        "must_settle": must_settle,
        "author_id": w.actor.person_id,
        "created_at": w.now,
    }
    key: int = w.db.execute(insert(Remark).values(**row)).inserted_primary_key[0]  # type: ignore[index]
    return key


def _tell_of_answer(w: Work, document: DocumentFacts, question: Any, entry_id: int) -> None:
    """Whoever asked, unless he speaks himself; who was asked and has answered is asked no more."""
    if w.actor.person_id == question.asked_id:
        mine = (Notice.key == f"asked:{question.id}", Notice.read_at.is_(None))
        w.db.execute(update(Notice).where(*mine).values(read_at=w.now))
    if w.actor.person_id == question.author_id:
        return
    facts = {
        "subject": document.subject,
        "procedure": document.definition_id,
        "unit": w.directory.units[document.unit_id].name,
        "by": w.actor.name,
        "title": w.directory.title_of(w.actor.person_id, document.agency_id, w.today),
        "remark": question.id,
    }
    key = f"answered:{question.id}:{entry_id}"
    told = Telling(
        question.author_id, document.agency_id, "answered", key, document_id=document.id, facts=facts
    )
    tell(w, [told])


def _remark(w: Work, remark_id: int) -> Any:
    """The row, where the actor may see its document; NotFound otherwise."""
    row = w.db.execute(
        select(Remark.__table__)
        .join(Document, Document.id == Remark.document_id)
        .where(Remark.id == remark_id, visible_to(w.actor))
    ).first()
    if row is None:
        raise NotFound(f"remark {remark_id}")
    return row


def _refuse_settled(w: Work, remark_id: int, act: str) -> None:
    """Asked after the document is locked: of two who settle at once, the second is told."""
    if w.db.scalar(select(RemarkSettled.remark_id).where(RemarkSettled.remark_id == remark_id)) is not None:
        raise NeedUnmet(act, "remark_open")
