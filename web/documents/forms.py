"""The one form of all steps: shape only; the engine judges what is in it."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
)
from wtforms.validators import Optional

from web.messages import sentence
from workflow.errors import NeedUnmet, NotEntitled, ProofNeeded, WorkflowError
from workflow.queries.documents import DocumentView
from workflow.queries.turns import OpenStep

PLACES = {
    "note_given": "note",
    "paper_confirmed": "paper_signed",
    "signer_chosen": "signer",
    "signer_may_sign": "signer",
    "new_signer_may_sign": "signer",
    "signer_apart_from_makers": "signer",
}
"""The field where an unmet need is put right."""

NOTES = {"return": "Nội dung cần sửa"}


class StepForm(FlaskForm):
    """
    `seen_version` and `seen_digest` are what the page showed; `key` is the form's own; `ve` leads back. Only where it
    is shown: `pressed` reads what comes back.
    """

    seen_version = HiddenField()
    seen_digest = HiddenField()
    key = HiddenField()
    ve = HiddenField()
    capacity = RadioField("Ký với tư cách", choices=[], validate_choice=False)
    signer = SelectField("Người ký", choices=[], validate_choice=False)
    paper_signed = BooleanField("Bản giấy đã có chữ ký của người ký")
    note = TextAreaField("Ý kiến", [Optional()])
    password = PasswordField("Mật khẩu")

    def fit(self, view: DocumentView, step: OpenStep) -> None:
        """Labels and choices for this step; nothing that was typed is touched."""
        self.capacity.choices = [
            SelectChoice(held.kind, f"{held.line} ({held.basis})") for held in step.capacities
        ]
        self.signer.choices = [SelectChoice("", "Chọn người ký")] + [
            SelectChoice(str(item.person_id), f"{item.name} – {item.line}") for item in step.signers
        ]
        if not self.capacity.data:
            self.capacity.data = step.capacity
        if not self.signer.data and step.signer_id:
            self.signer.data = str(step.signer_id)
        required = step.note == "required"
        self.note.label.text = NOTES.get(step.id, "Lý do") if required else "Ý kiến"
        self.note.flags.optional = not required
        self.note.description = "Ít nhất 10 ký tự; người nhận đọc nguyên văn." if required else ""
        if view.signature is not None:
            self.paper_signed.label.text = f"Bản giấy đã có chữ ký của {view.signature.person_name}"

    def blame(self, error: WorkflowError) -> list[tuple[str, str]]:
        """The refusal beside its field where it has one; (id, sentence) pairs for the summary."""
        words = sentence(error)[1]
        name = self._place(error)
        if not name:
            return [("", words)]
        field = self[name]
        field.errors = [words]
        return [(f"{field.id}-0" if field.type == "RadioField" else field.id, words)]

    def _place(self, error: WorkflowError) -> str:
        if isinstance(error, ProofNeeded):
            return "password"
        if isinstance(error, NeedUnmet):
            return PLACES.get(error.need, "")
        return "signer" if isinstance(error, NotEntitled) and len(self.signer.choices or ()) > 1 else ""
