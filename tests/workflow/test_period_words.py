"""How periods are said."""

import pytest

from workflow.period_words import period_words


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("2026", "năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026-Q3", "quý III năm 2026"),
        ("2026-09", "tháng 9 năm 2026"),
        ("2026-12", "tháng 12 năm 2026"),
        ("once", "năm 2027"),
    ],
)
def test_a_period_is_said_by_its_key(key, said):
    assert period_words(key, 2027) == said
