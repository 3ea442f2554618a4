"""A Content laid out over the fields of the editor, and the fields read back; what nobody touched comes back the same."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from web.drafting.cards import cards_of, duty_in, task_in
from web.drafting.draft_form import DraftForm
from web.drafting.hanging import day_of, taken
from web.drafting.parts import Row, kept, paragraphs_in, rows_of, stored_paragraphs, tree_of, written
from web.drafting.places import places
from web.drafting.typed import chosen_in, line_in, lines_in, text_in, wrong
from web.messages import fault_sentence
from workflow.content import (
    Basis,
    Content,
    Missing,
    Node,
    Obligation,
    Purpose,
    Recipient,
    ReportStatus,
    Task,
    Urgency,
    with_files,
)
from workflow.content import Row as Result
from workflow.reading.lifting import Lifted, labelled_line, lift
from workflow.writing.paper_words import TASK_LABELS

_AS_ON_PAPER = re.compile(r"([IVXLC]+|\d+(?:\.\d+)*|[A-ZĐa-zđ])[.)]")
_ALIKE: tuple[Callable[[Result], tuple[str, ...]], ...] = (
    lambda row: (row.ref, row.task, row.unit),
    lambda row: (row.task, row.unit),
    lambda row: (row.ref, row.unit),
)
SECRET = fault_sentence({"place": "sections", "rule": "secret_mark"})


@dataclass(frozen=True)
class Said:
    """
    What a form says. `refs` and `nodes` are by the name of the row ("parts-3"), `duties` by that of the card
    ("parts-3-duties-0"); rows in which nothing stands are in none of them. `lifted` are the lines that moved
    from a paragraph into its card, by the row they moved to.
    """

    content: Content
    refs: Mapping[str, str]
    nodes: Mapping[str, Node]
    duties: Mapping[str, Obligation]
    lifted: tuple[tuple[str, Lifted], ...]


def data_of(content: Content, *, signer_id: int | None, **more: object) -> dict[str, Any]:
    """The values of a `DraftForm`; `more` are those that are no part of the text (seen_version, key, unit_id)."""
    return {
        "subject": content.subject,
        "field": content.field,
        "signer_id": str(signer_id or ""),
        "urgency": content.urgency,
        "secrecy": "thuong",
        "addressees": "\n".join(content.addressees),
        "bases": [_basis_data(item) for item in content.bases],
        "opening": "\n".join(content.opening),
        "parts": [_part_data(depth, node) for depth, node in rows_of(content.sections)],
        "results": [msgspec.to_builtins(row) for row in content.results],
        "missing": [msgspec.to_builtins(item) for item in content.missing_units],
        "ends": [_part_data(depth, node) for depth, node in rows_of(content.closing)],
        "recipients": [{"name": item.name, "purpose": item.purpose or ""} for item in content.recipients],
        "archive_line": content.archive_line,
        "annexes": list(content.annexes),
        **more,
    }


def content_of(form: DraftForm, base: Content) -> Content:
    return said_by(form, base).content


def said_by(form: DraftForm, base: Content, *, known: tuple[str, ...] = ()) -> Said:
    """
    What the form says, on `base` for what it does not show. Wrong values are left out of the text and told at
    their field; a form with errors is not to be stored.

    Lines of labels that were typed or pasted into a paragraph move into its card; `known` are the names of the
    agency's units, some of which hold commas. Lines that already stood so in `base` stay where they are.
    """
    if form.secrecy.data not in (None, "", "thuong"):
        wrong(form.secrecy, SECRET)
    stood = stored_paragraphs(base)
    lists: dict[str, list[Row]] = {}
    duties: dict[str, Obligation] = {}
    lifted: list[tuple[str, Lifted]] = []
    for name in ("parts", "ends"):
        rows, moved = _lifted(list(_rows(form[name], duties)), stood, known)
        lists[name] = kept(rows)
        lifted += moved
    bases = tuple(bases_in(form))
    content = msgspec.structs.replace(
        base,
        parent_reference=parent_in(base, bases),
        subject=line_in(form.subject),
        field=form.field.data or "",
        urgency=chosen_in(form.urgency, Urgency) or "thuong",
        addressees=lines_in(form.addressees),
        bases=bases,
        opening=lines_in(form.opening),
        sections=tree_of(lists["parts"]),
        results=tuple(results_in(form, base.results)) if tells_results(base) else base.results,
        missing_units=tuple(missing_in(form)) if tells_results(base) else base.missing_units,
        closing=tree_of(lists["ends"]),
        recipients=tuple(recipients_in(form)),
        archive_line=line_in(form.archive_line),
        annexes=tuple(text_in(entry) for entry in form.annexes if text_in(entry)),
    )
    rows = [*lists["parts"], *lists["ends"]]
    named = list(places(content))
    return Said(
        content,
        refs={row.name: place for row, (place, _) in zip(rows, named, strict=True)},
        nodes={row.name: node for row, (_, node) in zip(rows, named, strict=True)},
        duties=duties,
        lifted=tuple(lifted),
    )


def tells_results(content: Content) -> bool:
    """Whether the form shows a table of results: for a report, and wherever there is one."""
    return content.doc_type == "BC" or bool(content.results or content.missing_units)


def _part_data(depth: int, node: Node) -> dict[str, Any]:
    return {
        "depth": str(depth),
        "label": node.label,
        "title": node.title,
        "text": written(node.paragraphs),
        **cards_of(node.task, node.obligations),
    }


def _rows(entries: Any, duties: dict[str, Obligation]) -> Iterator[Row]:
    for entry in entries:
        each = entry.form
        depth = each.depth.data or ""
        task: Task | None = task_in(each.tasks.entries[0].form) if each.tasks.entries else None
        cards = {card.name: duty for card in each.duties if (duty := duty_in(card.form)) is not None}
        duties |= cards
        node = Node(
            label=label_in(each),
            title=line_in(each.title),
            paragraphs=paragraphs_in(each.text.data or ""),
            task=task,
            obligations=tuple(cards.values()),
        )
        yield Row(entry.name, int(depth) if depth.isdecimal() and len(depth) < 4 else 0, node)


def label_in(each: Any) -> str:
    """Bare: "II." and "a)" are typed as on paper; the marks are the paper's."""
    label = line_in(each.label)
    found = _AS_ON_PAPER.fullmatch(label)
    return found[1] if found else label


