"""Góp ý: the page to write one, the page of one with its answers, and what is done there; it decides nothing."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Optional

from web.filters import form_errors
from web.messages import fault_sentence, sentence
from web.paths import local_path
from web.refusals import note_refusal
from web.session import reading, work
from workflow.changes.blocks import Block, blocks
from workflow.commands.remarks import answer, remark, settle
from workflow.content import Content
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, StepNotOpen, WorkflowError
from workflow.queries.documents import DocumentView, document_view
from workflow.queries.remarks import Discussed, Discussion, discussion_of, document_of_remark
from workflow.queries.versions import version_texts

NOT_TAKEN = (Invalid, NeedUnmet, StepNotOpen, NotYourStep)
WHOLE = "Cả văn bản"
KINDS = {
    "subject": "Trích yếu",
    "addressee": "Kính gửi",
    "basis": "Căn cứ",
    "opening": "Mở đầu",
    "task": "Nhiệm vụ",
    "result": "Kết quả",
    "missing": "Đơn vị chưa báo cáo",
    "recipient": "Nơi nhận",
    "annex": "Phụ lục",
    "attachment": "Tệp kèm theo",
}
"""How a block is called that stands in no numbered part, or is not its own words."""


class RemarkForm(FlaskForm):
    """`seen_revision` is the text that was read: the remark is kept on it and follows it from there."""

    seen_revision = HiddenField()
    key = HiddenField()
    place = SelectField("Góp ý cho", choices=[], validate_choice=False)
    text = TextAreaField("Nội dung góp ý")
    must_settle = BooleanField("Phải giải quyết trước khi duyệt và ký")


class AnswerForm(FlaskForm):
    key = HiddenField()
    text = TextAreaField("Trả lời")


class SettleForm(FlaskForm):
    note = TextAreaField("Ghi thêm", [Optional()])


def remark_form(document_id: int) -> ResponseReturnValue:
    """`cho` is the place of the paragraph in the present text; without it the remark is on the whole."""
    view, found = _read(document_id)
    data = {
        "seen_revision": str(view.document.revision_no),
        "key": secrets.token_urlsafe(18),
        "place": request.args.get("cho", ""),
    }
    if not found.may_remark:
        raise NotFound(f"no remark on document {document_id}")
    return _write_page(view, found, view.content, RemarkForm(formdata=None, data=data))


def add_remark(document_id: int) -> ResponseReturnValue:
    form = RemarkForm()
    seen = _number(form.seen_revision.data)
    try:
        with work() as w:
            made = remark(
                w,
                document_id=document_id,
                text=form.text.data or "",
                place=form.place.data or "",
                revision_no=seen,
                must_settle=bool(form.must_settle.data),
                key=form.key.data or "",
            )
    except NOT_TAKEN as error:
        note_refusal(error, document_id=document_id)
        view, found = _read(document_id)
        errors = _blame(form, error)
        content = view.content
        if seen and seen != view.document.revision_no:
            with reading() as w:
                content = version_texts(w, document_id, seen)[0].content
        return _write_page(view, found, content, form, errors=errors), sentence(error)[0]
    flash("Đã ghi góp ý. Người soạn và người xử lý văn bản thấy góp ý ngay tại đoạn này.", "ok")
    return _back(document_id, made)


def one_remark(document_id: int, remark_id: int) -> ResponseReturnValue:
    answering = AnswerForm(formdata=None, data={"key": secrets.token_urlsafe(18)})
    return _one_page(document_id, remark_id, answering, SettleForm(formdata=None))


def answer_remark(document_id: int, remark_id: int) -> ResponseReturnValue:
    form = AnswerForm()
    try:
        with work() as w:
            _belongs(document_of_remark(w, remark_id), document_id)
            answer(w, remark_id=remark_id, text=form.text.data or "", key=form.key.data or "")
    except NOT_TAKEN as error:
        note_refusal(error, document_id=document_id)
        errors = _blame(form, error)
        page = _one_page(document_id, remark_id, form, SettleForm(formdata=None), errors=errors)
        return page, sentence(error)[0]
    flash("Đã ghi câu trả lời.", "ok")
    return _back(document_id, remark_id)


def settle_remark(document_id: int, remark_id: int) -> ResponseReturnValue:
    form = SettleForm()
    try:
        with work() as w:
            _belongs(document_of_remark(w, remark_id), document_id)
            settle(w, remark_id=remark_id, note=form.note.data or "")
    except NOT_TAKEN as error:
        note_refusal(error, document_id=document_id)
        errors = _blame(form, error)
        answering = AnswerForm(formdata=None, data={"key": secrets.token_urlsafe(18)})
        return _one_page(document_id, remark_id, answering, form, errors=errors), sentence(error)[0]
    flash("Đã ghi góp ý là đã giải quyết.", "ok")
    return redirect(local_path(request.form.get("ve")) or _url(document_id), 303)


def remark_place(item: Discussed, content: Content) -> str:
    """As "Mục II.1"; for a paragraph that is gone, where it stood."""
    if item.how == "whole" or (item.settled and not item.quote):
        return WHOLE
    block = next((block for block in blocks(content) if block.place == item.place), None)
    if block is not None:
        return _called(block)
    return f"Mục {item.ref}" if item.ref else "Đoạn đã góp ý"


def _called(block: Block) -> str:
    kind = KINDS.get(block.kind, "")
    part = f"Mục {block.ref}" if block.ref else ""
    return " · ".join(words for words in (part, kind) if words) or "Nội dung"


def _read(document_id: int) -> tuple[DocumentView, Discussion]:
    with reading() as w:
        view = document_view(w, document_id)
        return view, discussion_of(w, view.document, view.content)


def _write_page(
    view: DocumentView, found: Discussion, content: Content, form: RemarkForm, *, errors: object = ()
) -> str:
    known = blocks(content)
    form.place.choices = [SelectChoice("", WHOLE)] + [
        SelectChoice(block.place, f"{_called(block)}: {_short(block.printed)}") for block in known
    ]
    chosen = next((block for block in known if block.place == form.place.data), None)
    return render_template(
        "documents/remark_form.html", view=view, found=found, form=form, chosen=chosen, errors=errors
    )


def _one_page(
    document_id: int, remark_id: int, answering: AnswerForm, settling: SettleForm, *, errors: object = ()
) -> str:
    view, found = _read(document_id)
    item = found.item(remark_id)
    if item is None:
        raise NotFound(f"remark {remark_id}")
    return render_template(
        "documents/remark.html",
        view=view,
        found=found,
        item=item,
        answering=answering,
        settling=settling,
        errors=errors,
    )


def _blame(form: FlaskForm, error: WorkflowError) -> list[tuple[str, str]]:
    """A fault beside its field, anything else above the form; what was typed stays."""
    if not isinstance(error, Invalid):
        return [("", sentence(error)[1])]
    words = form["note"] if "note" in form else form["text"]
    for fault in error.faults:
        field = form["place"] if fault.place == "place" and "place" in form else words
        field.errors = [*field.errors, fault_sentence(fault)]
    return form_errors(form)


def _belongs(found: int, document_id: int) -> None:
    if found != document_id:
        raise NotFound(f"remark of document {document_id}")


def _back(document_id: int, remark_id: int) -> ResponseReturnValue:
    wanted = local_path(request.form.get("ve"))
    return redirect(wanted or _url(document_id, anchor=f"gop-y-{remark_id}"), 303)


def _url(document_id: int, *, anchor: str = "gop-y") -> str:
    return url_for("documents.show", document_id=document_id, _anchor=anchor)


def _number(text: str | None) -> int | None:
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _short(text: str, most: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rstrip()}…"
