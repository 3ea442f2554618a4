"""The demonstration's own plans: what is well made is left alone, and each thing found was meant to be there."""

import re
from datetime import date

import pytest

from tests.workflow.lint.texts import FILES, TODAY
from workflow.lint import day_of, facts_of_file, findings, paper_of
from workflow.reading import read, to_content
from workflow.reading.proposal import DateParts, Proposal
from workflow.settings import DEFINITIONS

AGENCIES = {"s2": "van_phong_ubnd", "s4": "so_y_te"}
VALUES = {"nam": "2026", "nam_ky": "2026", "thang_ky": "4", "ngay_can_cu": "10/4/2026"}
VALUES |= {"thang_sau": "5", "nam_thang_sau": "2026"}
MEANT = {
    # Its inspectorate ended in 2025; the plan follows a text of 2023.
    "s0": ["unit_ended", "unit_ended_mentioned"],
    # Like the texts they follow, they share the work out in part III only.
    "s2": ["task_without_lead", "task_without_time"],
    "s3": ["task_without_lead", "task_without_time"],
}


@pytest.mark.parametrize("path", sorted((DEFINITIONS / "demo").glob("*.txt")), ids=lambda path: path.stem)
def test_a_plan_of_the_demonstration(path):
    file = FILES[AGENCIES.get(path.stem, "so_khcn")]
    text = re.sub(r"\{(\w+)\}", lambda match: VALUES[match[1]], path.read_text("utf-8"))
    proposal = read(text.encode(), units=[name for unit in file.units for name in (unit.name, *unit.aliases)])
    content = to_content(proposal, field="x", drafting_unit="")
    found = findings(content, facts_of_file(file, TODAY), paper_of(proposal))
    assert [one.code for one in found] == MEANT.get(path.stem, [])


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (DateParts(28, 4, 2023), date(2023, 4, 28)),
        (DateParts(None, 3, 2024), date(2024, 3, 31)),
        (DateParts(None, None, 2024), date(2024, 12, 31)),
        (DateParts(), TODAY),
        (DateParts(31, 2, 2024), date(2024, 2, 29)),
        (DateParts(1, 1, 2031), TODAY),
        (DateParts(None, None, 2026), TODAY),
    ],
)
def test_a_paper_is_judged_by_the_day_it_bears(parts, day):
    assert day_of(Proposal(date_parts=parts), TODAY) == day
