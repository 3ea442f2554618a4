"""One of the two deadlines of a duty, in words: whose report goes to whom, by when."""

from collections.abc import Mapping
from typing import Any


def tier_words(side: Mapping[str, Any]) -> str:
    day = due_day(side)
    return f"{side.get('from') or 'đơn vị'} gửi {side.get('to') or 'cấp trên'}" + (f" ({day})" if day else "")


def due_day(facts: Mapping[str, Any]) -> str:
    return str(facts.get("day", "")).replace("last/", "cuối tháng ").replace("last", "cuối tháng")
