"""A unit's own report: how each of its tasks stands, with what it wrote last time beside it."""

from dataclasses import dataclass
from typing import Any

import msgspec
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from web.differences import changes
from web.drafting.forms import FIELD_OF_FAULT, UnitReportForm
from web.filters import form_errors, vi_time
from web.messages import fault_sentence, sentence
from web.refusals import note_refusal
from web.session import reading, work
from web.words import period_name
from workflow.commands.drafting import save_revision
from workflow.completeness import unit_report_faults
from workflow.content import Row
from workflow.engine import Work
from workflow.errors import Invalid, NotYourStep, Stale, StepNotOpen, WorkflowError
from workflow.folding import fold
from workflow.queries.drafts import Draft, EarlierReport, draft_of, earlier_report
from workflow.queries.report_stamp import ReportStamp, stamp_of
from workflow.queries.reporting import standing_answered_by
from workflow.queries.standing import Standing
from workflow.renewal import moved_on


@dataclass(frozen=True)
class Beside:
    """What stands beside the form: last year's report, the days and number of this one, and the duty it answers."""

    before: EarlierReport | None
    stamp: ReportStamp | None
    duty: Standing | None


def beside(w: Work, draft: Draft) -> Beside:
    document = draft.document
    return Beside(earlier_report(w, document), stamp_of(w, document), standing_answered_by(w, document.id))


def edit(draft: Draft, by_it: Beside, closed: WorkflowError | None) -> ResponseReturnValue:
    """The page and its POST. `by_it` is what stands beside the form, `closed` why it may not be edited."""
    rows = draft.content.results
    if request.method == "GET":
        data = {
            "seen_version": str(draft.document.version),
            "rows": [msgspec.to_builtins(row) for row in rows],
        }
        return _drawn(draft, UnitReportForm(formdata=None, data=data), rows, by_it)
    form = UnitReportForm()
    typed = tuple(_row(row, form, place) for place, row in enumerate(rows))
    content = msgspec.structs.replace(draft.content, results=typed)
    if closed is not None:
        return _refused(draft, form, by_it, closed)
    seen = form.seen_version.data or ""
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        abort(400)
    try:
        with work() as w:
            save_revision(
                w,
                document_id=draft.document.id,
                seen_version=int(seen),
                content=content,
                signer_id=draft.document.signer_id,
            )
    except Stale:
        form.seen_version.data = str(draft.document.version)
        found = changes(draft.content, content, draft.agency.fields)
        return _drawn(draft, form, rows, by_it, conflict=draft.changed, differences=found), 409
    except (StepNotOpen, NotYourStep) as error:
        return _refused(draft, form, by_it, error)
    except Invalid as error:
        words = [("", fault_sentence(fault)) for fault in error.faults]
        return _drawn(draft, form, rows, by_it, errors=words), 422
    return _onward(draft.document.id, by_it)


def _row(row: Row, form: UnitReportForm, place: int) -> Row:
    entries = form.rows.entries
    if place >= len(entries):
        return row
    said = entries[place].form
    return msgspec.structs.replace(
        row,
        status=said.status.data if said.status.data in ("done", "running", "not_started") else "",
        result=(said.result.data or "").replace("\r\n", "\n").strip(),
        reason=(said.reason.data or "").replace("\r\n", "\n").strip(),
    )


def _onward(document_id: int, by_it: Beside) -> ResponseReturnValue:
    if "files" in request.form:
        flash("Đã lưu báo cáo đang lập.", "ok")
        return redirect(url_for("documents.attachments", document_id=document_id), 303)
    if "look" in request.form:
        flash("Đã lưu báo cáo đang lập.", "ok")
        return redirect(url_for("documents.show", document_id=document_id), 303)
    if "send" not in request.form:
        flash(f"Đã lưu báo cáo đang lập lúc {vi_time(current_user.now)}.", "ok")
        return redirect(url_for(".edit", document_id=document_id), 303)
    with reading() as w:
        draft = draft_of(w, document_id)
    faults = unit_report_faults(draft.content)
    if faults:
        rows = draft.content.results
        data = {
            "seen_version": str(draft.document.version),
            "rows": [msgspec.to_builtins(row) for row in rows],
        }
        form = UnitReportForm(formdata=None, data=data)
        refs = [row.ref for row in rows]
        for fault in faults:
            place = refs.index(fault["place"].removeprefix("results.")) if fault["place"] != "results" else 0
            name = FIELD_OF_FAULT.get(fault["rule"], "status")
            field = form.rows.entries[place].form[name] if rows else form.rows
            field.errors = [*field.errors, fault_sentence(fault)]
        return _drawn(draft, form, rows, by_it, errors=form_errors(form), saved=True), 422
    if draft.submission is None:
        return redirect(url_for("documents.show", document_id=document_id), 303)
    return redirect(url_for("documents.step_form", document_id=document_id, slug=draft.submission.slug), 303)


def _refused(draft: Draft, form: UnitReportForm, by_it: Beside, error: WorkflowError) -> ResponseReturnValue:
    note_refusal(error)
    status, words = sentence(error)
    return _drawn(draft, form, draft.content.results, by_it, errors=[("", words)], closed=True), status


def _drawn(draft: Draft, form: UnitReportForm, rows: tuple[Row, ...], by_it: Beside, **more: Any) -> str:
    past = _past(by_it.before)
    return render_template(
        "drafting/unit_report.html",
        draft=draft,
        form=form,
        rows=[(row, past.get(f"{row.ref} {fold(row.task)}") or past.get(fold(row.task))) for row in rows],
        before=by_it.before.content if by_it.before else None,
        before_said=_when(by_it.before),
        stamp=by_it.stamp,
        duty=by_it.duty,
        filled=draft.document.revision_no == 1 and any(row.status for row in rows),
        **{"errors": [], **more},
    )


def _past(before: EarlierReport | None) -> dict[str, Row]:
    """
    By the words of a task, alone and after its reference. The plan that renews another may have moved the years on:
    such a task is found by the words it has a year later, too.
    """
    found: dict[str, Row] = {}
    for row in before.content.results if before else ():
        words = fold(row.task)
        later = fold(moved_on(row.task, year=before.year, by=1)) if before and before.year else words
        for key in (f"{row.ref} {words}", words, f"{row.ref} {later}", later):
            found.setdefault(key, row)
    return found


def _when(before: EarlierReport | None) -> str:
    """
    As "Năm 2025 đã báo cáo:", with the plan where it was last year's; a report that answered no period is only known
    to be earlier.
    """
    if before is None or before.year is None:
        return "Báo cáo lần trước:"
    said = period_name(before.period, before.year)
    number = before.content.parent_reference
    under = "" if before.same_plan else f" theo kế hoạch trước{f', số {number}' if number else ''}"
    return f"{said[0].upper()}{said[1:]} đã báo cáo{under}:"
