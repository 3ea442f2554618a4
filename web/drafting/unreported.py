"""On the confirm page: reporting duties that would be opened with no unit that owes them."""

from collections.abc import Mapping

from web.drafting.confirm_form import ConfirmForm
from web.drafting.typed import line_in
from web.drafting.words import nobody_line
from workflow.content import Obligation
from workflow.lint import AgencyFacts
from workflow.reporters import nobody_reports


def unreported_in(form: ConfirmForm, agency: AgencyFacts) -> Mapping[str, str]:
    """By the id of a card, as its fields stand now: what is said there. A card that is not taken says nothing."""
    found: dict[str, str] = {}
    for place, row in enumerate(form.duties):
        each = row.form
        duty = Obligation(
            from_=line_in(each.sender), to=line_in(each.to), recurrence=each.recurrence.data or "unspecified"
        )
        if each.take.data and nobody_reports(duty, agency.known, on=agency.on):
            found[f"bao-cao-{place}"] = (
                f"{nobody_line(duty.from_ or '')}. Ghi đơn vị ở ô Ai báo cáo; để vậy thì chưa đơn vị nào được nhắc, "
                "Chánh Văn phòng xác định sau khi phát hành."
            )
    return found
