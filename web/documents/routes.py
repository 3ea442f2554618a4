"""The pages of one document; each records that it was opened."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.documents.blueprint import bp
from web.documents.history import timeline
from web.openings import PRINTED, record_opening
from web.session import reading
from workflow.content import tasks
from workflow.queries.documents import document_view
from workflow.queries.plan_duties import duties_active, duties_stated
from workflow.queries.versions import version_texts, versions_of


@bp.get("/van-ban/<int:document_id>")
def show(document_id: int) -> ResponseReturnValue:
    with reading() as w:
        view = document_view(w, document_id)
        versions = versions_of(w, document_id)
        duties = duties_active(w, document_id) or duties_stated(view.content)
    page = render_template(
        "documents/show.html",
        view=view,
        versions=versions,
        duties=duties,
        tasks=tasks(view.content),
        entries=timeline(document_id, view.trail),
    )
    record_opening(view)
    return page


@bp.get("/van-ban/<int:document_id>/ban/<int:no>")
def version(document_id: int, no: int) -> ResponseReturnValue:
    with reading() as w:
        view = document_view(w, document_id)
        (text,) = version_texts(w, document_id, no)
    page = render_template("documents/version.html", view=view, text=text)
    record_opening(view, version=text.version)
    return page


@bp.get("/van-ban/<int:document_id>/so-sanh/<int:a>..<int:b>")
def compare(document_id: int, a: int, b: int) -> ResponseReturnValue:
    with reading() as w:
        view = document_view(w, document_id)
        before, after = version_texts(w, document_id, a, b)
    page = render_template("documents/compare.html", view=view, before=before, after=after)
    record_opening(view, label=f"So sánh bản {a} với bản {b}", version=after.version, full_text=False)
    return page


@bp.get("/van-ban/<int:document_id>/in")
def printed(document_id: int) -> ResponseReturnValue:
    """With `sach`, the copy that will be signed by hand and sealed: no mark of ours on it."""
    with reading() as w:
        view = document_view(w, document_id)
    page = render_template("documents/print.html", view=view, clean="sach" in request.args)
    record_opening(view, action="print", label=PRINTED)
    return page
