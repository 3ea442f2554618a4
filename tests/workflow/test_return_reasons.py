"""Reasons of return are read off the words; nothing else is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.lint.points import POINTS
from workflow.return_reasons import ERASED, GROUPS, PHRASES, UNCLASSIFIED, groups_of


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("Bổ sung căn cứ ban hành ở phần đầu.", ("bases",)),
        ("THỜI HẠN quá sát, chưa có dự toán", ("deadlines", "money")),
        ("Sửa lỗi chính tả; trích yếu chưa rõ", ("subject", "spelling")),
        ("Xem basis_incomplete và task_without_lead", ("bases", "tasks")),
        ("Đoạn này chưa ổn.", (UNCLASSIFIED,)),
        ("", (UNCLASSIFIED,)),
        (None, (ERASED,)),
        ("Người có nhân thân tốt", (UNCLASSIFIED,)),
    ],
)
def test_words_say_their_groups(words, groups):
    assert groups_of(words) == groups


@given(st.text())
def test_every_text_has_its_groups_in_order_and_never_an_erased_one(words):
    found = groups_of(words)
    assert found
    assert list(found) == [group for group in GROUPS if group in found]
    assert ERASED not in found
    assert UNCLASSIFIED not in found or len(found) == 1


@pytest.mark.parametrize("group", [name for name in PHRASES if name in POINTS])
def test_a_code_of_the_lint_is_its_point(group):
    for code in POINTS[group]:
        if "_" in code:
            assert group in groups_of(f"theo {code}")


def test_each_phrase_is_folded_and_finds_its_group():
    for group, phrases in PHRASES.items():
        for phrase in phrases:
            assert group in groups_of(f"… {phrase}, …")
