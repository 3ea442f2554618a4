"""Căn cứ."""

from dataclasses import replace as changed
from datetime import date

import pytest
from msgspec.structs import replace

from tests.workflow.lint.texts import BLOCK, codes, found, good, only
from workflow.content import Basis
from workflow.lint import KnownDocument, mend

LAW = Basis("Căn cứ Luật Đo lường;", "Luật")


def plan(*bases: Basis):
    return good(bases=bases)


@pytest.mark.parametrize(
    ("raw", "lacking"),
    [
        ("Căn cứ Kế hoạch số 31/KH-UBND của UBND tỉnh về quản lý chợ.", ["date"]),
        ("Căn cứ Quyết định số 12/QĐ-UBND của UBND tỉnh;", ["date"]),
        ("Căn cứ Quyết định ngày 12/3/2026 của UBND tỉnh;", ["number"]),
        ("Thực hiện Kế hoạch ngày 12 tháng 3 năm 2026 của UBND tỉnh về quản lý chợ.", ["number"]),
    ],
)
def test_a_basis_names_number_date_and_issuer(raw, lacking):
    finding = only(plan(LAW, Basis(raw)), "basis_incomplete")
    assert list(finding.facts["lacking"]) == lacking
    assert finding.place == "bases/1"


def test_a_basis_told_in_the_opening_names_as_much():
    said = "Kế hoạch số 31/KH-UBND của UBND tỉnh"
    content = replace(
        plan(Basis(said)), opening=(f"Thực hiện {said} về quản lý chợ, Sở lập Kế hoạch như sau:",)
    )
    finding = only(content, "basis_incomplete")
    assert (finding.place, list(finding.facts["lacking"])) == ("bases/0", ["date"])


def test_a_basis_without_its_issuer_is_a_warning():
    raw = "Căn cứ Kế hoạch số 31/KH-UBND ngày 05/02/2026 về quản lý chợ."
    assert only(plan(Basis(raw)), "basis_issuer").severity == "warning"


@pytest.mark.parametrize(
    "raw",
    [
        "Căn cứ Luật Đo lường;",
        "Căn cứ chức năng, nhiệm vụ của Sở Khoa học và Công nghệ;",
        "Theo đề nghị của Trưởng phòng Tiêu chuẩn, Đo lường, Chất lượng.",
        "Căn cứ Quy chế làm việc của Sở;",
        "Căn cứ Kế hoạch công tác năm 2026 của Sở Khoa học và Công nghệ;",
        "Căn cứ kết quả cuộc họp ngày 12/3/2026 của Ban Giám đốc;",
        "Thực hiện Chỉ thị số 09/CT-TTg ngày 12/3/2026 của Thủ tướng Chính phủ về đo lường;",
    ],
)
def test_laws_duties_and_proposals_need_no_number(raw):
    assert codes(plan(Basis(raw))) == []


def test_two_bases_on_one_line_are_parted_and_each_is_read_anew():
    raw = "Căn cứ Luật Đo lường; Căn cứ Kế hoạch số 31/KH-UBND ngày 05/02/2026 của UBND tỉnh về quản lý chợ."
    content = plan(Basis(raw))
    mended = mend(content, only(content, "basis_lines"))
    assert len(mended.bases) == 2
    assert mended.bases[1].reference_no == "31/KH-UBND"
    assert mended.bases[1].date == "2026-02-05"
    assert codes(mended) == []


def test_the_endings_are_asked_of_a_finished_paper_only():
    content = plan(replace(LAW, raw="Căn cứ Luật Đo lường."), Basis("Căn cứ nhiệm vụ năm 2026 của Sở;"))
    assert codes(content) == []
    listed = found(content, paper=changed(BLOCK, as_printed=True))
    assert [(one.code, one.place) for one in listed] == [("basis_end", "bases/0"), ("basis_end", "bases/1")]


def test_of_a_file_that_tells_its_type_each_basis_is_in_italics():
    content = plan(LAW, Basis("Căn cứ Kế hoạch số 31/KH-UBND ngày 05/02/2026 của UBND tỉnh về quản lý chợ."))
    for upright, places in (
        (("Căn cứ  Luật Đo lường;",), ["bases/0"]),
        (("Căn cứ Luật Đo lường; Căn cứ Kế hoạch số 31/KH-UBND ngày 05/02/2026 của UBND tỉnh về quản lý chợ.",),
         ["bases/0", "bases/1"]),
        (("Căn cứ tình hình thực tế, Sở quyết định.",), []),
        ((), []),
        (None, []),
    ):  # fmt: skip
        listed = found(content, paper=changed(BLOCK, as_printed=True, upright=upright))
        assert [one.place for one in listed if one.code == "basis_upright"] == places
    assert all(one.severity == "warning" and "mục II.6" in one.article for one in listed)


def test_the_data_of_a_basis_are_those_of_its_words():
    raw = "Căn cứ Kế hoạch số 31/KH-UBND ngày 05/02/2026 của UBND tỉnh về quản lý chợ."
    wrong = Basis(raw, "KH", "13/KH-UBND", "2026-02-05", "UBND tỉnh")
    assert dict(only(plan(wrong), "basis_disagrees").facts) == {"said": "31/KH-UBND", "kept": "13/KH-UBND"}
    wrong = Basis(raw, "KH", "31/KH-UBND", "2026-02-15", "UBND tỉnh")
    assert only(plan(wrong), "basis_disagrees").facts["kept"] == "2026-02-15"


@pytest.mark.parametrize(
    ("state", "year", "wanted"),
    [
        ("voided", 2026, ["basis_gone"]),
        ("closed", 2026, ["basis_gone"]),
        ("issued", 2026, []),
        ("voided", 2025, []),
    ],
)
def test_nothing_new_rests_on_what_no_longer_stands(state, year, wanted):
    raw = "Căn cứ Kế hoạch số 7/KH-SKHCN ngày 05/02/2026 của Sở Khoa học và Công nghệ về đo lường."
    known = KnownDocument("07/KH-SKHCN", date(year, 2, 5), "Đo lường", state)
    listed = found(plan(Basis(raw)), paper=changed(BLOCK, known=(known,)))
    assert [one.code for one in listed if one.code != "cited_zero"] == wanted
    if wanted:
        assert (listed[0].place, listed[0].facts["number"]) == ("bases/0", "07/KH-SKHCN")


def test_a_decree_stands_before_the_plan_of_the_province():
    later = Basis("Căn cứ Nghị định số 86/2012/NĐ-CP ngày 19/10/2012 của Chính phủ về đo lường;")
    first = Basis("Căn cứ Kế hoạch số 31/KH-UBND ngày 05/02/2026 của UBND tỉnh về quản lý chợ;")
    assert only(plan(first, later), "basis_order").severity == "warning"
    assert codes(plan(later, first)) == []
