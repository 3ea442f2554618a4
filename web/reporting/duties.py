"""One duty with all its units, and what the office decides about it: its date, its units, who is freed of it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.numbers import whole
from web.reporting.blueprint import back, may_extend, may_waive
from web.reporting.forms import AdHocForm, CorrectForm, ExtendForm, NameForm, ResolveForm, WaiveForm, tell
from web.reporting.units import UNITS
from web.session import reading, work
from workflow.commands import reporting as commands
from workflow.commands.correcting_dates import correct_date
from workflow.commands.extending import extend as extend_instance
from workflow.commands.naming_reporters import name_reporters
from workflow.errors import Invalid, NotFound, NotYourStep
from workflow.queries.duties import duty_year, may_correct_date, with_units
from workflow.queries.reporting import may_begin, standing, years_owed
from workflow.queries.tallies import units_owing
from workflow.reporters import may_report

ACTS = {
    ResolveForm: "resolve_date",
    CorrectForm: "correct_date",
    AdHocForm: "accept_as_ad_hoc",
    NameForm: "name_reporters",
}
"""What each form asks for, by the name under which it is refused."""


def duty(obligation_id: int) -> ResponseReturnValue:
    return _duty_page(obligation_id)


def resolve(obligation_id: int) -> ResponseReturnValue:
    form = ResolveForm()
    if form.validate_on_submit():
        try:
            with work() as w:
                commands.resolve_date(
                    w,
                    obligation_id=obligation_id,
                    **_day_of(form),
                )
        except Invalid as error:
            tell(form, error.faults)
        else:
            flash("Đã xác định hạn báo cáo. Các kỳ của năm nay và năm sau đã được lập.", "ok")
            return redirect(url_for(".duty", obligation_id=obligation_id), 303)
    return _duty_page(obligation_id, refused=form)


def correct(obligation_id: int) -> ResponseReturnValue:
    form = CorrectForm()
    if form.validate_on_submit():
        try:
            with work() as w:
                correct_date(
                    w,
                    obligation_id=obligation_id,
                    **_day_of(form),
                    reason=(form.reason.data or "").strip(),
                )
        except Invalid as error:
            tell(form, error.faults)
        else:
            flash("Đã sửa hạn báo cáo; hạn cũ và lý do nằm trong lịch sử của kế hoạch.", "ok")
            return redirect(url_for(".duty", obligation_id=obligation_id), 303)
    return _duty_page(obligation_id, refused=form)


def _day_of(form: ResolveForm) -> dict[str, Any]:
    """What both forms say: the day, the document it stands in, and the page it was read on."""
    return {
        "seen_version": request.form.get("seen_version", 0, type=whole),
        "due_month": form.due_month.data or 0,
        "due_day": form.due_day.data or 0,
        "inclusive": form.inclusive.data == "1",
        "source": (form.source.data or "").strip(),
    }


def name_units(obligation_id: int) -> ResponseReturnValue:
    """Which units owe a duty whose text names none of ours, by Chánh Văn phòng."""
    form = NameForm()
    form.validate()
    try:
        with work() as w:
            name_reporters(
                w,
                obligation_id=obligation_id,
                seen_version=request.form.get("seen_version", 0, type=whole),
                unit_ids=form.units.data or (),
                named_by=(form.named_by.data or "").strip(),
            )
    except Invalid as error:
        tell(form, error.faults)
        return _duty_page(obligation_id, refused=form)
    flash("Đã ghi đơn vị phải báo cáo; từ nay các đơn vị này được nhắc hạn.", "ok")
    return redirect(url_for(".duty", obligation_id=obligation_id), 303)


def ad_hoc(obligation_id: int) -> ResponseReturnValue:
    form = AdHocForm()
    if form.validate_on_submit():
        try:
            with work() as w:
                commands.accept_as_ad_hoc(
                    w,
                    obligation_id=obligation_id,
                    seen_version=request.form.get("seen_version", 0, type=whole),
                    note=(form.reason.data or "").strip(),
                )
        except Invalid as error:
            tell(form, error.faults)
        else:
            flash("Đã ghi: báo cáo khi có yêu cầu, không chờ theo lịch.", "ok")
            return redirect(url_for(".duty", obligation_id=obligation_id), 303)
    return _duty_page(obligation_id, refused=form)


def waive(instance_id: int) -> ResponseReturnValue:
    """Free one unit of one period, by the director or Chánh Văn phòng, with the reason."""
    form = WaiveForm()
    if form.validate_on_submit():
        try:
            with work() as w:
                commands.waive(
                    w,
                    instance_id=instance_id,
                    seen_version=request.form.get("seen_version", 0, type=whole),
                    reason=(form.reason.data or "").strip(),
                )
        except Invalid as error:
            tell(form, error.faults)
        else:
            flash("Đã miễn báo cáo kỳ này; lý do nằm trong lịch sử của kế hoạch.", "ok")
            return redirect(back(), 303)
    with reading() as w:
        item = standing(w, instance_id)
        if item is None:
            raise NotFound(f"instance {instance_id}")
        if not may_waive(w.actor):
            raise NotYourStep("waive", ("director", "chief_of_office"))
        plan, _ = duty_year(w, item.obligation_id, item.year)
    status = 422 if form.errors else 200
    return render_template("reporting/waive.html", form=form, item=item, plan=plan, back=back()), status


def extend(instance_id: int) -> ResponseReturnValue:
    """A later day for one unit and period, by Chánh Văn phòng, with the reason."""
    form = ExtendForm()
    if form.validate_on_submit():
        try:
            with work() as w:
                extend_instance(
                    w,
                    instance_id=instance_id,
                    seen_version=request.form.get("seen_version", 0, type=whole),
                    new_day=form.new_day.data,
                    reason=(form.reason.data or "").strip(),
                )
        except Invalid as error:
            tell(form, error.faults)
        else:
            flash("Đã hẹn ngày nộp mới. Đúng hạn hay muộn vẫn tính theo hạn ban đầu.", "ok")
            return redirect(back(), 303)
    with reading() as w:
        item = standing(w, instance_id)
        if item is None or item.tier != 1:
            raise NotFound(f"instance {instance_id}")
        if not may_extend(w.actor):
            raise NotYourStep("extend", ("chief_of_office",))
        plan, _ = duty_year(w, item.obligation_id, item.year)
    status = 422 if form.errors else 200
    return render_template("reporting/extend.html", form=form, item=item, plan=plan, back=back()), status


def _duty_page(
    obligation_id: int, refused: ResolveForm | CorrectForm | AdHocForm | NameForm | None = None
) -> ResponseReturnValue:
    """The page with its forms empty, but for one that was refused."""
    resolve, correcting, ad_hoc, naming = (
        refused if type(refused) is kind else kind(formdata=None)
        for kind in (ResolveForm, CorrectForm, AdHocForm, NameForm)
    )
    with reading() as w:
        plan, duty = duty_year(w, obligation_id, request.args.get("nam", type=whole))
        chief = w.actor.has("chief_of_office") is not None
        if refused and not chief:  # before what is wrong with a form that is not his to fill in
            raise NotYourStep(ACTS[type(refused)], ("chief_of_office",))
        years = years_owed(w, w.actor.agency_id)
        after, following = request.args.get("sau", 0, type=whole), False
        if duty.tier == 1 and duty.tallies:
            units = units_owing(w, [duty.id], plan.year, after=after, limit=UNITS + 1)
            units, following = units[:UNITS], len(units) > UNITS
            (plan,) = with_units(w, [plan], units)
            duty = next(item for item in plan.duties if item.id == obligation_id)
        begin = {item.instance_id for item in duty.standings if may_begin(w.actor, item)}
        freeing, may_later = may_waive(w.actor), duty.tier == 1 and may_extend(w.actor)
        correctable = bool(duty.resolved_by_document) and may_correct_date(w, duty.id)
        able = w.directory.units_of(w.actor.agency_id)
        agency = w.directory.agencies[w.actor.agency_id]
        naming.units.choices = [(unit.id, unit.name) for unit in able if may_report(unit, agency, w.today)]
    page = render_template(
        "reporting/duty.html",
        plan=plan,
        duty=duty,
        years=years if duty.status == "active" else [],
        begin=begin,
        may_waive=freeing,
        may_extend=may_later,
        may_date=chief and duty in plan.undated,
        may_correct=correctable or isinstance(refused, CorrectForm),
        correcting=correcting,
        may_name=chief and duty in plan.unowed,
        naming=naming,
        units_next=url_for(".duty", obligation_id=obligation_id, nam=plan.year, sau=units[-1])
        if following
        else "",
        units_first=url_for(".duty", obligation_id=obligation_id, nam=plan.year) if after else "",
        resolve=resolve,
        ad_hoc=ad_hoc,
        refused=refused,
    )
    return page, 422 if refused else 200
