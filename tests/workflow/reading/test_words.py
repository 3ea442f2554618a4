"""The forms in which words are compared keep every position of the text and agree on the ways of writing it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.reading.words import bare, is_upper, low, squeeze

LETTERS = st.text("qouhn aàáảãạăâđeèéẻẽẹêuùủụưyỳýỷỹỵoòóỏõọôơQOUĐẠỶ.,\n", max_size=40)


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("Uỷ ban", "ủy ban"),
        ("Hoà An", "hòa an"),
        ("hoàn thành", "hoàn thành"),
        ("Quý II, qúy III", "quý ii, quý iii"),
        ("quỷ", "quỷ"),
        ("thuý", "thúy"),
        ("hằng năm và hằng hà", "hàng năm và hằng hà"),
    ],
)
def test_one_word_is_written_in_one_way(printed, compared):
    assert low(printed) == compared
    assert len(compared) == len(printed)


@given(LETTERS)
def test_both_forms_keep_every_position(text):
    assert len(low(text)) == len(bare(text)) == len(text)


@given(st.text(max_size=40))
def test_without_marks_a_letter_is_the_first_of_its_parts(text):
    expected = ("d" if char == "đ" else unicodedata.normalize("NFD", char)[0] for char in text.lower())
    assert bare(text) == "".join(expected)


@given(st.text(" \t\n\u00a0\u2003ab", max_size=20))
def test_runs_of_space_become_one(text):
    said = squeeze(text)
    assert said.split(" ") == (text.split() or [""])


@pytest.mark.parametrize(
    ("text", "letters", "upper"),
    [
        ("KẾ HOẠCH 2026", 2, True),
        ("KẾ HOẠCh", 2, False),
        ("A", 2, False),
        ("12/3", 1, False),
        ("II.", 2, True),
    ],
)
def test_a_line_of_capitals_has_no_small_letter_and_enough_letters(text, letters, upper):
    assert is_upper(text, letters=letters) is upper
