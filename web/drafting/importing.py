"""Nhập từ văn bản: a text is read, shown beside what was read from it, and made a draft once a person agrees."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.drafting.agreeing import agreed, names_of_parts
from web.drafting.confirm_form import ConfirmForm
from web.drafting.confirming import PROCEDURES, SHOWN, Reading, confirm, proposed
from web.drafting.forms import SourceForm
from web.drafting.missed import one_more
from web.drafting.operations import Done
from web.drafting.origin import opened
from web.filters import form_errors
from web.messages import fault_sentence, sentence
from web.messages.unreadable import READABLE
from web.session import reading, work
from workflow.commands.importing import read_for, start_draft
from workflow.content import Content
from workflow.engine import Work
from workflow.errors import Invalid, NotYourStep, Unreadable
from workflow.labelling import with_labels
from workflow.lint import facts_of_record
from workflow.people import Unit
from workflow.queries.drafts import drafting_units, signer_in_capacity, signers_for
from workflow.reading import to_content
from workflow.reading.intake import LARGEST_FILE, Intake, take_in, take_text


def source() -> ResponseReturnValue:
    with reading() as w:
        units = drafting_units(w)
        if not units:
            raise NotYourStep("create", ("drafter", "dept_head"))
    form = SourceForm()
    if request.method == "GET":
        return _asked(form)
    confirming = any(name in request.form for name in ("create", "redraw", "op"))
    try:
        taken = _returned() if confirming else _given(form)
        with reading() as w:
            found = _read(w, units, taken)
    except Unreadable as error:
        (form.file if _has_file() else form.text).errors = [sentence(error)[1]]
        return _asked(form, errors=form_errors(form)), 422
    if not found.read.proposal.is_document:
        return render_template("drafting/not_a_document.html", text=taken.text[:SHOWN]), 422
    if not confirming:
        return confirm(proposed(found), found, found.content)
    return _made(found)


def _given(form: SourceForm) -> Intake:
    """The words of the file where one was chosen, else what was pasted."""
    if _has_file():
        file = request.files["file"]
        return take_in(file.read(LARGEST_FILE + 1), file.filename or "")
    return take_text(form.text.data or "")


def _returned() -> Intake:
    """What the confirm page sent back."""
    return opened(request.form.get("text", ""), request.form.get("seal", ""))


def _has_file() -> bool:
    return bool(request.files.get("file") and request.files["file"].filename)


def _asked(form: SourceForm, errors: object = ()) -> str:
    return render_template("drafting/source.html", form=form, errors=errors, readable=READABLE)


def _read(w: Work, units: tuple[Unit, ...], taken: Intake) -> Reading:
    asked = request.form.get("unit_id", "")
    unit = next((unit for unit in units if str(unit.id) == asked), units[0])
    agency = w.directory.agencies[unit.agency_id]
    read = read_for(w, text=taken.text, agency_id=agency.id)
    field = request.form.get("field", unit.fields[0] if unit.fields else "")
    doc_type = request.form.get("doc_type", read.proposal.doc_type or "KH")
    about: dict[str, Any] = {
        "agency_id": agency.id,
        "doc_type": doc_type,
        "field": field,
        "drafter_id": w.actor.person_id,
    }
    return Reading(
        taken=taken,
        units=units,
        unit=unit,
        agency=agency,
        read=read,
        content=with_labels(
            to_content(read.proposal, field=field, drafting_unit=unit.name), agency.settings.task_labels
        ),
        signers=signers_for(w, **about),
        proposed=signer_in_capacity(w, read.proposal.capacity, **about),
        year=w.today.year,
        facts=facts_of_record(w.directory, agency.id, w.today),
    )


def _made(found: Reading) -> ResponseReturnValue:
    """The agreed draft, or the page again with what is wrong; nothing is stored before everything is right."""
    form = ConfirmForm()
    form.validate()
    content, signer_id = agreed(
        form, found.content, found.read.corrections, found.agency.settings.task_labels
    )
    if "op" in request.form:
        return _with_one_more(found, content)
    if "redraw" in request.form:
        return confirm(ConfirmForm(), found, content)
    if not form.doc_type.data:
        form.doc_type.errors = ["Chọn loại văn bản: hệ thống có quy trình cho kế hoạch và báo cáo"]
    if not form.field.data:
        form.field.errors = ["Chọn lĩnh vực của văn bản"]
    if signer_id is not None and signer_id not in {one.person_id for one in found.signers}:
        form.signer_id.errors = ["Chọn lại người ký: người này hôm nay không ký được lĩnh vực đã chọn"]
    if errors := form_errors(form):
        return confirm(form, found, content, errors), 422
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
                taken=found.taken,
            )
    except Invalid as error:
        told = [("", fault_sentence(fault)) for fault in error.faults]
        return confirm(form, found, content, told), 422
    flash({"title": "Đã tạo dự thảo từ văn bản.", "text": "Xem lại các lưu ý bên dưới rồi trình."}, "ok")
    return redirect(url_for(".edit", document_id=document_id), 303)


def _with_one_more(found: Reading, content: Content) -> str:
    """The page again with a row for what was not read; nothing typed is lost, nothing is stored."""
    refs = {name: place for place, name in names_of_parts(found.content)}
    pairs = [pair for pair in request.form.items(multi=True) if pair[0] != "op"]
    done = one_more(pairs, request.form["op"], refs) or Done(pairs)
    return confirm(ConfirmForm(formdata=MultiDict(done.pairs)), found, content, focus=done.focus)
