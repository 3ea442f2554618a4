"""Who owes a duty by the words of its text: a duty towards the agency that names no unit of ours is nobody's yet."""

from datetime import date
from pathlib import Path

import pytest

from workflow.agency_file import load_agency
from workflow.content import Obligation
from workflow.parties import known_in
from workflow.reporters import nobody_reports, reporters, tier_of

KNOWN = known_in(load_agency(Path("definitions/agencies/so_khcn.yaml")))
ON = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("sender", "to", "tier", "nobody"),
    [
        ("Các phòng, đơn vị thuộc Sở", "Văn phòng Sở", 1, False),
        ("Phòng Chuyển đổi số", "Văn phòng Sở", 1, False),
        (None, "Văn phòng Sở", 1, True),
        ("", "Văn phòng Sở", 1, True),
        ("UBND các xã, phường", "Sở Khoa học và Công nghệ", 1, True),
        ("Văn phòng Sở", "Giám đốc Sở", 1, True),
        ("Văn phòng Sở và Phòng Chuyển đổi số", "Giám đốc Sở", 1, False),
        (None, "Sở Nội vụ", 2, False),
        ("Văn phòng Sở", "Sở Nội vụ", 2, False),
        (None, None, 2, False),
    ],
)
def test_a_duty_towards_the_agency_needs_a_unit_of_ours(sender, to, tier, nobody):
    duty = Obligation(from_=sender, to=to, recurrence="yearly")
    assert tier_of(duty, KNOWN, on=ON) == tier
    assert nobody_reports(duty, KNOWN, on=ON) is nobody


def test_what_is_answered_when_asked_for_waits_for_nobody():
    assert not nobody_reports(Obligation(to="Văn phòng Sở", recurrence="ad_hoc"), KNOWN, on=ON)


def test_only_units_and_groups_of_units_report():
    duty = Obligation(from_="Phòng Chuyển đổi số và Sở Nội vụ", to="Văn phòng Sở")
    assert [one.kind for one in reporters(duty, KNOWN, on=ON)] == ["unit"]
