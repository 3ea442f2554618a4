"""What a posted form of the editor asks for, whether it is of a new draft or of one that stands; it stores nothing."""

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.drafting.checking import place_of_fault
from web.drafting.content_form import Said, data_of
from web.drafting.draft_form import DraftForm, signer_id
from web.drafting.merging import chosen, data_chosen
from web.drafting.operations import operate
from web.drafting.page import Page
from web.drafting.renewing import renewed
from web.filters import form_errors
from web.messages import fault_sentence
from workflow.content import Content
from workflow.errors import Invalid

LINT = "the-thuc"
"""The button that looks at the words as they stand in the form, stored or not."""
CONTINUE = "dang-soan"
"""?ban=dang-soan draws the form from what was being typed instead of what is stored."""


def redrawn(page: Page, form: DraftForm, base: Content) -> ResponseReturnValue | None:
    """A row more, less or elsewhere, other signers, a proposal taken: the page is drawn anew, nothing is stored."""
    op = request.form.get("op", "")
    if "chon_linh_vuc" in request.form:
        return page.drawn(form, page.said(form, base), focus="signer_id")
    if op == LINT:
        return page.linted(form, page.said(form, base))
    if op == "chon" and page.draft is not None:
        return _merged(page, form, base)
    if op.startswith("nhan:"):
        return _taken_over(page, form, base, op.removeprefix("nhan:"))
    done = operate(request.form.items(multi=True), op)
    if done is None:
        return None
    form = page.fit(DraftForm(formdata=MultiDict(done.pairs)))
    return page.drawn(form, page.said(form, base), focus=done.focus, told=done.said)


def _merged(page: Page, form: DraftForm, base: Content) -> ResponseReturnValue:
    """Part by part from one text or the other, as chosen on the page of the conflict."""
    assert page.draft is not None
    form.validate()
    said = page.said(form, base)
    if errors := form_errors(form):
        return page.drawn(form, said, errors=errors), 422
    text, taken = chosen(request.form.items(multi=True), said.content, page.draft)
    form = page.fit(DraftForm(formdata=None, data=data_chosen(text, page.draft, signer_id(form))))
    told = f"Đã lấy {len(taken)} phần từ bản trên hệ thống, chưa lưu. Xem lại rồi bấm Lưu nháp."
    return page.drawn(form, page.said(form, base), told=told, focus="subject")


def _taken_over(page: Page, form: DraftForm, base: Content, which: str) -> ResponseReturnValue:
    form.validate()
    said = page.said(form, base)
    if errors := form_errors(form):
        return page.drawn(form, said, errors=errors), 422
    text, count = renewed(page.source, said, which)
    kept = {name: form[name].data for name in ("seen_version", "seen_digest", "key", "begun", "unit_id")}
    form = page.fit(DraftForm(formdata=None, data=data_of(text, signer_id=signer_id(form), **kept)))
    told = f"Đã đổi năm ở {count} chỗ, chưa lưu."
    return page.drawn(form, page.said(form, base), told=told, focus="can-doi")


def checked(page: Page, form: DraftForm, base: Content, kept: int | None) -> Said:
    form.validate()
    said = page.said(form, base)
    chosen = signer_id(form)
    if chosen is not None and chosen != kept and chosen not in {one.person_id for one in page.signers}:
        able = "; ".join(one.name for one in page.signers) or "chưa có ai"
        form.signer_id.errors = [
            *form.signer_id.errors,
            f"Chọn lại người ký: hôm nay ký được lĩnh vực này là {able}",
        ]
    return said


def owns() -> bool:
    """
    Whether what is kept of earlier typing is this form's own. One that was drawn beside an offer to go on with
    other words leaves those where they are.
    """
    return request.form.get("owns") == "1"


def seen(form: DraftForm) -> int:
    text = form.seen_version.data or ""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        abort(400)
    return int(text)


def blame(form: DraftForm, error: Invalid) -> None:
    for fault in error.faults:
        field = form[place_of_fault(fault.place)]
        field.errors = [*field.errors, fault_sentence(fault)]


def tell_lifted(said: Said) -> None:
    """That lines of a paragraph are now in its card, which prints them."""
    for row, one in said.lifted:
        ref = said.refs.get(row, "")
        before = f" (thay cho “{one.before}”)" if one.before else ""
        flash(f"Mục {ref}: dòng “{one.label}: {one.value}” đã chuyển vào thẻ nhiệm vụ{before}.", "ok")
