"""Citations that disagree."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workflow.lint.texts import AGENCY, BLOCK, codes, found, good, only, saying
from workflow.lint import Asked, KnownDocument, PaperFacts, Text, cited_in

CITED = "Theo Quyết định số 77/QĐ-UBND ngày {} của UBND tỉnh về quản lý chợ."


def asked_of(content) -> Asked:
    return cited_in(Text(content, AGENCY, PaperFacts()))


def test_one_document_with_two_dates_is_an_error():
    finding = only(saying(CITED.format("12/3/2026"), CITED.format("21/3/2026")), "cited_dates")
    assert len(finding.facts["raws"]) == 2
    assert codes(saying(CITED.format("12/3/2026"), CITED.format("12 tháng 3 năm 2026"))) == []


def test_one_document_of_two_bodies_is_a_warning():
    other = "Theo Quyết định số 77/QĐ-UBND ngày 12/3/2026 của Sở Nội vụ về quản lý chợ."
    assert only(saying(CITED.format("12/3/2026"), other), "cited_issuers").severity == "warning"


def test_the_same_words_under_two_numbers_are_a_warning():
    words = "Theo Quyết định số {}/QĐ-UBND ngày 12/3/2026 của UBND tỉnh về quản lý, sắp xếp các chợ loại 1."
    assert only(saying(words.format(77), words.format(78)), "cited_numbers").severity == "warning"
    other = words.format(78).replace("các chợ loại 1", "bến xe")
    assert codes(saying(words.format(77), other.replace("về quản lý", "về quy hoạch"))) == []


def test_a_symbol_with_a_year_is_dated_in_that_year():
    wrong = "Theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2021 của Chính phủ về công tác văn thư."
    assert only(saying(wrong), "cited_year").facts["year"] == "2020"
    assert codes(saying(wrong.replace("2021", "2020"))) == []


def test_nothing_is_cited_that_is_dated_after_the_day():
    assert only(saying(CITED.format("12/3/2027")), "cited_future").facts["date"] == "2027-03-12"
    early = replace(AGENCY, on=date(2026, 2, 20))
    assert codes(saying(CITED.format("12/3/2026")), agency=early) == ["cited_future"]


def known(*days: date):
    return replace(BLOCK, known=tuple(KnownDocument("77/QĐ-UBND", day) for day in days))


def test_a_document_of_this_system_bears_the_day_it_bears():
    content = saying(CITED.format("12/3/2026"))
    assert only(content, "cited_known", paper=known(date(2026, 3, 21))).facts["known"] == "2026-03-21"
    assert codes(content, paper=known(date(2026, 3, 12))) == []


def test_the_same_number_of_another_year_is_another_document():
    assert codes(saying(CITED.format("12/3/2026")), paper=known(date(2025, 3, 21), date(2024, 1, 2))) == []


def test_the_numbers_to_ask_for_are_as_the_register_writes_them():
    content = saying(
        "Theo Kế hoạch số 8/KH-SKHCN ngày 05/02/2026 của Sở Khoa học và Công nghệ; Chỉ thị số 9/CT-TTg."
    )
    asked = asked_of(content)
    assert ("08/KH-SKHCN", 2026) in asked.numbers
    assert not [number for number, _ in asked.numbers if "CT-TTg" in number]
    assert asked_of(good(bases=())) == Asked()


def test_only_the_days_of_what_the_agency_itself_issued_are_asked_for():
    own = (
        "Theo Kế hoạch số 8/KH-SKHCN ngày 05/02/2026 của Sở; Công văn số 12/SKHCN-VP ngày 06/02/2026 của Sở."
    )
    assert asked_of(saying(own)).days == {date(2026, 2, 5), date(2026, 2, 6)}
    assert asked_of(saying(CITED.format("12/3/2026"))).days == frozenset()


@pytest.mark.parametrize(
    ("number", "title", "subject", "wanted"),
    [
        ("07", "kiểm định phương tiện đo tại các chợ", "Kiểm định phương tiện đo tại các chợ năm 2026", True),
        ("07", "kiểm định phương tiện đo tại bến xe", "Kiểm định phương tiện đo tại các chợ", True),
        ("07", "kiểm định phương tiện đo", "Kiểm định phương tiện đo tại các chợ", False),
        ("07", "thu phí chợ", "Thu phí chợ", False),
        ("8", "kiểm định phương tiện đo tại các chợ", "Kiểm định phương tiện đo tại các chợ", False),
    ],
)
def test_the_day_and_title_of_a_document_of_this_system_belong_to_its_number(number, title, subject, wanted):
    content = saying(
        f"Theo Kế hoạch số {number}/KH-SKHCN ngày 05/02/2026 của Sở Khoa học và Công nghệ về {title}."
    )
    document = KnownDocument("08/KH-SKHCN", date(2026, 2, 5), subject)
    listed = [
        one for one in found(content, paper=replace(BLOCK, known=(document,))) if one.code != "cited_zero"
    ]
    assert [one.code for one in listed] == (["cited_known_number"] if wanted else [])
    if wanted:
        assert listed[0].facts["known"] == "08/KH-SKHCN"
