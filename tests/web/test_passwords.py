"""Passwords: only the right one opens, however it was typed, and nobody learns who has an account."""

import time
import unicodedata

import pytest
from argon2 import PasswordHasher

from web.auth.passwords import SHORTEST, hash_password, is_outdated, verify

WORDS = "Một câu dễ nhớ ở Hòa An"


def test_only_the_right_password_is_right():
    stored = hash_password(WORDS, "cheapest")
    assert verify(stored, WORDS, "cheapest")
    assert not verify(stored, WORDS + ".", "cheapest")
    assert not verify(stored, WORDS.lower(), "cheapest")
    assert not verify(stored, "", "cheapest")


def test_letters_typed_on_another_keyboard_are_the_same_password():
    stored = hash_password(unicodedata.normalize("NFD", WORDS), "cheapest")
    assert verify(stored, unicodedata.normalize("NFC", WORDS), "cheapest")


def test_the_same_password_is_stored_differently_for_each():
    assert hash_password(WORDS, "cheapest") != hash_password(WORDS, "cheapest")
    assert WORDS not in hash_password(WORDS, "cheapest")


@pytest.mark.parametrize("stored", ["", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$"])
def test_without_a_stored_hash_every_password_is_wrong(stored):
    assert not verify(stored, WORDS, "cheapest")
    assert not verify(stored, "không có tài khoản nào dùng mật khẩu này", "cheapest")


def test_an_unknown_account_takes_as_long_as_a_known_one():
    stored = hash_password(WORDS)
    verify("", WORDS)  # makes the stand-in once

    def seconds(kept: str) -> float:
        started = time.process_time()
        verify(kept, "sai mật khẩu rồi đó")
        return time.process_time() - started

    known, unknown = (min(seconds(kept) for _ in range(3)) for kept in (stored, ""))
    assert known > 0.005
    assert 0.5 < unknown / known < 2


def test_a_hash_of_other_parameters_is_outdated():
    assert not is_outdated(hash_password(WORDS, "cheapest"), "cheapest")
    older = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(WORDS)
    assert is_outdated(older, "cheapest")
    assert verify(older, WORDS, "cheapest")
    assert is_outdated(hash_password(WORDS, "cheapest"), "default")


def test_a_password_that_stands_alone_has_fifteen_characters():
    assert SHORTEST == 15
