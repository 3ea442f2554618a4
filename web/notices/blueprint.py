"""What the pages of notices share: the blueprint and the words."""

from flask import Blueprint

from web.notices import wording

bp = Blueprint("notices", __name__)
bp.record(lambda state: state.app.jinja_env.globals.update(notices=wording))
