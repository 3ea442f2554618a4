"""Tệp kèm theo: the page that lists, adds and takes away, and the one way down; nothing is ever shown inline."""

import io

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField

from web.filters import form_errors
from web.messages import fault_sentence, sentence
from web.refusals import note_refusal
from web.security import SEALED_OFF
from web.session import note_access, reading, work
from workflow.attachable import KINDS
from workflow.commands.attachments import LARGEST, MOST, TOGETHER, attach, detach, incoming
from workflow.errors import Invalid, NotYourStep, Stale, StepNotOpen
from workflow.queries.attachments import attached_file
from workflow.queries.documents import DocumentView, document_view

DOWNLOADED = "Tải tệp kèm theo"
MEGABYTE = 1024 * 1024
ALTERED_FILE = (
    "Tệp kèm theo đang lưu không khớp mã đã duyệt. Chưa tải tệp nào xuống; báo quản trị và thanh tra."
)
OUTDATED = "Chưa lưu: văn bản đã được sửa sau khi trang này mở. Danh sách dưới đây là hiện tại; chọn lại tệp."


class AttachmentForm(FlaskForm):
    """Shape only; what may be attached the command says."""

    seen_version = HiddenField()
    file = FileField("Chọn tệp")
    line = SelectField("Minh chứng cho", choices={"": "Cả báo cáo"}, validate_choice=False)

    def offer(self, view: DocumentView) -> None:
        """The lines of a unit's report; elsewhere a file belongs to the whole text."""
        if view.document.definition_id == "bao_cao_don_vi":
            names = {str(at): f"{row.ref} {row.task}".strip() for at, row in enumerate(view.content.results)}
            self.line.choices = {"": "Cả báo cáo"} | names

    def chosen_line(self) -> int | None:
        text = self.line.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None

    def version(self) -> int:
        """Nought, which is no version, where the form did not come from a page of ours."""
        text = self.seen_version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def attachments(document_id: int) -> ResponseReturnValue:
    view = _view(document_id)
    return _page(view, _form(view))


def add_attachment(document_id: int) -> ResponseReturnValue:
    form = AttachmentForm()
    sent = request.files.get("file")
    try:
        file = incoming(sent.filename or "" if sent else "", sent.stream.read(LARGEST + 1) if sent else b"")
        with work() as w:
            attach(
                w, document_id=document_id, seen_version=form.version(), file=file, line=form.chosen_line()
            )
    except (Invalid, Stale, StepNotOpen, NotYourStep) as error:
        return _refused(document_id, error)
    flash(f"Đã đính kèm “{file.name}”. Mã nội dung của văn bản đã đổi.", "ok")
    return redirect(url_for(".attachments", document_id=document_id), 303)


def drop_attachment(document_id: int, sha256: str) -> ResponseReturnValue:
    form = AttachmentForm()
    try:
        with work() as w:
            detach(w, document_id=document_id, seen_version=form.version(), sha256=sha256)
    except (Invalid, Stale, StepNotOpen, NotYourStep) as error:
        return _refused(document_id, error)
    flash("Đã bỏ tệp khỏi văn bản. Các bản đã lưu trước vẫn giữ tệp này.", "ok")
    return redirect(url_for(".attachments", document_id=document_id), 303)


def attachment(document_id: int, sha256: str) -> ResponseReturnValue:
    with reading() as w:
        held = attached_file(w, document_id, sha256)
    if not held.holds:
        return render_template("refused.html", sentence=ALTERED_FILE, status=409), 409
    facts = {"name": held.name, "sha256": held.sha256}
    note_access(
        "download",
        DOWNLOADED,
        agency_id=held.agency_id,
        document_id=document_id,
        subject=held.subject,
        facts=facts,
    )
    answer: Response = send_file(
        io.BytesIO(held.data),
        mimetype=held.media_type,
        as_attachment=True,
        download_name=held.name,
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = SEALED_OFF
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _view(document_id: int) -> DocumentView:
    with reading() as w:
        return document_view(w, document_id)


def _form(view: DocumentView) -> AttachmentForm:
    form = AttachmentForm(formdata=None, data={"seen_version": str(view.document.version)})
    form.offer(view)
    return form


def _refused(document_id: int, error: Invalid | Stale | StepNotOpen | NotYourStep) -> ResponseReturnValue:
    note_refusal(error, document_id=document_id)
    view = _view(document_id)
    form = _form(view)
    status, words = sentence(error)
    if isinstance(error, Invalid):
        form.file.errors = [fault_sentence(fault) for fault in error.faults]
        return _page(view, form, errors=form_errors(form)), status
    return _page(view, form, errors=[("", OUTDATED if isinstance(error, Stale) else words)]), status


def _page(view: DocumentView, form: AttachmentForm, *, errors: object = ()) -> str:
    return render_template(
        "documents/attachments.html",
        view=view,
        form=form,
        errors=errors,
        accept=",".join(f".{ending}" for kind in KINDS for ending in kind.endings),
        limits=(LARGEST // MEGABYTE, MOST, TOGETHER // MEGABYTE),
    )
