"""Nhập từ văn bản: a text is read, shown beside what was read from it, and made a draft once a person agrees."""

import secrets
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.drafting.content_form import bases_in, data_of, duties_in, recipients_in, tasks_in
from web.drafting.forms import ConfirmForm, SourceForm, offered
from web.drafting.places import attached, names_of, places
from web.drafting.routes import bp
from web.drafting.words import READABLE, UNREADABLE, due_line, sure
from web.filters import form_errors
from web.messages import fault_sentence
from web.paper import task_lines
from web.session import reading, work
from web.words import DOC_TYPES, capacity_name
from workflow.commands.importing import ReadText, corrected, read_for, start_draft, text_of_file
from workflow.content import Content
from workflow.engine import Work
from workflow.errors import Invalid, NotYourStep, Unreadable
from workflow.folding import fold
from workflow.people import Agency, Unit
from workflow.queries.drafts import capacities_for, drafting_units, signers_for
from workflow.queries.turns import Signer
from workflow.reading import to_content

PROCEDURES = {"KH": "ke_hoach", "BC": "bao_cao"}
SHOWN = 100_000
"""Characters of the source shown on the left; all of it is read."""


@dataclass(frozen=True)
class _Reading:
    """What is known while one text is looked at. `named` are those who may sign, by capacity where that is told."""

    units: tuple[Unit, ...]
    unit: Unit
    agency: Agency
    read: ReadText
    content: Content
    signers: tuple[Signer, ...]
    proposed: int | None
    year: int


@bp.route("/ke-hoach/nhap", methods=["GET", "POST"])
def source() -> ResponseReturnValue:
    with reading() as w:
        units = drafting_units(w)
        if not units:
            raise NotYourStep("create", ("drafter", "dept_head"))
    form = SourceForm()
    if request.method == "GET":
        return _asked(form)
    confirming = "create" in request.form or "redraw" in request.form
    try:
        text = request.form.get("text", "") if confirming else _given(form)
        with reading() as w:
            found = _read(w, units, text)
    except Unreadable as error:
        words = UNREADABLE[error.reason]
        (form.file if error.reason == "file_type" or _has_file() else form.text).errors = [words]
        return _asked(form, errors=form_errors(form)), 422
    if not found.read.proposal.is_document:
        return render_template("drafting/not_a_document.html", text=text[:SHOWN]), 422
    if not confirming:
        return _confirm(_proposed(found), found)
    return _made(found)


def _given(form: SourceForm) -> str:
    """The text of the file where one was chosen, else what was pasted."""
    if _has_file():
        file = request.files["file"]
        return text_of_file(file.filename or "", file.read())
    return form.text.data or ""


def _has_file() -> bool:
    return bool(request.files.get("file") and request.files["file"].filename)


def _asked(form: SourceForm, errors: object = ()) -> str:
    return render_template("drafting/source.html", form=form, errors=errors, readable=READABLE)


def _read(w: Work, units: tuple[Unit, ...], text: str) -> _Reading:
    asked = request.form.get("unit_id", "")
    unit = next((unit for unit in units if str(unit.id) == asked), units[0])
    agency = w.directory.agencies[unit.agency_id]
    read = read_for(w, text=text, agency_id=agency.id)
    field = request.form.get("field", unit.fields[0] if unit.fields else "")
    doc_type = request.form.get("doc_type", read.proposal.doc_type or "KH")
    about: dict[str, Any] = {"agency_id": agency.id, "doc_type": doc_type, "field": field}
    signers = signers_for(w, drafter_id=w.actor.person_id, **about)
    kinds = capacities_for(w, **about)
    # By capacity alone: the name in an old text is a fact about that text, not a choice of today's signer.
    matching = [one.person_id for one in signers if kinds.get(one.person_id) == read.proposal.capacity]
    return _Reading(
        units=units,
        unit=unit,
        agency=agency,
        read=read,
        content=to_content(read.proposal, field=field, drafting_unit=unit.name),
        signers=signers,
        proposed=matching[0] if len(matching) == 1 else None,
        year=w.today.year,
    )


