"""The words of an edited paragraph."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.changes.words import LONG, tokens, words

MARKED = "aăâơưeêđoôy\u0301\u0300\u0303\u0309\u0323\u0302 .,;/-15\n"


def sides(pieces) -> tuple[str, str]:
    before = "".join(text for op, text in pieces if op != "ins")
    return before, "".join(text for op, text in pieces if op != "del")


@given(st.text(MARKED, max_size=50), st.text(MARKED, max_size=50))
def test_the_pieces_give_both_texts_back_letter_by_letter(old, new):
    pieces = words(old, new)
    assert sides(pieces) == (old, new)
    assert all(text for _, text in pieces)


@given(st.text(MARKED, max_size=50), st.text(MARKED, max_size=50))
def test_no_piece_begins_with_a_mark_that_belongs_to_the_letter_before(old, new):
    for _, text in words("đầu " + old, "đầu " + new)[1:]:
        standing = unicodedata.combining(text[0])
        assert not standing or text[0] in (old[:1], new[:1])


@given(st.text(MARKED, max_size=60))
def test_equal_texts_have_one_piece_that_stayed(text):
    assert words(text, text) == ((("same", text),) if text else ())


@given(st.text(max_size=40))
def test_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(("old", "new", "gone", "came"), [
    ("Báo cáo trước ngày 15/11 hằng năm.", "Báo cáo trước ngày 10/11 hằng năm.", ["15/11"], ["10/11"]),
    ("Quý III năm 2026", "Quý IV năm 2026", ["III"], ["IV"]),
    ("Kế hoạch số 52/KH-SKHCN.", "Kế hoạch số 53/KH-SKHCN.", ["52/KH-SKHCN"], ["53/KH-SKHCN"]),
    ("kinh phí 1.284 triệu", "kinh phí 1.290,5 triệu", ["1.284"], ["1.290,5"]),
    ("dân chủ trong cơ quan", "dân chủ ở toàn cơ quan", ["trong"], ["ở toàn"]),
    ("các đơn vị báo cáo", "các đơn vị, địa phương báo cáo", [], [", địa phương"]),
    ("gửi Sở Nội vụ.", "gửi Sở Nội vụ;", ["."], [";"]),
    ("một hai ba bốn năm sáu", "bảy tám ba chín mười", ["một hai ba bốn năm sáu"], ["bảy tám ba chín mười"]),
])  # fmt: skip
def test_what_changed_reads_as_words(old, new, gone, came):
    pieces = words(old, new)
    assert [text for op, text in pieces if op == "del"] == gone
    assert [text.strip() for op, text in pieces if op == "ins"] == came


def test_a_letter_written_in_two_signs_is_not_cut():
    old, new = "he\u0323\u0302 thống", "he\u0323 thống"
    assert words(old, new)[:2] == (("del", "he\u0323\u0302"), ("ins", "he\u0323"))


def test_a_paragraph_without_end_is_still_told_apart_from_its_equal_ends():
    old = " ".join(f"chữ{n}" for n in range(LONG))
    pieces = words(f"Mở đầu {old} kết thúc", f"Mở đầu {old[::-1]} kết thúc")
    assert [op for op, _ in pieces] == ["same", "del", "ins", "same"]
    assert pieces[0][1].startswith("Mở đầu")
