"""
The reporting obligations of a whole body, with the parts that state them.
"""

from workflow.reading.found import Reading
from workflow.reading.meaning import section_kind
from workflow.reading.number_line import Header
from workflow.reading.obligations import FoundObligation, read_obligations
from workflow.reading.outline import Part, walk
from workflow.reading.words import sentences


def duties_of(
    parts: list[Part], reading: Reading, opening: list[str], closing: list[str], header: Header, report: bool
) -> tuple[list[FoundObligation], dict[int, list[FoundObligation]], dict[int, list[FoundObligation]]]:
    found: list[FoundObligation] = []
    duties: dict[int, list[FoundObligation]] = {}
    for part, above in walk(parts):
        if id(part) in reading.lifted:
            continue
        kind = section_kind(part, above)
        if kind in ("aims", "funds"):
            continue
        sender = reading.subjects.get(id(part)) or next(
            (reading.subjects[id(holder)] for holder in reversed(above) if id(holder) in reading.subjects),
            None,
        )
        if sender is None:
            task = reading.of.get(id(part))
            sender = "; ".join(task.leads) if task and task.leads else None
        lifted = reading.lifted_lines.get(id(part), set())
        lines = [part.text, *(line for place, line in enumerate(part.paragraphs) if place not in lifted)]
        here: list[FoundObligation] = []
        for line in lines:
            for _, sentence in sentences(line[:12000]):
                here += read_obligations(sentence, part.ref, sender, dated_only=report)
        if here:
            duties[id(part)] = here
            found += here
    closing_duties: dict[int, list[FoundObligation]] = {}
    own = None
    for place, line in enumerate(closing):
        here = [
            item
            for _, sentence in sentences(line[:12000])
            for item in read_obligations(sentence, "", own, dated_only=report)
        ]
        closing_duties[place] = here
        found += here
    if header.doc_type == "CV" or not parts:
        for line in opening:
            for _, sentence in sentences(line[:12000]):
                found += [item for item in read_obligations(sentence, "", None) if item.from_ or item.due_day]
    return found, duties, closing_duties
