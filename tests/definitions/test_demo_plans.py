"""The demonstration's plans as shipped: well formed, and possible with the people there are."""

import re
from datetime import date
from pathlib import Path

import pytest

from workflow.agency_file import load_agencies
from workflow.catalogue import load_catalogue, signature_block
from workflow.demo_file import load_demo
from workflow.parties import known_in, resolve_parties
from workflow.staffing import signers

DEFINITIONS = Path(__file__).parents[2] / "definitions"
TODAY = date(2026, 11, 21)
AGENCIES = {agency.code: agency for agency in load_agencies(DEFINITIONS / "agencies")}
PLANS = load_demo(DEFINITIONS / "demo", on=TODAY, agencies=tuple(AGENCIES.values()))
LABELS = r"- (?:Đơn vị|Cơ quan) (?:chủ trì|thực hiện|phối hợp): (.+)"


@pytest.fixture(params=PLANS, ids=lambda plan: plan.entry.id)
def plan(request):
    return request.param


@pytest.fixture
def agency(plan):
    return AGENCIES[plan.entry.agency]


def test_the_four_plans_of_the_seeds_are_there_and_plans_of_other_units_in_every_other_state():
    states = {item.entry.id: item.entry.state for item in PLANS}
    assert [name for name in states if name.startswith("s")] == ["s0", "s2", "s3", "s4"]
    assert len({(item.entry.agency, item.entry.unit) for item in PLANS}) >= 8
    assert set(states.values()) >= {
        "returned", "dept_review", "format_check", "awaiting_signature", "signed", "numbered", "issued",
    }  # fmt: skip


def test_a_plan_that_came_back_says_the_words_its_drafter_changed():
    sent_back = [item for item in PLANS if item.entry.sent_back]
    assert sent_back
    for item in sent_back:
        assert item.text.count(item.entry.sent_back.from_) == 1
        assert len(item.entry.sent_back.note) >= 10


def test_the_header_is_complete_and_number_and_day_are_left_to_van_thu(plan, agency):
    lines = plan.text.splitlines()
    assert lines[:2] == [agency.printed_parent, agency.printed_name]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in lines
    assert "Độc lập - Tự do - Hạnh phúc" in lines
    assert f"Số:      /KH-{agency.symbol}" in lines
    assert any(re.fullmatch(r"Hòa An, ngày      tháng \d{1,2} năm \d{4}", line) for line in lines)
    assert lines[lines.index("KẾ HOẠCH") + 1]


def test_sections_follow_each_other_and_the_text_ends_as_the_decree_wants(plan):
    assert re.findall(r"^(I{1,3}|IV)\. ", plan.text, re.M) == ["I", "II", "III"]
    body, _, rest = plan.text.partition("\nNơi nhận:\n")
    assert body.rstrip().endswith("./.")
    assert body.count("./.") == 1
    assert rest


def test_the_archive_line_names_the_drafting_unit(plan, agency):
    symbol = agency.unit(plan.entry.unit).symbol
    assert f"- Lưu: VT, {symbol}." in plan.text.splitlines()


def test_every_lead_and_coordinator_is_somebody_the_agency_knows(plan, agency):
    for words in re.findall(LABELS, plan.text):
        parties = resolve_parties(words, known_in(agency), on=plan.drafted)
        assert parties
        assert all(party.kind in ("unit", "group") and not party.ended for party in parties), words


def test_every_recipient_is_somebody_the_agency_knows(plan, agency):
    block = plan.text.partition("Nơi nhận:\n")[2].partition("\n\n")[0]
    for line in block.splitlines():
        if not line.startswith("- Lưu"):
            words = re.sub(r"\s*\((?:b/c|thay báo cáo)\)", "", line.removeprefix("- "))
            kinds = {party.kind for party in resolve_parties(words, known_in(agency), on=plan.drafted)}
            assert kinds
            assert "unknown" not in kinds, line


def test_the_signature_block_is_what_the_signers_capacity_prints(plan, agency):
    signer = {person.login: person.name for person in agency.people}[plan.entry.signer]
    kt = load_catalogue(DEFINITIONS / "catalogue").capacity("KT")
    block = signature_block(kt, head=agency.head_title, own=agency.deputy_title)
    assert plan.text.rstrip().splitlines()[-4:] == [*block, "", signer]


def test_those_named_hold_the_duties_on_that_day_and_are_kept_apart(plan, agency):
    entry, on = plan.entry, plan.drafted
    assert entry.drafter in agency.holders("drafter", on, unit=entry.unit)
    assert entry.approver in agency.holders("dept_head", on, unit=entry.unit)
    assert entry.checker in agency.holders("format_checker", on)
    assert entry.signer in signers(agency, entry.field, on)
    assert entry.clerk in agency.holders("clerk", on)
    assert len({entry.drafter, entry.approver, entry.checker, entry.signer}) == 4
    assert entry.clerk != entry.signer


def test_reports_are_drafted_by_the_office_and_leave_some_units_late():
    for plan in (item for item in PLANS if item.reports):
        agency = AGENCIES[plan.entry.agency]
        done = {
            code
            for year, item in plan.reports
            if year in (2026, None) and item.tier == "unit"
            for code in item.units
        }
        group = {"s0": {"phong", "don_vi"}, "s4": {"truc_thuoc"}, "cai_cach": {"phong"}}
        tag = group[plan.entry.id]
        asked = {unit.code for unit in agency.units if tag & set(unit.tags) and unit.stands(TODAY)}
        assert done < asked - {agency.aggregator}
        assert all(set(item.late) <= asked for _, item in plan.reports)
        for _, item in plan.reports:
            if item.tier == "agency":
                assert item.drafter in agency.holders("drafter", TODAY, unit=agency.aggregator)
                assert item.signer in signers(agency, plan.entry.field, TODAY)


def test_the_deadlines_of_the_seeds_are_carried():
    text = {item.entry.id: item.text for item in PLANS}
    assert "trước ngày 10/11 hằng năm" in text["s0"]
    assert "Sở Nội vụ trước ngày 15/11 hằng năm" in text["s0"]
    assert "Hằng năm, trước ngày 15 tháng 11 hoặc đột xuất" in text["s4"]
    assert "trước ngày 01 tháng 12 hằng năm" in text["s4"]
    assert "Phụ lục Công văn số 339/UBND-NC" in text["s3"]
    assert not re.search(r"trước ngày", text["s2"])
