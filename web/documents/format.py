"""Mending by a button what the lint found; every press is a revision of its own, by the person who pressed."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.messages import sentence
from web.paths import local_path
from web.session import work
from workflow.commands.mending import mend_text
from workflow.errors import NotFound, WorkflowError
from workflow.lint import CODES

GONE = "Không còn gì để sửa: điểm này đã hết trong bản đang lưu."


def mend_format(document_id: int) -> ResponseReturnValue:
    """`what` is "code:place", or "code:*" for all of a kind; the stored text is mended, not what is being typed."""
    code, _, place = request.form.get("what", "").partition(":")
    version = request.form.get("seen_version", "")
    if code not in CODES or not place or not (version.isascii() and version.isdigit() and len(version) < 10):
        abort(400)
    try:
        with work() as w:
            mended = mend_text(w, document_id=document_id, seen_version=int(version), code=code, place=place)
    except NotFound:
        raise
    except WorkflowError as error:
        flash({"title": "Chưa sửa.", "text": sentence(error)[1]}, "warn")
    else:
        said = f"Đã sửa {mended.count} chỗ và lưu thành bản mới. Xem lại ở Các bản." if mended.count else GONE
        flash(said, "ok" if mended.count else "warn")
    home = url_for("documents.show", document_id=document_id)
    return redirect(local_path(request.form.get("ve")) or home, 303)
