"""`/thong-bao/cach-nhan`: one's own address, how often letters come, and the addresses of one's calendars."""

from typing import Any, cast

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from web.messages import fault_sentence
from web.notices.forms import ChoiceForm
from web.session import SignedIn, engine, reading, work
from workflow.commands.mail_address import choose_mail, set_address
from workflow.errors import Invalid
from workflow.queries.feeds import feeds_of
from workflow.queries.mail import wish_of
from workflow.queries.reporting import REPORTERS

NEW_ADDRESS = "new_calendar"
"""In the cookie until the page that shows it once."""


def choices() -> ResponseReturnValue:
    with reading() as w:
        wish = wish_of(w, _user().person_id)
    token = session.pop(NEW_ADDRESS, "")
    address = url_for(".feed", token=token, _external=True) if token else ""
    return page_of(ChoiceForm(email=wish.address, choice=wish.choice), new_address=address)


def choose() -> ResponseReturnValue:
    form = ChoiceForm()
    if not form.validate_on_submit():
        return page_of(form), 422
    person_id, address = _user().person_id, (form.email.data or "").strip()
    try:
        with work() as w:
            if wish_of(w, person_id).address != address:
                set_address(w, person_id=person_id, address=address)
            choose_mail(w, choice=form.choice.data)
    except Invalid as error:
        form.email.errors = [fault_sentence(fault) for fault in error.faults]
        return page_of(form), 422
    flash("Đã lưu cách nhận thông báo.", "ok")
    return redirect(url_for(".choices"), 303)


def page_of(form: ChoiceForm, **more: Any) -> str:
    """The page with this form; the calendars stand below it."""
    with reading() as w:
        feeds = feeds_of(w)
        units = {seat.unit.id: seat.unit.name for seat in w.actor.seats if seat.post.roles & set(REPORTERS)}
    return render_template(
        "notices/choices.html",
        form=form,
        feeds=feeds,
        units=units,
        mails=bool(engine().settings.smtp_host),
        **{"new_address": "", **more},
    )


def _user() -> SignedIn:
    return cast(SignedIn, current_user)
