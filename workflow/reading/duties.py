"""
The reporting obligations of a whole body, with the parts that state them, and the sentences that take one away.
"""

from dataclasses import dataclass, field

from workflow.reading.denied_lists import DeniedLists, denied_lines
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

    `denied` are the sentences that take a report away, `parted` those that deny one and ask for another;
    `leads` stand above a list that they deny.
    """

    found: list[FoundObligation] = field(default_factory=list)
    of: dict[int, list[FoundObligation]] = field(default_factory=dict)
    closing: dict[int, list[FoundObligation]] = field(default_factory=dict)
    denied: list[str] = field(default_factory=list)
    parted: list[str] = field(default_factory=list)
    leads: set[str] = field(default_factory=set)

    def read(
        self, line: str, ref: str, sender: str | None, *, dated_only: bool = False
    ) -> list[FoundObligation]:
        """The obligations of a line, sentence by sentence."""
        here: list[FoundObligation] = []
        for _, sentence in sentences(line[:12000]):
            if squeeze(sentence) in self.leads:
                continue
            told = told_in(sentence, ref, sender, dated_only=dated_only)
            here += told.duties
            if told.denied:
                (self.parted if told.denied == "part" else self.denied).append(squeeze(sentence))
        return here


def duties_of(
    parts: list[Part],
    reading: Reading,
    opening: list[str],
    closing: list[str],
    header: Header,
    lists: DeniedLists,
    *,
    report: bool,
) -> Duties:
    """`lists`: the parts that a sentence above them denies; no duty is read of those."""
    duties = Duties(denied=[*lists.shown], leads={*lists.leads})
    for part, above in walk(parts):
        if id(part) in reading.lifted or id(part) in lists.parts:
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
        left_out = reading.lifted_lines.get(id(part), set()) | lists.lines.get(id(part), set())
        lines = [part.text, *(line for place, line in enumerate(part.paragraphs) if place not in left_out)]
        here: list[FoundObligation] = []
        for line in lines:
            here += duties.read(line, part.ref, sender, dated_only=report)
        if here:
            duties.of[id(part)] = here
            duties.found += here
    around = opening if header.doc_type == "CV" or not parts else []
    plain, denied = denied_lines([*around, *closing])
    duties.leads |= plain.leads
    duties.denied += plain.shown
    for place, line in enumerate(closing):
        if place + len(around) in denied or place in lists.closing:
            continue
        duties.closing[place] = duties.read(line, "", None, dated_only=report)
        duties.found += duties.closing[place]
    for place, line in enumerate(around):
        if place not in denied:
            duties.found += [item for item in duties.read(line, "", None) if item.from_ or item.due_day]
    return duties
