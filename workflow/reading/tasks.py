"""
Tasks: what is to be done, who leads, who helps, how and by when, from labels, tables and plain sentences.

Lead and time stay empty where the text is silent.
"""

import re
from dataclasses import dataclass, field

from msgspec import Struct

from workflow.content import Time
from workflow.reading.labels import Labelled, labels_in
from workflow.reading.meaning import section_kind
from workflow.reading.outline import Part, walk
from workflow.reading.prose import (
    after_colon,
    after_unit,
    assigned,
    coordinators_in,
    does,
    free_method,
    only_unit,
)
from workflow.reading.tables import TableRow, read_table
from workflow.reading.times import read_time, time_in_prose
from workflow.reading.units import is_unit, split_names, subject_of
from workflow.reading.words import bare_end, low, sentences

_TOP = ("phần", "chương", "mục", "điều", "capital", "roman", "heading")


_TITLE_LIMIT = 1200


class FoundTask(Struct, frozen=True):
    """A task with the text it was read from; `labels` hold the agency's own, "" where the words stand in prose."""

    ref: str
    title: str
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    method: str | None = None
    time: Time = Time()
    raw: str = ""
    confidence: float = 0.5
    labels: dict[str, str] = {}


@dataclass
class Reading:
    """What was found on the parts: the task of each, its subject, and the children that only hold labels."""

    tasks: list[FoundTask] = field(default_factory=list)
    of: dict[int, FoundTask] = field(default_factory=dict)
    subjects: dict[int, str] = field(default_factory=dict)
    lifted: set[int] = field(default_factory=set)
    lifted_lines: dict[int, set[int]] = field(default_factory=dict)
    rows: dict[int, list[tuple[TableRow, FoundTask | None]]] = field(default_factory=dict)
    unread_tables: list[str] = field(default_factory=list)
    parted: dict[int, bool] = field(default_factory=dict)


def read_tasks(parts: list[Part], known: tuple[str, ...], *, report: bool) -> Reading:
    """The tasks of a body. `report`: a báo cáo tells what was done; only labels make a task there."""
    reading = Reading()
    for part, above in walk(parts):
        if part.paragraphs and not part.bullet and section_kind(part, (*above, part)) == "implement":
            _own_parts(part)
    for part, above in walk(parts):
        if part.table:
            _table(reading, part, known)
        if id(part) in reading.lifted:
            continue
        kind = section_kind(part, above)
        if part.style == "text":
            task = _said_task(reading, part, above, kind, known) if not report else None
            if task is not None:
                reading.tasks.append(task)
                reading.of[id(part)] = task
            continue
        subject = _subject(reading, part, above, kind)
        labelled = _labels(part, reading)
        task = _labelled_task(part, labelled, kind, known)
        if task is not None:
            _lift(reading, part)
        elif not report and not part.table:
            task = _plain_task(reading, part, above, kind, subject, known)
        if task is not None:
            reading.tasks.append(task)
            reading.of[id(part)] = task
    return reading


def _own_parts(part: Part) -> None:
    """Paragraphs below "III. TỔ CHỨC THỰC HIỆN" each say what one unit does: parts of their own."""
    if any(values and not prose for prose, values in map(labels_in, part.paragraphs)):
        return
    part.children[:0] = [Part("text", text=line, ref=part.ref) for line in part.paragraphs]
    part.paragraphs.clear()


def _labels(part: Part, reading: Reading) -> list[Labelled]:
    """The labels in the part's own words, in the lines below it and in its bullets."""
    _, found = labels_in(part.text)
    for line in part.paragraphs:
        _, values = labels_in(line)
        found = found + values
    for child in part.children:
        if child.bullet and not child.numbered:
            prose, values = labels_in(child.text)
            # A bullet with words of its own is a duty, not a line of labels.
            if values and not prose:
                found = found + values
        elif child.style == "text":
            prose, values = labels_in(child.text)
            if values and not prose:
                found = found + values
    return [item for item in found if item.key != "other"]


def _lift(reading: Reading, part: Part) -> None:
    lines = set()
    for place, line in enumerate(part.paragraphs):
        prose, values = labels_in(line)
        if values and not prose and all(value.key != "other" for value in values):
            lines.add(place)
    reading.lifted_lines[id(part)] = lines
    for child in part.children:
        if child.bullet or child.style == "text":
            prose, values = labels_in(child.text)
            plain = not child.children and not child.paragraphs
            if values and not prose and plain and all(value.key != "other" for value in values):
                reading.lifted.add(id(child))


def _labelled_task(
    part: Part, labelled: list[Labelled], kind: str | None, known: tuple[str, ...]
) -> FoundTask | None:
    keys = {item.key for item in labelled}
    if not keys & {"lead", "time", "coordinator"}:
        return None
    prose, own = labels_in(part.text)
    title = bare_end(prose)
    if not title or (part.bullet and not keys & {"lead"} and own == []):
        return None
    if "lead" not in keys and (kind in ("aims", "funds") or part.style in _TOP or part.numbered):
        return None
    in_prose = {item.key for item in own}
    leads, coordinators = _names(labelled, "lead", known), _names(labelled, "coordinator", known)
    method = next((item.value for item in labelled if item.key == "method" and item.value), None)
    time = next((read_time(item.value) for item in labelled if item.key == "time" and item.value), Time())
    labels = {item.key: ("" if item.key in in_prose else item.label) for item in labelled if item.value}
    if method is None:
        method = free_method(part)
        if method:
            labels["method"] = ""
    if time.kind == "unspecified" and not time.raw:
        time = time_in_prose(prose) or time
        if time.raw:
            labels["time"] = ""
    raw = _raw(part)
    return FoundTask(
        part.ref, title[:_TITLE_LIMIT], leads, coordinators, method, time, raw, _sure(leads, time), labels
    )


