"""Cited documents: only what the words say, and contradictions reported."""

import pytest

from workflow.reading.citations import bases_of, citations_in, disagreements


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về một cửa",
            ("NĐ", "61/2018/NĐ-CP", "2018-04-23", "Chính phủ"),
        ),
        (
            "Chỉ thị số 21-CT/TU ngày 01/4/2022 của Tỉnh ủy Hòa An về dân vận",
            ("CT", "21-CT/TU", "2022-04-01", "Tỉnh ủy Hòa An"),
        ),
        (
            "theo Công văn số 339/UBND-NC ngày 06/02/2023 của UBND tỉnh.",
            ("CV", "339/UBND-NC", "2023-02-06", "UBND tỉnh"),
        ),
        (
            "Thông tư số 07/2021/TT-BLĐTBXH ngày 18/7/2021 của Bộ trưởng Bộ Lao động - Thương binh và Xã hội hướng dẫn",
            ("TT", "07/2021/TT-BLĐTBXH", "2021-07-18", "Bộ trưởng Bộ Lao động - Thương binh và Xã hội"),
        ),
        ("Luật Đất đai số 31/2024/QH15 ngày 18/01/2024", ("Luật", "31/2024/QH15", "2024-01-18", None)),
        ("Công văn 12/SNV-CCHC", ("CV", "12/SNV-CCHC", None, None)),
        ("Kế hoạch số 88/KH-UBND ngày 31/02/2024 của UBND tỉnh", ("KH", "88/KH-UBND", None, "UBND tỉnh")),
        (
            "Chương trình số 12-CTr/TU, ngày 15/01/2024 của Ban Thường vụ Tỉnh ủy",
            ("CTr", "12-CTr/TU", "2024-01-15", "Ban Thường vụ Tỉnh ủy"),
        ),
    ],
)
def test_a_citation_says_what_is_printed(text: str, said: tuple[str | None, ...]) -> None:
    [found] = citations_in(text)
    assert (found.doc_type, found.reference_no, found.date, found.issuer) == said


@pytest.mark.parametrize(
    "text", ["Kế hoạch này được gửi các phòng.", "thi hành luật nghiêm minh", "báo cáo kết quả số liệu"]
)
def test_a_type_without_number_or_name_is_no_citation(text: str) -> None:
    assert citations_in(text) == []


def test_one_number_with_two_dates_is_a_disagreement() -> None:
    text = "Kế hoạch số 59/KH-UBND ngày 15/3/2024 của UBND tỉnh và Kế hoạch số 59/KH-UBND ngày 16/3/2024 của UBND tỉnh"
    [(what, raws)] = disagreements(citations_in(text))
    assert "ngày" in what
    assert len(raws) == 2


def test_two_bodies_for_one_number_are_a_disagreement_but_a_shorter_name_is_not() -> None:
    other = (
        "Quyết định số 5/QĐ-X ngày 01/02/2024 của Sở Y tế và Quyết định số 5/QĐ-X ngày 01/02/2024 của Bộ Y tế"
    )
    assert len(disagreements(citations_in(other))) == 1
    same = "Kế hoạch số 5/KH-UBND ngày 01/02/2024 của UBND tỉnh và Kế hoạch số 5/KH-UBND của UBND tỉnh Hòa An"
    assert disagreements(citations_in(same)) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Theo đề nghị của Trưởng phòng Kế hoạch tại Tờ trình số 12/TTr-KT ngày 30/01/2026.",
            ("TTr", "12/TTr-KT", "2026-01-30", None),
        ),
        (
            "Xét đề nghị của Giám đốc Sở Y tế (Tờ trình số 07/TTr-SYT ngày 02 tháng 3 năm 2026);",
            ("TTr", "07/TTr-SYT", "2026-03-02", None),
        ),
        ("Theo đề nghị của Trưởng phòng Kế hoạch.", (None, None, None, None)),
        (
            "Căn cứ chức năng của Phòng Kế hoạch tại Quyết định số 5/QĐ-SYT ngày 02/3/2026;",
            (None, None, None, None),
        ),
    ],
)
def test_a_basis_that_is_asked_for_cites_the_paper_that_asks(line: str, said: tuple[str | None, ...]) -> None:
    [found] = bases_of([line], [], "")
    assert (found.doc_type, found.reference_no, found.date, found.issuer) == said
    assert found.raw == line
