"""Bàn giao: the page on which what an ended unit still owes of a plan goes to the unit that followed it."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web.numbers import whole
from web.reporting.blueprint import back, may_hand_over
from web.reporting.forms import HandOverForm, tell
from web.session import reading, work
from workflow.commands.handing_over import hand_over as command
from workflow.errors import Invalid, NotYourStep
from workflow.queries.handing_over import to_hand_over


def hand_over(plan_id: int, unit_id: int) -> ResponseReturnValue:
    form = HandOverForm()
    if form.validate_on_submit():
        try:
            with work() as w:
                count = command(
                    w,
                    plan_id=plan_id,
                    unit_id=unit_id,
                    seen_version=request.form.get("seen_version", 0, type=whole),
                    basis=form.basis.data or "",
                )
        except Invalid as error:
            tell(form, error.faults)
        else:
            flash(
                f"Đã bàn giao {count} kỳ báo cáo và các nhiệm vụ chưa hoàn thành; căn cứ nằm trong lịch sử của kế hoạch.",
                "ok",
            )
            return redirect(back(), 303)
    with reading() as w:
        if not may_hand_over(w.actor):
            raise NotYourStep("hand_over", ("chief_of_office",))
        found = to_hand_over(w, plan_id=plan_id, unit_id=unit_id)
    page = render_template("reporting/hand_over.html", form=form, found=found, back=back())
    return page, 422 if form.errors else 200
