"""
Tasks: what is to be done, who leads, who helps, how and by when, from labels, tables and plain sentences.

Lead and time stay empty where the text is silent.
"""

from msgspec.structs import replace

from workflow.content import Time
from workflow.patterns import expression
from workflow.reading.found import TITLE_LIMIT, TOP, FoundTask, Reading, raw_of, sure
from workflow.reading.labels import Labelled, labels_in
from workflow.reading.meaning import section_kind
from workflow.reading.outline import Part, walk
from workflow.reading.prose import (
    free_method,
    only_unit,
)
from workflow.reading.said_tasks import plain_task, said_task
from workflow.reading.task_rows import read_rows
from workflow.reading.times import read_time, time_in_prose
from workflow.reading.units import names_nobody, split_names, subject_of
from workflow.reading.words import bare_end, low


def read_tasks(parts: list[Part], known: tuple[str, ...], *, report: bool) -> Reading:
    """The tasks of a body. `report`: a báo cáo tells what was done; only labels make a task there."""
    reading = Reading()
    for part, above in walk(parts):
        if part.paragraphs and not part.bullet and section_kind(part, (*above, part)) == "implement":
            _own_parts(part)
    for part, above in walk(parts):
        if part.table:
            read_rows(reading, part, known)
        if id(part) in reading.lifted:
            continue
        kind = section_kind(part, above)
        if part.style == "text":
            task = said_task(reading, part, above, kind, known) if not report else None
            if task is not None:
                reading.tasks.append(task)
                reading.of[id(part)] = task
            continue
        subject = _subject(reading, part, above, kind)
        labelled = _labels(part, reading)
        task = _labelled_task(part, labelled, kind, known)
        if task is not None:
            task = _doubted(reading, task, labelled)
            _lift(reading, part)
        elif not report and not part.table:
            task = plain_task(reading, part, above, kind, subject, known)
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
        if values and not prose and all(map(_held, values)):
            lines.add(place)
    reading.lifted_lines[id(part)] = lines
    for child in part.children:
        if child.bullet or child.style == "text":
            prose, values = labels_in(child.text)
            plain = not child.children and not child.paragraphs
            if values and not prose and plain and all(map(_held, values)):
                reading.lifted.add(id(child))


def _held(value: Labelled) -> bool:
    """Whether a task can hold what a label says; "Đơn vị phối hợp: Không" stays a line of the text."""
    return value.key != "other" and not names_nobody(value.value)


_LAST_DAY = expression(r"hạn|hoàn thành|xong")


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
    if "lead" not in keys and (kind in ("aims", "funds") or part.style in TOP or part.numbered):
        return None
    in_prose = {item.key for item in own}
    leads, coordinators = _names(labelled, "lead", known), _names(labelled, "coordinator", known)
    method = next((item.value for item in labelled if item.key == "method" and item.value), None)
    time = next(
        (
            read_time(item.value, deadline=bool(_LAST_DAY.search(low(item.label))))
            for item in labelled
            if item.key == "time" and item.value
        ),
        Time(),
    )
    labels = {item.key: ("" if item.key in in_prose else item.label) for item in labelled if item.value}
    if method is None:
        method = free_method(part)
        if method:
            labels["method"] = ""
    if time.kind == "unspecified" and not time.raw:
        time = time_in_prose(prose) or time
        if time.raw:
            labels["time"] = ""
    raw = raw_of(part)
    return FoundTask(
        part.ref, title[:TITLE_LIMIT], leads, coordinators, method, time, raw, sure(leads, time), labels
    )


def _doubted(reading: Reading, task: FoundTask, labelled: list[Labelled]) -> FoundTask:
    """Under "Đơn vị chủ trì, phối hợp: …" several names do not tell which of them leads."""
    words = [item for item in labelled if item.key == "lead" and "phối hợp" in low(item.label)]
    if not words or len(task.leads) < 2:
        return task
    task = replace(task, confidence=0.5)
    reading.shared += [(task, f"{item.label}: {item.value}") for item in words]
    return task


def _names(labelled: list[Labelled], key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for item in labelled:
        if item.key == key and item.value:
            found += [name for name in split_names(item.value, known) if name not in found]
    return tuple(found)


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
        if holder.style in TOP:
            break
    return None
