"""How somebody wants to be told; shape only, the command judges the address."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import Length, Optional

from web.notices.wording import MAIL_CHOICES


class ChoiceForm(FlaskForm):
    email = StringField(
        "Địa chỉ thư điện tử",
        description="Để trống thì không có thư nào được gửi. Thư chỉ để mở văn bản, không duyệt hay ký thay được.",
        validators=[Optional(), Length(max=254, message="Ghi địa chỉ không quá 254 ký tự")],
    )
    choice = RadioField("Gửi thư", choices=MAIL_CHOICES)