def _names(labelled: list[Labelled], key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for item in labelled:
        if item.key == key and item.value:
            found += [name for name in split_names(item.value, known) if name not in found]
    return tuple(found)


def _sure(leads: tuple[str, ...], time: Time) -> float:
    return round(0.6 + 0.2 * bool(leads) + 0.15 * (time.kind != "unspecified"), 2)


def _raw(part: Part) -> str:
    lines = [
        part.text,
        *part.paragraphs,
        *(f"- {child.text}" for child in part.children if not child.numbered),
    ]
    return "\n".join(line for line in lines if line)[:4000]


def _subject(reading: Reading, part: Part, above: tuple[Part, ...], kind: str | None) -> str | None:
    """The unit a part speaks of: its own first words, else the heading above that is a unit and nothing more."""
    found = subject_of(part.text) if part.text else None
    if found is not None and kind not in ("aims", "funds"):
        reading.subjects[id(part)] = found[0]
        return found[0]
    for holder in reversed(above):
        name = reading.subjects.get(id(holder))
        if name and only_unit(holder.text, name):
            reading.subjects[id(part)] = name
            return name
        if holder.style in _TOP:
            break
    return None


def _plain_task(
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
    if kind == "work" and not part.bullet and part.style not in _TOP:
        if _parted(reading, part):
            # Its bullets say who does what: they are the tasks.
            return None
        return _prose_task(part, after_unit(part.text, own), own[0] if own else assigned(part.text), known)
    if part.bullet and part.style == "dash":
        return _bullet_task(reading, part, above, kind, own, subject, known)
    if kind == "implement" and part.style not in _TOP:
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
    if kind == "work" and (holder.style in _TOP or split) and len(part.text) > 15:
        return _prose_task(part, after_unit(part.text, own), own[0] if own else assigned(part.text), known)
    if kind == "implement":
        if own is not None and (holder.style in _TOP or does(part.text, own[1])):
            return _prose_task(part, after_unit(part.text, own), own[0], known)
        if subject is not None and own is None and len(part.text) > 15:
            return _prose_task(part, part.text, subject, known)
    return None


_ADVERB = re.compile(
    r"(?:căn cứ|hàng năm|định kỳ|trên cơ sở|theo|trong|sau khi|khi)\s[^.;]{0,200}?,\s+(?=\S)"
)


def _said_task(
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


_RESPONSIBLE = re.compile(r"^(?:có|chịu) trách nhiệm\s*:?\s*", re.I)


def _prose_task(part: Part, words: str, lead: str | None, known: tuple[str, ...]) -> FoundTask | None:
    said = sentences(words[:6000])
    rest: Time | None = None
    if lead is None:
        lead, words, rest = after_colon(words)
    title = _RESPONSIBLE.sub(
        "", bare_end(words) if rest is not None else bare_end(said[0][1]) if said else ""
    )
    if not title:
        return None
    title = title[0].upper() + title[1:]
    leads = split_names(lead, known) if lead else ()
    coordinators = coordinators_in(words, known)
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
    confidence = round(_sure(leads, found) - 0.15, 2)
    return FoundTask(
        part.ref, title[:_TITLE_LIMIT], leads, coordinators, method, found, _raw(part), confidence, labels
    )


_DITTO = ("nt", "-nt-", "như trên", "- nt -", '"', "//", "nt-")


def read_annex(reading: Reading, lines: list[str], known: tuple[str, ...]) -> list[FoundTask]:
    """The tasks of a table in an annex; they stand beside the body, with references "PL.…"."""
    before = len(reading.tasks)
    _table(reading, Part("annex", ref="PL", table=lines), known)
    return reading.tasks[before:]


def _table(reading: Reading, part: Part, known: tuple[str, ...]) -> None:
    rows = read_table(part.table)
    if not rows:
        if len(part.table) > 1:
            reading.unread_tables.append(part.table[0])
        return
    prefix, last = part.ref, FoundTask("", "")
    kept: list[tuple[TableRow, FoundTask | None]] = []
    for row in rows:
        cells = row.cells
        ref = cells.get("ref", "").strip(" .)")
        title = bare_end(cells.get("title", ""))
        if not {"lead", "time", "coordinator", "method"} & set(cells):
            # "| I | NHIỆM VỤ CHUNG | | |" heads the rows below it.
            prefix = f"{part.ref}.{ref}".strip(".") if ref else prefix
            kept.append((row, None))
            continue
        if not title:
            continue
        task = FoundTask(
            f"{prefix}.{ref}".strip(".") if ref else prefix,
            title,
            _cell_names(cells.get("lead", ""), last.leads, known),
            _cell_names(cells.get("coordinator", ""), last.coordinators, known),
            cells.get("method") or None,
            last.time if low(cells.get("time", "")) in _DITTO else read_time(cells.get("time", "")),
            row.raw,
            0.9,
            {key: key for key in ("lead", "coordinator", "method", "time") if cells.get(key)},
        )
        last = task
        reading.tasks.append(task)
        kept.append((row, task))
    reading.rows[id(part)] = kept


def _cell_names(cell: str, above: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    return above if low(cell).strip() in _DITTO else split_names(cell, known) if cell else ()
