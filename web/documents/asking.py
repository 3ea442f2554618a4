"""Hỏi ý kiến: the page on which whoever a document waits for asks one colleague; the answer is given as to a remark."""

import secrets

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectChoice, SelectField, TextAreaField

from web.filters import day_month, form_errors
from web.messages import fault_sentence, sentence
from web.refusals import note_refusal
from web.session import reading, work
from workflow.commands.asking import ask
from workflow.errors import Invalid, NotFound, NotYourStep, StepNotOpen, WorkflowError
from workflow.queries.documents import DocumentView, document_view
from workflow.queries.readers import Reader, readers_of


class AskForm(FlaskForm):
    key = HiddenField()
    person = SelectField("Hỏi ai", choices=[], validate_choice=False)
    text = TextAreaField("Câu hỏi")

    def person_id(self) -> int | None:
        text = (self.person.data or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def question_form(document_id: int) -> ResponseReturnValue:
    view, readers = _read(document_id)
    if not view.may_ask:
        raise NotFound(f"no question about document {document_id}")
    return _page(view, readers, AskForm(formdata=None, data={"key": secrets.token_urlsafe(18)}))


def question(document_id: int) -> ResponseReturnValue:
    form = AskForm()
    try:
        with work() as w:
            made = ask(
                w,
                document_id=document_id,
                person_id=form.person_id(),
                text=form.text.data or "",
                key=form.key.data or "",
            )
    except (Invalid, StepNotOpen, NotYourStep) as error:
        note_refusal(error, document_id=document_id)
        view, readers = _read(document_id)
        return _page(view, readers, form, errors=_blame(form, error)), sentence(error)[0]
    with reading() as w:
        flash(_sent(document_view(w, document_id)), "ok")
    return redirect(url_for("documents.show", document_id=document_id, _anchor=f"gop-y-{made}"), 303)


def _read(document_id: int) -> tuple[DocumentView, list[Reader]]:
    with reading() as w:
        view = document_view(w, document_id)
        return view, readers_of(w, view.document)


def _page(view: DocumentView, readers: list[Reader], form: AskForm, *, errors: object = ()) -> str:
    form.person.choices = [SelectChoice("", "Chọn người được hỏi")] + [
        SelectChoice(str(item.person_id), _named(item)) for item in readers
    ]
    return render_template("documents/ask_form.html", view=view, form=form, errors=errors)


def _named(item: Reader) -> str:
    away = f" (đang vắng đến hết ngày {day_month(item.away_until)})" if item.away_until else ""
    return f"{item.name}, {item.title}, {item.unit}{away}"


def _sent(view: DocumentView) -> str:
    label = view.state.label
    stays = f"{label[:1].lower()}{label[1:]}" if label.startswith("Chờ") else "ở bước hiện tại"
    return f"Đã gửi câu hỏi. Văn bản vẫn {stays}."


def _blame(form: AskForm, error: WorkflowError) -> list[tuple[str, str]]:
    """A fault beside its field, anything else above the form; what was typed stays."""
    if not isinstance(error, Invalid):
        return [("", sentence(error)[1])]
    for fault in error.faults:
        of_words = fault.place == "remark"
        field = form["text"] if of_words else form["person"]
        words = QUESTION.get(fault.rule) if of_words else None
        field.errors = [*field.errors, words or fault_sentence(fault)]
    return form_errors(form)


QUESTION = {"missing": "Ghi câu hỏi", "too_long": "Rút ngắn câu hỏi"}
"""Of the words; who is to be asked has sentences of its own."""
