"""The editor of a draft that stands: drawn, saved, refused, in conflict; it stores by commands alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response

from web.drafting import unit_report
from web.drafting.answers import CONTINUE, blame, checked, owns, redrawn, seen, tell_lifted
from web.drafting.checking import anchors
from web.drafting.content_form import data_of
from web.drafting.draft_form import DraftForm, signer_id
from web.drafting.merging import seen_of
from web.drafting.page import Page, Place, kept_form
from web.drafting.taking_in import BUTTON, Typed, taken_in
from web.filters import form_errors, vi_time
from web.session import reading, work
from web.words import either
from workflow.commands.drafting import save_revision
from workflow.commands.turn_to_edit import refuse_unless_editor
from workflow.commands.working_copies import drop_working_copy
from workflow.engine import Work
from workflow.errors import Invalid, NotYourStep, Stale, StepNotOpen, WorkflowError
from workflow.queries.beginnings import begun_from
from workflow.queries.drafts import Draft, draft_of, signers_for
from workflow.queries.working_copies import Kept, working_copy


@dataclass(frozen=True)
class Opened:
    """A draft and everything its page needs; `closed` is why it may not be edited."""

    draft: Draft
    closed: WorkflowError | None
    page: Page
    waiting: Kept | None


def edit(document_id: int) -> ResponseReturnValue:
    with reading() as w:
        draft = draft_of(w, document_id)
        closed = _refusal(w, draft)
        if draft.document.definition_id == "bao_cao_don_vi":
            earlier = unit_report.beside(w, draft)
        else:
            opened = _opened(w, draft, closed)
    if closed is not None and request.method == "GET":
        raise closed
    if draft.document.definition_id == "bao_cao_don_vi":
        return unit_report.edit(draft, earlier, closed)
    return _shown(opened) if request.method == "GET" else _posted(opened)


def _opened(w: Work, draft: Draft, closed: WorkflowError | None) -> Opened:
    document = draft.document
    waiting = working_copy(w, document.id) if closed is None else None
    signers = signers_for(
        w,
        agency_id=draft.agency.id,
        doc_type=document.doc_type,
        field=request.form.get("field", draft.content.field),
        drafter_id=document.drafter_id,
        document_id=document.id,
    )
    page = Page(
        w,
        draft.agency,
        draft.unit,
        signers,
        Place(url_for(".edit", document_id=document.id), url_for(".keep", document_id=document.id)),
        draft=draft,
        waiting=waiting,
        source=begun_from(w, document.id),
    )
    if waiting is not None and (owns() or _same(page, waiting, draft)):
        page.waiting = waiting = None
    return Opened(draft, closed, page, waiting)


def _same(page: Page, kept: Kept, draft: Draft) -> bool:
    """Whether what was being typed is what is stored by now: it was on its way while it was saved."""
    form = kept_form(kept)
    said = page.said(form, draft.content)
    return said.content == draft.content and signer_id(form) == draft.document.signer_id


def _shown(opened: Opened) -> ResponseReturnValue:
    page, draft = opened.page, opened.draft
    if opened.waiting is not None and request.args.get("ban") == CONTINUE:
        form = page.fit(kept_form(opened.waiting))
        page.waiting = None
        return page.drawn(form, page.said(form, draft.content), continued=opened.waiting)
    data = data_of(draft.content, signer_id=draft.document.signer_id, **seen_of(draft))
    form = page.fit(DraftForm(formdata=None, data=data))
    return page.drawn(form, page.said(form, draft.content))


def _posted(opened: Opened) -> ResponseReturnValue:
    page, draft = opened.page, opened.draft
    form = page.fit(DraftForm())
    if opened.closed is not None:
        return page.refused(form, opened.closed)
    if (answer := redrawn(page, form, draft.content)) is not None:
        return answer
    said = checked(page, form, draft.content, draft.document.signer_id)
    if errors := form_errors(form):
        return page.drawn(form, said, errors=errors), 422
    typed = Typed(draft.document.id, seen(form), said.content, signer_id(form))
    try:
        with work() as w:
            leads = taken_in(w, typed) if BUTTON in request.form else _saved(w, typed, draft)
            if owns():
                drop_working_copy(w, document_id=draft.document.id)
    except Stale:
        return page.conflict(form, said)
    except Invalid as error:
        blame(form, error)
        return page.drawn(form, said, errors=form_errors(form)), 422
    except (StepNotOpen, NotYourStep) as error:
        return page.refused(form, error)
    tell_lifted(said)
    return leads()


def _saved(w: Work, typed: Typed, draft: Draft) -> Callable[[], ResponseReturnValue]:
    done = save_revision(w, **vars(typed))
    return partial(onward, done.document_id, unchanged=done.version == draft.document.version)


def _refusal(w: Work, draft: Draft) -> WorkflowError | None:
    try:
        refuse_unless_editor(w, draft.document)
    except (StepNotOpen, NotYourStep) as error:
        return error
    return None


def onward(document_id: int, *, unchanged: bool = False) -> ResponseReturnValue:
    """Where the pressed button leads, now that the text is stored."""
    told = (
        "Không có gì thay đổi từ lần lưu trước."
        if unchanged
        else f"Đã lưu nháp lúc {vi_time(current_user.now)}."
    )
    if "look" in request.form:
        flash(told, "ok")
        return _to("documents.printed", document_id)
    if "files" in request.form:
        flash(told, "ok")
        return _to("documents.attachments", document_id)
    if "send" not in request.form:
        flash(told, "ok")
        return _to(".edit", document_id)
    with reading() as w:
        draft = draft_of(w, document_id)
        page = _opened(w, draft, None).page
    data = data_of(draft.content, signer_id=draft.document.signer_id, **seen_of(draft))
    form = page.fit(DraftForm(formdata=None, data=data))
    said = page.said(form, draft.content)
    checks = page.checked(form, said)
    faults = [one for one in checks if one.tone == "bad"]
    if faults:
        fields = anchors(form)
        for one in faults:
            if (field := fields.get(one.field)) is not None:
                field.errors = [*field.errors, one.text]
        errors = [(one.field, one.text) for one in faults]
        return page.drawn(form, said, errors=errors, saved=True), 422
    notes = [one for one in checks if one.tone == "warn"]
    if notes and request.form["send"] != "anyway":
        return page.drawn(form, said, notes=notes, saved=True)
    if draft.submission is None:
        return _to("documents.show", document_id)
    receivers = either(draft.submission.receivers) or "người xử lý tiếp"
    flash(f"Đã lưu nháp, chưa trình. Bấm “{draft.submission.label}” để chuyển {receivers}.", "warn")
    return redirect(url_for("documents.step_form", document_id=document_id, slug=draft.submission.slug), 303)


def _to(endpoint: str, document_id: int) -> Response:
    return redirect(url_for(endpoint, document_id=document_id), 303)
