"""`/van-ban/<id>/dong-y-ket-thuc`: the signer or the director agrees that a plan ends, with the reason."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from web.filters import form_errors
from web.messages import fault_sentence, sentence
from web.numbers import whole
from web.refusals import note_refusal
from web.session import reading, work
from workflow.commands.ending import agree_to_end
from workflow.errors import Invalid, Stale
from workflow.queries.endings import to_agree

OUTDATED = "Chưa ghi: kế hoạch đã thay đổi sau khi trang này mở. Xem lại rồi đồng ý."


class AgreeForm(FlaskForm):
    reason = TextAreaField(
        "Lý do",
        description="Ví dụ: các nhiệm vụ đã xong, kế hoạch của năm sau thay thế.",
        validators=[
            InputRequired("Ghi lý do dài ít nhất 10 ký tự"),
            Length(max=2000, message="Ghi lý do không quá 2.000 ký tự"),
        ],
    )


def agreement(document_id: int) -> ResponseReturnValue:
    return _page(document_id, AgreeForm(formdata=None))


def agree(document_id: int) -> ResponseReturnValue:
    form = AgreeForm()
    if not form.validate():
        return _page(document_id, form, errors=form_errors(form)), 422
    try:
        with work() as w:
            agree_to_end(
                w,
                plan_id=document_id,
                seen_version=request.form.get("seen_version", 0, type=whole),
                reason=form.reason.data or "",
            )
    except Stale as error:
        return _page(document_id, form, errors=[("", OUTDATED)]), sentence(error)[0]
    except Invalid as error:
        note_refusal(error, document_id=document_id)
        form.reason.errors = [*form.reason.errors, *(fault_sentence(fault) for fault in error.faults)]
        return _page(document_id, form, errors=form_errors(form)), 422
    flash("Đã ghi ý kiến đồng ý kết thúc kế hoạch. Chánh Văn phòng kết thúc kế hoạch.", "ok")
    return redirect(url_for(".show", document_id=document_id), 303)


def _page(document_id: int, form: AgreeForm, *, errors: object = ()) -> str:
    with reading() as w:
        view = to_agree(w, document_id)
    return render_template("documents/agreement.html", view=view, form=form, errors=errors)
