"""`/van-ban/<id>/nguoi-soan`: the head of a unit gives a draft to another drafter, with the reason."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from web.filters import form_errors
from web.messages import fault_sentence, sentence
from web.numbers import whole
from web.refusals import note_refusal
from web.session import reading, work
from workflow.commands.passing_drafts import pass_draft
from workflow.errors import Invalid, Stale
from workflow.queries.drafters import Taker, to_pass

NOBODY = ("", "Chọn người soạn")
OUTDATED = "Chưa giao: dự thảo đã thay đổi sau khi trang này mở. Xem lại rồi giao."


def person(value: object) -> int | None:
    return whole(str(value)) if value else None


class PassForm(FlaskForm):
    """Shape only; who may take it on the command says."""

    drafter = SelectField("Người soạn tiếp", coerce=person, validate_choice=False)
    reason = TextAreaField(
        "Lý do",
        description="Ví dụ: chuyên viên Lan chuyển công tác theo Quyết định số 21/QĐ-SKHCN.",
        validators=[
            InputRequired("Ghi lý do dài ít nhất 10 ký tự"),
            Length(max=2000, message="Ghi lý do không quá 2.000 ký tự"),
        ],
    )


def drafter(document_id: int) -> ResponseReturnValue:
    return _page(document_id, PassForm(formdata=None))


def give_draft(document_id: int) -> ResponseReturnValue:
    form = PassForm()
    if not form.validate():
        return _page(document_id, form, errors=form_errors(form)), 422
    try:
        with work() as w:
            pass_draft(
                w,
                document_id=document_id,
                seen_version=request.form.get("seen_version", 0, type=whole),
                person_id=form.drafter.data,
                reason=form.reason.data or "",
            )
    except Stale as error:
        return _page(document_id, form, errors=[("", OUTDATED)]), sentence(error)[0]
    except Invalid as error:
        note_refusal(error, document_id=document_id)
        for fault in error.faults:
            field = form[fault.place]
            field.errors = [*field.errors, fault_sentence(fault)]
        return _page(document_id, form, errors=form_errors(form)), 422
    flash("Đã giao dự thảo cho người soạn khác; lý do nằm trong lịch sử của văn bản.", "ok")
    return redirect(url_for(".show", document_id=document_id), 303)


def _page(document_id: int, form: PassForm, *, errors: object = ()) -> str:
    with reading() as w:
        found = to_pass(w, document_id)
    form.drafter.choices = [NOBODY, *((str(one.person_id), _named(one)) for one in found.takers)]
    return render_template(
        "documents/drafter.html", view=found.view, takers=found.takers, form=form, errors=errors
    )


def _named(one: Taker) -> str:
    parts: Sequence[str] = (one.name, one.title, "đang vắng mặt" if one.away else "")
    return ", ".join(part for part in parts if part)
