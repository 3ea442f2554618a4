"""The blueprint of the document page and of the one route for steps, and what its templates may call."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from web.filters import short_datetime
from web.job import Job, Later
from web.messages import sentence
from web.messages.acts import not_done
from web.uploads import take_files
from web.words import FORMAT_CHECK, PHASES
from workflow.errors import WorkflowError

if TYPE_CHECKING:
    from workflow.queries.phases import Phase

bp = Job(
    "documents",
    {
        "GET /van-ban/<int:document_id>": "routes.show",
        "GET /van-ban/<int:document_id>/ban/<int:no>": "routes.version",
        "GET /van-ban/<int:document_id>/so-sanh/<int:a>..<int:b>": "routes.compare",
        "GET /van-ban/<int:document_id>/in": "routes.printed",
        "GET /van-ban/<int:document_id>/hoi-y-kien": "asking.question_form",
        "POST /van-ban/<int:document_id>/hoi-y-kien": "asking.question",
        "GET /van-ban/<int:document_id>/dinh-kem": "attachments.attachments",
        "POST /van-ban/<int:document_id>/dinh-kem": "attachments.add_attachment",
        "POST /van-ban/<int:document_id>/dinh-kem/<sha256>/bo": "attachments.drop_attachment",
        "GET /van-ban/<int:document_id>/dinh-kem/<sha256>": "attachments.attachment",
        "GET /van-ban/<int:document_id>/nguoi-soan": "drafter.drafter",
        "POST /van-ban/<int:document_id>/nguoi-soan": "drafter.give_draft",
        "GET /van-ban/<int:document_id>/dong-y-ket-thuc": "ending.agreement",
        "POST /van-ban/<int:document_id>/dong-y-ket-thuc": "ending.agree",
        "GET /van-ban/<int:document_id>/tep.pdf": "files.paper_file",
        "GET /van-ban/<int:document_id>/ban/<int:no>/tep.pdf": "files.version_file",
        "GET /van-ban/<int:document_id>/tep.docx": "files.word_file",
        "GET /van-ban/<int:document_id>/ban-quet.pdf": "files.scan_file",
        "POST /van-ban/<int:document_id>/ban-quet": "files.hang_scan",
        "POST /van-ban/<int:document_id>/the-thuc/sua": "format.mend_format",
        "GET /van-ban/<int:document_id>/bao-cao-da-ky": "numbered.numbered",
        "POST /van-ban/<int:document_id>/bao-cao-da-ky": "numbered.add_numbered",
        "GET /van-ban/<int:document_id>/gop-y": "remarks.remark_form",
        "POST /van-ban/<int:document_id>/gop-y": "remarks.add_remark",
        "GET /van-ban/<int:document_id>/gop-y/<int:remark_id>": "remarks.one_remark",
        "POST /van-ban/<int:document_id>/gop-y/<int:remark_id>/tra-loi": "remarks.answer_remark",
        "POST /van-ban/<int:document_id>/gop-y/<int:remark_id>/giai-quyet": "remarks.settle_remark",
        "POST /van-ban/<int:document_id>/nhac": "reminding.remind",
        "GET /van-ban/<int:document_id>/phieu-trinh.pdf": "slips.submission_slip_file",
        "GET /van-ban/<int:document_id>/bien-ban.pdf": "slips.certificate_file",
        "GET /van-ban/<int:document_id>/buoc/<slug>": "steps.step_form",
        "POST /van-ban/<int:document_id>/buoc/<slug>": "steps.step",
    },
)
titled = Later("workflow.queries.titled.titled")

take_files(bp, "add_attachment", "add_numbered", "hang_scan")

TONES = {
    "returned": "warn",
    "dept_review": "info",
    "format_check": "info",
    "awaiting_signature": "info",
    "submitted": "info",
    "signed": "info",
    "numbered": "info",
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


bp.globals(
    bar_of="web.documents.bar.bar_of",
    paper_facts="workflow.queries.printed.paper_facts",
    change_summary="web.change_words.summary",
    changes_told="web.differences.told",
    field_rows="web.change_words.field_rows",
)
bp.filters(
    sides="web.differences.sides",
    place_of="web.change_words.place_of",
    moved_from="web.change_words.moved_from",
    shown="web.differences.shown",
    due_words="web.duties.due_words",
    short_dues="web.duties.short_dues",
    remark_place="web.documents.remarks.remark_place",
)


@bp.app_template_filter()
def stepper_items(phases: Sequence["Phase"], title: str = "") -> list[dict[str, str]]:
    """
    The phases as the macro `stepper` draws them: who finished each, and on which day; `title` is of who reviews.
    """
    return [
        {
            "label": FORMAT_CHECK if phase.checks_format else titled(PHASES[phase.id], title),
            "state": phase.state,
            "detail": _finished(phase),
        }
        for phase in phases
    ]


def _finished(phase: "Phase") -> str:
    if not phase.by:
        return ""
    who = f"{phase.by} đã duyệt" if phase.checks_format else phase.by
    return f"{who} · {short_datetime(phase.at).split(' ')[0]}"


@bp.app_template_filter()
def act_undone(step_id: str) -> str:
    """As "Chưa ký"."""
    return not_done(step_id)


@bp.app_template_filter()
def capitalize_first(text: str) -> str:
    return text[:1].upper() + text[1:]
