"""What the confirm screen says was read of a text, as values a story can compare; it judges nothing."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.person import text_of
from tests.stories.stage import Visitor
from tests.workflow.reading.texts import seed_texts

SILENT = "Văn bản không ghi"
NO_TIME = ("unspecified", "", "", "")


@dataclass(frozen=True)
class Job:
    """One task; `time` is its kind, its first and last day, and the words of the text."""

    leads: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    time: tuple[str, str, str, str] = NO_TIME


@dataclass(frozen=True)
class Owed:
    """One duty to report; `due` as "10/11", "" where the text has no date."""

    ref: str
    sender: str
    to: str
    recurrence: str
    due: str = ""
    via: str = ""
    by_reference: bool = False
    embedded_in: str = ""


@dataclass(frozen=True)
class Said:
    """Everything on the screen that came from the text."""

    subject: str
    source: dict[str, str]
    bases: list[tuple[str, str, str, str]]
    jobs: dict[str, Job]
    methods: dict[str, str]
    labels: dict[str, str]
    duties: list[Owed]
    recipients: list[tuple[str, str]]
    archive_line: str
    notes: str
    corrections: list[tuple[str, str]]


def texts(number: str, own: str) -> list[Any]:
    """Our text and, where TRINHKY_SEEDS names their folder, the original: (name, text) to run a story on."""
    found = seed_texts(number, own)
    return [pytest.param(data.decode(), id=name.partition(".")[0]) for name, data in found]


def paste(person: Visitor, text: str) -> Said:
    """A text put into the box and read; the confirm screen is open."""
    person.get("/ke-hoach/nhap")
    person.send("/ke-hoach/nhap", text=text)
    assert person.page is not None
    page, form = person.page.text, person.form("/ke-hoach/nhap")
    rows = {name: _rows(form, name) for name in ("bases", "tasks", "duties", "recipients")}
    return Said(
        subject=form["subject"],
        source=_pairs(_part(page, "ng-h", "cc-h")),
        bases=[(row["doc_type"], row["reference_no"], row["date"], row["issuer"]) for row in rows["bases"]],
        jobs={row["ref"]: _job(row) for row in rows["tasks"]},
        methods={row["ref"]: row["method"] for row in rows["tasks"] if row["method"]},
        labels={row["ref"]: row["label_time"] for row in rows["tasks"]},
        duties=[_owed(row) for row in rows["duties"]],
        recipients=[(row["name"], row["purpose"]) for row in rows["recipients"]],
        archive_line=form["archive_line"],
        notes=text_of(_part(page, "luu-y", "goc-h")),
        corrections=_corrections(page),
    )


def _part(page: str, first: str, last: str) -> str:
    """The page between two headings; nothing where the first is not on it."""
    start = page.find(f'id="{first}"')
    if start < 0:
        return ""
    return page[page.index(">", start) + 1 : page.rindex("<", 0, page.index(f'id="{last}"'))]


def _pairs(page: str) -> dict[str, str]:
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {text_of(name): text_of(value) for name, value in found}


def _corrections(page: str) -> list[tuple[str, str]]:
    found = re.findall(r"<del>(.*?)</del> thành <ins>(.*?)</ins>", page, re.DOTALL)
    return [(text_of(old).removeprefix("Bỏ: "), text_of(new).removeprefix("Thêm: ")) for old, new in found]


def _rows(form: dict[str, Any], name: str) -> list[dict[str, str]]:
    """The rows of one list, in order; each is offered as taken."""
    rows: dict[int, dict[str, str]] = {}
    for key, value in form.items():
        if found := re.fullmatch(rf"{name}-(\d+)-(\w+)", key):
            rows.setdefault(int(found[1]), {})[found[2]] = value
    assert all("take" in row for row in rows.values())
    return [rows[place] for place in sorted(rows)]


def _job(row: dict[str, str]) -> Job:
    return Job(
        tuple(row["leads"].split("\n")) if row["leads"] else (),
        tuple(row["coordinators"].split("\n")) if row["coordinators"] else (),
        (row["kind"], row["since"], row["until"], row["raw"]),
    )


def _owed(row: dict[str, str]) -> Owed:
    assert row["inclusive"] == "", "every date of the four plans is strictly before"
    return Owed(
        row["ref"],
        row["sender"],
        row["to"],
        row["recurrence"],
        f"{row['due_day']}/{row['due_month']}" if row["due_day"] else "",
        row["via"],
        "by_reference" in row,
        row["embedded_in"],
    )
