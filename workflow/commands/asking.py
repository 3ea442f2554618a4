"""
Hỏi ý kiến: whoever a document waits for asks a named colleague, and keeps the document.

A question is a remark on the whole text that names who is to answer; answers are answers to it (`commands.remarks`).
It moves nothing and gives no right: the colleague answers in words, the step and the signature stay where they are.
"""

from typing import Any

from workflow.commands.keys import claim_key, first_result
from workflow.commands.moving import act_on
from workflow.commands.notices import Telling, tell
from workflow.commands.remarks import WHOLE, begun, keep_remark, refuse_bad_words
from workflow.commands.steps import case_of
from workflow.content import canonical
from workflow.engine import Work
from workflow.errors import Fault, Invalid
from workflow.queries.readers import readers_of
from workflow.remarking import refusal_to_ask


def ask(w: Work, *, document_id: int, person_id: int | None, text: str, key: str = "") -> int:
    """
    Ask one person who sees the document; returns the id of the question, which is a remark.

    Raises NotFound for a document out of sight, StepNotOpen once it is signed or over, NotYourStep for all but those
    it waits for now, Invalid for no person, one who does not see it, no words or too many.
    """
    document, definition, words = begun(w, document_id, text)
    request = canonical([document_id, "ask", person_id, words])
    if key and (earlier := first_result(w, key, request)):
        return int(earlier["remark"])
    if refusal := refusal_to_ask(definition, case_of(w, document), w.actor):
        raise refusal
    refuse_bad_words(words)
    asked = next((item for item in readers_of(w, document) if item.person_id == person_id), None)
    if asked is None:
        raise Invalid([Fault("asked", "missing" if person_id is None else "no_reader")])
    facts: dict[str, Any] = {
        "place": WHOLE,
        "quote": "",
        "on_revision": document.revision_no,
        "must_settle": False,
        "asked": {"id": asked.person_id, "name": asked.name, "title": asked.title},
    }
    entry_id = act_on(w, document, action="ask", label="Hỏi ý kiến", facts=facts, note=words)
    made = keep_remark(
        w, document, entry_id, document.revision_no, WHOLE, "", must_settle=False, asked_id=asked.person_id
    )
    said = {
        "subject": document.subject,
        "procedure": document.definition_id,
        "unit": w.directory.units[document.unit_id].name,
        "label": definition.states[document.state].label,
        "by": w.actor.name,
        "title": w.directory.title_of(w.actor.person_id, document.agency_id, w.today),
        "remark": made,
    }
    told = Telling(
        asked.person_id, document.agency_id, "asked", f"asked:{made}", document_id=document.id, facts=said
    )
    tell(w, [told])
    if key:
        claim_key(w, key, request, {"remark": made})
    return made
