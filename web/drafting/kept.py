"""
What was typed is not lost when a session ends under it: the words wait in the answer, to be sent again.

Works without script: the page holds every value of the form, and one button. Nothing of it is stored here.
"""

from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from web.drafting.blueprint import bp

LEFT_OUT = ("csrf_token",)


@bp.after_request
def keep_words(response: Response) -> Response:
    """Instead of the way to the door: a page with the words and the way to the door."""
    if (
        request.method != "POST"
        or response.status_code != 303
        or current_user.is_authenticated
        or not _own_form()
    ):
        return response
    return make_response(_page(), 401)


@bp.errorhandler(CSRFError)
def another_session(error: CSRFError) -> ResponseReturnValue:
    """Signed in anew in another window, the form's token is that of the session before."""
    if not _own_form():
        return render_template("refused.html", sentence=FORGED, status=400), 400
    return _page(), 400 if current_user.is_authenticated else 401


FORGED = "Biểu mẫu không gửi từ trang này. Chưa có gì được ghi. Mở lại trang soạn thảo rồi thực hiện lại."


def _page() -> str:
    values = [(name, value) for name, value in request.form.items(multi=True) if name not in LEFT_OUT]
    return render_template(
        "drafting/kept.html", values=values, action=request.path, files=bool(request.files)
    )


def _own_form() -> bool:
    """No other site may have its words put before the user as his own."""
    origin = request.headers.get("Origin")
    from_here = origin is None or urlsplit(origin).netloc == request.host
    return (
        bool(request.form)
        and from_here
        and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    )
