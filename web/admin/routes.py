"""Rights, people, procedures as they stand, for reading. Nothing here changes anything."""

from typing import cast

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from web.admin.forms import DayForm
from web.admin.picture import picture
from web.filters import form_errors
from web.messages.acts import WHO
from web.session import SignedIn, reading
from workflow.queries.accounts import accounts, may_see_accounts
from workflow.queries.authorities import standing
from workflow.queries.procedures import HEADINGS, published


def _user() -> SignedIn:
    return cast(SignedIn, current_user)


def _sees_accounts() -> bool:
    return may_see_accounts(_user().actor, _user().agency.id)


def authorities() -> ResponseReturnValue:
    """With `ngay`, as it stood on that day."""
    form = DayForm(request.args)
    good = form.validate()
    with reading() as w:
        agency = w.directory.agencies[_user().agency.id]
        day = form.ngay.data if good and form.ngay.data else w.today
        stands = standing(w, agency.id, day)
        today = w.today
    return render_template(
        "admin/authorities.html",
        form=form,
        errors=form_errors(form),
        stands=stands,
        agency=agency,
        today=today,
        sees_accounts=_sees_accounts(),
        roles=WHO,
    )


def people() -> ResponseReturnValue:
    with reading() as w:
        lines = accounts(w, _user().agency.id)
    return render_template("admin/people.html", lines=lines, roles=WHO)


def procedures() -> ResponseReturnValue:
    with reading() as w:
        found = published(w, _user().agency.id)
    pictures = [picture(one.definition) for one in found]
    drawn = list(zip(found, pictures, strict=True))
    return render_template(
        "admin/procedures.html", found=drawn, headings=HEADINGS, sees_accounts=_sees_accounts()
    )
