"""Whether the words of a paragraph state the date of a reporting duty; it never says that they mean it."""

import re

from workflow.content import Node, Obligation
from workflow.folding import fold


def words_under(node: Node) -> str:
    """The words of a part in which its reporting duties are to be stated."""
    return " ".join((node.title, *node.paragraphs))


def states(words: str, duty: Obligation) -> bool:
    """True also where there is no date to state."""
    if duty.due_day is None:
        return True
    text = fold(words)
    if duty.due_day == "last":
        return "cuoi" in text
    months = (duty.due_month,) if isinstance(duty.due_month, int) else duty.due_month or ()
    if not months:
        return _found(rf"ngay 0?{duty.due_day}", text)
    return all(_month(text, duty.due_day, month) for month in months)


def _month(text: str, day: int, month: int) -> bool:
    """As 10/11, 10-11 or "ngày 10 tháng 11"; of several months the day may be said once."""
    if _found(rf"0?{day} ?[/-] ?0?{month}", text):
        return True
    return _found(rf"(?:ngay )?0?{day}", text) and _found(rf"thang (?:\d{{1,2}}, ?)*0?{month}", text)


def _found(pattern: str, text: str) -> bool:
    return re.search(rf"(?<!\d){pattern}(?!\d)", text) is not None
