"""The button of the editor that takes in what the units have reported since, and what it says it did."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from web.drafting.content_form import result_in
from web.drafting.draft_form import DraftForm
from web.drafting.duty_checks import Check
from web.drafting.forms import FIELD_OF_FAULT
from web.messages import fault_sentence
from web.messages.acts import listed
from workflow.commands.collecting import TakenIn, take_in_reports
from workflow.completeness import row_faults
from workflow.content import Content
from workflow.content import Row as Result
from workflow.engine import Work
from workflow.queries.drafts import Draft

BUTTON = "lay_so_lieu"
PLACE = "so-lieu-moi"
"""Where the page says that the stored text is behind its units, beside the button."""


@dataclass(frozen=True)
class Typed:
    """What is stored, by whichever button: the text of the form, on the page that was seen."""

    document_id: int
    seen_version: int
    content: Content
    signer_id: int | None


def taken_in(w: Work, typed: Typed) -> Callable[[], ResponseReturnValue]:
    """Stores; the answer is given once that is sure."""
    taken = take_in_reports(w, **vars(typed))

    def answer() -> ResponseReturnValue:
        flash(told_of(taken), "ok")
        return redirect(f"{url_for('.edit', document_id=typed.document_id)}#kq-h", 303)

    return answer


def behind(draft: Draft | None) -> list[Check]:
    """What bars the submission of the stored text, in the list of what is left to do before it."""
    progress = draft.progress if draft is not None and draft.collects else None
    if progress is None or not (progress.newer_units or progress.rowless_units or progress.miscounted):
        return []
    return [Check("bad", "Lấy số liệu mới: văn bản chưa khớp với báo cáo đã nhận của đơn vị", PLACE)]


def unfilled(draft: Draft | None, form: DraftForm) -> Iterator[Check]:
    """The rows that do not say yet how their task stands: of the office's own, where nobody noted it."""
    for row in form.results if draft is not None and draft.collects else ():
        line = result_in(row.form)
        for fault in row_faults(Content(results=(line,))) if line != Result("", "") else ():
            field = row.form[FIELD_OF_FAULT[fault["rule"]]]
            yield Check("bad", f"{fault_sentence(fault)} ({line.unit or 'chưa ghi đơn vị'})", field.id)


def told_of(taken: TakenIn) -> str:
    told = [
        f"đưa vào bảng kết quả của {listed(taken.units)}" if taken.units else "",
        f"bỏ khỏi danh sách chưa gửi: {listed(taken.arrived)}" if taken.arrived else "",
        f"thêm vào danh sách chưa gửi: {listed(taken.missing)}" if taken.missing else "",
    ]
    done = "; ".join(one for one in told if one)
    if not done:
        return "Đã lưu nháp. Không có báo cáo đơn vị nào mới so với văn bản này."
    return f"Đã lưu nháp và lấy số liệu mới: {done}. Chữ đã gõ giữ nguyên; xem lại các mục trước khi trình."
