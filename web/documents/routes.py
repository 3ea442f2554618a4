"""The pages of one document; each records that it was opened."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.differences import compared
from web.documents.files import ScanForm
from web.documents.history import timeline
from web.linting import lint_of_view
from web.openings import PRINTED, record_opening
from web.session import reading
from web.since import digest_to_compare, since_then
from workflow.content import tasks
from workflow.queries.documents import document_view
from workflow.queries.issued_files import issued_files, may_hang_scan
from workflow.queries.plan_duties import duties_active, duties_stated
from workflow.queries.printed import OUT
from workflow.queries.remarks import discussion_of
from workflow.queries.report_stamp import stamp_of
from workflow.queries.trail import signers_by_revision
from workflow.queries.versions import revision_with, version_texts, versions_of


def show(document_id: int) -> ResponseReturnValue:
    with reading() as w:
        view = document_view(w, document_id)
        versions = versions_of(w, document_id)
        issued = issued_files(w, document_id)
        stamp = stamp_of(w, view.document)
        scan = may_hang_scan(w, view.document, issued)
        duties = duties_active(w, document_id) or duties_stated(view.content)
        digest = digest_to_compare(view)
        older = revision_with(w, document_id, digest) if digest else None
        lint = lint_of_view(w, view)
        discussion = discussion_of(w, view.document, view.content)
    page = render_template(
        "documents/show.html",
        view=view,
        versions=versions,
        issued=issued,
        stamp=stamp,
        scan_form=ScanForm(formdata=None) if scan else None,
        duties=duties,
        tasks=tasks(view.content),
        since=since_then(view, older),
        discussion=discussion,
        entries=timeline(document_id, view.trail),
        lint_found=lint,
    )
    record_opening(view)
    return page


def version(document_id: int, no: int) -> ResponseReturnValue:
    with reading() as w:
        view = document_view(w, document_id)
        (text,) = version_texts(w, document_id, no)
    page = render_template("documents/version.html", view=view, text=text)
    record_opening(view, version=text.version)
    return page


def compare(document_id: int, a: int, b: int) -> ResponseReturnValue:
    with reading() as w:
        view = document_view(w, document_id)
        before, after = version_texts(w, document_id, a, b)
    signers = signers_by_revision(view.trail)
    old, new = ((text.version.digest if text.holds else "", text.content) for text in (before, after))
    found = compared(old, new, signers=(signers.get(a, ""), signers.get(b, "")))
    page = render_template("documents/compare.html", view=view, before=before, after=after, found=found)
    record_opening(view, label=f"So sánh bản {a} với bản {b}", version=after.version, full_text=False)
    return page


def printed(document_id: int) -> ResponseReturnValue:
    """With `sach`, the copy that will be signed by hand and sealed: no mark of ours on it, until the paper is out."""
    with reading() as w:
        view = document_view(w, document_id)
        stamp = stamp_of(w, view.document)
    clean = "sach" in request.args and view.document.state not in OUT
    page = render_template("documents/print.html", view=view, stamp=stamp, clean=clean)
    record_opening(view, action="print", label=PRINTED)
    return page