def _proposed(found: _Reading) -> ConfirmForm:
    content, proposal = found.content, found.read.proposal
    data = data_of(content, signer_id=found.proposed)
    taken = {
        name: [row | {"take": True} for row in data[name]]
        for name in ("bases", "tasks", "duties", "recipients")
    }
    known = proposal.doc_type if proposal.doc_type in PROCEDURES else ""
    return ConfirmForm(
        formdata=None,
        data={
            **{name: data[name] for name in ("subject", "field", "signer_id", "archive_line")},
            **taken,
            "text": found.read.text,
            "key": secrets.token_urlsafe(18),
            "unit_id": str(found.unit.id),
            "doc_type": known,
            "corrections": [{"take": False} for _ in found.read.corrections],
        },
    )


def _made(found: _Reading) -> ResponseReturnValue:
    """The agreed draft, or the page again with what is wrong; nothing is stored before everything is right."""
    form = ConfirmForm()
    form.validate()
    content, signer_id = _agreed(form, found)
    if "redraw" in request.form:
        return _confirm(ConfirmForm(), found)
    if not form.doc_type.data:
        form.doc_type.errors = ["Chọn loại văn bản: hệ thống có quy trình cho kế hoạch và báo cáo"]
    if not form.field.data:
        form.field.errors = ["Chọn lĩnh vực của văn bản"]
    if signer_id is not None and signer_id not in {one.person_id for one in found.signers}:
        form.signer_id.errors = ["Chọn lại người ký: người này hôm nay không ký được lĩnh vực đã chọn"]
    if errors := form_errors(form):
        return _confirm(form, found, errors), 422
    try:
        with work() as w:
            document_id = start_draft(
                w,
                key=form.key.data or secrets.token_urlsafe(18),
                definition_id=PROCEDURES.get(form.doc_type.data, "ke_hoach"),
                unit_id=found.unit.id,
                content=content,
                signer_id=signer_id,
                proposal=found.read.proposal,
            )
    except Invalid as error:
        return _confirm(form, found, [("", fault_sentence(fault)) for fault in error.faults]), 422
    flash({"title": "Đã tạo dự thảo từ văn bản.", "text": "Xem lại các lưu ý bên dưới rồi trình."}, "ok")
    return redirect(url_for(".edit", document_id=document_id), 303)


def _agreed(form: ConfirmForm, found: _Reading) -> tuple[Content, int | None]:
    """What was read, less what was not taken, with what was typed over it and the corrections that were ticked."""
    before = found.content
    text = msgspec.structs.replace(
        before,
        doc_type=form.doc_type.data or "",
        field=form.field.data or "",
        subject=" ".join((form.subject.data or "").split()),
        bases=tuple(bases_in(form)),
        recipients=tuple(recipients_in(form)),
        archive_line=" ".join((form.archive_line.data or "").split()),
    )
    named = dict(places(text))
    tasks, duties = tasks_in(form, named), duties_in(form, named)
    # A task that is not taken leaves the lines it was read from in the text, as printed.
    left = {place: node for place, node in named.items() if node.task is not None and place not in tasks}
    text = _with_lines(
        attached(text, tasks, duties), {place: task_lines(node.task) for place, node in left.items()}
    )  # type: ignore[arg-type]
    ticked = [
        one for one, row in zip(found.read.corrections, form.corrections, strict=False) if row.form.take.data
    ]
    signer = form.signer_id.data or ""
    return corrected(text, ticked), int(signer) if signer.isascii() and signer.isdigit() and len(
        signer
    ) < 18 else None


