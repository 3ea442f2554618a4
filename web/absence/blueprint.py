"""What the pages of absences and of coverage share: the blueprint, the words, the person signed in."""

from collections.abc import Sequence
from typing import cast

from flask import Blueprint
from flask_login import current_user
from flask_wtf import FlaskForm

from web.absence import wording
from web.messages import fault_sentence
from web.session import SignedIn
from workflow.errors import Fault

bp = Blueprint("absence", __name__)
bp.record(lambda state: state.app.jinja_env.globals.update(absences=wording))


def user() -> SignedIn:
    return cast(SignedIn, current_user)


def tell(form: FlaskForm, faults: Sequence[Fault]) -> None:
    """Put what the command found wrong at the field it belongs to."""
    for fault in faults:
        field = form[fault.place] if fault.place in form else next(iter(form))
        field.errors = [*field.errors, fault_sentence(fault)]
