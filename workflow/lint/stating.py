"""Whether the words of a part state the day of a reporting duty; it never says that they mean it."""

import re

from workflow.content import Node, Obligation
from workflow.reading.deadlines import dues_in
from workflow.reading.words import low


def words_under(node: Node) -> str:
    """The words of a part in which its reporting duties are to be stated."""
    return "\n".join((node.title, *node.paragraphs))


def states(words: str, duty: Obligation) -> bool:
    """True also where there is no day to state."""
    if duty.due_day is None:
        return True
    words = low(words)
    dues = [due for due in dues_in(words) if due.day == duty.due_day]
    if any(not due.months for due in dues):
        return True
    told = {month for due in dues for month in due.months}
    if dues and set(months_of(duty)) <= told:
        return True
    if duty.due_day == "last":
        return "cuối" in words
    months = months_of(duty) or (None,)
    return all(_plainly(words, duty.due_day, month) for month in months)


def months_of(duty: Obligation) -> tuple[int, ...]:
    return (duty.due_month,) if isinstance(duty.due_month, int) else tuple(duty.due_month or ())


def _plainly(words: str, day: object, month: int | None) -> bool:
    """Said in a way the reading does not know: the numbers stand beside each other, or the day stands alone."""
    if month is None:
        return bool(re.search(rf"(?<!\d)0?{day}(?!\d)", words))
    return bool(re.search(rf"(?<!\d)0?{day}(?:\s?[/.\-]\s?|\s+(?:của\s+)?tháng\s+)0?{month}(?!\d)", words))
