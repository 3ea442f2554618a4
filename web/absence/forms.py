"""What is typed about an absence, and for a giao ký of one document; shape only, the commands judge the rest."""

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from web.fields import DayField

NOBODY = ("", "Không cử ai; việc chờ đến khi có mặt")


class DataSent:
    """Stops where the field was not sent at all, or held no person's number."""

    def __init__(self, message: str):
        self.message = message

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if not field.raw_data or field.process_errors:
            raise StopValidation(self.message)


def person_or_none(value: object) -> int | None:
    return int(str(value)) if value else None


class AbsenceForm(FlaskForm):
    away_from = DayField("Vắng từ ngày", validators=[InputRequired("Ghi ngày bắt đầu vắng")])
    away_to = DayField("Đến hết ngày", validators=[InputRequired("Ghi ngày cuối vắng")])
    reason = TextAreaField(
        "Lý do, văn bản cho phép",
        description="Ví dụ: nghỉ phép năm theo Thông báo số 14/TB-SKHCN. Người ghi, Văn phòng đọc; lý do nằm trong "
        "nhật ký của cơ quan, người thanh tra và quản trị hệ thống đọc được ở đó.",
        validators=[InputRequired("Ghi lý do"), Length(max=500, message="Ghi lý do không quá 500 ký tự")],
    )
    substitute = SelectField(
        "Người xử lý thay",
        description="Xử lý bằng tên và thẩm quyền của chính mình; không ký thay nếu không có phân công ký.",
        coerce=person_or_none,
        validators=[Optional()],
        validate_choice=False,
    )


class SubstituteForm(FlaskForm):
    """Nobody is chosen by saying so; a form that says nothing is no choice."""

    substitute = SelectField(
        "Người xử lý thay",
        coerce=person_or_none,
        validators=[DataSent("Chọn người xử lý thay, hoặc chọn không cử ai")],
        validate_choice=False,
    )


class GrantForm(FlaskForm):
    """KT. for one document (NĐ 30/2020, Điều 13 khoản 1)."""

    base_document = StringField(
        "Văn bản giao ký",
        description="Số, ký hiệu, ngày của văn bản hoặc bút phê giao ký.",
        validators=[
            InputRequired("Ghi văn bản làm căn cứ giao ký"),
            Length(max=300, message="Ghi căn cứ không quá 300 ký tự"),
        ],
    )
    valid_to = DayField("Có hiệu lực đến hết ngày", validators=[InputRequired("Ghi ngày hết hiệu lực")])
