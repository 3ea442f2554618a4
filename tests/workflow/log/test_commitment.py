"""A commitment binds a text without holding it."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.log.commitment import SALT_SIZE, commit, fresh_salt, opens

SALTS = st.binary(min_size=SALT_SIZE, max_size=SALT_SIZE)


def test_a_commitment_is_the_hash_of_domain_salt_and_text():
    salt = bytes(range(32))
    expected = hashlib.sha256(b"trinhky/commitment/1\0" + salt + "Đề nghị sửa mục II".encode()).hexdigest()
    assert commit("Đề nghị sửa mục II", salt) == expected


@given(st.text(), SALTS)
def test_text_and_salt_open_their_commitment(text, salt):
    assert opens(commit(text, salt), text, salt)


@given(st.text(), st.text(), SALTS, SALTS)
def test_nothing_else_opens_it(text, other, salt, other_salt):
    made = commit(text, salt)
    assert opens(made, other, salt) == (other == text)
    assert opens(made, text, other_salt) == (other_salt == salt)


def test_another_unicode_form_of_the_same_words_does_not_open_it():
    salt = fresh_salt()
    assert not opens(commit("Huyền", salt), unicodedata.normalize("NFD", "Huyền"), salt)


def test_one_text_under_two_salts_looks_like_two_texts():
    assert commit("10.0.0.1", fresh_salt()) != commit("10.0.0.1", fresh_salt())


def test_fresh_salts_are_long_and_never_repeat():
    salts = {fresh_salt() for _ in range(1000)}
    assert len(salts) == 1000
    assert {len(salt) for salt in salts} == {32}


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_salt_of_another_length_is_refused(size):
    with pytest.raises(ValueError, match="32"):
        commit("x", bytes(size))
    assert not opens(commit("x", bytes(32)), "x", bytes(size))


def test_text_cannot_be_moved_into_the_salt():
    salt = fresh_salt()
    assert not opens(commit("ab", salt), "b", salt + b"a")
    assert not opens(commit("x", salt) + "é", "x", salt)
