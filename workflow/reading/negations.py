"""
Sentences that take a duty to report away: "không phải báo cáo", "bãi bỏ quy định …", "dừng báo cáo".

A condition takes nothing away ("nếu không phát sinh thì không phải báo cáo"). Where one sentence denies a report and asks
for another, the denied words are cut out of it; where the cut is not sure, nothing of the sentence is asked.
"""

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from workflow.patterns import expression
from workflow.reading.deadlines import dues_in, repeats_in
from workflow.reading.obligations import FoundObligation, read_obligations
from workflow.reading.units import subject_of
from workflow.reading.words import low, squeeze

_REPORT = r"(?:(?:việc|tiếp tục|định kỳ|thực hiện|gửi|nộp|lập|làm|duy trì|các|chế độ|thông tin|và)\s+){0,4}báo cáo(?!\w)"
_NOT = (
    r"(?:không|chưa|miễn|khỏi)\s+(?:còn\s+)?(?:(?:có|thuộc)\s+)?"
    r"(?:phải|cần|yêu cầu|bắt buộc|áp dụng|nhất thiết|trách nhiệm|nghĩa vụ|diện|đối tượng)(?:\s+phải)?"
    r"|không|thôi|dừng|tạm dừng|ngừng|ngưng|miễn|chấm dứt|bỏ|bãi bỏ|hủy bỏ|thay vì|thay cho"
)
_REGULATED = (
    r"(?:bãi bỏ|hủy bỏ|bỏ)\s+(?:(?:các|toàn bộ)\s+)?(?:việc|quy định|nội dung|chế độ|yêu cầu)\s"
    r"[^;.,]{0,80}?báo cáo(?!\w)"
)
_ENDED = (
    r"(?:(?:chế độ|việc|quy định|yêu cầu)\s[^;.:]{0,40}?báo cáo(?!\w)[^;.:]{0,160}?"
    r"|báo cáo(?:\s(?:định kỳ|hàng|6|quý|tháng|năm|tuần|này|nêu|trên)){0,3})"
    r"\s(?:được|bị|đã)\s(?:bãi bỏ|hủy bỏ|miễn|dừng|chấm dứt)"
)
_NEGATED = expression(rf"(?<!\w)(?:(?:{_NOT})\s+{_REPORT}|{_REGULATED}|{_ENDED})")
_SUPPOSED = expression(r"(?<!\w)(?:nếu|trường hợp|nào|(?<!từ )(?<!sau )khi|hành vi|đề xuất|kiến nghị)(?!\w)")
_INSTEAD = expression(r"thay (?:vì|cho)(?!\w)")
_BUT = expression(
    r"\s*[,;]?\s*(?<!\w)(?:(?:và|mà|nhưng|song)\s+chỉ|chỉ|mà|nhưng|song|thay vào đó)(?!\w)"
    r"(?=(?:(?!lồng ghép|tích hợp|gộp|kết hợp|không|miễn)[^.;]){0,60}?báo cáo(?!\w))"
)
_BOUNDARY = expression(r"\s*(?:[,(]|(?<!\w)(?:và|nhưng|song|còn|riêng)(?!\w))")


class Told(Struct, frozen=True):
    """The duties of one sentence; `denied` says whether it takes all that it speaks of away, a part of it, or nothing."""

    duties: tuple[FoundObligation, ...] = ()
    denied: Literal["", "part", "all"] = ""


def told_in(sentence: str, ref: str, sender: str | None, *, dated_only: bool = False) -> Told:
    """What a sentence asks for once its denied words are out of it; `raw` stays the whole sentence."""
    said = tuple(read_obligations(sentence, ref, sender, dated_only=dated_only))
    asked = asked_in(sentence)
    if asked == sentence:
        return Told(said)
    rest = read_obligations(asked, ref, sender, dated_only=dated_only) if asked else []
    same = [replace(item, raw="") for item in rest] == [replace(item, raw="") for item in said]
    if same and not (said and denies(sentence)):
        return Told(said)
    raw = said[0].raw if said else squeeze(sentence)
    parted = tuple(replace(item, raw=raw, confidence=min(item.confidence, 0.7)) for item in rest)
    return Told(parted, "part" if parted else "all")


