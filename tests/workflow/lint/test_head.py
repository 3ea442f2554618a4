"""Symbol, number, place, date, type and trích yếu."""

from dataclasses import replace

import pytest

from tests.workflow.lint.texts import BLOCK, codes, good, only, saying
from workflow.lint import CODES, PaperFacts


def test_a_well_made_plan_is_not_found_fault_with():
    assert codes(good()) == []


def test_a_symbol_names_the_type_and_the_agency():
    finding = only(good(symbol="KH-SKHCNHA"), "symbol_form")
    assert (finding.fix.before, finding.fix.after) == ("KH-SKHCNHA", "KH-SKHCN")
    assert finding.severity == "error"
    assert "mục II.3" in finding.article
    assert only(good(symbol=""), "symbol_missing").severity == "warning"


def test_a_cong_van_bears_the_agency_and_the_unit():
    assert codes(good(doc_type="cong_van", symbol="SKHCN-TĐC")) == []
    assert codes(good(doc_type="cong_van", symbol="CV-SKHCN")) == ["symbol_form"]


def test_the_place_is_the_agencys_own():
    assert only(good(place="Hoà An"), "place_form").fix.after == "Hòa An"
    assert codes(good(place="")) == ["place_missing"]


@pytest.mark.parametrize(
    ("subject", "rest"),
    [
        ("Kế hoạch kiểm định phương tiện đo", "Kiểm định phương tiện đo"),
        ("KẾ HOẠCH: kiểm định", "Kiểm định"),
        ("Ke hoach kế hoạch kiểm định", "Kiểm định"),
    ],
)
def test_the_subject_does_not_repeat_its_type(subject, rest):
    finding = only(good(subject=subject), "subject_repeats_type")
    assert finding.fix.after == rest


def test_a_subject_may_begin_with_the_number_of_another_plan():
    assert codes(good(subject="Kế hoạch số 31/KH-UBND ngày 05/02/2026 của UBND tỉnh: phần việc của Sở")) == []


def test_a_subject_is_there_is_short_and_ends_without_a_stop():
    assert codes(good(subject=" ")) == ["subject_missing"]
    assert codes(good(subject="x" * 501)) == ["subject_long"]
    assert only(good(subject="Kiểm định phương tiện đo."), "subject_stop").fix.after.endswith("tiện đo")


def test_an_unknown_type_is_told_and_nothing_is_built_on_it():
    assert codes(good(doc_type="XX")) == ["type_unknown"]


@pytest.mark.parametrize("line", ["Số:      /KH-SKHCN", "Số: 52/KH-SKHCN", "Số: ……/KH-SKHCN"])
def test_a_number_line_may_be_blank(line):
    assert codes(good(), paper=replace(BLOCK, number_line=line, number="52")) == []


def test_a_printed_number_has_no_space_inside_and_a_zero_in_front():
    paper = replace(
        BLOCK, number_line="Số: 7 /KH-SKHCN", number="7", date_line="Hòa An, ngày 5 tháng 2 năm 2026"
    )
    assert sorted(codes(good(), paper=paper)) == ["date_zero", "number_zero", "symbol_spacing"]
    right = PaperFacts(
        number_line="Số: 07/KH-SKHCN", number="07", date_line="Hòa An, ngày 05 tháng 02 năm 2026"
    )
    assert codes(good(), paper=right) == []


def test_number_and_date_are_not_typed_into_the_text():
    assert codes(saying("Số: 12/KH-SKHCN", "Việc cần làm.")) == ["number_in_text"]
    assert codes(saying("Hòa An, ngày 05 tháng 02 năm 2026")) == ["number_in_text"]
    assert codes(saying("Ngày 05 tháng 02 năm 2026, Sở họp với các ban quản lý chợ.")) == []


def test_a_plan_without_parts_says_so():
    assert "sections_missing" in codes(good(sections=()))


def test_every_code_names_its_gravity_and_where_there_is_one_its_article():
    assert len(CODES) > 50
    for code in CODES.values():
        assert code.severity in ("error", "warning")
        assert code.article == "" or code.article.startswith("NĐ 30/2020, ")
