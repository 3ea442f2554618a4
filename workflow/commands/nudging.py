"""Nhắc: somebody who had a part in a document asks the one it waits for to take his step; it takes no step itself."""

from workflow.awaited import people_awaited
from workflow.commands.keys import claim_key, first_result
from workflow.commands.moving import act_on
from workflow.commands.notices import Telling, tell
from workflow.commands.steps import case_of, load_for_step
from workflow.content import canonical
from workflow.engine import Work
from workflow.models.base import instant_text
from workflow.nudging import refusal_to_remind
from workflow.queries.trail import last_nudge, trail_of


def remind_of(w: Work, *, document_id: int, key: str = "") -> list[str]:
    """
    Remind everybody the document waits for; returns their names. With `key`, a double press is one reminder.

    An entry of the document, in a version of its own that makes no open page old, and a notice to each. Raises
    NotFound, StepNotOpen where it waits for nobody, NotYourStep for who had no part in it, NeedUnmet: it waits with
    the actor himself, nobody is there, or it was reminded of already and the next working day has not come.
    """
    document = load_for_step(w, document_id)
    request = canonical({"remind": document_id})
    if key and (earlier := first_result(w, key, request)):
        return list(earlier["told"])
    flow = w.flow(document.definition_id, document.definition_version)
    case = case_of(w, document)
    refusal = refusal_to_remind(flow, case, w.actor, last_nudge(trail_of(w, document_id)))
    if refusal:
        raise refusal
    state, people = flow.definition.states[document.state], people_awaited(flow, case)
    names = [person.name for person in people]
    act_on(w, document, action="remind", label="Nhắc người đang xử lý", facts={"reminded": names})
    said = {
        "subject": document.subject,
        "procedure": document.definition_id,
        "unit": w.directory.units[document.unit_id].name,
        "label": state.label,
        "by": w.actor.name,
        "title": w.directory.title_of(w.actor.person_id, document.agency_id, w.today),
        "since": instant_text(document.state_since),
    }
    tell(
        w,
        [
            Telling(
                person.id,
                document.agency_id,
                "reminded",
                f"reminded:{document.id}:{document.version + 1}:{person.id}",
                document_id=document.id,
                facts=said,
            )
            for person in people
        ],
    )
    if key:
        claim_key(w, key, request, {"told": names})
    return names