def denies(sentence: str) -> bool:
    """Whether a sentence takes a report away before it has asked for any."""
    text = low(sentence)
    return any(not (_asks(text[: found.start()]) or _INSTEAD.match(found[0])) for found in _denials(text))


def asked_in(sentence: str) -> str:
    """The sentence without the words that deny a report; "" where what it still asks for is not surely told apart."""
    text = low(sentence)
    found = _denials(text)
    kept: list[str] = []
    at = 0
    for denial in found:
        if denial.start() < at:
            continue
        cut = _cut(sentence, text, denial, at)
        if cut is None:
            return ""
        kept.append(sentence[at : cut[0]])
        at = cut[1]
    return squeeze(" ".join([*kept, sentence[at:]])) if found else sentence


def _denials(text: str) -> list[re.Match[str]]:
    return [
        found
        for found in _NEGATED.finditer(text)
        if not _SUPPOSED.search(text, text.rfind(";", 0, found.start()) + 1, found.start())
    ]


def _asks(text: str) -> bool:
    return "báo cáo" in text and bool(dues_in(text) or repeats_in(text))


def _cut(sentence: str, text: str, denial: re.Match[str], at: int) -> tuple[int, int] | None:
    """From where to where the denied words stand, or None where nobody can tell."""
    start = max(at, text.rfind(";", 0, denial.start()) + 1)
    end = text.find(";", denial.end())
    end = len(text) if end < 0 else end
    before = text[start : denial.start()]
    if "báo cáo" in before and (_asks(before) or start == at > 0 or before.rstrip().endswith(",")):
        return _after_a_duty(text, denial, start, end)
    # A day before both: nobody can tell of which it is.
    dated = bool(dues_in(before) or repeats_in(before))
    but = _BUT.search(text, denial.end())
    comma = _speaks_of_another(sentence, denial.end(), end if but is None else but.end())
    if comma is not None:
        return None if dated else (start, comma)
    if but is not None:
        return None if dated else (denial.start(), but.end())
    # A clause of its own: what follows must name who reports, what stands before must be a duty already.
    following = sentence[end + 1 :].strip()
    if following and subject_of(following) is None:
        return None
    return (start, min(end + 1, len(text))) if following or _asks(text[:start]) else None


def _speaks_of_another(sentence: str, at: int, end: int) -> int | None:
    """ "Không phải báo cáo quý, Trung tâm Y tế chỉ báo cáo năm": where the words about somebody else begin."""
    for comma in re.finditer(r",\s+", sentence[:end]):
        rest = sentence[comma.end() :]
        own = subject_of(rest) if comma.start() >= at else None
        if own is not None and rest[own[1] :].strip()[:1] not in (",", ";", ".", ")", ""):
            return comma.end()
    return None


def _after_a_duty(text: str, denial: re.Match[str], start: int, end: int) -> tuple[int, int] | None:
    """ "… báo cáo năm trước ngày 15/12, không phải báo cáo quý": up to the end of the clause or of the brackets."""
    bounds = [found.start() for found in _BOUNDARY.finditer(text, start, denial.start())]
    begin = denial.start() if _INSTEAD.match(denial[0]) else bounds[-1] if bounds else None
    if begin is None or "báo cáo" in text[begin : denial.start()] or dues_in(text[begin : denial.start()]):
        return None
    if text[begin : denial.start()].lstrip().startswith("("):
        close = text.find(")", denial.end(), end)
        return (begin, close + 1) if close >= 0 else None
    but = _BUT.search(text, denial.end(), end)
    if but is not None:
        return begin, but.end()
    comma = text.find(",", denial.end(), end)
    if comma >= 0 and not (repeats_in(text[begin:comma]) or dues_in(text[begin:comma])):
        return begin, comma
    return None if comma >= 0 and dues_in(text[comma:end]) else (begin, end)
