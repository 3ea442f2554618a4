"""The three agencies as shipped: what the demonstration and the audit screens rely on."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from workflow.agency_file import load_agencies
from workflow.parties import expand_group, known_in
from workflow.staffing import unstaffed

DEFINITIONS = Path(__file__).parents[2] / "definitions"
AGENCIES = load_agencies(DEFINITIONS / "agencies")
TODAY = date(2026, 11, 21)


@pytest.fixture(params=AGENCIES, ids=lambda agency: agency.code)
def agency(request):
    return request.param


def test_each_agency_is_staffed_in_every_month_from_2026_to_2028(agency):
    for month in range(36):
        assert unstaffed(agency, date(2026 + month // 12, month % 12 + 1, 6)) == []


def test_each_agency_has_head_two_deputies_and_fields_shared_out_between_them(agency):
    assert len(agency.holders("director", TODAY)) == 1
    assert len(agency.holders("deputy_director", TODAY)) == 2
    given = [
        authority for authority in agency.authorities if authority.kind == "KT" and authority.holds(TODAY)
    ]
    shared = [field for authority in given for field in authority.fields]
    assert sorted(shared) == sorted(field.id for field in agency.fields)
    assert {authority.person for authority in given} == set(agency.holders("deputy_director", TODAY))


def test_each_agency_has_one_of_each_kind_of_authority_for_the_audit_screen(agency):
    kinds = {authority.kind for authority in agency.authorities}
    assert kinds >= {"KT", "TL", "TL_KT", "TUQ"}
    assert all(not item.holds(TODAY) for item in agency.authorities if item.kind == "TUQ")


def test_the_one_who_aggregates_and_accepts_sits_in_the_unit_left_out_of_groups(agency):
    assert agency.holders("chief_of_office", TODAY, unit=agency.aggregator)
    known = known_in(agency)
    for group in agency.groups:
        for phrase in group.phrases:
            codes = expand_group(phrase, known, on=TODAY)
            assert codes
            assert agency.aggregator not in codes


def test_no_group_reaches_leaders_or_outside_bodies(agency):
    kinds = {unit.code: unit.kind for unit in agency.units}
    known = known_in(agency)
    reached = {
        code
        for group in agency.groups
        for phrase in group.phrases
        for code in expand_group(phrase, known, on=TODAY) or ()
    }
    assert {kinds[code] for code in reached} <= {"department", "affiliated"}


def test_clerk_and_checker_stand_ready_for_what_the_office_drafts_itself(agency):
    clerks = set(agency.holders("clerk", TODAY, unit=agency.aggregator))
    assert clerks
    assert clerks <= set(agency.holders("format_checker", TODAY))
    assert not clerks & set(agency.holders("dept_head", TODAY))


def test_the_auditor_comes_from_outside_with_a_decision_and_the_admin_does_no_business(agency):
    (auditor,) = agency.holders("auditor", TODAY)
    (admin,) = agency.holders("admin", TODAY)
    for person, post, holding in agency.seats(TODAY):
        if person.login == auditor:
            assert agency.unit(post.unit).kind == "outside"
            assert holding.basis.startswith("Quyết định số ")
            assert holding.covers_from < holding.covers_to
        if person.login == admin:
            assert post.roles == ("admin",)


def test_departmental_inspectorates_ended_with_june_2025_and_left_their_work_to_a_standing_unit():
    ended = [(agency, unit) for agency in AGENCIES for unit in agency.units if unit.valid_to is not None]
    assert {agency.code for agency, _ in ended} == {"so_khcn", "so_y_te"}
    for agency, unit in ended:
        assert unit.name == "Thanh tra Sở"
        assert unit.valid_to == date(2025, 6, 30)
        assert agency.unit(unit.successor).stands(unit.valid_to + timedelta(days=1))
        assert unit.successor != agency.aggregator


def test_the_demo_agencies_hold_nothing_between_signing_and_numbering(agency):
    assert agency.settings.hold_minutes == 0
    assert agency.settings.format_check


def test_no_name_is_borne_by_two_people():
    names = [person.name for agency in AGENCIES for person in agency.people]
    assert len(names) == len(set(names))
