"""
Tasks said in plain words: contents without labels, duties of a unit, bullets that name who does what.
"""

import re

from msgspec.structs import replace

from workflow.content import Time
from workflow.patterns import expression
from workflow.reading.found import TITLE_LIMIT, TOP, FoundTask, Reading, raw_of, sure
from workflow.reading.labels import labels_in
from workflow.reading.outline import Part
from workflow.reading.prose import (
    after_colon,
    after_unit,
    assigned,
    coordinators_in,
    does,
    free_method,
    in_brackets,
    only_unit,
)
from workflow.reading.times import time_in_prose
from workflow.reading.units import is_unit, split_names, subject_of
from workflow.reading.words import bare_end, low, sentences


def plain_task(
    reading: Reading,
    part: Part,
    above: tuple[Part, ...],
    kind: str | None,
    subject: str | None,
    known: tuple[str, ...],
) -> FoundTask | None:
    own = subject_of(part.text) if part.text else None
    if kind in ("aims", "funds", "report") or part.numbered or not part.text:
        return None
    if own is not None and only_unit(part.text, own[0]):
        # A heading that is a unit: the duties below it are the tasks.
        return None
    if kind == "work" and not part.bullet and part.style not in TOP:
        if _parted(reading, part):
            # Its bullets say who does what: they are the tasks.
            return None
        task = _prose_task(part, after_unit(part.text, own), own[0] if own else assigned(part.text), known)
        return task and _told_below(task, part, known)
    if part.bullet and part.style == "dash":
        return _bullet_task(reading, part, above, kind, own, subject, known)
    if kind == "implement" and part.style not in TOP:
        if own is not None:
            return _prose_task(part, after_unit(part.text, own), own[0], known)
        lead = assigned(part.text) or (subject if subject else None)
        return _prose_task(part, part.text, lead, known) if lead else None
    if part.style == "điều":
        lead = assigned(part.text)
        return _prose_task(part, part.text, lead, known) if lead else None
    if own is not None and part.style in ("digit", "letter") and does(part.text, own[1]) and kind is None:
        return _prose_task(part, after_unit(part.text, own), own[0], known)
    return None


def _bullet_task(
    reading: Reading,
    part: Part,
    above: tuple[Part, ...],
    kind: str | None,
    own: tuple[str, int] | None,
    subject: str | None,
    known: tuple[str, ...],
) -> FoundTask | None:
    holder = above[-1] if above else None
    prose, _ = labels_in(part.text)
    if holder is None or holder.bullet or not prose:
        return None
    split = _parted(reading, holder)
    if kind == "work" and (holder.style in TOP or split) and len(part.text) > 15:
        return _prose_task(part, after_unit(part.text, own), own[0] if own else assigned(part.text), known)
    if kind == "implement":
        if own is not None and (holder.style in TOP or does(part.text, own[1])):
            return _prose_task(part, after_unit(part.text, own), own[0], known)
        if subject is not None and own is None and len(part.text) > 15:
            return _prose_task(part, part.text, subject, known)
    return None


_ADVERB = expression(
    r"(?:căn cứ|hàng năm|định kỳ|trên cơ sở|theo|trong|sau khi|khi)\s[^.;]{0,200}?,\s+(?=\S)"
)


def said_task(
    reading: Reading, part: Part, above: tuple[Part, ...], kind: str | None, known: tuple[str, ...]
) -> FoundTask | None:
    """A plain paragraph of "Tổ chức thực hiện" that says what a unit does; one that only reports is an obligation."""
    if kind != "implement":
        return None
    text, at = part.text, 0
    adverb = _ADVERB.match(low(text[:600]))
    while adverb is not None and not is_unit(text, adverb.end()):
        further = re.compile(r"[^.;]{0,200}?,\s+(?=\S)").match(low(text[:600]), adverb.end())
        if further is None or further.end() > 500:
            adverb = None
            break
        adverb = further
    at = adverb.end() if adverb else 0
    own = subject_of(text[at:])
    holder = subject_of(above[-1].text) if above else None
    if own is None and holder is not None and only_unit(above[-1].text, holder[0]):
        return _prose_task(part, text, holder[0], known)
    if (
        own is None
        or not does(text[at:], own[1])
        or re.match(r"\s*(?:kịp thời\s)?(?:báo cáo|phản ánh)", low(text[at + own[1] :]))
    ):
        return None
    reading.subjects[id(part)] = own[0]
    return _prose_task(part, after_unit(text[at:], own), own[0], known)


