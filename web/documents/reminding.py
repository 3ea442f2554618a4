"""Nhắc: one press on a document's page; who may and when again the engine says."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.session import work
from workflow.commands.nudging import remind_of


def remind(document_id: int) -> ResponseReturnValue:
    with work() as w:
        names = remind_of(w, document_id=document_id, key=request.form.get("key", ""))
    flash(
        {
            "title": "Đã nhắc. Nhắc lại được từ ngày làm việc sau.",
            "text": f"{'; '.join(names)} nhận thông báo.",
        },
        "ok",
    )
    return redirect(url_for("documents.show", document_id=document_id), 303)
