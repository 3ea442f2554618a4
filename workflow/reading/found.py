"""
A task as found, and what is known of the parts while tasks are read.
"""

from dataclasses import dataclass, field

from msgspec import Struct

from workflow.content import Time
from workflow.reading.outline import Part
from workflow.reading.tables import TableRow

TOP = ("phần", "chương", "mục", "điều", "capital", "roman", "heading")


TITLE_LIMIT = 1200


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
    """
    What was found on the parts: the task of each, its subject, and the children that only hold labels.

    `shared`: tasks whose leads and helpers stand under one label, with its words.
    """

    tasks: list[FoundTask] = field(default_factory=list)
    of: dict[int, FoundTask] = field(default_factory=dict)
    subjects: dict[int, str] = field(default_factory=dict)
    lifted: set[int] = field(default_factory=set)
    lifted_lines: dict[int, set[int]] = field(default_factory=dict)
    rows: dict[int, list[tuple[TableRow, FoundTask | None]]] = field(default_factory=dict)
    unread_tables: list[str] = field(default_factory=list)
    parted: dict[int, bool] = field(default_factory=dict)
    shared: list[tuple[FoundTask, str]] = field(default_factory=list)

    def leave_out(self, parts: set[int]) -> None:
        """Without the tasks of these parts, by their ids."""
        gone = {id(self.of.pop(part)) for part in parts & self.of.keys()}
        self.tasks = [task for task in self.tasks if id(task) not in gone]


def sure(leads: tuple[str, ...], time: Time) -> float:
    return round(0.6 + 0.2 * bool(leads) + 0.15 * (time.kind != "unspecified"), 2)


def raw_of(part: Part) -> str:
    lines = [
        part.text,
        *part.paragraphs,
        *(f"- {child.text}" for child in part.children if not child.numbered),
    ]
    return "\n".join(line for line in lines if line)[:4000]
