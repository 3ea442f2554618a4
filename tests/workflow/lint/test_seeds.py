"""Plans as offices wrote them: exactly what is wrong in each is found, and nothing else; ours and the originals."""

import datetime as dt

import pytest

from tests.workflow.lint.texts import FILES
from tests.workflow.reading.texts import seed_texts
from workflow.lint import day_of, facts_of_file, findings, paper_of
from workflow.reading import Intake, read_text, take_in, to_content

TODAY = dt.date(2026, 11, 21)
SHARED_OUT = {("task_without_lead", "II.1"), ("task_without_time", "II.1")}
"""Their part II sets tasks, and only part III says by whom."""
BLANK = {("symbol_missing", "symbol"), ("place_missing", "place")}
FOUND = {
    "000": ("so_khcn", {("symbol_spacing", "head"), ("archive_form", "archive_line"), ("heading_stop", "II.2"),
                        ("capacity_spacing", "signer")}),
    "002": ("van_phong_ubnd", BLANK | {("task_without_lead", "II.1.a"), ("task_without_time", "II.1.a"),
                                       ("signer_missing", "signer"), ("space_before", "II.1.a")}),
    "003": ("so_khcn", SHARED_OUT | {("scan_slip", "I.1"), ("scan_slip", "III.2"), ("scan_slip", "recipients/2")}),
    "004": ("so_y_te", BLANK),
}  # fmt: skip
OWN = {"000": "s0.txt", "002": "s2.txt", "003": "s3.txt", "004": "s4.txt"}
CASES = [
    pytest.param(number, data, id=name)
    for number, own in OWN.items()
    for name, data in seed_texts(number, own)
]


def taken(data: bytes) -> Intake:
    return take_in(data, "kế hoạch.txt")


@pytest.mark.parametrize(("number", "data"), CASES)
def test_what_is_wrong_is_found_and_nothing_else(number: str, data: bytes):
    code, wanted = FOUND[number]
    words = taken(data).text
    proposal = read_text(
        words, units=[name for unit in FILES[code].units for name in (unit.name, *unit.aliases)]
    )
    facts = facts_of_file(FILES[code], day_of(proposal, TODAY))
    found = findings(to_content(proposal, field="", drafting_unit=""), facts, paper_of(proposal, words))
    told = {(one.code, one.ref or one.place) for one in found}
    # None of them has its letterhead, and the originals are of another province than our agencies.
    assert told - {("agency_other", "head")} == wanted | {("motto_missing", "head")}
