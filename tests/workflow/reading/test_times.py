"""The times agencies write, each to its kind and its dates."""

import pytest

from workflow.reading.times import read_time, time_in_prose

TIMES = [
    ("Quý III, IV năm 2023.", "quarters", "2023-07-01", "2023-12-31"),
    ("Quý III, Quý IV năm 2023", "quarters", "2023-07-01", "2023-12-31"),
    ("Quý I - III/2024", "quarters", "2024-01-01", "2024-09-30"),
    ("Quý IV/2024 và quý I/2025", "quarters", "2024-10-01", "2025-03-31"),
    ("Từ quý II/2024", "quarters", "2024-04-01", None),
    ("Quý 2 năm 2025", "quarters", "2025-04-01", "2025-06-30"),
    ("Quý III", "quarters", None, None),
    ("Quý IV hằng năm", "periodic", None, None),
    ("Năm 2023", "year", "2023-01-01", "2023-12-31"),
    ("2024", "year", "2024-01-01", "2024-12-31"),
    ("Năm 2023 và các năm tiếp theo.", "year_onward", "2023-01-01", None),
    ("Từ năm 2024 trở đi", "year_onward", "2024-01-01", None),
    ("Trước ngày 30/6/2024", "date_before", None, "2024-06-29"),
    ("Chậm nhất ngày 30/6/2024", "date_before", None, "2024-06-30"),
    ("Chậm nhất trước ngày 30/6/2024", "date_before", None, "2024-06-29"),
    ("Trước 16 giờ ngày 15/6/2024", "date_before", None, "2024-06-15"),
    ("Đến hết ngày 31/12/2024", "date_before", None, "2024-12-31"),
    ("Trước ngày 01 tháng 3 năm 2024", "date_before", None, "2024-02-29"),
    ("Không quá ngày 30/6/2024", "date_before", None, "2024-06-30"),
    ("Sau ngày 30/6/2024", "unspecified", None, None),
    ("Trước ngày 30 tháng 6 và 15 tháng 12 năm 2024", "unspecified", None, None),
    ("Trước ngày 30/6/2024 và ngày 15/12/2024", "unspecified", None, None),
    ("Trước tháng 6/2024", "date_before", None, "2024-05-31"),
    ("Trước 15/6", "date_before", None, None),
    ("Trước ngày 15/11 hằng năm", "yearly_before", None, None),
    ("Tháng 6/2024", "month", "2024-06-01", "2024-06-30"),
    ("Tháng 12/2025, tháng 4/2026", "month", "2025-12-01", "2026-04-30"),
    ("Tháng 10", "month", None, None),
    ("Từ ngày 01/3/2024 đến ngày 30/6/2024", "range", "2024-03-01", "2024-06-30"),
    ("15 - 30/6/2024", "range", "2024-06-15", "2024-06-30"),
    ("Từ tháng 11/2024 đến tháng 02/2025", "range", "2024-11-01", "2025-02-28"),
    ("6 tháng đầu năm 2024", "range", "2024-01-01", "2024-06-30"),
    ("Giai đoạn 2024 - 2025", "range", "2024-01-01", "2025-12-31"),
    ("Thường xuyên", "continuous", None, None),
    ("Thường xuyên trong năm 2024", "continuous", "2024-01-01", "2024-12-31"),
    ("Sau khi Chính phủ ban hành Nghị định", "event", None, None),
    ("Theo Kế hoạch của Sở Nội vụ", "event", None, None),
    ("Trong vòng 10 ngày kể từ ngày ban hành", "relative", None, None),
    ("Chậm nhất 05 ngày làm việc sau khi nhận được văn bản", "relative", None, None),
    ("Định kỳ và khi có yêu cầu của cấp thẩm quyền", "periodic", None, None),
    ("Hằng quý", "periodic", None, None),
    ("Cuối năm 2024", "unspecified", None, None),
    ("Theo phân công", "unspecified", None, None),
    ("Trước ngày 31/02/2024", "unspecified", None, None),
    ("Quý V năm 2026", "unspecified", None, None),
    ("Quý IV, V năm 2026", "unspecified", None, None),
    ("Trước quý VI năm 2026", "unspecified", None, None),
    ("Quý 5/2026", "unspecified", None, None),
    ("Từ tháng 13 đến tháng 15/2024", "unspecified", None, None),
    ("Từ ngày 30/6/2024 đến ngày 01/3/2024", "unspecified", None, None),
]


@pytest.mark.parametrize(("written", "kind", "start", "end"), TIMES)
def test_a_written_time_has_its_kind_and_dates(
    written: str, kind: str, start: str | None, end: str | None
) -> None:
    found = read_time(written)
    assert (found.kind, found.from_, found.to) == (kind, start, end)
    assert found.raw == written.rstrip(".")


def test_both_spellings_of_hang_nam_are_one() -> None:
    assert (
        read_time("Trước ngày 15/11 hàng năm").kind
        == read_time("Trước ngày 15/11 hằng năm").kind
        == "yearly_before"
    )


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Thường xuyên đưa tin về Luật.", "continuous"),
        ("Làm theo Luật sau khi có hướng dẫn của cấp có thẩm quyền.", "event"),
        ("Rà soát danh mục, hoàn thành trong quý II/2024.", "quarters"),
        ("Trình Ủy ban nhân dân tỉnh trước ngày 30/9/2025.", "date_before"),
    ],
)
def test_a_sentence_may_state_its_time_without_a_label(sentence: str, kind: str) -> None:
    found = time_in_prose(sentence)
    assert found is not None
    assert found.kind == kind
    assert found.raw in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Làm theo Kế hoạch số 12/KH-UBND ngày 03/4/2024 của UBND tỉnh.",
        "Nâng cao chất lượng công tác năm 2024.",
        "Số liệu từ năm 2020.",
    ],
)
def test_the_date_of_a_cited_document_is_no_time_of_a_task(sentence: str) -> None:
    assert time_in_prose(sentence) is None
