"""What is being typed, kept on the server until it is saved; and what its cards print, written out anew."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from web.drafting.content_form import said_by
from web.drafting.draft_form import DraftForm, signer_id
from web.drafting.lint_rows import LINT_COUNTS
from web.drafting.new_draft import first_text
from web.drafting.page import names_of, shown
from web.filters import vi_time
from web.linting import lint_in_editor
from web.messages import sentence
from web.session import reading, work
from workflow.commands.drafting import filed
from workflow.commands.working_copies import NEW, drop_working_copy, keep_working_copy
from workflow.content import Content
from workflow.engine import Work
from workflow.errors import Invalid, WorkflowError
from workflow.people import Unit
from workflow.queries.beginnings import text_to_begin_from

LEFT_OUT = frozenset({"csrf_token", "op", "save", "send", "look", "chon_linh_vuc", "lay_so_lieu"})
UNKEPT = "Chưa giữ được bản đang soạn. Bấm Lưu nháp để không mất chữ."


def keep(document_id: int) -> ResponseReturnValue:
    return _kept(document_id)


def keep_new() -> ResponseReturnValue:
    return _kept(NEW)


def drop(document_id: int) -> ResponseReturnValue:
    back = url_for(".edit", document_id=document_id)
    return _dropped(document_id, back, "Đã bỏ bản đang soạn dở. Trang hiện bản đã lưu.")


def drop_new() -> ResponseReturnValue:
    return _dropped(NEW, url_for(".choose"), "Đã bỏ bản đang soạn dở.")


def _kept(document_id: int) -> ResponseReturnValue:
    """Answers the script of the page; without script nobody asks."""
    form = DraftForm()
    form.validate()
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in LEFT_OUT]
    try:
        if form.secrecy.data not in (None, "", "thuong"):
            raise Invalid([])
        with work() as w:
            keep_working_copy(w, document_id=document_id, fields=fields)
    except Invalid:
        return {"text": UNKEPT, "shown": {}}, 422
    except WorkflowError as error:
        status, words = sentence(error)
        return {"text": f"{UNKEPT} {words}", "shown": {}}, status
    with reading() as w:
        base, unit = _base(w, document_id, form)
        agency, year = w.directory.agencies[w.actor.agency_id], w.today.year
        said = said_by(form, base, known=names_of(w.directory.known_in(agency.id)))
        found = lint_in_editor(
            w,
            filed(said.content, agency, unit.symbol if unit else ""),
            agency_id=agency.id,
            signer_id=signer_id(form),
            document_id=document_id,
        )
    counts = f"Chữ đang gõ: {len(found.errors)} lỗi, {len(found.warnings)} lưu ý thể thức."
    return {
        "text": f"Đã giữ bản đang soạn lúc {vi_time(current_user.now)}.",
        "shown": {**shown(said, year), LINT_COUNTS: [counts]},
    }


def _base(w: Work, document_id: int, form: DraftForm) -> tuple[Content, Unit | None]:
    """The text that is being changed, and the unit that drafts it; an empty one where a new draft begins with none."""
    if document_id:
        source = text_to_begin_from(w, document_id)
        return source.content, source.unit
    try:
        first, unit = first_text(w, (form.begun.data or "trong")[:120])
    except WorkflowError:
        return Content(), None
    return first.content, unit


def _dropped(document_id: int, back: str, told: str) -> ResponseReturnValue:
    with work() as w:
        drop_working_copy(w, document_id=document_id)
    flash(told, "ok")
    return redirect(back, 303)
