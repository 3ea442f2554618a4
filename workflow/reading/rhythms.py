"""
Which of the rhythms a sentence names belongs to which of its days: "6 tháng, hằng năm … trước ngày 15/6 và 15/12".

Where several rhythms stand over one day, only the one that can carry it has it.
"""

import itertools
from collections.abc import Sequence

from workflow.content import Recurrence
from workflow.patterns import expression
from workflow.reading.deadlines import Due
from workflow.reading.tiers import Tier

_QUALIFIES = expression(
    r"\s*,?\s*(?:năm (?:sau|tiếp theo|liền kề|kế tiếp)\s*)?(?:\(\s*)?"
    r"(?:(?:đối với|cho|của|là)\s+)?(?:(?:kỳ\s+)?báo cáo\s+)?(?:định kỳ\s+)?"
)


# "… trước ngày 15/6 và năm trước ngày 05/12": the words between a rhythm and a day of its own.
_OWN_DAY = expression(r"(?:(?:[,;]|và|hoặc)\s)?(?:(?!và\b|hoặc\b)[^,;.()]){1,25}[(:]?\s*")


def rhythm_of(tier: Tier, place: int, inherited: list[Recurrence], lowered: str) -> Recurrence:
    """How often what is due on the day at a place is reported: by the words nearest to it."""
    due, repeats = tier.dues[place], tier.repeats
    if due.year is not None:
        return "once"
    if not due.months and not due.period and not due.only:
        return "monthly"
    near = [(abs(at - due.end) if at >= due.end else abs(due.start - at), at, name) for at, name in repeats]
    after = [
        item
        for item in near
        if 0 <= item[1] - due.end <= 40 and _QUALIFIES.fullmatch(lowered[due.end : item[1]])
    ]
    since = tier.dues[place - 1].end if place else 0
    parted = any("," in lowered[due.end : at] for _, at, _ in after)
    if parted or any(since <= at < due.start for _, at, _ in near):
        following = [other.start for other in tier.dues[place + 1 :][:1]]
        after = [
            item for item in after if not any(_OWN_DAY.fullmatch(lowered[item[1] : at]) for at in following)
        ]
    if after:
        name = min(after)[2]
    elif near:
        # "6 tháng (trước ngày 15/6), hằng năm (…)": the rhythm said last before the day.
        ahead = [item for item in near if item[1] < due.start]
        last = max((other.start for other in tier.dues[place + 1 :]), default=None)
        # "… quý I trước ngày 15/3, báo cáo 6 tháng trước ngày 15/6": a rhythm before another day is that day's.
        free = [item for item in near if last is None or item[1] > last]
        name = max(ahead, key=lambda item: item[1])[2] if ahead else min(free)[2] if free else "unspecified"
    else:
        name = inherited[0] if inherited else "unspecified"
    if len(due.months) == 4 and name in ("unspecified", "yearly"):
        return "quarterly"
    if len(due.months) == 2 and name in ("unspecified", "yearly"):
        return "half_yearly"
    return name


_MONTHS_IN: dict[Recurrence, int] = {
    "monthly": 1,
    "quarterly": 3,
    "half_yearly": 6,
    "unspecified": 9,
    "yearly": 12,
}
_JOINED = expression(r"(?:,|;|và|hoặc|/)\s*(?:(?:báo cáo|định kỳ|kỳ|tổng kết)\s+)*$")
_JOINS = expression(r"(?:,|;|và|hoặc)(?!\w)")


def in_order(tier: Tier, repeats: Sequence[tuple[int, Recurrence]]) -> list[Recurrence] | None:
    """The rhythm of each day where as many rhythms as days are said before them, "hằng năm" perhaps after them."""
    first = tier.dues[0].start if tier.dues else 0
    names = list(dict.fromkeys(name for at, name in repeats if at < first))
    if len(names) != len(tier.dues) or len(names) < 2:
        return None
    if any(name != "yearly" for at, name in repeats if at >= first):
        return None
    if all(len(due.months) == 1 for due in tier.dues):
        by_length = sorted(range(len(names)), key=lambda place: _MONTHS_IN.get(names[place], 0))
        by_month = sorted(range(len(names)), key=lambda place: tier.dues[place].months)
        # "Hằng năm, định kỳ 6 tháng … trước ngày 15/6 và 15/12": the first word is no rhythm of its own.
        return names if by_length == by_month else None
    return names


def said_together(lowered: str, tier: Tier) -> list[Recurrence]:
    """The rhythms joined to one another before the only day of a tier: "6 tháng, hằng năm trước ngày 05/12"."""
    before = [(at, name) for at, name in tier.repeats if at < tier.dues[0].start]
    found: list[Recurrence] = []
    for (first, name), (second, other) in itertools.pairwise(before):
        near = second - first <= 70
        if near and (_JOINS.match(lowered, second) or _JOINED.search(lowered[first:second])):
            found += [name, other]
    return list(dict.fromkeys(found))


def carrier(names: Sequence[Recurrence], due: Due) -> Recurrence | None:
    """Which of several rhythms one day can be that of; a day in the middle of a year is nobody's."""
    if len(due.months) == 1:
        return "yearly" if "yearly" in names and not 2 < due.months[0] < 10 else None
    meant: dict[int, Recurrence] = {0: "monthly", 2: "half_yearly", 4: "quarterly"}
    found = meant.get(len(due.months))
    return found if found in names else None