def _parted(reading: Reading, part: Part) -> bool:
    """Whether the bullets of a part say who does what, so that they are the tasks."""
    if id(part) not in reading.parted:
        reading.parted[id(part)] = any(child.bullet and _assigns(child.text) for child in part.children)
    return reading.parted[id(part)]


def _assigns(text: str) -> bool:
    """Whether a bullet names who does it."""
    own = subject_of(text)
    if own is not None and re.match(
        r"\s*(?::|chủ trì|có trách nhiệm|tham mưu|là đơn vị|làm đầu mối)", low(text[own[1] : own[1] + 30])
    ):
        return True
    prose, values = labels_in(text)
    return assigned(text) is not None or (bool(prose) and any(item.key == "lead" for item in values))


_LEADING = expression(r"\s*(?:chủ trì|là (?:cơ quan|đơn vị) chủ trì|làm đầu mối)(?!\w)")


def _told_below(task: FoundTask, part: Part, known: tuple[str, ...]) -> FoundTask:
    """ "1. Rà soát" with one sentence below, "Phòng A chủ trì, … trước ngày …"; of several, none is chosen."""
    if task.leads or task.coordinators or task.time.raw or part.children or len(part.paragraphs) != 1:
        return task
    line = part.paragraphs[0]
    own = subject_of(line)
    if own is None or not _LEADING.match(low(line), own[1]):
        return task
    if ";" in line or len(sentences(line)) > 1 or low(line).count("chủ trì") > 1 or "báo cáo" in low(line):
        return task
    leads, coordinators = split_names(own[0], known), coordinators_in(line, known)
    time = time_in_prose(line) or Time()
    said = (("lead", leads), ("coordinator", coordinators), ("time", time.raw))
    return replace(
        task,
        leads=leads,
        coordinators=coordinators,
        time=time,
        confidence=round(sure(leads, time) - 0.15, 2),
        labels={**task.labels, **{key: "" for key, value in said if value}},
    )


_RESPONSIBLE = expression(
    r"^(?:có trách nhiệm\s*:?\s*|chịu trách nhiệm\s+(?=thực hiện|triển khai|tổ chức|xây dựng|làm|thi hành|theo "
    r"dõi|hướng dẫn))",
    re.I,
)


def _prose_task(part: Part, words: str, lead: str | None, known: tuple[str, ...]) -> FoundTask | None:
    said = sentences(words[:6000])
    rest: Time | None = None
    helpers: tuple[str, ...] = ()
    whole = words
    if lead is None:
        lead, helpers, words = in_brackets(words, known)
        said = sentences(words[:6000])
    if lead is None:
        lead, words, rest = after_colon(words)
    title = _RESPONSIBLE.sub(
        "", bare_end(words) if rest is not None else bare_end(said[0][1]) if said else ""
    )
    if not title:
        return None
    title = title[0].upper() + title[1:]
    leads = split_names(lead, known) if lead else ()
    coordinators = helpers or coordinators_in(whole, known)
    time = (
        rest
        if rest is not None and rest.kind != "unspecified"
        else next(
            (
                time
                for _, sentence in said[:6]
                if "báo cáo" not in low(sentence) and (time := time_in_prose(sentence))
            ),
            None,
        )
    )
    method = free_method(part)
    labels = {}
    for key, value in (("lead", leads), ("coordinator", coordinators), ("method", method), ("time", time)):
        if value:
            labels[key] = ""
    found = time or Time()
    confidence = round(sure(leads, found) - 0.15, 2)
    return FoundTask(
        part.ref, title[:TITLE_LIMIT], leads, coordinators, method, found, raw_of(part), confidence, labels
    )
