"""
The reporting obligations of a whole body, with the parts that state them, and the sentences that take one away.
"""

from dataclasses import dataclass, field

from workflow.reading.found import Reading
from workflow.reading.meaning import section_kind
from workflow.reading.negations import told_in
from workflow.reading.number_line import Header
from workflow.reading.obligations import FoundObligation
from workflow.reading.outline import Part, walk
from workflow.reading.words import sentences, squeeze


@dataclass
class Duties:
    """
    The obligations in order, those of each part and of each line of the closing.

    `denied` are the sentences that take a report away, `parted` those that deny one and ask for another.
    """

    found: list[FoundObligation] = field(default_factory=list)
    of: dict[int, list[FoundObligation]] = field(default_factory=dict)
    closing: dict[int, list[FoundObligation]] = field(default_factory=dict)
    denied: list[str] = field(default_factory=list)
    parted: list[str] = field(default_factory=list)

    def read(
        self, line: str, ref: str, sender: str | None, *, dated_only: bool = False
    ) -> list[FoundObligation]:
        """The obligations of a line, sentence by sentence."""
        here: list[FoundObligation] = []
        for _, sentence in sentences(line[:12000]):
            told = told_in(sentence, ref, sender, dated_only=dated_only)
            here += told.duties
            if told.denied:
                (self.parted if told.denied == "part" else self.denied).append(squeeze(sentence))
        return here


def duties_of(
    parts: list[Part], reading: Reading, opening: list[str], closing: list[str], header: Header, report: bool
) -> Duties:
    duties = Duties()
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
            here += duties.read(line, part.ref, sender, dated_only=report)
        if here:
            duties.of[id(part)] = here
            duties.found += here
    for place, line in enumerate(closing):
        duties.closing[place] = duties.read(line, "", None, dated_only=report)
        duties.found += duties.closing[place]
    if header.doc_type == "CV" or not parts:
        for line in opening:
            duties.found += [item for item in duties.read(line, "", None) if item.from_ or item.due_day]
    return duties
