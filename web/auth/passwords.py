"""Passwords as Argon2 hashes; known and unknown accounts take the same time."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 15
"""NIST SP 800-63B-4: a password that stands alone has at least fifteen characters."""


@cache
def _hasher(profile: str) -> PasswordHasher:
    """`default` costs about a tenth of a second and 64 MiB; `cheapest` is for tests."""
    return PasswordHasher.from_parameters(profiles.CHEAPEST) if profile == "cheapest" else PasswordHasher()


@cache
def _nobody(profile: str) -> str:
    return _hasher(profile).hash("không có tài khoản nào dùng mật khẩu này")


def hash_password(password: str, profile: str = "default") -> str:
    return _hasher(profile).hash(_folded(password))


def verify(stored: str, password: str, profile: str = "default") -> bool:
    """Whether the password is right; with no stored hash a check of the same cost is made, and is wrong."""
    try:
        _hasher(profile).verify(stored or _nobody(profile), _folded(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)


def is_outdated(stored: str, profile: str = "default") -> bool:
    return _hasher(profile).check_needs_rehash(stored)


def _folded(password: str) -> str:
    """The same letters typed on two keyboards are the same password."""
    return unicodedata.normalize("NFC", password)
