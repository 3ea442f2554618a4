"""A Content laid out over the fields of the form, and the fields read back; what nobody touched comes back the same."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from wtforms import Field

from web.drafting.forms import LISTS, DraftForm
from web.drafting.notation import body_of, nodes_of, section_of, text_of
from web.drafting.places import attached, key, places, words_of
from web.drafting.words import is_day
from web.messages import fault_sentence
from web.words import TASK_LABELS
from workflow.content import Basis, Content, Missing, Node, Obligation, Recipient, Row, Task, Time
from workflow.folding import fold

SECRET = fault_sentence({"place": "sections", "rule": "secret_mark"})
Places = Mapping[str, Node]


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
        _wrong(form.secrecy, SECRET)
    text = msgspec.structs.replace(
        base,
        subject=_line(form.subject),
        field=form.field.data or "",
        urgency=form.urgency.data or "thuong",
        addressees=_lines(form.addressees),
        bases=tuple(bases_in(form)),
        opening=_lines(form.opening),
        sections=tuple(_sections(form)),
        results=tuple(_results(form)) if tells_results(base) else base.results,
        missing_units=tuple(_missing(form)) if tells_results(base) else base.missing_units,
        closing=nodes_of(form.closing.data or ""),
        recipients=tuple(recipients_in(form)),
        archive_line=_line(form.archive_line),
        annexes=tuple(_text(entry) for entry in form.annexes if _text(entry)),
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
    for row in _taken(form.bases):
        raw = _line(row.form.raw)
        values = {name: _line(row.form[name]) or None for name in ("doc_type", "reference_no", "issuer")}
        date = row.form.date.data
        if not raw and (date or any(values.values())):
            _wrong(
                row.form.raw,
                "Ghi căn cứ như sẽ in trên văn bản, ví dụ “Kế hoạch số 88/KH-UBND ngày 10/4/2026 …”",
            )
        if raw:
            yield Basis(raw, date=date.isoformat() if date else None, **values)


def _sections(form: DraftForm) -> Iterator[Node]:
    for row in form.sections:
        label, title, body = _line(row.form.label).rstrip("."), _line(row.form.title), _text(row.form.body)
        if label or title or body:
            yield section_of(label, title, body)


def _results(form: DraftForm) -> Iterator[Row]:
    for row in form.results:
        values = {
            name: _text(row.form[name]) for name in ("ref", "task", "unit", "status", "result", "reason")
        }
        if any(values.values()):
            yield Row(**values)  # type: ignore[arg-type]


def _missing(form: DraftForm) -> Iterator[Missing]:
    for row in form.missing:
        unit, reason = _line(row.form.unit), _line(row.form.reason)
        if reason and not unit:
            _wrong(row.form.unit, "Ghi tên đơn vị chưa gửi báo cáo")
        if unit:
            yield Missing(unit, reason)


def recipients_in(form: Any) -> Iterator[Recipient]:
    for row in _taken(form.recipients):
        name, purpose = _line(row.form.name), row.form.purpose.data or None
        if purpose and not name:
            _wrong(row.form.name, "Ghi tên nơi nhận, hoặc bỏ dòng này")
        if name:
            yield Recipient(name, purpose)


def tasks_in(form: Any, named: Places) -> dict[str, Task]:
    found: dict[str, Task] = {}
    for row in _taken(form.tasks):
        each = row.form
        said = any(_text(each[name]) for name in ("ref", "leads", "coordinators", "method", "raw"))
        if not said and each.kind.data in (None, "", "unspecified"):
            continue
        place = _place(each, named, "nhiệm vụ")
        if place is None:
            continue
        if place in found:
            _wrong(each.ref, f"Mục {place} đã có một nhiệm vụ ở trên; ghi mục khác hoặc gộp hai nhiệm vụ")
            continue
        since, until = each.since.data, each.until.data
        if since and until and until < since:
            _wrong(each.until, "Chọn ngày kết thúc không trước ngày bắt đầu")
        labels = {}
        for name, usual in TASK_LABELS.items():
            text = _line(each[f"label_{name}"])
            if text != usual or name in (each.labelled.data or "").split():
                labels[name] = text
        found[place] = Task(
            leads=_lines(each.leads),
            coordinators=_lines(each.coordinators),
            method=_line(each.method) or None,
            time=Time(each.kind.data or "unspecified", _line(each.raw), _iso(since), _iso(until)),
            labels=labels,
        )
    return found


def duties_in(form: Any, named: Places) -> dict[str, tuple[Obligation, ...]]:
    found: dict[str, tuple[Obligation, ...]] = {}
    for row in _taken(form.duties):
        each = row.form
        if not any(
            _text(each[name]) for name in ("ref", "sender", "to", "via", "due_day", "due_month", "raw")
        ):
            continue
        place = _place(each, named, "chế độ báo cáo")
        day, month = _due_day(each.due_day), _due_month(each.due_month)
        if isinstance(day, int):
            for one in (month,) if isinstance(month, int) else month or ():
                if not is_day(one, day):
                    _wrong(each.due_day, f"Ghi ngày có thật: không có ngày {day}/{one}")
                    break
        if place is not None:
            duty = Obligation(
                from_=_line(each.sender) or None,
                to=_line(each.to) or None,
                via=_line(each.via) or None,
                recurrence=each.recurrence.data or "unspecified",
                inclusive=each.inclusive.data == "1",
                due_month=month,
                due_day=day,  # type: ignore[arg-type]
                by_reference=bool(each.by_reference.data),
                embedded_in=_line(each.embedded_in) or None,
                raw=_line(each.raw),
            )
            found[place] = (*found.get(place, ()), duty)
    return found


def _taken(rows: Any) -> Iterator[Any]:
    """All rows; of those that ask whether they are to be taken, the ones that are."""
    return (row for row in rows if "take" not in row.form or row.form.take.data)


def _place(each: Any, named: Places, what: str) -> str | None:
    """The part a row hangs on: the one it names, or, where the text moved under it, the one with its words."""
    typed = _line(each.ref)
    if not typed:
        _wrong(each.ref, f"Ghi mục của {what}, ví dụ II.1.a")
        return None
    by_key = {key(place): place for place in reversed(named)}
    place = typed if typed in named else by_key.get(key(typed))
    words = each.words.data or ""
    if (
        words
        and key(typed) == key(each.was.data or "")
        and (place is None or _known_by(named[place]) != words)
    ):
        moved = [other for other, node in named.items() if _known_by(node) == words]
        place = moved[0] if len(moved) == 1 else place
    if place is None:
        _wrong(each.ref, f"Ghi lại mục của {what}: văn bản không có mục {typed}")
        return None
    if place != typed:
        each.ref.data = place
    return place


def _known_by(node: Node) -> str:
    return fold(words_of(node))[:80]


def _due_day(field: Field) -> int | str | None:
    text = fold(field.data or "")
    if not text:
        return None
    if text in ("cuoi", "cuoi thang", "last"):
        return "last"
    if text.isdigit() and 1 <= int(text) <= 31:
        return int(text)
    _wrong(field, "Ghi ngày bằng số từ 1 đến 31, hoặc “cuối tháng”")
    return None


def _due_month(field: Field) -> int | tuple[int, ...] | None:
    parts = [part.strip() for part in (field.data or "").replace(";", ",").split(",") if part.strip()]
    if not all(part.isdigit() and 1 <= int(part) <= 12 for part in parts):
        _wrong(field, "Ghi tháng bằng số từ 1 đến 12; nhiều tháng cách nhau bằng dấu phẩy")
        return None
    months = tuple(int(part) for part in parts)
    return months[0] if len(months) == 1 else months or None


def _wrong(field: Field, words: str) -> None:
    field.errors = [*field.errors, words]


def _text(field: Field) -> str:
    return (field.data or "").replace("\r\n", "\n").strip()


def _line(field: Field) -> str:
    return " ".join((field.data or "").split())


def _lines(field: Field) -> tuple[str, ...]:
    return tuple(line.strip() for line in (field.data or "").splitlines() if line.strip())


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