def _with_lines(content: Content, lines: dict[str, tuple[str, ...]]) -> Content:
    def hang(prefix: str, nodes: Any) -> Any:
        return tuple(
            msgspec.structs.replace(
                node,
                paragraphs=(*node.paragraphs, *lines.get(place, ())),
                children=hang(f"{place}.", node.children),
            )
            for place, node in zip(names_of(prefix, nodes), nodes, strict=True)
        )

    if not any(lines.values()):
        return content
    return msgspec.structs.replace(content, sections=hang("", content.sections))


def _confirm(form: ConfirmForm, found: _Reading, errors: object = ()) -> str:
    proposal = found.read.proposal
    form.unit_id.choices = offered([(str(unit.id), unit.name) for unit in found.units])
    form.field.choices = offered([("", "Chọn lĩnh vực"), *found.agency.fields.items()])
    able = [(str(one.person_id), f"{one.name} – {one.line}") for one in found.signers]
    form.signer_id.choices = offered([("", "Chọn khi trình"), *able])
    stated = [(place, duty) for place, node in places(found.content) for duty in node.obligations]
    titles = {place: node.title or next(iter(node.paragraphs), "") for place, node in places(found.content)}
    return render_template(
        "drafting/confirm.html",
        form=form,
        errors=errors,
        proposal=proposal,
        corrections=found.read.corrections,
        warnings=[one for one in proposal.warnings if one.code not in ("ocr_suspect", "unit_suggestion")],
        text=found.read.text[:SHOWN],
        cut=len(found.read.text) > SHOWN,
        units=found.units,
        source=_source(found),
        elsewhere=_elsewhere(found),
        signature=_signature(found),
        tasks=proposal.tasks,
        task_titles=titles,
        duties=[(place, duty, due_line(duty, found.year), _sureness(found, duty)) for place, duty in stated],
        sure=sure,
    )


def _source(found: _Reading) -> list[tuple[str, str]]:
    proposal = found.read.proposal
    parts = proposal.date_parts
    day = "/".join(str(part) if part else "…" for part in (parts.day, parts.month, parts.year))
    rows = [
        ("Cơ quan ban hành", proposal.agency),
        ("Cơ quan chủ quản", proposal.parent_agency),
        ("Tên loại", DOC_TYPES.get(proposal.doc_type or "", proposal.doc_type)),
        ("Số", proposal.number),
        ("Ký hiệu", proposal.symbol),
        ("Địa danh", proposal.place),
        ("Ngày", day if any((parts.day, parts.month, parts.year)) else None),
        ("Tư cách ký", capacity_name(proposal.capacity) if proposal.capacity else None),
        ("Chức vụ người ký", proposal.signer_title),
        ("Họ tên người ký", proposal.signer_name),
    ]
    return [(name, value or "Văn bản không ghi") for name, value in rows]


def _elsewhere(found: _Reading) -> str:
    """The agency the text names, where it is not the one this draft will be of."""
    said = found.read.proposal.agency
    if not said:
        return ""
    own = [fold(name) for name in (found.agency.name, found.agency.short_name, *found.agency.aliases)]
    return "" if any(name in fold(said) or fold(said) in name for name in own if len(name) > 4) else said


def _signature(found: _Reading) -> str:
    """Why this signer is proposed, or why none is."""
    proposal = found.read.proposal
    if proposal.capacity is None:
        return "Văn bản không ghi tư cách ký; chọn người ký."
    kind = capacity_name(proposal.capacity)
    if found.proposed is not None:
        return f"Đề xuất theo tư cách {kind} và lĩnh vực, không theo tên trong văn bản."
    return (
        f"Văn bản ghi tư cách {kind}; không có đúng một người như vậy trong lĩnh vực này, nên không đề xuất."
    )


def _sureness(found: _Reading, duty: Any) -> float:
    same = [
        one.confidence
        for one in found.read.proposal.obligations
        if (one.raw, one.from_, one.to, one.due_day) == (duty.raw, duty.from_, duty.to, duty.due_day)
    ]
    return same[0] if same else 0.5
