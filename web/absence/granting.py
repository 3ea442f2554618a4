"""The head of the agency gives one deputy the signature of one document: the fix that a stall proposes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.absence.blueprint import tell
from web.absence.forms import GrantForm
from web.session import reading, work
from workflow.commands.people import grant_authority
from workflow.errors import Invalid, NotFound, NotYourStep
from workflow.queries.documents import document_view


def grant(document_id: int, person_id: int) -> ResponseReturnValue:
    form = GrantForm()
    if form.validate_on_submit():
        try:
            with work() as w:
                state = document_view(w, document_id).document.state
                grant_authority(
                    w,
                    agency_id=w.actor.agency_id,
                    kind="KT",
                    person_id=person_id,
                    base_document=(form.base_document.data or "").strip(),
                    valid_from=w.today,
                    valid_to=form.valid_to.data,
                    document_id=document_id,
                )
        except Invalid as error:
            tell(form, error.faults)
        else:
            if state == "awaiting_signature":
                flash("Đã giao ký văn bản này. Chọn người vừa được giao ở bước Chuyển người ký khác.", "ok")
                way = url_for("documents.step_form", document_id=document_id, slug="chuyen-nguoi-ky")
                return redirect(way, 303)
            flash("Đã giao ký văn bản này. Người kiểm tra thể thức chọn người ký khi chuyển.", "ok")
            return redirect(url_for(".show"), 303)
    with reading() as w:
        if w.actor.has("director") is None:
            raise NotYourStep("grant_authority", ("director",))
        view = document_view(w, document_id)
        person = w.directory.people.get(person_id)
        if person is None or person.agency_id != w.actor.agency_id:
            raise NotFound(f"person {person_id}")
        title = w.directory.title_of(person_id, w.actor.agency_id, w.today)
    page = render_template("absence/grant.html", form=form, view=view, person=person, title=title)
    return page, 422 if form.errors else 200
