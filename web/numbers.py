"""Numbers and moments out of addresses and forms; a value that no row could have is no value, and never an error."""

from datetime import datetime
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**63 - 1
"""What a column of either database holds."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Of a day that somebody types; beyond it days cannot be counted on from."""


class RowNumber(IntegerConverter):
    """`<int:…>` of an address: a larger number leads to no page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **kwargs})


def init_app(app: Flask) -> None:
    """Before any route is added."""
    app.url_map.converters["int"] = RowNumber


def whole(text: str) -> int:
    """A number as a row can have it; ValueError otherwise, which `args.get(…, type=whole)` takes for nothing."""
    number = int(text) if len(text) < 20 else LARGEST + 1
    if abs(number) > LARGEST:
        raise ValueError(text)
    return number


def calendar_year(text: str) -> int:
    """A year in which anything can be due; ValueError otherwise."""
    year = whole(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(text)
    return year


def instant(text: str) -> datetime:
    """A moment with its zone, as the addresses of further pages hold it; ValueError otherwise."""
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(text)
    return moment
