"""
What the screens call a state or a step of one document: "trưởng phòng" of the procedure is the title its head bears.

Labels are published with the procedure and stand in the log as they are; only what is shown of them is put so.
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from workflow.definition import State, Step
from workflow.people import Directory

_HEAD = re.compile(r"trưởng (?:phòng|đơn vị)", re.IGNORECASE)
PLAIN = "Trưởng phòng"
"""Whoever bears it is named by the label as it is."""


def head_title(directory: Directory, unit_id: int, day: date) -> str:
    """As "Chánh Văn phòng": the post of who heads this unit today, else the post itself; "" where the label is right."""
    posts = directory.posts_with(directory.units[unit_id].agency_id, "dept_head", unit_id=unit_id)
    held = [post for post in posts if directory.holders([post], day)] or posts
    return special(held[0].title) if held else ""


def special(title: str) -> str:
    return "" if title.startswith(PLAIN) else title


@lru_cache(maxsize=512)
def titled(label: str, title: str) -> str:
    return _HEAD.sub(lambda found: title, label) if title else label


def titled_state(state: State, title: str) -> State:
    return replace(state, label=titled(state.label, title)) if title else state


def titled_step(step: Step, title: str) -> Step:
    return replace(step, label=titled(step.label, title)) if title else step


def state_of_unit(state: State, directory: Directory, unit_id: int, day: date) -> State:
    """The state of a document of this unit; asks about the unit only where the label names its head."""
    return titled_state(state, head_title(directory, unit_id, day)) if _HEAD.search(state.label) else state
