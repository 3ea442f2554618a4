"""The product in front of a record on SQLite, and its people at their browsers."""

import pytest

from tests.person import PASSWORD, Door, Person, csrf_of, form_fields, open_app, text_of
from tests.record import Record

__all__ = ["PASSWORD", "Door", "Person", "csrf_of", "form_fields", "text_of"]


@pytest.fixture
def app(sqlite_record: Record):
    return open_app(sqlite_record)


@pytest.fixture
def sign_in(app, sqlite_record: Record) -> Door:
    """`sign_in("lan")` is Lan at her browser."""
    return Door(app, sqlite_record)
