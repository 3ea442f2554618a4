"""The fields of the editor: shape and labels only; `content_form` turns them into a Content and back."""

from collections.abc import Iterator
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from web.drafting.forms import (
    BasisForm,
    Choice,
    DutyFields,
    MissingForm,
    RecipientForm,
    RowForm,
    TaskLabels,
    offered,
)
from web.drafting.words import DUE, SECRECY, TIME_CHOICES, URGENCY_CHOICES
from web.fields import DayField
from workflow.numerals import romans

QUARTERS = [(str(number), name) for number, name in enumerate(romans(4), 1)]
MONTHS = [("", "Chọn tháng"), *((str(month), f"Tháng {month}") for month in range(1, 13))]


class Rows(FieldList):
    """A list whose rows are found in one look at the names sent, however many lists a page has."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        known = getattr(formdata, "rows_of", None)
        if known is None:
            known = {}
            for name in formdata:
                parts = name.split("-")
                for at, part in enumerate(parts[1:], 1):
                    if part.isdecimal() and len(part) < 6:
                        known.setdefault("-".join(parts[:at]), set()).add(int(part))
            formdata.rows_of = known
        yield from known.get(prefix, ())


class TaskCard(TaskLabels):
    """Who does it with whom, how and when; the words on the paper are made from this."""

    leads = Rows(StringField("Chủ trì"), "Chủ trì")
    coordinators = Rows(StringField("Phối hợp"), "Phối hợp")
    method = StringField("Hình thức thực hiện")
    kind = Choice("Thời gian", TIME_CHOICES)
    quarters = SelectMultipleField("Quý", choices=offered(QUARTERS), validate_choice=False)
    month = Choice("Tháng", MONTHS)
    year = StringField("Năm")
    inclusive = Choice("Cách ghi hạn", DUE)
    day = StringField("Ngày, tháng")
    since = DayField("Từ ngày", [Optional()])
    until = DayField("Ngày", [Optional()])
    words = StringField("Ghi trên văn bản")
    stood = HiddenField()


class DutyCard(DutyFields):
    """Who reports what to whom by when; annotates a sentence of its paragraph."""


class PartForm(Form):
    """One part of the text; `depth` says under which of the rows above it hangs."""

    depth = HiddenField()
    label = StringField("Số mục")
    title = StringField("Tiêu đề")
    text = TextAreaField("Nội dung")
    tasks = Rows(FormField(TaskCard), "Nhiệm vụ", max_entries=1)
    duties = Rows(FormField(DutyCard), "Chế độ báo cáo")


class DraftForm(FlaskForm):
    """One document. `save`, `look` and `send` are its buttons; "op" adds, moves and removes rows."""

    seen_version = HiddenField()
    seen_digest = HiddenField()
    key = HiddenField()
    begun = HiddenField()
    unit_id = Choice("Đơn vị soạn thảo")
    subject = TextAreaField("Trích yếu")
    field = Choice("Lĩnh vực")
    signer_id = Choice("Người ký")
    urgency = Choice("Độ khẩn", URGENCY_CHOICES)
    secrecy = Choice("Độ mật", SECRECY)
    addressees = TextAreaField("Kính gửi")
    bases = Rows(FormField(BasisForm), "Căn cứ")
    opening = TextAreaField("Mở đầu")
    parts = Rows(FormField(PartForm), "Nội dung")
    results = Rows(FormField(RowForm), "Bảng kết quả")
    missing = Rows(FormField(MissingForm), "Đơn vị chưa gửi báo cáo")
    ends = Rows(FormField(PartForm), "Kết thúc")
    recipients = Rows(FormField(RecipientForm), "Nơi nhận")
    archive_line = StringField("Dòng Lưu")
    annexes = Rows(TextAreaField("Phụ lục"), "Phụ lục")


def signer_id(form: DraftForm) -> int | None:
    text = form.signer_id.data or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
