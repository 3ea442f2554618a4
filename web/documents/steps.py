"""The one way a step is taken from a screen: form → command → answer (design.md §4)."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from web.auth.routes import check_own_password
from web.documents.forms import StepForm
from web.documents.pressed import pressed
from web.filters import vi_date, vi_time
from web.linting import Lint, lint_of_view
from web.messages import sentence
from web.messages.altered import ALTERED
from web.openings import record_opening
from web.paths import local_path
from web.refusals import note_refusal
from web.session import engine, identity, prove, reading, work
from web.since import compared_with
from web.words import either, result_of
from workflow.case import WATCHING
from workflow.commands.done import Done
from workflow.commands.issuing import typeset_before_step
from workflow.commands.steps import asked_by_step, take_step
from workflow.definition import Step
from workflow.errors import NotEntitled, NotFound, NotYourStep, ProofNeeded, Stale, StepNotOpen, WorkflowError
from workflow.queries.after import After, after_step
from workflow.queries.documents import DocumentView, asked_of_text, document_view, text_holds
from workflow.queries.registry import number_if_given, sent_to
from workflow.queries.titled import titled
from workflow.queries.trail import Line
from workflow.queries.turns import OpenStep
from workflow.queries.versions import revision_with

MISTYPED = "Mật khẩu không đúng, hoặc đã thử sai nhiều lần. Chưa có gì được ghi; nhập lại mật khẩu."
BROKEN = ALTERED
FEW = 3
"""So many whom a document waits for are named; more are not."""


def step_form(document_id: int, slug: str) -> ResponseReturnValue:
    view = _view(document_id)
    step = view.turn.step(slug)
    form = StepForm(ve=local_path(request.args.get("ve")), formdata=None)
    form.seen_version.data = str(view.document.version)
    form.seen_digest.data = view.document.digest
    if step is None:
        status, words = sentence(_why_not(view, slug))
        return _page(view, slug, form, errors=[("", words)]), status
    page = _page(view, slug, form)
    if step.signature:
        record_opening(view)
    return page


def step(document_id: int, slug: str) -> ResponseReturnValue:
    said = pressed()
    if said.seen_version is None or not said.seen_digest:
        abort(400)
    if said.password:
        if not check_own_password(said.password):
            return _ask_again(document_id, slug)
        prove()
    typeset_before_step(engine(), identity(), document_id=document_id, step_id=slug)
    try:
        asked = asked_by_step(current_user.person_id, document_id, said.key)
        with work(asked_of_text(current_user.actor, document_id), *asked) as w:
            if not text_holds(w, document_id):
                return render_template("refused.html", sentence=BROKEN, status=409), 409
            done = take_step(
                w,
                document_id=document_id,
                step_id=slug,
                seen_version=said.seen_version,
                seen_digest=said.seen_digest,
                note=said.note,
                capacity=said.capacity,
                signer_id=said.signer,
                paper_signed=said.paper_signed,
                key=said.key,
            )
            result = _result(done, after_step(w, document_id, done.left), w.now)
    except NotFound:
        raise
    except Stale as error:
        return _stale(document_id, slug, error, said.seen_digest)
    except WorkflowError as error:
        return _refused(document_id, slug, error)
    if not (done.repeated and session.get("_flashes")):  # the first of two fast presses is not even read yet
        flash(result, "ok")
    return redirect(local_path(said.ve) or url_for("documents.show", document_id=document_id), 303)


def _view(document_id: int) -> DocumentView:
    with reading() as w:
        return document_view(w, document_id)


def _result(done: Done, after: After, now: datetime) -> dict[str, str]:
    """The sentence after the step, in two: what was done, and what is still possible."""
    document, time = after.document, "" if done.repeated else vi_time(now, seconds=done.step == "sign")
    words = result_of(
        done.step,
        who=either(after.waits_for) if len(after.waits_for) <= FEW else "",
        time=time,
        subject=document.subject,
        reference=document.reference_no,
        date=vi_date(document.issued_on),
        count=after.sent_to or "",
    )
    title, stop, text = words.partition(f"{time}. ") if time else (words, "", "")
    said = {"title": title + stop.rstrip(), "text": text or document.subject}
    if done.step == "sign" and document.state == done.state:
        # Back to where it waits again, as the next thing to be signed.
        again = url_for("inbox.mine", chon=document.id)
        said["undo"] = url_for("documents.step_form", document_id=document.id, slug="rut-chu-ky", ve=again)
    return said


def _why_not(view: DocumentView, slug: str) -> WorkflowError:
    """The reason of a step that is not open."""
    return view.turn.why_not(slug) or StepNotOpen(_named(view, slug).id, view.document.state)


def _named(view: DocumentView, slug: str) -> Step:
    """Any arrow of this name; 404 for one the procedure does not have."""
    for known in view.definition.steps:
        if slug in (known.id, known.slug):
            return known
    abort(404)


def _refused(document_id: int, slug: str, error: WorkflowError) -> ResponseReturnValue:
    """The step's own page again, with the sentence and everything typed; without a form where none would help."""
    view, form = _view(document_id), StepForm()
    step = view.turn.step(slug)
    if isinstance(error, StepNotOpen):  # named as the address has it; the sentences know the id
        error = StepNotOpen(_named(view, slug).id, error.state)
    of_right = isinstance(error, NotYourStep | NotEntitled)
    if of_right or (step is None and not isinstance(error, ProofNeeded)):
        note_refusal(error, document_id=document_id)
    if step is not None:
        form.fit(view, step)
    errors = form.blame(error)
    return _page(view, slug, form, errors=errors, ask_password=isinstance(error, ProofNeeded)), sentence(
        error
    )[0]


