"""A Content laid out over the fields of the form, and the fields read back; what nobody touched comes back the same."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from web.drafting.forms import LISTS, DraftForm
from web.drafting.hanging import duties_in, taken, tasks_in
from web.drafting.notation import body_of, nodes_of, section_of, text_of
from web.drafting.places import attached, places, words_of
from web.drafting.typed import line_in, lines_in, text_in, wrong
from web.messages import fault_sentence
from workflow.content import Basis, Content, Missing, Node, Obligation, Recipient, Row, Task
from workflow.folding import fold
from workflow.writing.paper_words import TASK_LABELS

SECRET = fault_sentence({"place": "sections", "rule": "secret_mark"})


def data_of(content: Content, *, signer_id: int | None, **more: object) -> dict[str, Any]:
    """The values of a `DraftForm`; `more` are those that are no part of the text (seen_version, key, unit_id)."""
    named = list(places(content))
    return {
        "subject": content.subject,
        "field": content.field,
        "signer_id": str(signer_id or ""),
        "urgency": content.urgency,
        "secrecy": "thuong",
        "addressees": "\n".join(content.addressees),
        "bases": [_basis_data(item) for item in content.bases],
        "opening": "\n".join(content.opening),
        "sections": [{"label": s.label, "title": s.title, "body": body_of(s)} for s in content.sections],
        "tasks": [_hung(place, node) | _task_data(node.task) for place, node in named if node.task],
        "duties": [
            _hung(place, node) | _duty_data(duty) for place, node in named for duty in node.obligations
        ],
        "results": [msgspec.to_builtins(row) for row in content.results],
        "missing": [msgspec.to_builtins(item) for item in content.missing_units],
        "closing": text_of(content.closing),
        "recipients": [{"name": item.name, "purpose": item.purpose or ""} for item in content.recipients],
        "archive_line": content.archive_line,
        "annexes": list(content.annexes),
        **more,
    }


def content_of(form: DraftForm, base: Content) -> Content:
    """
    What the form says, on `base` for what it does not show. Wrong values are left out of the text and told at
    their field; a form with errors is not to be stored.
    """
    if form.secrecy.data not in (None, "", "thuong"):
        wrong(form.secrecy, SECRET)
    text = msgspec.structs.replace(
        base,
        subject=line_in(form.subject),
        field=form.field.data or "",
        urgency=form.urgency.data or "thuong",
        addressees=lines_in(form.addressees),
        bases=tuple(bases_in(form)),
        opening=lines_in(form.opening),
        sections=tuple(_sections(form)),
        results=tuple(_results(form)) if tells_results(base) else base.results,
        missing_units=tuple(_missing(form)) if tells_results(base) else base.missing_units,
        closing=nodes_of(form.closing.data or ""),
        recipients=tuple(recipients_in(form)),
        archive_line=line_in(form.archive_line),
        annexes=tuple(text_in(entry) for entry in form.annexes if text_in(entry)),
    )
    named = dict(places(text))
    return attached(text, tasks_in(form, named), duties_in(form, named))


def tells_results(content: Content) -> bool:
    """Whether the form shows a table of results: for a report, and wherever there is one."""
    return content.doc_type == "BC" or bool(content.results or content.missing_units)


def add_or_remove(form: DraftForm, values: Mapping[str, str]) -> bool:
    """Whether one of the buttons "Thêm" and "Bỏ" was pressed; the row is then added or gone, nothing is stored."""
    if (name := values.get("them", "")) in LISTS:
        form[name].append_entry()  # type: ignore[attr-defined]
        return True
    name, _, number = values.get("bo", "").rpartition("-")
    if name in LISTS and number.isdigit():
        entries = form[name].entries  # type: ignore[attr-defined]
        if int(number) < len(entries):
            entries.pop(int(number))
        return True
    return False


def _hung(place: str, node: Node) -> dict[str, str]:
    return {"ref": place, "was": place, "words": fold(words_of(node))[:80]}


def _basis_data(item: Basis) -> dict[str, Any]:
    return {
        "raw": item.raw,
        "doc_type": item.doc_type or "",
        "reference_no": item.reference_no or "",
        "date": _day(item.date),
        "issuer": item.issuer or "",
    }


def _task_data(task: Task | None) -> dict[str, Any]:
    assert task is not None
    return {
        "leads": "\n".join(task.leads),
        "coordinators": "\n".join(task.coordinators),
        "method": task.method or "",
        "kind": task.time.kind,
        "raw": task.time.raw,
        "since": _day(task.time.from_),
        "until": _day(task.time.to),
        "labelled": " ".join(sorted(task.labels)),
        **{f"label_{name}": task.labels.get(name, usual) for name, usual in TASK_LABELS.items()},
    }


def _duty_data(duty: Obligation) -> dict[str, Any]:
    months = [duty.due_month] if isinstance(duty.due_month, int) else list(duty.due_month or ())
    return {
        "sender": duty.from_ or "",
        "to": duty.to or "",
        "via": duty.via or "",
        "recurrence": duty.recurrence,
        "inclusive": "1" if duty.inclusive else "",
        "due_day": "cuối tháng" if duty.due_day == "last" else str(duty.due_day or ""),
        "due_month": ", ".join(str(month) for month in months),
        "by_reference": duty.by_reference,
        "embedded_in": duty.embedded_in or "",
        "raw": duty.raw,
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


def _sections(form: DraftForm) -> Iterator[Node]:
    for row in form.sections:
        label, title, body = (
            line_in(row.form.label).rstrip("."),
            line_in(row.form.title),
            text_in(row.form.body),
        )
        if label or title or body:
            yield section_of(label, title, body)


def _results(form: DraftForm) -> Iterator[Row]:
    for row in form.results:
        values = {
            name: text_in(row.form[name]) for name in ("ref", "task", "unit", "status", "result", "reason")
        }
        if any(values.values()):
            yield Row(**values)  # type: ignore[arg-type]


def _missing(form: DraftForm) -> Iterator[Missing]:
    for row in form.missing:
        unit, reason = line_in(row.form.unit), line_in(row.form.reason)
        if reason and not unit:
            wrong(row.form.unit, "Ghi tên đơn vị chưa gửi báo cáo")
        if unit:
            yield Missing(unit, reason)


def recipients_in(form: Any) -> Iterator[Recipient]:
    for row in taken(form.recipients):
        name, purpose = line_in(row.form.name), row.form.purpose.data or None
        if purpose and not name:
            wrong(row.form.name, "Ghi tên nơi nhận, hoặc bỏ dòng này")
        if name:
            yield Recipient(name, purpose)


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
