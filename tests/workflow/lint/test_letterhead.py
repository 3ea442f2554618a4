"""Quốc hiệu, tiêu ngữ and the agency above a paper that came as a file."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from tests.workflow.lint.test_tasks import with_tasks
from tests.workflow.lint.texts import BLOCK, codes, good, only, saying, task_node
from workflow.lint import PaperFacts, of_the_party
from workflow.lint.letterhead import letterhead_of

AGENCY = "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
RIGHT = ("UBND TỈNH HÒA AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", AGENCY, "Độc lập - Tự do - Hạnh phúc")


def headed(*cells: str, agency: str = AGENCY) -> PaperFacts:
    return replace(BLOCK, letterhead=cells, agency_line=agency)


@pytest.mark.parametrize(
    "text",
    [
        "UBND TỈNH HÒA AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\t"
        "Độc lập - Tự do - Hạnh phúc\n\nKẾ HOẠCH\nCân đúng",
        "| **UBND TỈNH HÒA AN**<br>**SỞ KHOA HỌC VÀ CÔNG NGHỆ** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>"
        "**Độc lập - Tự do - Hạnh phúc** |\n|---|---|\n# KẾ HOẠCH\n",
        "UBND TỈNH HÒA AN     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ KHOA HỌC VÀ CÔNG NGHỆ     "
        "Độc lập - Tự do - Hạnh phúc\n--------\nKính gửi: UBND tỉnh",
    ],
    ids=["tab", "table", "spaces"],
)
def test_the_cells_above_the_title_are_read_from_every_layout(text):
    cells = letterhead_of(text)
    assert sorted(cells) == sorted(RIGHT)
    assert codes(good(), paper=headed(*cells)) == []


@pytest.mark.parametrize(
    "right",
    ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", "Độc lập - Tự do - Hạnh phúc"],
)
def test_both_ways_of_writing_the_tones_and_either_dash_are_right(right):
    assert codes(good(), paper=headed(*RIGHT, right)) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("CÔNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RIGHT[1]),
        ("Cộng hòa xã hội chủ nghĩa Việt Nam", RIGHT[1]),
        ("Độc Lập - Tự Do - Hạnh Phúc", RIGHT[3]),
        ("Độc lập-Tự do-Hạnh phúc", RIGHT[3]),
        ("ĐỘC LẬP - TỰ DO - HẠNH PHÚC", RIGHT[3]),
    ],
)
def test_a_letter_or_a_dash_that_is_wrong_is_an_error(wrong, right):
    finding = only(good(), "motto_form", paper=headed(*RIGHT, wrong))
    assert (finding.facts["before"], finding.facts["after"]) == (wrong, right)
    assert (finding.severity, "mục II.1" in finding.article) == ("error", True)


def test_a_lost_letterhead_is_a_warning_and_the_law_in_a_sentence_is_none():
    assert only(good(), "motto_missing", paper=headed(AGENCY)).severity == "warning"
    named = "KẾ HOẠCH\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;"
    assert letterhead_of(named) == ()


def test_of_our_own_paper_it_is_not_asked():
    assert codes(good()) == []


def test_the_agency_is_named_and_may_be_named_with_its_province():
    assert codes(good(), paper=headed(*RIGHT, agency="")) == ["agency_missing"]
    for line in (AGENCY, f"{AGENCY} TỈNH HÒA AN", "Sở Khoa học và Công nghệ"):
        assert codes(good(), paper=headed(*RIGHT, agency=line)) == []


def test_a_paper_of_another_agency_is_not_measured_by_our_names():
    """Its symbol, its place and its units are its own; what every paper must have is still asked."""
    content = with_tasks(task_node("1", leads=("Thanh tra Sở",)), task_node("2"))
    content = changed(content, symbol="KH-STP", place="Mường Hòa", archive_line="Lưu: VT, PBGDPL.")
    assert {"symbol_form", "place_form", "archive_unit", "unit_ended"} <= set(codes(content))
    assert codes(content, paper=headed(*RIGHT, agency="SỞ TƯ PHÁP")) == ["agency_other"]
    content = changed(content, recipients=())
    assert codes(content, paper=headed(*RIGHT, agency="SỞ TƯ PHÁP")) == ["recipients_missing", "agency_other"]


def test_the_same_name_in_another_province_is_another_agency():
    content = changed(saying("Sở phối hợp với UBND tỉnh Mường Hòa."), place="Mường Hòa")
    finding = only(content, "agency_other", paper=headed(*RIGHT))
    assert "Mường Hòa" in finding.facts["said"]
    assert "Hòa An" in finding.facts["meant"]
    slipped = changed(good(), place="Hoà An")
    assert codes(slipped, paper=headed(*RIGHT)) == ["place_form"]


def test_a_paper_of_the_party_is_told():
    head = "TỈNH ỦY HÒA AN\tĐẢNG CỘNG SẢN VIỆT NAM\nBAN TỔ CHỨC\n\nKẾ HOẠCH\n"
    assert of_the_party(head)
    assert not of_the_party("UBND TỈNH\n\nKẾ HOẠCH\nTheo chủ trương của Đảng Cộng sản Việt Nam")
