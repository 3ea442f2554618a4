"""Signing in, and changing one's own password; shape only."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from web.auth.passwords import SHORTEST


class SignInForm(FlaskForm):
    login = StringField("Tên đăng nhập", validators=[InputRequired("Nhập tên đăng nhập"), Length(max=100)])
    password = PasswordField("Mật khẩu", validators=[InputRequired("Nhập mật khẩu"), Length(max=500)])
    next = HiddenField()


class ChangePasswordForm(FlaskForm):
    present = PasswordField("Mật khẩu hiện tại", validators=[InputRequired("Nhập mật khẩu hiện tại")])
    new = PasswordField(
        "Mật khẩu mới",
        description=f"Ít nhất {SHORTEST} ký tự. Một câu dễ nhớ là tốt nhất.",
        validators=[
            InputRequired("Nhập mật khẩu mới"),
            Length(min=SHORTEST, max=500, message=f"Mật khẩu mới phải có ít nhất {SHORTEST} ký tự"),
        ],
    )
    again = PasswordField(
        "Nhập lại mật khẩu mới",
        validators=[InputRequired("Nhập lại mật khẩu mới"), EqualTo("new", "Hai lần nhập không giống nhau")],
    )
