"""The one form of the administration: the day as of which its tables are shown."""

from wtforms import Form

from web.fields import DayField


class DayForm(Form):
    ngay = DayField("Tính đến ngày")
