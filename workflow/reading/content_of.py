"""
From what was read to the Content people approve, and to the record of what the text itself said of its number and signer.
"""

from typing import Any

from workflow.content import Basis, Content, Node, Obligation, Task
from workflow.reading.found import FoundTask, Reading
from workflow.reading.labels import labels_in
from workflow.reading.obligations import FoundObligation
from workflow.reading.outline import Part
from workflow.reading.proposal import Proposal
from workflow.reading.words import is_upper


def _parent(proposal: Proposal) -> str | None:
    """The first numbered document that is carried out; a tờ trình only asks."""
    return next(
        (item.reference_no for item in proposal.bases if item.reference_no and item.doc_type != "TTr"), None
    )


def to_content(proposal: Proposal, *, field: str, drafting_unit: str) -> Content:
    """
    The Content of a proposal: no number, date or signer.

    A cell of a Task whose label is "" is said in the paragraph itself and is not to be printed again.
    """
    return Content(
        doc_type=proposal.doc_type or "",
        subject=proposal.subject or "",
        symbol=proposal.symbol or "",
        place=proposal.place or "",
        field=field,
        urgency=proposal.urgency,
        drafting_unit=drafting_unit,
        parent_reference=_parent(proposal),
        addressees=proposal.addressees,
        bases=tuple(
            Basis(item.raw, item.doc_type, item.reference_no, item.date, item.issuer)
            for item in proposal.bases
            if item.printed or any(item.raw in line for line in proposal.opening)
        ),
        opening=proposal.opening,
        sections=proposal.sections,
        results=proposal.results,
        missing_units=proposal.missing_units,
        closing=proposal.closing,
        recipients=proposal.recipients,
        archive_line=proposal.archive_line or "",
        annexes=proposal.annexes,
    )


def source_reference(proposal: Proposal) -> dict[str, Any]:
    """Number, symbol, date and signer as the text gives them, with the lines as printed; never enters a register."""
    return {
        "number": proposal.number,
        "symbol": proposal.symbol,
        "day": proposal.date_parts.day,
        "month": proposal.date_parts.month,
        "year": proposal.date_parts.year,
        "capacity": proposal.capacity,
        "signer_title": proposal.signer_title,
        "signer_name": proposal.signer_name,
        "lines": dict(proposal.found),
    }


def nodes_of(
    parts: list[Part], reading: Reading, duties: dict[int, list[FoundObligation]]
) -> tuple[Node, ...]:
    """The tree of a body: lines of labels lifted into tasks, obligations on the node that states them."""
    return tuple(_node(part, reading, duties) for part in parts if id(part) not in reading.lifted)


def _node(part: Part, reading: Reading, duties: dict[int, list[FoundObligation]]) -> Node:
    task = reading.of.get(id(part))
    children = nodes_of(part.children, reading, duties)
    lifted = reading.lifted_lines.get(id(part), set())
    paragraphs = tuple(line for place, line in enumerate(part.paragraphs) if place not in lifted)
    text = part.text
    lifted_below = task is not None and any(task.labels.values())
    titled = lifted_below and not labels_in(text)[1]
    heading = part.heading or (not part.whole and (titled or _is_heading(part)))
    if not heading and text:
        paragraphs = (text, *paragraphs)
    if part.table:
        children = (*children, *_rows(part, reading))
    return Node(
        label=part.label,
        title=text if heading else "",
        paragraphs=paragraphs,
        task=_task(task) if task else None,
        obligations=tuple(obligation_of(item) for item in duties.get(id(part), ())),
        children=children,
    )


def _is_heading(part: Part) -> bool:
    """A heading ends without a stop, or holds numbered parts; a numbered paragraph is no heading."""
    text = part.text.rstrip()
    if not text or part.bullet or part.style == "text":
        return False
    if is_upper(text, letters=4):
        return True
    if text.endswith((".", ";", "./")):
        return bool(part.numbered) and len(text) < 300 and text.count(".") == 1
    return bool(part.children or part.paragraphs or part.table) or len(text) < 80


def _rows(part: Part, reading: Reading) -> tuple[Node, ...]:
    rows = reading.rows.get(id(part))
    if rows is None:
        return tuple(Node(paragraphs=(line.strip("| ").replace(" | ", " – "),)) for line in part.table)
    found: list[Node] = []
    groups: list[tuple[str, str, list[Node]]] = []
    for row, task in rows:
        label = row.cells.get("ref", "").strip(" .)")
        if task is None:
            groups.append((label, row.cells.get("title") or label, []))
        else:
            node = Node(label=label, title=task.title, task=_task(task, table=True))
            (groups[-1][2] if groups else found).append(node)
    return (
        *found,
        *(Node(label=label, title=title, children=tuple(nodes)) for label, title, nodes in groups),
    )


def _task(task: FoundTask, *, table: bool = False) -> Task:
    return Task(task.leads, task.coordinators, task.method, task.time, {} if table else dict(task.labels))


def obligation_of(item: FoundObligation) -> Obligation:
    return Obligation(
        from_=item.from_,
        to=item.to,
        via=item.via,
        recurrence=item.recurrence,
        inclusive=item.inclusive,
        due_month=item.due_month,
        due_day=item.due_day,
        by_reference=item.by_reference,
        embedded_in=item.embedded_in,
        raw=item.raw,
    )
