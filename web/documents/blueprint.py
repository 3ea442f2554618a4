"""The blueprint of the document page and of the one route for steps, and what its templates may call."""

import secrets
from collections.abc import Sequence

from flask import Blueprint

from web.change_words import field_rows, moved_from, place_of, summary
from web.differences import shown, sides, told
from web.duties import due_words, short_due
from web.filters import short_datetime
from web.messages import sentence
from web.messages.acts import not_done
from web.uploads import take_files
from web.words import PHASES
from workflow.errors import WorkflowError
from workflow.queries.phases import Phase
from workflow.queries.printed import paper_facts

bp = Blueprint("documents", __name__)
take_files(bp, "add_attachment", "add_numbered", "hang_scan")

TONES = {
    "returned": "warn",
    "dept_review": "info",
    "format_check": "info",
    "awaiting_signature": "info",
    "submitted": "info",
    "signed": "ok",
    "numbered": "ok",
    "issued": "ok",
    "reported": "ok",
    "accepted": "ok",
    "rejected": "bad",
    "voided": "bad",
}


@bp.app_template_global()
def new_key() -> str:
    """One idempotency key a rendered form (decisions.md 6)."""
    return secrets.token_urlsafe(18)


@bp.app_template_filter()
def state_tone(state_id: str) -> str:
    return TONES.get(state_id, "")


@bp.app_template_filter()
def refusal_words(error: WorkflowError) -> str:
    return sentence(error)[1]


bp.app_template_global("paper_facts")(paper_facts)
bp.app_template_global("change_summary")(summary)
bp.app_template_global("changes_told")(told)
bp.app_template_global("field_rows")(field_rows)
bp.app_template_filter("sides")(sides)
bp.app_template_filter("place_of")(place_of)
bp.app_template_filter("moved_from")(moved_from)
bp.app_template_filter("shown")(shown)
bp.app_template_filter("due_words")(due_words)
bp.app_template_filter("short_due")(short_due)


@bp.app_template_filter()
def stepper_items(phases: Sequence[Phase]) -> list[dict[str, str]]:
    """The phases as the macro `stepper` draws them: who finished each, and on which day."""
    return [
        {
            "label": PHASES[phase.id],
            "state": phase.state,
            "detail": f"{phase.by} · {short_datetime(phase.at).split(' ')[0]}" if phase.by else "",
        }
        for phase in phases
    ]


@bp.app_template_filter()
def act_undone(step_id: str) -> str:
    """As "Chưa ký"."""
    return not_done(step_id)


@bp.app_template_filter()
def capitalize_first(text: str) -> str:
    return text[:1].upper() + text[1:]
