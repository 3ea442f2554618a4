"""The editing form of a plan or a report: new, saved, refused, in conflict; it stores by commands alone."""

import secrets
from collections.abc import Sequence

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response

from web.drafting import unit_report
from web.drafting.checking import Check, anchors, place_of_fault
from web.drafting.content_form import add_or_remove, content_of, data_of
from web.drafting.forms import DraftForm
from web.drafting.page import Page
from web.drafting.routes import bp
from web.filters import form_errors, vi_time
from web.messages import fault_sentence
from web.session import reading, work
from workflow.commands.drafting import refuse_unless_editor, save_revision
from workflow.commands.importing import start_draft
from workflow.content import Content, Node, Recipient
from workflow.engine import Work
from workflow.errors import Invalid, NotYourStep, Stale, StepNotOpen, WorkflowError
from workflow.people import Agency, Unit
from workflow.queries.drafts import Draft, draft_of, drafting_units, signers_for
from workflow.queries.turns import Signer

SKELETON = (
    Node(
        label="I",
        title="MỤC ĐÍCH, YÊU CẦU",
        children=(Node(label="1", title="Mục đích"), Node(label="2", title="Yêu cầu")),
    ),
    Node(label="II", title="NỘI DUNG THỰC HIỆN", children=(Node(label="1"),)),
    Node(label="III", title="TỔ CHỨC THỰC HIỆN", children=(Node(label="1"),)),
)


