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
from workflow.reading.others import of_another, of_other_work
from workflow.reading.rhythms import carrier, in_order, rhythm_of, said_together
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
    r"(?:xây dựng|lập|viết|dự thảo|hoàn thiện|chuẩn bị|tham mưu|trong|của|theo|nội dung|chế độ|thông tin|mẫu|kỳ|nhận"
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
    # "… 6 tháng về Văn phòng Sở … để tổng hợp báo cáo UBND tỉnh trước ngày …": the next tier goes by the same rhythms.
    above = before.repeats if before and not names else []
    inherited: list[Recurrence] = list(dict.fromkeys(name for _, name in above))
    base = FoundObligation(
        ref, tier.sender, tier.to, tier.via, embedded_in=_embedded(text, lowered), raw=text
    )
    found: list[FoundObligation] = []
    used: set[str] = set()
    ordered = in_order(tier, tier.repeats or above)
    shared = (said_together(lowered, tier) or inherited) if len(tier.dues) == 1 else []
    for place, due in enumerate(tier.dues):
        if len(shared) > 1 and due.year is None and not (due.period or due.only):
            carried = carrier(shared, due)
            if carried or inherited:
                found.append(_dated(base, due, carried or "unspecified"))
            # The months of both halves of a year are the days of its end too.
            lacking = [name for name in shared if name != carried and not (len(due.months) == 2 and carried)]
            for name in [] if inherited else lacking:
                found.append(replace(base, recurrence=name, confidence=_sure(tier, False)))
            used.update(shared)
            continue
        name = ordered[place] if ordered and due.year is None else rhythm_of(tier, place, inherited, lowered)
        since = tier.dues[place - 1].end if place else due.start
        own = base
        if since < due.start and of_another(text, lowered, since, due.start, tier.sender):
            own = replace(base, from_=None, to=None, via=None)
        if due.period:
            for each in names or ["unspecified"]:
                months = _ENDS.get(each, ()) if names else ()
                dated = Due(due.start, due.end, due.day, months, due.inclusive)
                found.append(_dated(base, dated, each))
                used.add(each)
            continue
        found.append(_dated(own, due, name))
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
    dues = [due for due in dues if not of_other_work(lowered, due, at)]
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
