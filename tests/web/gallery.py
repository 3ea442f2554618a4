"""A small Flask app that draws every macro with invented people, for the tests of the design system alone."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from flask import Flask, Response, flash, render_template
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    PasswordField,
    RadioField,
    SearchField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from tests.web.samples import DIGEST, DRAFTED, ENTRIES, ISSUED, NOW, PHASES, PLAN, REPORT, SHELL, SUBJECT
from web import filters, icons, kept
from web.fields import DayField

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class BasisForm(Form):
    raw = StringField("Căn cứ", [InputRequired("Ghi căn cứ thứ hai")])


class DraftForm(FlaskForm):
    subject = StringField(
        "Trích yếu", [InputRequired("Ghi trích yếu")], description="Viết sau chữ “KẾ HOẠCH”."
    )
    body = TextAreaField("1. Mục đích", [Optional()])
    lead = SelectField(
        "Chủ trì",
        choices=[SelectChoice("", "Chọn đơn vị"), SelectChoice("vp", "Văn phòng Sở")],
        validators=[InputRequired("Chọn đơn vị chủ trì cho mục II.4")],
    )
    due = DayField("Trước ngày", [InputRequired("Ghi ngày đến hạn")])
    secret = BooleanField("Văn bản không chứa bí mật nhà nước", [InputRequired("Xác nhận văn bản không mật")])
    kind = RadioField(
        "Thời gian",
        choices=[SelectChoice("q", "Quý"), SelectChoice("d", "Trước ngày…")],
        validators=[InputRequired("Chọn thời gian thực hiện cho mục II.4")],
    )
    units = SelectMultipleField(
        "Phối hợp",
        choices=[SelectChoice("a", "Thanh tra tỉnh"), SelectChoice("b", "Phòng Kế hoạch")],
        validators=[Optional()],
    )
    bases = FieldList(FormField(BasisForm), "Căn cứ", min_entries=2)
    password = PasswordField("Mật khẩu", [Optional()])


class FilterForm(Form):
    q = SearchField("Số, trích yếu hoặc người")
    since = DayField("Từ ngày")


def build(*, strict: bool = True) -> Flask:
    """The gallery as an app; its answers carry the product's Content-Security-Policy."""
    app = Flask("web", root_path=str(filters.assets.STATIC.parent))
    app.config.update(SECRET_KEY="only for the tests", WTF_CSRF_TIME_LIMIT=None)
    if strict:
        app.jinja_env.undefined = StrictUndefined
    here = FileSystemLoader(Path(__file__).with_name("templates"))
    app.jinja_env.loader = ChoiceLoader([here, app.jinja_loader])
    CSRFProtect(app)
    filters.init_app(app)
    kept.init_app(app)
    app.jinja_env.filters["span"] = lambda seconds: filters.age(dt.timedelta(seconds=seconds))
    common = {
        "shapes": icons.SHAPES,
        "shell": SHELL,
        "subject": SUBJECT,
        "digest": DIGEST,
        "plan": PLAN,
        "drafted": DRAFTED,
        "issued": ISSUED,
        "phases": PHASES,
        "entries": ENTRIES,
        "now": NOW,
        "date": dt.date(2026, 2, 5),
        "due": dt.date(2026, 11, 10),
        "tasks": [
            ("II.1.a", "Phổ biến quy định mới", "Văn phòng Sở", "Quý III, IV/2026", "Hoàn thành 12/9", "ok"),
            (
                "III.1",
                "Báo cáo kết quả về Văn phòng Sở",
                "Các phòng, đơn vị (9)",
                "Trước 10/11",
                "Quá hạn: 2/9 đơn vị",
                "bad",
            ),
        ],
        "stops": [
            ("Trưởng phòng duyệt", 7, "3 ngày 4 giờ"),
            ("Ký duyệt", 3, "1 ngày 2 giờ"),
            ("Cấp số", 2, "40 phút"),
        ],
        "months": [
            {"label": "T6", "value": 14, "high": 30},
            {"label": "T7", "value": 12, "high": 25},
            {"label": "T8", "value": 9},
        ],
    }

    def page(name: str, **more: object) -> str:
        return render_template(f"gallery_{name}.html", **{**common, **more})

    @app.get("/viec")
    def inbox() -> str:
        flash(
            {"title": "Đã ký duyệt “Kế hoạch công tác năm 2026” lúc 09:41:07.", "text": "Đã chuyển văn thư."},
            "ok",
        )
        return page("inbox", view="v-list")

    @app.get("/viec-mot")
    def one_item() -> str:
        return page("inbox", view="v-detail")

    @app.get("/van-ban")
    def document() -> str:
        return page("document")

    @app.get("/lich-su")
    def history() -> str:
        return page("history", filter=FilterForm())

    @app.route("/soan", methods=["GET", "POST"])
    def draft() -> str:
        form = DraftForm()
        form.validate_on_submit()
        return page("draft", form=form, errors=filters.form_errors(form))

    @app.get("/soan-loi")
    def faulty() -> str:
        form = DraftForm(meta={"csrf": False}, formdata=None)
        form.validate()
        return page("draft", form=form, errors=filters.form_errors(form))

    @app.get("/han")
    def dashboard() -> str:
        return page("dashboard")

    @app.get("/in")
    def printed() -> str:
        return page("printed", content=PLAN, facts=ISSUED, clean=False)

    @app.get("/in-bao-cao")
    def printed_report() -> str:
        return page("printed", content=REPORT, facts=DRAFTED, clean=False)

    @app.get("/in-sach")
    def printed_clean() -> str:
        return page("printed", content=PLAN, facts=replace(ISSUED, issued=False), clean=True)

    @app.after_request
    def policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        return response

    return app


ADDRESSES = (
    "/viec",
    "/viec-mot",
    "/van-ban",
    "/lich-su",
    "/soan",
    "/soan-loi",
    "/han",
    "/in",
    "/in-bao-cao",
    "/in-sach",
)
