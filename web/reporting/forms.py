"""What Chánh Văn phòng fills in about a duty: its date, that it has none, or that a unit is freed of it."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from web.messages import fault_sentence
from workflow.errors import Fault


class ResolveForm(FlaskForm):
    """A date the text only referred to, with the document it stands in."""

    due_day = IntegerField("Ngày", validators=[InputRequired("Ghi ngày của hạn")])
    due_month = IntegerField("Tháng", validators=[InputRequired("Ghi tháng của hạn")])
    inclusive = RadioField(
        "Văn bản viết",
        choices={"0": "trước ngày (ngày cuối là hôm trước)", "1": "chậm nhất là ngày (kể cả ngày đó)"},
        validators=[InputRequired("Chọn cách văn bản viết hạn")],
    )
    source = StringField(
        "Văn bản căn cứ",
        description="Số, ký hiệu và ngày của văn bản quy định hạn này.",
        validators=[InputRequired("Ghi văn bản quy định hạn này")],
    )


class AdHocForm(FlaskForm):
    """No calendar waits for this duty; the reason is kept in the history."""

    reason = TextAreaField("Lý do", validators=[InputRequired("Ghi lý do dài ít nhất 10 ký tự")])


class WaiveForm(FlaskForm):
    """One unit is freed of one period."""

    reason = TextAreaField(
        "Lý do và văn bản cho phép",
        description="Ví dụ: lồng ghép trong báo cáo khác, theo văn bản số nào.",
        validators=[InputRequired("Ghi lý do dài ít nhất 10 ký tự")],
    )


class HandOverForm(FlaskForm):
    """What a unit that ended still owes goes to its successor."""

    basis = TextAreaField(
        "Quyết định sáp nhập, giải thể",
        description="Số, ký hiệu, ngày của quyết định và nội dung bàn giao.",
        validators=[InputRequired("Ghi quyết định dài ít nhất 10 ký tự")],
    )


def tell(form: FlaskForm, faults: Sequence[Fault]) -> None:
    """Put what the command found wrong at the field it belongs to."""
    for fault in faults:
        field = form[fault.place] if fault.place in form else next(iter(form))
        field.errors = [*field.errors, fault_sentence(fault)]
