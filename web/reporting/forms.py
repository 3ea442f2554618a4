"""What Chánh Văn phòng fills in about a duty: its date, its units, that it has none, or that a unit is freed of it."""

from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from web.fields import DayField
from web.messages import fault_sentence
from web.words import period_title
from workflow.errors import Fault

TASK_STATES = {
    "con-lam": "Còn phải làm",
    "overdue": "Quá hạn",
    "running": "Đang thực hiện",
    "not_started": "Chưa bắt đầu",
    "awaiting": "Chờ sự kiện",
    "done": "Hoàn thành",
}


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


class CorrectForm(ResolveForm):
    """Another day than the one found before, and why."""

    reason = TextAreaField("Lý do sửa", validators=[InputRequired("Ghi lý do dài ít nhất 10 ký tự")])


class AdHocForm(FlaskForm):
    """No calendar waits for this duty; the reason is kept in the history."""

    reason = TextAreaField("Lý do", validators=[InputRequired("Ghi lý do dài ít nhất 10 ký tự")])


class NameForm(FlaskForm):
    """The units that owe a duty whose text names none of ours."""

    units = SelectMultipleField("Đơn vị phải báo cáo", coerce=int, validate_choice=False)
    named_by = StringField(
        "Văn bản, ý kiến giao báo cáo",
        description="Số, ký hiệu, ngày của văn bản, hoặc ý kiến của ai, ngày nào.",
    )


class WaiveForm(FlaskForm):
    """One unit is freed of one period."""

    reason = TextAreaField(
        "Lý do và văn bản cho phép",
        description="Ví dụ: lồng ghép trong báo cáo khác, theo văn bản số nào.",
        validators=[InputRequired("Ghi lý do dài ít nhất 10 ký tự")],
    )


class ExtendForm(FlaskForm):
    """A later day for one unit and period."""

    new_day = DayField("Ngày nộp mới")
    reason = TextAreaField(
        "Lý do",
        description="Ví dụ: bổ sung số liệu quý IV theo yêu cầu của Văn phòng.",
        validators=[InputRequired("Ghi lý do dài ít nhất 10 ký tự")],
    )


class HandOverForm(FlaskForm):
    """What a unit that ended still owes goes to its successor."""

    basis = TextAreaField(
        "Quyết định sáp nhập, giải thể",
        description="Số, ký hiệu, ngày của quyết định và nội dung bàn giao.",
        validators=[InputRequired("Ghi quyết định dài ít nhất 10 ký tự")],
    )


class ProgressForm(FlaskForm):
    """How a task stands; what is missing the command says."""

    key = HiddenField()
    progress = RadioField(
        "Tình trạng",
        choices={"not_started": "Chưa thực hiện", "running": "Đang thực hiện", "done": "Đã hoàn thành"},
        validate_choice=False,
    )
    done_so_far = TextAreaField("Kết quả đã làm, hoặc lý do chưa thực hiện")
    figure = StringField("Số liệu", description="Ví dụ: 3 lớp, 120 lượt người.", validators=[Optional()])
    attachment = FileField("Tệp minh chứng", validators=[Optional()])


class EventForm(FlaskForm):
    """The event a task waited for."""

    key = HiddenField()
    event = StringField(
        "Văn bản, sự kiện", description="Số, ký hiệu, ngày của văn bản làm phát sinh nhiệm vụ."
    )
    last_day = DayField("Hạn hoàn thành", validators=[Optional()])


class TaskFilter(Form):
    """What of a list of tasks is wanted; the names stand in the address."""

    state = SelectField("Tình trạng", name="tinh-trang", validate_choice=False)
    quarter = SelectField("Quý", name="quy", validate_choice=False)
    unit = SelectField("Đơn vị", name="don-vi", validate_choice=False)

    def offer(self, quarters: Sequence[str], units: Mapping[int, str]) -> None:
        self.state.choices = [("", "Mọi tình trạng"), *TASK_STATES.items()]
        names = [(name, period_title(name, 0)) for name in quarters]
        self.quarter.choices = [("", "Cả thời gian"), *names]
        self.unit.choices = [("", "Mọi đơn vị"), *((str(key), name) for key, name in units.items())]


def tell(form: FlaskForm, faults: Sequence[Fault]) -> None:
    """Put what the command found wrong at the field it belongs to."""
    for fault in faults:
        field = form[fault.place] if fault.place in form else next(iter(form))
        field.errors = [*field.errors, fault_sentence(fault)]
