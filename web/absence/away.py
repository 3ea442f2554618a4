"""`/vang-mat`: one's own absence, a leader's for the office, and who acts meanwhile."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.absence.blueprint import tell, user
from web.absence.forms import NOBODY, AbsenceForm, SubstituteForm
from web.numbers import whole
from web.session import reading, work
from workflow.commands.absences import change_substitute, end_absence, set_absence
from workflow.errors import Invalid
from workflow.queries.absences import Named, absences_of


def mine() -> ResponseReturnValue:
    """`nguoi` is the leader for whom Chánh Văn phòng tells it."""
    return _page(AbsenceForm(), _person())


def set_() -> ResponseReturnValue:
    form, person_id = AbsenceForm(), _person()
    if not form.validate_on_submit():
        return _page(form, person_id), 422
    try:
        with work() as w:
            set_absence(
                w,
                person_id=person_id,
                first_day=form.away_from.data,
                last_day=form.away_to.data,
                reason=form.reason.data or "",
                substitute_id=form.substitute.data,
                key=request.form.get("key", ""),
            )
    except Invalid as error:
        tell(form, error.faults)
        return _page(form, person_id), 422
    flash("Đã ghi vắng mặt. Người vắng mặt vẫn tự xử lý được khi cần; hết ngày ghi thì tự kết thúc.", "ok")
    return redirect(url_for(".mine"), 303)


def end(absence_id: int) -> ResponseReturnValue:
    try:
        with work() as w:
            end_absence(w, absence_id=absence_id)
    except Invalid:  # somebody else was first: it is as it was wanted
        flash("Lần vắng mặt này đã kết thúc trước đó.", "warn")
    else:
        flash("Đã kết thúc vắng mặt từ hôm nay. Việc trở lại chờ chính người đó.", "ok")
    return redirect(url_for(".mine"), 303)


def change(absence_id: int) -> ResponseReturnValue:
    form = SubstituteForm()
    if not form.validate_on_submit():
        return _page(AbsenceForm(formdata=None), user().person_id, refused=(absence_id, form)), 422
    try:
        with work() as w:
            change_substitute(w, absence_id=absence_id, substitute_id=form.substitute.data)
    except Invalid as error:
        tell(form, error.faults)
        return _page(AbsenceForm(formdata=None), user().person_id, refused=(absence_id, form)), 422
    flash("Đã đổi người xử lý thay, có hiệu lực ngay.", "ok")
    return redirect(url_for(".mine"), 303)


def _person() -> int:
    return request.values.get("nguoi", type=whole) or user().person_id


def _page(form: AbsenceForm, person_id: int, *, refused: tuple[int, SubstituteForm] | None = None) -> str:
    with reading() as w:
        found = absences_of(w, person_id)
    form.substitute.choices = _choices(found.could)
    changing = {}
    for item in found.away:
        if item.mine:
            changing[item.absence.id] = _changing(item.absence.id, item.absence.substitute_id, refused)
            changing[item.absence.id].substitute.choices = _choices(item.could)
    return render_template(
        "absence/mine.html", form=form, found=found, changing=changing, me=user().person_id,
        refused=refused[1] if refused else None,
    )  # fmt: skip


def _changing(
    absence_id: int, substitute_id: int | None, refused: tuple[int, SubstituteForm] | None
) -> SubstituteForm:
    if refused and refused[0] == absence_id:
        made = refused[1]
    else:
        made = SubstituteForm(formdata=None)
        made.substitute.data = substitute_id
    made.substitute.id = f"thay-{absence_id}"
    return made


def _choices(could: tuple[Named, ...]) -> list[tuple[str, str]]:
    return [NOBODY, *((str(one.person.id), f"{one.person.name}, {one.title}") for one in could)]
