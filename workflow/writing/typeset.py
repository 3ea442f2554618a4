"""
A paper as PDF/A-2a: tagged, with its fonts inside, the same bytes for the same paper on one machine.

Typst lays it out by a template of `definitions/templates`; the text goes in as data, never as markup.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import typst

from workflow.errors import Unprintable
from workflow.patterns import expression
from workflow.settings import DEFINITIONS
from workflow.writing.compiling import Broke, compiled
from workflow.writing.fonts import CONTROL, JOINING, LETTERS, Chosen, chosen_fonts, sign_in, unprintable
from workflow.writing.printed_book import PrintedBook
from workflow.writing.sheet import Sheet
from workflow.writing.slip import Slip

TEMPLATES = DEFINITIONS / "templates"
TEMPLATE = TEMPLATES / "nd30.typ"
SLIP, BOOK = TEMPLATES / "slip.typ", TEMPLATES / "register.typ"
NO_SHAPE = "□"
"""Stands on a slip or in a book for a sign that no font here has: a comment may bring one, and is told all the same."""

STANDARD: Final = "a-2a"
LONGEST_WORD = 40
"""Signs without a place to break; longer ones may break anywhere, or they would run off the page."""

_LONG = expression(rf"[^\s\u200b]{{{LONGEST_WORD}}}(?=[^\s\u200b])")
_held = threading.local()


def pdf(sheet: Sheet, *, font_dir: Path | None = None) -> bytes:
    """
    The file. Raises Unprintable with the signs that no font here can show.

    `font_dir` is the office's own folder of fonts; without it, or where it lacks letters, see `fonts`.
    """
    return _compiled(TEMPLATE, _data(sheet), font_dir)


def slip_pdf(slip: Slip, *, font_dir: Path | None = None) -> bytes:
    return _told(SLIP, _data(slip), font_dir)


def book_pdf(book: PrintedBook, *, font_dir: Path | None = None) -> bytes:
    return _told(BOOK, _data(book), font_dir)


def _told(template: Path, data: Any, font_dir: Path | None) -> bytes:
    """With a box for each sign that has no shape; where that is not enough, for each that is no plain letter."""
    try:
        return _compiled(template, data, font_dir)
    except Unprintable as error:
        odd = set(error.signs)
    try:
        return _compiled(template, _each(data, lambda text: _boxed(text, odd)), font_dir)
    except Unprintable:
        plain = set(LETTERS)
    return _compiled(template, _each(data, lambda text: _boxed(text, set(text) - plain)), font_dir)


def _boxed(text: str, odd: set[str]) -> str:
    return text.translate(dict.fromkeys(map(ord, odd), NO_SHAPE))


def _data(value: Any) -> Any:
    return _each(msgspec.to_builtins(value), _plain)


def _compiled(template: Path, value: Any, font_dir: Path | None) -> bytes:
    chosen, data = chosen_fonts(font_dir), msgspec.json.encode(value).decode()
    inputs = {"data": data, "fonts": msgspec.json.encode(chosen.families).decode()}
    try:
        return compiled(_compiler(template, chosen), pdf_standards=STANDARD, sys_inputs=inputs)
    except typst.TypstError as error:
        first = sign_in(error)
        raise Unprintable(unprintable(data) or (first,)) from error
    except Broke as error:
        _held.__dict__.clear()
        if odd := tuple(sign for sign in dict.fromkeys(data) if sign not in LETTERS):
            raise Unprintable(odd) from error
        raise


def _compiler(template: Path, chosen: Chosen) -> typst.Compiler:
    """One a thread: a Typst compiler serves one caller at a time, and keeps what it has read."""
    kept: dict[tuple[Path, Chosen], typst.Compiler] = _held.__dict__.setdefault("compilers", {})
    if (template, chosen) not in kept:
        kept[template, chosen] = typst.Compiler(input=template, font_paths=chosen.held)
    return kept[template, chosen]


def _plain(text: str) -> str:
    """Control characters become spaces: in a string they would be line breaks, or signs without a shape."""
    text = JOINING.sub("", CONTROL.sub(" ", text))
    return _LONG.sub("\\g<0>\u200b", text) if len(text) > LONGEST_WORD else text


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """Every text in a value of JSON changed; the names of its parts stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(item, change) for key, item in value.items()}
    return [_each(item, change) for item in value] if isinstance(value, list | tuple) else value
