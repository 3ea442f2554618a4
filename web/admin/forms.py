from wtforms import Form

from web.fields import DayField


class DayForm(Form):
    ngay = DayField("Tính đến ngày")
