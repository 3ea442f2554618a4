"""Last year's dates and figures are found where they still stand, and nothing is changed without being asked."""

import pytest

from tests.record import plan
from workflow.content import Basis, Node, Task, Time
from workflow.renewal import accepted, moved_on, todos

OLD = plan(
    subject="Công tác dân vận năm 2025",
    bases=(Basis("Kế hoạch số 12/KH-UBND ngày 03/02/2025 của UBND tỉnh"),),
    opening=("Thực hiện Luật năm 2022, Sở ban hành kế hoạch năm 2025.",),
    sections=(
        Node(
            "I",
            "NỘI DUNG",
            ("Mở 3 lớp cho 120 người.", "Không có ngày nào."),
            Task(time=Time("quarters", "Quý III, IV năm 2025", "2025-07-01", "2025-12-31")),
        ),
    ),
)


def test_each_place_that_is_last_years_is_listed():
    found = todos(OLD, OLD, year=2025)
    assert [(one.place, one.found) for one in found] == [
        ("Trích yếu", ("năm 2025",)),
        ("Mở đầu", ("năm 2025",)),
        ("Mục I", ("3 lớp", "120 người")),
        ("Mục I, thời gian", ("Quý III, IV năm 2025",)),
    ]
    assert [one.proposal for one in found] == [
        "Công tác dân vận năm 2026",
        "Thực hiện Luật năm 2022, Sở ban hành kế hoạch năm 2026.",
        "",
        "Quý III, IV năm 2026",
    ]


def test_the_date_of_a_document_that_is_named_is_nothing_to_renew():
    text = plan(
        subject="Dân vận", opening=("Thực hiện Công văn số 339/UBND-NC ngày 10/4/2025, Sở làm.",), sections=()
    )
    assert todos(text, text, year=2025) == ()


def test_what_was_rewritten_is_no_longer_listed():
    now = plan(subject="Công tác dân vận năm 2026", sections=OLD.sections)
    assert [one.place for one in todos(OLD, now, year=2025)] == ["Mục I", "Mục I, thời gian"]
    assert todos(OLD, plan(subject="Khác năm 2025", sections=()), year=2025) == ()


def test_a_proposal_that_is_taken_moves_words_and_dates_together():
    found = todos(OLD, OLD, year=2025)
    made = accepted(OLD, frozenset(one.text for one in found if one.proposal), year=2025)
    assert made.subject == "Công tác dân vận năm 2026"
    assert made.sections[0].task.time == Time("quarters", "Quý III, IV năm 2026", "2026-07-01", "2026-12-31")
    assert made.bases == OLD.bases
    assert made.sections[0].paragraphs == OLD.sections[0].paragraphs
    assert accepted(OLD, frozenset(), year=2025) == OLD


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("trước ngày 30/6/2025", "trước ngày 30/6/2026"),
        (
            "Kế hoạch số 88/KH-UBND ngày 10/4/2025 giao xong trước ngày 10/4/2025",
            "Kế hoạch số 88/KH-UBND ngày 10/4/2025 giao xong trước ngày 10/4/2026",
        ),
        (
            "Luật số 10/2025/QH15, ngày 15 tháng 11 năm 2025",
            "Luật số 10/2025/QH15, ngày 15 tháng 11 năm 2025",
        ),
        ("Họp 2 lần/quý, ngày 05/3/2025", "Họp 2 lần/quý, ngày 05/3/2026"),
        ("ngày 15 tháng 11 năm 2025", "ngày 15 tháng 11 năm 2026"),
        ("ngày 29/02/2028", "ngày 28/02/2029"),
        ("Luật năm 2022", "Luật năm 2022"),
        ("quyết định 2025/QĐ", "quyết định 2025/QĐ"),
    ],
)
def test_only_dates_of_that_year_move(text, moved):
    assert moved_on(text, year=2028 if "2028" in text else 2025, by=1) == moved
