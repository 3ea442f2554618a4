"""The fields of the editing pages: shape and labels only; `content_form` turns them into a Content and back."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SearchField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from web.drafting.words import (
    BASIS_TYPES,
    DUE,
    PURPOSE_CHOICES,
    RECURRENCE_CHOICES,
    TIME_CHOICES,
)
from web.fields import DayField
from web.words import RESULT_STATUSES
from workflow.writing.paper_words import TASK_LABELS

STATUSES = [(code, name) for code, name in RESULT_STATUSES.items() if code]


def offered(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class Choice(SelectField):
    """A select whose choices may be narrower than what is stored: another value is kept, and judged by us."""

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), **how: Any) -> None:
        super().__init__(label, choices=offered(choices), validate_choice=False, **how)


class BasisForm(Form):
    raw = TextAreaField("Trích dẫn như in trên văn bản")
    doc_type = Choice("Loại", BASIS_TYPES)
    reference_no = StringField("Số, ký hiệu")
    date = DayField("Ngày", [Optional()])
    issuer = StringField("Cơ quan ban hành")


class Anchored(Form):
    """Hangs on a part of the text: `was` and `words` say which it was when the page was drawn."""

    ref = StringField("Mục trong văn bản")
    was = HiddenField()
    words = HiddenField()


class TaskLabels(Form):
    """The words printed before what a task says."""

    label_lead = StringField("Chữ in trước tên chủ trì", default=TASK_LABELS["lead"])
    label_coordinator = StringField("Chữ in trước tên phối hợp", default=TASK_LABELS["coordinator"])
    label_method = StringField("Chữ in trước hình thức", default=TASK_LABELS["method"])
    label_time = StringField("Chữ in trước thời gian", default=TASK_LABELS["time"])
    labelled = HiddenField()


class DutyFields(Form):
    """Who reports to whom, how often and by which day."""

    sender = StringField("Ai báo cáo")
    to = StringField("Báo cáo ai")
    via = StringField("Gửi qua")
    recurrence = Choice("Định kỳ", RECURRENCE_CHOICES)
    inclusive = Choice("Cách ghi hạn", DUE)
    due_day = StringField("Ngày")
    due_month = StringField("Tháng")
    by_reference = BooleanField("Hạn ghi theo văn bản khác")
    embedded_in = StringField("Lồng ghép trong báo cáo")
    raw = TextAreaField("Nguyên văn câu nêu hạn")


class TaskForm(Anchored, TaskLabels):
    leads = TextAreaField("Chủ trì")
    coordinators = TextAreaField("Phối hợp")
    method = StringField("Hình thức thực hiện")
    kind = Choice("Thời gian", TIME_CHOICES)
    raw = StringField("Ghi trên văn bản")
    since = DayField("Từ ngày", [Optional()])
    until = DayField("Đến ngày", [Optional()])


class ObligationForm(Anchored, DutyFields):
    """A duty as a row that names its part."""


FIELD_OF_FAULT = {"status_missing": "status", "reason_missing": "reason", "result_missing": "result"}
"""Of a row of results, the field in which a rule of `workflow.completeness` is to be met."""


class RowForm(Form):
    ref = StringField("Mục")
    task = StringField("Nhiệm vụ")
    unit = StringField("Đơn vị")
    status = Choice("Tình trạng", [("", "Chưa ghi"), *STATUSES])
    result = TextAreaField("Kết quả")
    reason = TextAreaField("Lý do")


class MissingForm(Form):
    unit = StringField("Đơn vị chưa gửi báo cáo")
    reason = StringField("Lý do")


class RecipientForm(Form):
    name = StringField("Nơi nhận")
    purpose = Choice("Mục đích gửi", PURPOSE_CHOICES)


class OwnRowForm(Form):
    status = RadioField("Tình trạng", choices=offered(STATUSES), validate_choice=False)
    result = TextAreaField("Kết quả")
    reason = TextAreaField("Lý do chưa thực hiện, hoặc khó khăn")


class UnitReportForm(FlaskForm):
    """A unit's own report: a row for each task it leads."""

    seen_version = HiddenField()
    rows = FieldList(FormField(OwnRowForm), "Kết quả từng nhiệm vụ")


class SourceForm(FlaskForm):
    """The text to read: pasted, or a file."""

    file = FileField("Chọn tệp")
    text = TextAreaField("Hoặc dán toàn văn vào đây")


class FilterForm(Form):
    """In the address, so Vietnamese words without marks."""

    class Meta:
        csrf = False

    tim = SearchField("Trích yếu hoặc số, ký hiệu")
    nam = Choice("Năm")
    don_vi = Choice("Đơn vị")
    ten_don_vi = StringField("Đơn vị")
    tinh_trang = Choice("Tình trạng")
    loai = Choice("Loại")


class BeginForm(Form):
    """In the address: what to look for among plans, and the document from above that a plan carries out."""

    class Meta:
        csrf = False

    tim = SearchField("Tìm kế hoạch theo trích yếu hoặc số")
    loai = Choice("Loại", BASIS_TYPES)
    so = StringField("Số, ký hiệu")
    ngay = DayField("Ngày", [Optional()])
    cua = StringField("Cơ quan ban hành")
    ve = StringField("Trích yếu của văn bản đó")
