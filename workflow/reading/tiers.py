"""
The receivers a sentence names one after another, who sends to each, and which day belongs to which.
"""

import itertools
import re
from dataclasses import dataclass, field

from workflow.content import Recurrence
from workflow.patterns import expression
from workflow.reading.deadlines import Due, rhythms_in, tells_trouble
from workflow.reading.others import of_other_work, parted_receiver
from workflow.reading.units import is_unit, name_at, subject_of
from workflow.reading.words import squeeze


@dataclass
class Tier:
    """One receiver in a sentence while it is read: who sends, from where its words begin, the day and rhythm."""

    start: int
    end: int
    to: str | None = None
    sender: str | None = None
    via: str | None = None
    dues: list[Due] = field(default_factory=list)
    repeats: list[tuple[int, Recurrence]] = field(default_factory=list)


_VERB = expression(r"(?<!\w)(?:báo cáo|phản ánh|gửi|nộp|trình|kiến nghị|thông tin)(?!\w)")


REPORTS = expression(r"(?<!\w)(?:báo cáo|phản ánh|kết quả|số liệu|vướng mắc|kiến nghị)(?!\w)")


_DIRECT = expression(
    r"\s+(?:(?:kịp thời|ngay|bằng văn bản|trực tiếp|nhanh|gửi|cáo|báo cáo|bằng văn bản gửi|để tổng hợp|kết quả)\s+){0,2}"
    r"(?:(?:về|cho|đến|tới|lên|với|qua)\s+)?"
)


_TOWARDS = expression(r"(?<!\w)(?:gửi về|báo cáo về|về|cho|đến|tới|lên)\s+(?=\S)")


_VIA = expression(r"\s*[(,]?\s*(?:thông qua|qua)\s+")


_APPROVES = expression(
    r"\s*,?\s*(?:để\s+)?(?:xem xét|phê duyệt|ký|chỉ đạo|quyết định|cho ý kiến|thẩm định|giải quyết|ban hành|xử lý)"
)


_PASSES_ON = expression(
    r"(?<!\w)(?:để(?: kịp thời)?(?: theo dõi,)?(?: tổng hợp| báo cáo)|tổng hợp|tham mưu)(?!\w)"
)


_SAME = expression(r"(?<!\w)(?:đồng thời|và|hoặc)\s*(?:gửi|báo cáo)?\s*$")


PAST = expression(
    r"(?<!\w)(?:(?:đã|vừa)\s+(?:\w+\s){0,3}|chưa\s+(?:(?:gửi|nộp|có|thực hiện)\s)?|ngoài\s+(?:việc\s)?)$"
)


def tiers_of(text: str, lowered: str, sender: str | None) -> list[Tier]:
    tiers: list[Tier] = []
    first_verb: int | None = None
    at = 0
    pending: int | None = None
    while True:
        verb = _VERB.search(lowered, at)
        if verb is None:
            break
        at = verb.end()
        if PAST.search(lowered[max(0, verb.start() - 40) : verb.start()]):
            continue
        if first_verb is None:
            first_verb = verb.start()
        receiver = _receiver(text, lowered, verb)
        if receiver is None:
            if verb[0] in ("báo cáo", "phản ánh", "gửi", "nộp") and pending is None:
                pending = verb.start()
            continue
        start, name, end = receiver
        begins = (
            pending if pending is not None and ";" not in lowered[pending : verb.start()] else verb.start()
        )
        approved = _APPROVES.match(lowered, end) or verb[0] == "trình"
        if approved and not (tells_trouble(lowered) and not tiers):
            at, pending = max(at, end), pending
            continue
        if verb[0] in ("gửi", "nộp", "trình", "thông tin", "kiến nghị") and not REPORTS.search(
            lowered[max(0, start - 250) : min(len(lowered), end + 80)]
        ):
            at = end
            continue
        tier = Tier(begins, end, name or None)
        via = _VIA.match(lowered, end)
        if via and is_unit(text, via.end()):
            named = name_at(text, via.end())
            if named:
                tier.via, tier.end = named
        tier.sender = _sender(text, lowered, tiers, tier, sender)
        tiers.append(tier)
        at, pending = tier.end, None
    return tiers


