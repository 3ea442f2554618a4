"""What units note of the tasks of an issued plan: some done with a file to show it, some begun, some silent."""

import hashlib
from datetime import date, datetime, time, timedelta

from web.demo.hours import at, spread
from web.demo.plans import BREATH, PlanStory
from web.demo.results import few_words
from workflow.commands.attachments import Incoming, incoming
from workflow.commands.tasks import Said, note_progress
from workflow.queries.tasks import TaskStanding, tasks_of_plan

AT_ONCE = timedelta(days=45)
"""A task without a last day is worked on so long after it began."""
WRITERS = ("unit_reporter", "drafter", "dept_head")
STOPPED = 40
BEGUN = 90
"""Of 256: below the first nobody says anything, below the second it is begun and no more, else it is done."""


def progress(story: PlanStory) -> None:
    """Put what is noted of this plan's tasks into the queue; again each new year, for those that come every year."""
    _note_new(story, frozenset())


def _note_new(story: PlanStory, known: frozenset[int]) -> None:
    stage = story.stage
    with stage.reading() as w:
        items = tasks_of_plan(w, story.document_id)
    for item in items:
        if item.id not in known and item.starts_on is not None:
            _note(story, item)
    new_year = at(date(stage.clock.now.year + 1, 1, 5), time(9))
    if new_year < stage.ends:
        stage.later(new_year, lambda: _note_new(story, frozenset(item.id for item in items)))


def _note(story: PlanStory, item: TaskStanding) -> None:
    stage = story.stage
    chance = hashlib.sha256(
        f"{story.plan.text[:400]}|{item.ref}|{item.unit_id}|{item.period}".encode()
    ).digest()
    start = max(at(item.starts_on or stage.clock.now.date(), time(9)), stage.clock.now)
    last = at(item.last_day, time(16)) if item.last_day else start + AT_ONCE
    end = min(last, stage.ends - BREATH)
    if chance[0] < STOPPED or end <= start:
        return
    first, second = spread(start, end, 2)
    stage.later(first, lambda: _say(story, item, Said("running", few_words("running", chance))))
    if chance[0] >= BEGUN and last <= end:
        stage.later(second, lambda: _say(story, item, Said("done", few_words("done", chance)), shown=True))


def _say(story: PlanStory, item: TaskStanding, said: Said, *, shown: bool = False) -> None:
    stage = story.stage
    who = next(
        (found for role in WRITERS if (found := stage.holder(story.agency.id, role, unit_id=item.unit_id))),
        None,
    )
    if who is None:
        return
    with stage.work(who) as w:
        note_progress(
            w, task_id=item.id, said=said, file=_minutes(item, said, stage.clock.now) if shown else None
        )


def _minutes(item: TaskStanding, said: Said, now: datetime) -> Incoming:
    """A file that says of itself what it is."""
    words = (
        f"{item.unit_name}\nXác nhận kết quả: {item.ref} {item.title}\n{said.words}\n"
        f"Ngày {now:%d/%m/%Y}\n\nTệp của bản trình diễn; người và việc đều không có thật.\n"
    )
    return incoming(f"xác nhận {item.ref or 'kết quả'}.txt", words.encode())
