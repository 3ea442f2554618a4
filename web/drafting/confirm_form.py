"""The fields of the confirm page: everything that was read from a text, shape and labels only."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, StringField, TextAreaField

from web.drafting.draft_form import Rows
from web.drafting.forms import (
    BasisForm,
    Choice,
    MissingForm,
    ObligationForm,
    RecipientForm,
    RowForm,
    TaskForm,
)
from web.drafting.words import URGENCY_CHOICES


class TakenBasis(BasisForm):
    take = BooleanField("Nhận căn cứ này")


class TakenTask(TaskForm):
    """`added` by the person who confirms; `printed` as lines of its own, where the sentence does not say it."""

    take = BooleanField("Nhận nhiệm vụ này")
    added = HiddenField()
    printed = BooleanField("In thêm thành dòng riêng dưới mục (khi câu văn chưa nói)")


class TakenObligation(ObligationForm):
    take = BooleanField("Nhận hạn báo cáo này")
    added = HiddenField()


class TakenRecipient(RecipientForm):
    take = BooleanField("Nhận nơi này")


class CorrectionForm(Form):
    take = BooleanField("Sửa")


class ReadPart(Form):
    """One part of the text as it was read; where it stands among the others is not asked here."""

    depth = HiddenField()
    label = StringField("Số mục")
    title = StringField("Tiêu đề")
    text = TextAreaField("Nội dung")


class ConfirmForm(FlaskForm):
    """What was read from a text, to be agreed to; `text` travels along and is read again, `seal` says what it came in."""

    text = HiddenField()
    seal = HiddenField()
    key = HiddenField()
    unit_id = Choice("Đơn vị soạn thảo")
    doc_type = Choice("Loại văn bản", [("", "Chọn loại"), ("KH", "Kế hoạch"), ("BC", "Báo cáo")])
    field = Choice("Lĩnh vực")
    signer_id = Choice("Người ký")
    subject = TextAreaField("Trích yếu")
    urgency = Choice("Độ khẩn", URGENCY_CHOICES)
    addressees = TextAreaField("Kính gửi")
    corrections = FieldList(FormField(CorrectionForm), "Đề xuất sửa")
    bases = Rows(FormField(TakenBasis), "Căn cứ")
    opening = TextAreaField("Mở đầu")
    tasks = Rows(FormField(TakenTask), "Nhiệm vụ")
    duties = Rows(FormField(TakenObligation), "Chế độ báo cáo")
    parts = Rows(FormField(ReadPart), "Lời văn từng mục")
    results = Rows(FormField(RowForm), "Bảng kết quả")
    missing = Rows(FormField(MissingForm), "Đơn vị chưa gửi báo cáo")
    ends = Rows(FormField(ReadPart), "Kết luận")
    recipients = Rows(FormField(TakenRecipient), "Nơi nhận")
    archive_line = StringField("Dòng Lưu")
    annexes = Rows(TextAreaField("Phụ lục"), "Phụ lục")
