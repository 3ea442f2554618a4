"""The page on which a unit with a seal of its own brings the report it signed and numbered itself."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField
from wtforms.validators import Optional

from web.fields import DayField
from web.filters import form_errors
from web.messages import fault_sentence, sentence
from web.refusals import note_refusal
from web.session import reading, work
from workflow.commands.attachments import LARGEST, incoming
from workflow.commands.numbered_reports import upload_numbered
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen, WorkflowError
from workflow.queries.documents import document_view
from workflow.queries.report_stamp import stamp_of

NOT_TAKEN = (Invalid, NeedUnmet, NotYourStep, Stale, StepNotOpen)
OUTDATED = "Chưa gắn: báo cáo đã được sửa sau khi trang này mở. Chọn lại tệp rồi gắn."


class NumberedForm(FlaskForm):
    """Shape only; what may be brought the command says."""

    seen_version = HiddenField()
    reference_no = StringField("Số, ký hiệu", description="Như trên báo cáo, ví dụ 45/BC-TTKT.")
    dated = DayField("Ngày của báo cáo", validators=[Optional()])
    numbered = FileField("Tệp PDF đã ký, đóng dấu")


def numbered(document_id: int) -> ResponseReturnValue:
    return _page(document_id, NumberedForm(formdata=None))


def add_numbered(document_id: int) -> ResponseReturnValue:
    form = NumberedForm()
    sent = request.files.get("numbered")
    seen = form.seen_version.data or ""
    if not form.validate():
        return _page(document_id, form, errors=form_errors(form)), 422
    try:
        file = incoming(sent.filename or "" if sent else "", sent.stream.read(LARGEST + 1) if sent else b"")
        with work() as w:
            upload_numbered(
                w,
                document_id=document_id,
                seen_version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0,
                reference_no=form.reference_no.data or "",
                dated=form.dated.data,
                file=file,
            )
    except NOT_TAKEN as error:
        return _refused(document_id, form, error)
    flash("Đã gắn báo cáo đã ký, đóng dấu. Mã nội dung của báo cáo đã đổi.", "ok")
    return redirect(url_for(".show", document_id=document_id), 303)


def _refused(document_id: int, form: NumberedForm, error: WorkflowError) -> ResponseReturnValue:
    note_refusal(error, document_id=document_id)
    status, words = sentence(error)
    if not isinstance(error, Invalid):
        return _page(
            document_id, form, errors=[("", OUTDATED if isinstance(error, Stale) else words)]
        ), status
    for fault in error.faults:
        place = fault.place if fault.place in form else "numbered"
        field = form[place]
        field.errors = [*field.errors, fault_sentence(fault)]
    return _page(document_id, form, errors=form_errors(form)), status


def _page(document_id: int, form: NumberedForm, *, errors: object = ()) -> str:
    with reading() as w:
        view = document_view(w, document_id)
        stamp = stamp_of(w, view.document)
    if stamp is None or not stamp.own_seal:
        raise NotFound(f"no numbered report of document {document_id}")
    form.seen_version.data = str(view.document.version)
    return render_template("documents/numbered.html", view=view, stamp=stamp, form=form, errors=errors)
