"""What the reporting pages share: the blueprint, who sees all of an agency's reports, where a form came from."""

from flask import Blueprint, request, url_for

from web.paths import local_path
from web.reporting import wording
from web.uploads import take_files
from workflow.people import Actor

bp = Blueprint("reporting", __name__)
take_files(bp, "progress")
bp.record(lambda state: state.app.jinja_env.globals.update(reports=wording))

OFFICE = ("chief_of_office", "director", "deputy_director", "auditor")
PLANS = 20
"""Plans on one page."""


def sees_all(actor: Actor) -> bool:
    """Those who answer for the agency's reports: leaders, the office that collects them, auditors."""
    return actor.has(*OFFICE) is not None


def may_waive(actor: Actor) -> bool:
    return actor.has("director", "chief_of_office") is not None


def may_extend(actor: Actor) -> bool:
    return actor.has("chief_of_office") is not None


def may_hand_over(actor: Actor) -> bool:
    return actor.has("chief_of_office") is not None


def back() -> str:
    """Where the form came from, if that is a path of ours."""
    return local_path(request.values.get("ve")) or url_for("reporting.matrix")