def _ask_again(document_id: int, slug: str) -> ResponseReturnValue:
    view, form = _view(document_id), StepForm()
    form.password.errors = [MISTYPED]
    errors = [(form.password.id, MISTYPED)]
    return _page(view, slug, form, errors=errors, ask_password=True), 403


def _page(
    view: DocumentView,
    slug: str,
    form: StepForm,
    *,
    errors: list[tuple[str, str]] | None = None,
    ask_password: bool = False,
) -> str:
    step: OpenStep | None = view.turn.step(slug)
    if step is not None:
        form.fit(view, step)
    return render_template(
        "documents/step.html",
        view=view,
        step=step,
        **_at_registry(view, step),
        label=step.label if step else titled(_named(view, slug).label, view.head_title),
        form=form,
        errors=errors or [],
        ask_password=ask_password,
        lint_found=_lint(view),
    )


def _at_registry(view: DocumentView, step: OpenStep | None) -> dict[str, Any]:
    """What văn thư reads before the step, as her table says it: the number it would give, or to whom it sends."""
    if step is None or step.id not in ("assign_number", "issue"):
        return {}
    with reading() as w:
        if step.id == "assign_number":
            return {"will_be": number_if_given(w, view.agency, view.content), "today": w.today}
        return {"going_to": sent_to(w, view.content, w.directory.known_in(view.agency.id))}


def _lint(view: DocumentView) -> Lint | None:
    """What is found in the text while its format is being checked (Điều 12 khoản 2)."""
    if view.document.state != "format_check":
        return None
    with reading() as w:
        return lint_of_view(w, view)


def _stale(document_id: int, slug: str, error: Stale, seen_digest: str) -> ResponseReturnValue:
    """Nothing was done: what has changed since the page was drawn, and the way to it."""
    with reading() as w:
        view = document_view(w, document_id)
        seen = revision_with(w, document_id, seen_digest) if error.text_changed else None
    if seen and not (seen.holds and view.text_holds and seen.no != view.document.revision_no):
        seen = None
    page = render_template(
        "documents/stale.html",
        view=view,
        step_id=_named(view, slug).id,
        text_changed=error.text_changed,
        seen_revision=seen.no if seen else None,
        found=compared_with(view, seen) if seen else None,
        last=_latest(view, text_changed=error.text_changed),
    )
    return page, 409


def _latest(view: DocumentView, *, text_changed: bool) -> Line:
    """The act that made the page old: the newest edit where the words differ, else the newest of all."""
    acts = [line for line in view.trail if line.action not in WATCHING]
    edits = [line for line in acts if line.action == "edit"] if text_changed else []
    return (edits or acts)[-1]
