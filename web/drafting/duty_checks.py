"""The checks of reporting duties beside the text, and what a check is; it stores nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from web.drafting.content_form import Said
from web.drafting.words import nobody_line
from workflow.content import Obligation
from workflow.lint.stating import states, words_under
from workflow.lint.tiers import Tiers
from workflow.parties import Known
from workflow.reporters import nobody_reports

Stated = tuple[str, str, Obligation, str]
"""A card, its place, what it says, and the words of its paragraph."""


@dataclass(frozen=True)
class Check:
    """
    `field` is the id of what to go to, "" where there is nothing to mend. `code` is the finding of the lint that says
    the same, `at` the place it would say it of, "" for the text as a whole.
    """

    tone: Literal["ok", "warn", "bad"]
    text: str
    field: str = ""
    code: str = ""
    at: str = ""


def stated_duties(said: Said) -> list[Stated]:
    return [
        (card, said.refs[row], duty, words_under(said.nodes[row]))
        for card, duty in said.duties.items()
        if (row := card.partition("-duties-")[0]) in said.nodes
    ]


def of_duties(stated: Sequence[Stated], tiers: Tiers, known: Known, today: date) -> Iterator[Check]:
    """Duties without a day or a reporter, with a day their sentence does not state, or due after the next tier's."""
    for card, place, duty, words in stated:
        if duty.due_day is None and not duty.by_reference and duty.recurrence != "ad_hoc":
            yield Check("warn", f"Mục {place}: chế độ báo cáo chưa ghi ngày đến hạn", f"{card}-due_day")
        elif not duty.by_reference and not states(words, duty):
            words = f"Mục {place}: câu văn chưa ghi hạn {_day(duty)} như trong thẻ"
            yield Check("warn", words, f"{card}-due_day", "due_not_in_text", f"{card}-due_day")
        if nobody_reports(duty, known, on=today):
            line = nobody_line(duty.from_ or "")
            yield Check("warn", f"Mục {place}: {line[:1].lower()}{line[1:]}", f"{card}-sender")
    for at, to in tiers.wrong:
        card, _, lower, _ = stated[at]
        upper = stated[to][2]
        below = f"Hạn {lower.from_ or 'đơn vị'} gửi {lower.to or 'cấp trên'} ({_day(lower)})"
        above = f"hạn gửi {upper.to or 'cấp trên'} ({_day(upper)})"
        yield Check(
            "warn", f"{below} phải trước {above}", f"{card}-due_day", "tiers_order", f"{card}-due_day"
        )


def _day(duty: Obligation) -> str:
    months = duty.due_month if isinstance(duty.due_month, tuple) else (duty.due_month,)
    if duty.due_day == "last":
        return ", ".join(f"cuối tháng {month}" if month else "cuối tháng" for month in months)
    return ", ".join(f"{duty.due_day}/{month}" if month else str(duty.due_day) for month in months)
