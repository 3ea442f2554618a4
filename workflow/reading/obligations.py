"""
Who reports what to whom by when, sentence by sentence; one obligation for each receiver and each date.

A sentence that names no receiver, no day and no rhythm obliges nobody and gives nothing.
"""

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from workflow.content import Recurrence
from workflow.patterns import expression
from workflow.reading.deadlines import Due, ad_hoc_at, dues_in, repeats_in, rhythms_in, tells_trouble
from workflow.reading.tiers import PAST, REPORTS, Tier, spread, subject_between, tiers_of
from workflow.reading.words import low, squeeze


class FoundObligation(Struct, frozen=True, rename={"from_": "from"}):
    """One obligation and the sentence that states it; `last_on_time` a list of "MM-DD"."""

    ref: str
    from_: str | None = None
    to: str | None = None
    via: str | None = None
    recurrence: Recurrence = "unspecified"
    inclusive: bool = False
    due_month: int | tuple[int, ...] | None = None
    due_day: int | Literal["last"] | None = None
    due_year: int | None = None
    last_on_time: tuple[str, ...] = ()
    by_reference: bool = False
    embedded_in: str | None = None
    raw: str = ""
    confidence: float = 0.5


_LIMIT = 3000


_EMBEDDED = expression(
    r"lồng ghép\s+(?:vào |trong |với |chung (?:vào|trong|với) )+(?:nội dung )?((?:các )?báo cáo "
    r"[^.;,()]{3,120}?)(?=\s+(?:trước|chậm nhất|muộn nhất|gửi|hàng|định kỳ|về)\b|[.;,(]|$)"
)


_REFERENCE = expression(
    r"(?:đúng|theo|đảm bảo|bảo đảm|thực hiện)[^.;]{0,60}?(?:quy định|hướng dẫn|yêu cầu tại|thời hạn tại|tại phụ "
    r"lục|tại công văn|tại văn bản)(?: tại [^.;]{1,160})?"
)


_REGIME = expression(r"chế độ (?:thông tin,?\s?)?(?:,?\s?và\s)?báo cáo")


_MADE = expression(
    r"(?:xây dựng|lập|viết|dự thảo|hoàn thiện|chuẩn bị|tham mưu|trong|của|theo|nội dung|chế độ|thông tin|mẫu|kỳ"
    r"|các|thể thức|xây dựng các|đề cương)\s+(?:\w+\s)?$"
)


def read_obligations(
    text: str, ref: str, sender: str | None, *, dated_only: bool = False
) -> list[FoundObligation]:
    """
    The obligations of one sentence. `sender` is who the part speaks of, where the sentence does not say.

    `dated_only`: of a report about the past only what names a day or a rhythm counts.
    """
    text = squeeze(text)[:_LIMIT]
    lowered = low(text)
    if not REPORTS.search(lowered):
        return []
    dues = [due for due in dues_in(lowered) if due.possible]
    tiers = tiers_of(text, lowered, sender)
    if not tiers:
        return _without_receiver(text, lowered, ref, sender, dues)
    if dated_only and not dues and not repeats_in(lowered):
        return []
    spread(lowered, tiers, dues)
    found: list[FoundObligation] = []
    for place, tier in enumerate(tiers):
        found += _of_tier(text, lowered, ref, tier, tiers[place - 1] if place else None)
    return found


def _of_tier(text: str, lowered: str, ref: str, tier: Tier, before: Tier | None) -> list[FoundObligation]:
    trouble = tells_trouble(lowered) and not tier.dues and not tier.repeats
    names: list[Recurrence] = list(dict.fromkeys(name for _, name in tier.repeats))
    inherited: list[Recurrence] = [name for _, name in before.repeats] if before and not names else []
    base = FoundObligation(
        ref, tier.sender, tier.to, tier.via, embedded_in=_embedded(text, lowered), raw=text
    )
    found: list[FoundObligation] = []
    used: set[str] = set()
    # "Định kỳ 6 tháng, hằng năm … trước ngày 15/6 và 15/12": in the order they are said.
    in_order = len(names) == len(tier.dues) > 1 and max(at for at, _ in tier.repeats) < tier.dues[0].start
    for place, due in enumerate(tier.dues):
        name = names[place] if in_order and due.year is None else _rhythm(tier, place, inherited, lowered)
        if due.period:
            for each in names or ["unspecified"]:
                months = _ENDS.get(each, ()) if names else ()
                dated = Due(due.start, due.end, due.day, months, due.inclusive)
                found.append(_dated(base, dated, each))
                used.add(each)
            continue
        found.append(_dated(base, due, name))
        used.add(name)
    if not tier.dues:
        reference = _REFERENCE.search(lowered, tier.start)
        rhythms: list[Recurrence] = names or (["ad_hoc"] if trouble else ["unspecified"])
        if not names and ad_hoc_at(lowered) is not None:
            rhythms = ["ad_hoc"]
        for name in rhythms:
            found.append(
                replace(base, recurrence=name, by_reference=bool(reference), confidence=_sure(tier, False))
            )
            used.add(name)
    elif set(names) - used - {"yearly", "unspecified"} and len(names) > len(tier.dues):
        for name in names:
            if name not in used:
                found.append(replace(base, recurrence=name, confidence=_sure(tier, False)))
                used.add(name)
    at = ad_hoc_at(lowered)
    if at is not None and "ad_hoc" not in used and before is None:
        found.append(replace(base, recurrence="ad_hoc", confidence=_sure(tier, False)))
    return found


