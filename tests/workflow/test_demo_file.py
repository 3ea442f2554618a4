from datetime import date
from pathlib import Path

import pytest

from workflow.agency_file import load_agencies
from workflow.demo_file import load_demo
from workflow.errors import DefinitionError

DEFINITIONS = Path(__file__).parents[2] / "definitions"


@pytest.fixture(scope="module")
def agencies():
    return load_agencies(DEFINITIONS / "agencies")


def plan(agencies, name, on, folder=DEFINITIONS / "demo"):
    return {item.entry.id: item for item in load_demo(folder, on=on, agencies=agencies)}[name]


def test_a_plan_of_last_spring_is_dated_by_the_year_before_this_one(agencies):
    assert plan(agencies, "s0", date(2026, 11, 21)).drafted == date(2025, 4, 22)
    assert plan(agencies, "s0", date(2026, 1, 1)).drafted == date(2025, 4, 22)
    assert plan(agencies, "s0", date(2027, 1, 1)).drafted == date(2026, 4, 22)


def test_a_plan_of_summer_is_dated_by_the_last_summer_that_has_come(agencies):
    assert plan(agencies, "s4", date(2026, 6, 8)).drafted == date(2026, 6, 8)
    assert plan(agencies, "s4", date(2026, 6, 7)).drafted == date(2025, 6, 8)


def test_a_plan_drafted_at_the_end_of_a_year_speaks_of_the_next(agencies):
    autumn = plan(agencies, "s3", date(2026, 11, 21))
    assert autumn.drafted == date(2026, 11, 15)
    assert "các cấp năm 2027" in autumn.text
    assert "tháng 11 năm 2026" in autumn.text
    assert "các cấp năm 2026" in plan(agencies, "s3", date(2026, 7, 21)).text


def test_the_basis_is_older_than_the_draft_and_written_as_the_decree_wants(agencies):
    assert "88/KH-UBND ngày 10/4/2025" in plan(agencies, "s0", date(2026, 11, 21)).text
    assert "59/KH-UBND ngày 04/02/2027" in plan(agencies, "s3", date(2027, 2, 25)).text


def test_reports_fall_in_years_that_have_opened_and_that_the_plan_knows(agencies):
    def years(on):
        return [(year, item.tier) for year, item in plan(agencies, "s0", on).reports]

    before, last = ["unit", "agency"], ["unit", "unit", "agency"]
    assert years(date(2026, 11, 21)) == list(zip([2025] * 2 + [2026] * 3, before + last, strict=True))
    assert years(date(2026, 10, 20)) == years(date(2026, 11, 21))
    assert years(date(2026, 10, 19)) == list(zip([2025] * 2, before, strict=True))
    assert years(date(2027, 1, 1)) == list(zip([2026] * 2, before, strict=True))


def test_a_plan_of_every_month_is_drafted_on_the_same_day_of_each(agencies):
    plans = load_demo(DEFINITIONS / "demo", on=date(2026, 3, 24), agencies=agencies)
    found = [item for item in plans if item.entry.id == "hang_thang"]
    assert [item.drafted for item in found[:3]] == [date(2026, 2, 28), date(2026, 1, 28), date(2025, 12, 28)]
    assert len(found) == 1 + found[0].entry.months
    assert "tháng 3 năm 2026" in found[0].text
    assert "tháng 01 năm 2026" in found[2].text
    assert len({item.workdays for item in found}) > 2


def test_reports_of_periods_that_are_over_have_no_year(agencies):
    assert [year for year, _ in plan(agencies, "cai_cach", date(2026, 3, 1)).reports] == [None]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("demo.yaml", "drafter: lan", "drafter: khong_ai", "plans s0.drafter: no person 'khong_ai'"),
        ("demo.yaml", "unit: TDC", "unit: TDX", "plans do_luong.unit: no unit 'TDX'"),
        ("demo.yaml", "units: [KHTC]", "units: [KHTX]", r"plans s0.reports\[3\].units: no unit 'KHTX'"),
        ("demo.yaml", "agency: so_y_te", "agency: so_y", "plans s4.agency: no agency 'so_y'"),
        ("demo.yaml", "{days_ago: 3}", "{days_ago: 3, month_day: 01-02}", "chuyen_doi_so.drafted: either"),
        ("demo.yaml", "field: do_luong", "field: do", "plans do_luong.field: no field 'do'"),
        ("demo.yaml", "10-20", "13-20", "season_opens"),
        ("demo.yaml", "late: [KV2]", "late: [KV9]", r"plans s4.reports\[0\].units: no unit 'KV9'"),
        ("s2.txt", "{nam}", "{namm}", "s2.txt: unknown placeholder {namm}"),
    ],
)
def test_a_demo_that_names_what_is_not_there_is_refused(agencies, tmp_path, file, old, new, fault):
    for path in (DEFINITIONS / "demo").iterdir():
        text = path.read_text("utf-8")
        if path.name == file:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / path.name).write_text(text, "utf-8")
    with pytest.raises(DefinitionError, match=fault):
        load_demo(tmp_path, on=date(2026, 11, 21), agencies=agencies)
