"""Every way of saying no becomes a page: what is wrong, what was not done, what to do next."""

import logging

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from web.messages import sentence
from web.session import note_access
from web.shell import stand_alone
from workflow.errors import Refused, WorkflowError

log = logging.getLogger("trinhky.web")

SECRET = frozenset({"notices.feed"})
"""Routes whose address is itself a key: it stands in no log."""

HTTP = {
    400: "Yêu cầu không đọc được. Chưa có gì được ghi. Quay lại trang trước và gửi lại.",
    404: "Địa chỉ này không dẫn đến trang nào. Kiểm tra lại địa chỉ, hoặc về trang chính.",
    405: "Địa chỉ này không nhận cách gửi đó. Chưa có gì được ghi.",
    413: "Nội dung gửi lên quá lớn (giới hạn: văn bản 2 MB, tệp 20 MB). Chưa có gì được lưu. "
    "Rút gọn hoặc chia nhỏ rồi gửi lại.",
    415: "Loại tệp này chưa nhận được. Chưa có gì được lưu.",
    429: "Có quá nhiều lần thử trong thời gian ngắn. Chờ ít phút rồi thử lại.",
}


def init_app(app: Flask) -> None:
    @app.errorhandler(WorkflowError)
    def refused(error: WorkflowError) -> ResponseReturnValue:
        note_refusal(error)
        status, words = sentence(error)
        headers = {"Retry-After": "5"} if status == 503 else {}
        return _page(words, status), status, headers

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> ResponseReturnValue:
        words = (
            "Trang này đã mở quá lâu hoặc phiên đã đổi. Chưa có gì được ghi. Mở lại trang rồi thực hiện lại."
        )
        return _page(words, 400), 400

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status in (301, 302, 303, 307, 308):
            return error
        words = HTTP.get(status, HTTP[400])
        return _page(words, status), status

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        place = request.url_rule if request.endpoint in SECRET else request.path
        log.exception("error %s at %s %s", g.get("request_id"), request.method, place)
        words = f"Hệ thống gặp lỗi, thao tác chưa được ghi. Mã tra cứu: {g.get('request_id')}."
        return _page(words, 500), 500


def _page(words: str, status: int) -> str:
    """Where something broke nothing more is asked of the record: it may be what broke, or keep us waiting again."""
    if status >= 500:
        stand_alone()
    return render_template("refused.html", sentence=words, status=status)


def note_refusal(error: WorkflowError, *, document_id: int | None = None) -> None:
    """A refusal of right is an event too (ux.md 4.4): who asked for what and why it was not given."""
    if not isinstance(error, Refused) or not current_user.is_authenticated or request.method == "GET":
        return
    if document_id is None and request.view_args:
        document_id = request.view_args.get("document_id")
    status, words = sentence(error)
    facts = {"step": error.step, "status": status, "why": words, "kind": type(error).__name__}
    note_access("refused", "Từ chối", document_id=document_id, facts=facts)
