"""What the press of a step's button brings. Most presses are not shown again, so no form is built to read them."""

from typing import NamedTuple

from flask import request
from wtforms import BooleanField

LONGEST = 9
"""Digits of a version or a person's number, as a page of ours writes them."""


class Pressed(NamedTuple):
    """The fields of `StepForm` by their names; `seen_version` is None where the form did not come from a page of ours."""

    seen_version: int | None
    seen_digest: str
    key: str
    ve: str
    capacity: str
    signer: int | None
    paper_signed: bool
    note: str
    password: str


def pressed() -> Pressed:
    def said(name: str) -> str:
        return request.form.get(name, "")

    return Pressed(
        seen_version=_number(said("seen_version")),
        seen_digest=said("seen_digest"),
        key=said("key"),
        ve=said("ve"),
        capacity=said("capacity"),
        signer=_number(said("signer")),
        paper_signed=said("paper_signed") not in BooleanField.false_values,
        note=said("note"),
        password=said("password"),
    )


def _number(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST else None