def _receiver(text: str, lowered: str, verb: re.Match[str]) -> tuple[int, str, int] | None:
    """(start, name, end) of whom the verb speaks to: after it, or after "về"; name "" where it is unclear."""
    direct = _DIRECT.match(lowered, verb.end())
    if direct:
        for start in (direct.end(), _word(lowered, verb.end())):
            if start < len(text) and is_unit(text, start):
                named = name_at(text, start, several=True)
                if named:
                    over = parted_receiver(text, lowered, start, named[1])
                    return start, (named[0] if over == named[1] else squeeze(text[start:over])), over
        begin = direct.end()
        if (
            re.search(r"(?:về|cho|đến|tới|với)\s+$", lowered[:begin][-8:])
            and text[begin : begin + 1].isupper()
        ):
            # A receiver whose name cannot be told: better none than the next name in the sentence.
            return begin, "", begin
    if verb[0] in ("kiến nghị", "thông tin", "trình"):
        return None
    end = min(len(lowered), verb.end() + 220)
    for stop in (";", "."):
        cut = lowered.find(stop, verb.end(), end)
        end = cut if cut >= 0 else end
    following = _VERB.search(lowered, verb.end(), end)
    end = following.start() if following else end
    for towards in _TOWARDS.finditer(lowered, verb.end(), end):
        if is_unit(text, towards.end()):
            named = name_at(text, towards.end(), several=True)
            if named:
                return towards.end(), *named
    return None


def _word(lowered: str, at: int) -> int:
    while at < len(lowered) and lowered[at] == " ":
        at += 1
    return at


def _sender(text: str, lowered: str, tiers: list[Tier], tier: Tier, default: str | None) -> str | None:
    start = tiers[-1].end if tiers else 0
    clause = lowered.rfind(";", start, tier.start) + 1
    own = subject_between(text, lowered, max(start, clause), tier.start, whole=clause > start or not tiers)
    if own is None and clause > start:
        own = subject_between(text, lowered, start, clause, whole=True) if not tiers else None
    if own is not None:
        return own
    if not tiers:
        return default
    between = lowered[start : tier.start]
    if clause > start or _SAME.search(between) or "đồng thời" in between:
        return tiers[-1].sender
    # "… về Văn phòng Sở để tổng hợp báo cáo UBND tỉnh": the receiver sends it on.
    return tiers[-1].to


_BOUNDARY = expression(r"(?:^|[,;:]\s+|\b(?:đề nghị|yêu cầu|giao|thì|và|phân công)\s+)")


_URGES = expression(r"(?<!\w)(?:đôn đốc|hướng dẫn|nhắc nhở|nhắc|chỉ đạo|yêu cầu|đề nghị)\s+(?=\S)")


def subject_between(text: str, lowered: str, start: int, end: int, *, whole: bool) -> str | None:
    """The first unit at the beginning of a clause, followed by what it does. `whole`: `start` begins a clause."""
    for urged in _URGES.finditer(lowered, start, end):
        # "Phòng Tổ chức đôn đốc các xã báo cáo …": those who are urged report.
        named = name_at(text, urged.end(), several=True) if is_unit(text, urged.end()) else None
        if named is not None and not lowered[named[1] : end].strip():
            return named[0]
    places = [start if whole else None, *(match.end() for match in _BOUNDARY.finditer(lowered, start, end))]
    for place in places:
        if place is None:
            continue
        at = _word(lowered, place)
        if at >= end:
            return None
        named = subject_of(text[at : at + 500])
        if named is None:
            continue
        name, stop = named
        after = lowered[at + stop : at + stop + 3]
        if at + stop <= end + 1 and after.strip()[:1] not in (";", "."):
            return name
    return None


def spread(lowered: str, tiers: list[Tier], dues: list[Due]) -> None:
    """Days and rhythms to the receiver whose words they stand among."""
    starts = [0]
    for before, tier in itertools.pairwise(tiers):
        between = lowered[before.end : tier.start]
        cut = between.rfind(";")
        on = _PASSES_ON.search(between)
        if cut >= 0:
            starts.append(before.end + cut)
        elif on:
            starts.append(before.end + on.start())
        else:
            comma = re.search(
                r",\s+(?=(?:trước|chậm|định kỳ|hàng|mỗi|văn phòng|sở|phòng|ban|các)\b)", between
            )
            starts.append(before.end + comma.start() if comma and comma.start() > 2 else tier.start)
    # "… xây dựng kế hoạch trước ngày 30/10; … báo cáo …": a day before the ";" is the day of something else.
    first = lowered.rfind(";", 0, tiers[0].start)
    for due in [due for due in dues if due.start > first]:
        if any(of_other_work(lowered, due, tier.start) for tier in tiers if tier.start >= due.end):
            continue
        tiers[max(place for place, start in enumerate(starts) if start <= due.start)].dues.append(due)
    for at, name in [item for item in rhythms_in(lowered) if item[0] > first]:
        tiers[max(place for place, start in enumerate(starts) if start <= at)].repeats.append((at, name))