def _lifted(
    rows: Sequence[Row], stood: frozenset[str], known: tuple[str, ...]
) -> tuple[list[Row], list[tuple[str, Lifted]]]:
    made: list[Row] = []
    told: list[tuple[str, Lifted]] = []
    for at, row in enumerate(rows):
        values = [(text, labelled_line(text) if text not in stood else ()) for text in row.node.paragraphs]
        labelled = [value for _, found in values for value in found]
        left = tuple(text for text, found in values if not found)
        home = len(made)
        alone = labelled and not left and not row.node.title and row.node.task is None
        leaf = at + 1 == len(rows) or rows[at + 1].depth <= row.depth
        if alone and leaf and row.node.label in ("", "-", "+"):
            home = next((up for up in range(len(made) - 1, -1, -1) if made[up].depth < row.depth), home)
        if not labelled:
            made.append(row)
            continue
        target = made[home] if home < len(made) else row
        task, moved = lift(target.node.task, labelled, known=known, usual=dict(TASK_LABELS))
        told += [(target.name, one) for one in moved]
        if home < len(made):
            made[home] = Row(target.name, target.depth, msgspec.structs.replace(target.node, task=task))
        else:
            made.append(
                Row(row.name, row.depth, msgspec.structs.replace(row.node, paragraphs=left, task=task))
            )
    return made, told


def _basis_data(item: Basis) -> dict[str, Any]:
    return {
        "raw": item.raw,
        "doc_type": item.doc_type or "",
        "reference_no": item.reference_no or "",
        "date": day_of(item.date),
        "issuer": item.issuer or "",
    }


def bases_in(form: Any) -> Iterator[Basis]:
    for row in taken(form.bases):
        raw = line_in(row.form.raw)
        values = {name: line_in(row.form[name]) or None for name in ("doc_type", "reference_no", "issuer")}
        date = row.form.date.data
        if not raw and (date or any(values.values())):
            wrong(
                row.form.raw,
                "Ghi căn cứ như sẽ in trên văn bản, ví dụ “Kế hoạch số 88/KH-UBND ngày 10/4/2026 …”",
            )
        if raw:
            yield Basis(raw, date=date.isoformat() if date else None, **values)


def results_in(form: Any, base: Sequence[Result] = ()) -> Iterator[Result]:
    """Evidence is not typed: a line keeps the files of the one it was, wherever it moved."""
    stood = [row for row in base if row.evidence]
    for row in form.results:
        line = result_in(row.form)
        if line != Result("", ""):
            was = next((one for alike in _ALIKE for one in stood if alike(one) == alike(line)), None)
            if was is not None:
                stood.remove(was)
                line = with_files(line, was.evidence)
            yield line


def result_in(each: Any) -> Result:
    return Result(
        ref=text_in(each.ref),
        task=text_in(each.task),
        unit=text_in(each.unit),
        status=chosen_in(each.status, ReportStatus) or "",
        result=text_in(each.result),
        reason=text_in(each.reason),
    )


def missing_in(form: Any) -> Iterator[Missing]:
    for row in form.missing:
        unit, reason = line_in(row.form.unit), line_in(row.form.reason)
        if reason and not unit:
            wrong(row.form.unit, "Ghi tên đơn vị chưa gửi báo cáo")
        if unit:
            yield Missing(unit, reason)


def parent_in(before: Content, bases: Sequence[Basis]) -> str | None:
    """The document carried out: where its căn cứ was changed or taken away, the first one with a number now."""
    if before.parent_reference not in {basis.reference_no for basis in before.bases if basis.reference_no}:
        return before.parent_reference
    named = [basis.reference_no for basis in bases if basis.reference_no]
    return before.parent_reference if before.parent_reference in named else next(iter(named), None)


def recipients_in(form: Any) -> Iterator[Recipient]:
    for row in taken(form.recipients):
        name, purpose = line_in(row.form.name), chosen_in(row.form.purpose, Purpose)
        if purpose and not name:
            wrong(row.form.name, "Ghi tên nơi nhận, hoặc bỏ dòng này")
        if name:
            yield Recipient(name, purpose)
