"""What a person agreed to on the confirm page, as the Content to be drafted; it stores nothing and draws nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from web.drafting.confirm_form import ConfirmForm
from web.drafting.content_form import bases_in, label_in, missing_in, parent_in, recipients_in, results_in
from web.drafting.hanging import day_of, duties_in, tasks_in
from web.drafting.parts import LISTS, Row, kept, paragraphs_in, rows_of, tree_of
from web.drafting.places import attached, changed, places
from web.drafting.typed import chosen_in, line_in, lines_in, text_in
from workflow.commands.importing import Correction, corrected
from workflow.content import Content, Node, Task, Time, Urgency
from workflow.reading.times import read_time
from workflow.writing.paper import task_lines


def agreed(
    form: ConfirmForm, before: Content, corrections: Sequence[Correction], labels: Mapping[str, str]
) -> tuple[Content, int | None]:
    """
    What was read (`before`), less what was not taken, with what was typed over it and the corrections that were
    ticked; and the signer. Wrong values are told at their field and left out; a form with errors is not to be stored.

    Tasks and duties name their part as it was read, and stay with it when its number or its words are put right.
    `labels` are the agency's words before the lines of a task.
    """
    lists = {name: kept(list(_rows(form[name]))) for name in LISTS}
    bases = tuple(bases_in(form))
    text = msgspec.structs.replace(
        before,
        doc_type=form.doc_type.data or "",
        field=form.field.data or "",
        urgency=chosen_in(form.urgency, Urgency) or before.urgency,
        subject=line_in(form.subject),
        parent_reference=parent_in(before, bases),
        addressees=lines_in(form.addressees),
        bases=bases,
        opening=paragraphs_in(form.opening.data or ""),
        sections=tree_of(lists["parts"]),
        results=tuple(results_in(form)),
        missing_units=tuple(missing_in(form)),
        closing=tree_of(lists["ends"]),
        recipients=tuple(recipients_in(form)),
        archive_line=line_in(form.archive_line),
        annexes=tuple(text_in(entry) for entry in form.annexes if text_in(entry)),
    )
    _complete_added(form, labels)
    text = corrected(_hung(form, before, text, [*lists["parts"], *lists["ends"]]), _ticked(form, corrections))
    signer = form.signer_id.data or ""
    return text, int(signer) if signer.isascii() and signer.isdigit() and len(signer) < 18 else None


def names_of_parts(content: Content) -> Iterator[tuple[str, str]]:
    """Every place of a text with the name of its row on the page ("parts-3"), in reading order."""
    found = places(content)
    for name, nodes in zip(LISTS, (content.sections, content.closing), strict=True):
        for number, _ in enumerate(rows_of(nodes)):
            yield next(found)[0], f"{name}-{number}"


def _rows(entries: Any) -> Iterator[Row]:
    for entry in entries:
        each, depth = entry.form, entry.form.depth.data or ""
        node = Node(
            label=label_in(each), title=line_in(each.title), paragraphs=paragraphs_in(each.text.data or "")
        )
        yield Row(entry.name, int(depth) if depth.isdecimal() and len(depth) < 4 else 0, node)


def _hung(form: ConfirmForm, before: Content, text: Content, rows: Sequence[Row]) -> Content:
    """The tasks and duties on the parts they name. A task that is not taken leaves its lines there, as printed."""
    now = {row.name: place for row, (place, _) in zip(rows, places(text), strict=True)}
    nodes = dict(places(text))
    moved = {place: now[name] for place, name in names_of_parts(before) if name in now}
    named = {place: nodes[new] for place, new in moved.items()}
    tasks = {moved[place]: task for place, task in tasks_in(form, named).items()}
    duties = {moved[place]: found for place, found in duties_in(form, named).items()}
    left = {moved[place]: task_lines(task) for place, task in _untaken(form, before) if place in moved}
    left = {place: lines for place, lines in left.items() if lines and place not in tasks}
    text = attached(text, tasks, duties)
    return changed(text, lambda place, node: _with_lines(node, left.get(place, ()))) if left else text


def _complete_added(form: ConfirmForm, labels: Mapping[str, str]) -> None:
    """
    A task that a person adds to what was read prints lines of its own only where that was asked for. The words of its
    time are read like those of the text: "Quý III năm 2026" says the kind and the days.
    """
    for row in form.tasks:
        each = row.form
        if each.added.data:
            each.labelled.data = "" if each.printed.data else " ".join(labels)
            for name, label in labels.items():
                each[f"label_{name}"].data = label if each.printed.data else ""
            time = read_time(line_in(each.raw)) if each.raw.data else Time()
            if each.kind.data in (None, "", "unspecified", time.kind):
                each.kind.data = time.kind
                each.since.data = each.since.data or day_of(time.from_)
                each.until.data = each.until.data or day_of(time.to)


def _untaken(form: ConfirmForm, before: Content) -> Iterator[tuple[str, Task]]:
    read = [(place, node.task) for place, node in places(before) if node.task is not None]
    taken = {row.name for row in form.tasks if row.form.take.data}
    return ((place, task) for at, (place, task) in enumerate(read) if f"tasks-{at}" not in taken)


def _with_lines(node: Node, lines: tuple[str, ...]) -> Node:
    return msgspec.structs.replace(node, paragraphs=(*node.paragraphs, *lines)) if lines else node


def _ticked(form: ConfirmForm, corrections: Sequence[Correction]) -> list[Correction]:
    rows: Mapping[int, Any] = dict(enumerate(form.corrections))
    return [one for at, one in enumerate(corrections) if at in rows and rows[at].form.take.data]