# The months in which the periods of a rhythm end; one without a name is that of nine months.
_ENDS: dict[Recurrence, tuple[int, ...]] = {
    "quarterly": (3, 6, 9, 12),
    "half_yearly": (6, 12),
    "yearly": (12,),
    "unspecified": (9,),
}


_QUALIFIES = expression(
    r"\s*,?\s*(?:\(\s*)?(?:(?:đối với|cho|của|là)\s+)?(?:(?:kỳ\s+)?báo cáo\s+)?(?:định kỳ\s+)?"
)


# "… trước ngày 15/6 và năm trước ngày 05/12": the words between a rhythm and a day of its own.
_OWN_DAY = expression(r"(?:(?:[,;]|và|hoặc)\s)?(?:(?!và\b|hoặc\b)[^,;.()]){1,25}[(:]?\s*")


def _rhythm(tier: Tier, place: int, inherited: list[Recurrence], lowered: str) -> Recurrence:
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
    if any(since <= at < due.start for _, at, _ in near):
        following = [other.start for other in tier.dues[place + 1 :][:1]]
        after = [
            item for item in after if not any(_OWN_DAY.fullmatch(lowered[item[1] : at]) for at in following)
        ]
    if after:
        name = min(after)[2]
    elif near:
        # "6 tháng (trước ngày 15/6), hằng năm (…)": the rhythm said last before the day.
        ahead = [item for item in near if item[1] < due.start]
        name = max(ahead, key=lambda item: item[1])[2] if ahead else min(near)[2]
    else:
        name = inherited[0] if inherited else "unspecified"
    if len(due.months) == 4 and name in ("unspecified", "yearly"):
        return "quarterly"
    if len(due.months) == 2 and name in ("unspecified", "yearly"):
        return "half_yearly"
    return name


def _dated(base: FoundObligation, due: Due, name: Recurrence) -> FoundObligation:
    months: int | tuple[int, ...] | None = (
        due.months if len(due.months) > 1 else (due.months[0] if due.months else None)
    )
    return replace(
        base,
        recurrence=name,
        inclusive=due.inclusive,
        due_month=months,
        due_day=due.day,
        due_year=due.year,
        last_on_time=() if due.only and name != "monthly" else tuple(due.last_on_time()),
        confidence=round(0.65 + 0.15 * bool(base.from_) + 0.15 * bool(base.to), 2),
    )


def _sure(tier: Tier, dated: bool) -> float:
    return round(0.45 + 0.15 * bool(tier.sender) + 0.15 * bool(tier.to) + 0.2 * dated, 2)


def _embedded(text: str, lowered: str) -> str | None:
    found = _EMBEDDED.search(lowered)
    return squeeze(text[found.start(1) : found.end(1)]) if found else None


def _without_receiver(
    text: str, lowered: str, ref: str, sender: str | None, dues: list[Due]
) -> list[FoundObligation]:
    """A duty to report that does not say to whom: a regime by reference, or a day with a verb of reporting."""
    regime = _REGIME.search(lowered)
    verb = next(
        (
            match
            for match in re.finditer(r"(?<!\w)(?:báo cáo|gửi báo cáo)(?!\w)", lowered)
            if not _MADE.search(lowered[max(0, match.start() - 30) : match.start()])
            and not PAST.search(lowered[max(0, match.start() - 40) : match.start()])
        ),
        None,
    )
    if regime is None and verb is None:
        return []
    at = (regime or verb).start()  # type: ignore[union-attr]
    repeats = repeats_in(lowered)
    dues = [due for due in dues if due.year is None or verb is not None]
    own = subject_between(text, lowered, 0, at, whole=True) or sender
    tier = Tier(at, len(text), None, own, None, dues, rhythms_in(lowered))
    reference = _REFERENCE.search(lowered, max(0, at - 10))
    if dues or (repeats and (verb is not None or regime is not None)):
        return _of_tier(text, lowered, ref, tier, None)
    if regime is not None and reference:
        return [
            FoundObligation(
                ref,
                own,
                None,
                by_reference=True,
                embedded_in=_embedded(text, lowered),
                raw=text,
                confidence=_sure(tier, False),
            )
        ]
    return []
