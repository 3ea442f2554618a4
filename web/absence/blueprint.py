"""What the pages of absences and of coverage share: the blueprint, the words, the person signed in."""

from collections.abc import Sequence
from typing import cast

from flask_login import current_user
from flask_wtf import FlaskForm

from web.job import Job
from web.messages import fault_sentence
from web.session import SignedIn
from workflow.errors import Fault

bp = Job(
    "absence",
    {
        "GET /vang-mat": "away.mine",
        "POST /vang-mat": "away.set_",
        "POST /vang-mat/<int:absence_id>/ket-thuc": "away.end",
        "POST /vang-mat/<int:absence_id>/nguoi-thay": "away.change",
        "GET /bao-phu": "coverage.show",
        "GET POST /bao-phu/giao-ky/<int:document_id>/<int:person_id>": "granting.grant",
    },
)
bp.words(absences="web.absence.wording")


def user() -> SignedIn:
    return cast(SignedIn, current_user)


def tell(form: FlaskForm, faults: Sequence[Fault]) -> None:
    """Put what the command found wrong at the field it belongs to."""
    for fault in faults:
        field = form[fault.place] if fault.place in form else next(iter(form))
        field.errors = [*field.errors, fault_sentence(fault)]
