"""The block above the name."""

from dataclasses import replace

import pytest

from tests.workflow.lint.texts import BLOCK, codes, good, only, saying
from workflow.lint import PaperFacts, mend


def block(*lines: str, name: str = "Đỗ Thanh Sơn") -> PaperFacts:
    return PaperFacts(signature_lines=lines, signer_name=name)


@pytest.mark.parametrize(
    "lines",
    [
        ("GIÁM ĐỐC",),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
        ("TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        ("Q. GIÁM ĐỐC",),
    ],
)
def test_the_blocks_of_the_decree_are_right(lines):
    assert codes(good(), paper=block(*lines)) == []


def test_a_capacity_is_followed_by_a_space():
    finding = only(good(), "capacity_spacing", paper=block("KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))
    assert finding.facts["after"] == "KT. GIÁM ĐỐC"
    assert (finding.place, finding.fix) == ("signer", None)


def test_a_block_that_slid_into_the_text_is_mended_there():
    content = saying("KT.GIÁM ĐỐC", "Xe đỗ ở TP.Hòa An.")
    finding = only(content, "capacity_spacing")
    assert mend(content, finding).sections[0].paragraphs == ("KT. GIÁM ĐỐC", "Xe đỗ ở TP.Hòa An.")


def test_under_kt_stands_the_deputys_title():
    assert codes(good(), paper=block("KT. GIÁM ĐỐC")) == ["capacity_form"]
    assert codes(good(), paper=block("KT. GIÁM ĐỐC", "GIÁM ĐỐC")) == ["capacity_form"]


def test_the_head_named_is_the_agencys_own():
    finding = only(good(), "capacity_title", paper=block("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"))
    assert finding.facts["meant"] == "KT. GIÁM ĐỐC"


def test_titles_stand_in_capitals_and_names_do_not():
    assert codes(good(), paper=block("KT. GIÁM ĐỐC", "Phó Giám đốc")) == ["capacity_case"]
    assert codes(good(), paper=block("GIÁM ĐỐC", name="ĐỖ THANH SƠN")) == ["signer_case"]


def test_no_degree_stands_before_a_name():
    finding = only(good(), "signer_degree", paper=block("GIÁM ĐỐC", name="TS. Đỗ Thanh Sơn"))
    assert finding.facts["name"] == "Đỗ Thanh Sơn"


def test_a_missing_name_is_asked_of_a_finished_paper_only():
    assert codes(good(), paper=replace(BLOCK, signer_name="")) == []
    assert codes(good(), paper=replace(BLOCK, signer_name="", as_printed=True)) == ["signer_missing"]
