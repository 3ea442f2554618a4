"""The counts of an outline, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workflow.numerals import ALPHABET, letter, letter_value, roman, roman_value


@given(some.integers(1, 5000))
def test_a_roman_number_says_its_value(value: int):
    assert roman_value(roman(value)) == value


@pytest.mark.parametrize(
    ("value", "said"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1999, "MCMXCIX"), (0, "")]
)
def test_roman_numbers_are_written_as_people_write_them(value: int, said: str):
    assert roman(value) == said


def test_letters_count_in_the_vietnamese_order():
    assert [letter_value(sign) for sign in ALPHABET] == list(range(1, len(ALPHABET) + 1))
    assert "".join(letter(value) for value in range(1, len(ALPHABET) + 1)) == ALPHABET
    assert (letter(4), letter(5), letter(7)) == ("d", "đ", "g")


def test_a_letter_that_vietnamese_lacks_stands_with_the_one_before_it():
    assert [letter_value(sign) for sign in "fjwz"] == [letter_value(sign) for sign in "eivy"]