@bp.route("/ke-hoach/moi", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    with reading() as w:
        units = drafting_units(w)
        if not units:
            raise NotYourStep("create", ("drafter", "dept_head"))
        unit = _chosen(units)
        agency = w.directory.agencies[unit.agency_id]
        first = _first_text(agency, unit)
        field = request.form.get("field", first.field)
        signers = signers_for(
            w, agency_id=agency.id, doc_type="KH", field=field, drafter_id=w.actor.person_id
        )
        page = Page(w, agency, unit, signers, units=units)
    if request.method == "GET":
        data = data_of(first, signer_id=None, key=secrets.token_urlsafe(18), unit_id=str(unit.id))
        form = page.fit(DraftForm(formdata=None, data=data))
        return page.drawn(form, first)
    form = page.fit(DraftForm())
    if _only_redrawn(form):
        return page.drawn(form, content_of(form, first))
    content = _checked(form, first, signers, None)
    if errors := form_errors(form):
        return page.drawn(form, content, errors=errors), 422
    try:
        with work() as w:
            document_id = start_draft(
                w,
                key=form.key.data or secrets.token_urlsafe(18),
                definition_id="ke_hoach",
                unit_id=unit.id,
                content=content,
                signer_id=_signer_id(form),
            )
    except Invalid as error:
        _blame(form, error)
        return page.drawn(form, content, errors=form_errors(form)), 422
    return _onward(document_id)


@bp.route("/van-ban/<int:document_id>/sua", methods=["GET", "POST"])
def edit(document_id: int) -> ResponseReturnValue:
    with reading() as w:
        draft = draft_of(w, document_id)
        closed = _refusal(w, draft)
        if draft.document.definition_id == "bao_cao_don_vi":
            earlier = unit_report.earlier(w, draft)
        else:
            field = request.form.get("field", draft.content.field)
            signers = signers_for(
                w,
                agency_id=draft.agency.id,
                doc_type=draft.document.doc_type,
                field=field,
                drafter_id=draft.document.drafter_id,
                document_id=document_id,
            )
            page = Page(w, draft.agency, draft.unit, signers, draft=draft)
    if closed is not None and request.method == "GET":
        raise closed
    if draft.document.definition_id == "bao_cao_don_vi":
        return unit_report.edit(draft, earlier, closed)
    if request.method == "GET":
        form = DraftForm(
            formdata=None,
            data=data_of(
                draft.content, signer_id=draft.document.signer_id, seen_version=str(draft.document.version)
            ),
        )
        return page.drawn(page.fit(form), draft.content)
    form = page.fit(DraftForm())
    if closed is not None:
        return page.refused(form, closed)
    if _only_redrawn(form):
        return page.drawn(form, content_of(form, draft.content))
    content = _checked(form, draft.content, signers, draft.document.signer_id)
    if errors := form_errors(form):
        return page.drawn(form, content, errors=errors), 422
    try:
        with work() as w:
            done = save_revision(
                w,
                document_id=document_id,
                seen_version=_seen(form),
                content=content,
                signer_id=_signer_id(form),
            )
    except Stale:
        return page.conflict(form, content)
    except Invalid as error:
        _blame(form, error)
        return page.drawn(form, content, errors=form_errors(form)), 422
    except (StepNotOpen, NotYourStep) as error:
        return page.refused(form, error)
    return _onward(document_id, unchanged=done.version == draft.document.version)


def _refusal(w: Work, draft: Draft) -> WorkflowError | None:
    try:
        refuse_unless_editor(w, draft.document)
    except (StepNotOpen, NotYourStep) as error:
        return error
    return None


def _chosen(units: Sequence[Unit]) -> Unit:
    asked = request.form.get("unit_id", "")
    return next((unit for unit in units if str(unit.id) == asked), units[0])


def _first_text(agency: Agency, unit: Unit) -> Content:
    return Content(
        doc_type="KH",
        field=unit.fields[0] if unit.fields else "",
        drafting_unit=unit.name,
        sections=SKELETON,
        recipients=(Recipient(""),),
        archive_line=f"Lưu: VT, {unit.symbol}.",
    )


def _only_redrawn(form: DraftForm) -> bool:
    """A row more or less, or the signers of another field: the page is drawn anew, nothing is stored."""
    return add_or_remove(form, request.form) or "chon_linh_vuc" in request.form


def _checked(form: DraftForm, base: Content, signers: Sequence[Signer], kept: int | None) -> Content:
    form.validate()
    content = content_of(form, base)
    chosen = _signer_id(form)
    if chosen is not None and chosen != kept and chosen not in {one.person_id for one in signers}:
        able = "; ".join(one.name for one in signers) or "chưa có ai"
        form.signer_id.errors = [
            *form.signer_id.errors,
            f"Chọn lại người ký: hôm nay ký được lĩnh vực này là {able}",
        ]
    return content


def _signer_id(form: DraftForm) -> int | None:
    text = form.signer_id.data or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _seen(form: DraftForm) -> int:
    text = form.seen_version.data or ""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        abort(400)
    return int(text)


def _blame(form: DraftForm, error: Invalid) -> None:
    for fault in error.faults:
        field = form[place_of_fault(fault.place)]
        field.errors = [*field.errors, fault_sentence(fault)]


def _onward(document_id: int, *, unchanged: bool = False) -> ResponseReturnValue:
    """Where the pressed button leads, now that the text is stored."""
    said = (
        "Không có gì thay đổi từ lần lưu trước."
        if unchanged
        else f"Đã lưu nháp lúc {vi_time(current_user.now)}."
    )
    if "look" in request.form:
        flash(said, "ok")
        return _to("documents.show", document_id)
    if "send" not in request.form:
        flash(said, "ok")
        return _to(".edit", document_id)
    with reading() as w:
        draft = draft_of(w, document_id)
        signers = signers_for(
            w,
            agency_id=draft.agency.id,
            doc_type=draft.document.doc_type,
            field=draft.content.field,
            drafter_id=draft.document.drafter_id,
            document_id=document_id,
        )
        page = Page(w, draft.agency, draft.unit, signers, draft=draft)
    data = data_of(
        draft.content, signer_id=draft.document.signer_id, seen_version=str(draft.document.version)
    )
    form = page.fit(DraftForm(formdata=None, data=data))
    if not form.recipients.entries:
        form.recipients.append_entry()
    checks = page.checked(form, draft.content)
    faults = [one for one in checks if one.tone == "bad"]
    if faults:
        _mark(form, faults)
        errors = [(one.field, one.text) for one in faults]
        return page.drawn(form, draft.content, errors=errors, saved=True), 422
    notes = [one for one in checks if one.tone == "warn"]
    if notes and request.form["send"] != "anyway":
        return page.drawn(form, draft.content, notes=notes, saved=True)
    if draft.submission is None:
        return _to("documents.show", document_id)
    return redirect(url_for("documents.step_form", document_id=document_id, slug=draft.submission.slug), 303)


def _mark(form: DraftForm, faults: Sequence[Check]) -> None:
    fields = anchors(form)
    for one in faults:
        if (field := fields.get(one.field)) is not None:
            field.errors = [*field.errors, one.text]


def _to(endpoint: str, document_id: int) -> Response:
    return redirect(url_for(endpoint, document_id=document_id), 303)
