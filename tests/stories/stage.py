"""An agency on a day: its people at their browsers and the one clock; everything is done and read through pages."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tests.person import Door, Person, form_fields, open_app, text_of
from tests.record import Record
from workflow.commands.tick import Ticked, tick

VIETNAM = timezone(timedelta(hours=7))


@dataclass
class Visitor(Person):
    """A person who reads words and presses buttons by the slug of their step."""

    @property
    def words(self) -> str:
        assert self.page is not None
        return text_of(self.page.text)

    def at(self) -> str:
        """Where the browser stands."""
        assert self.page is not None
        return self.page.request.path

    def form(self, action: str) -> dict[str, Any]:
        """The fields of a form of this page as they are filled now."""
        assert self.page is not None
        return form_fields(self.page.text, action)

    def read(self, path: str, *, status: int = 200) -> str:
        """The words of a page."""
        return text_of(self.get(path, status=status))

    def document(self, document_id: int) -> str:
        return self.read(f"/van-ban/{document_id}")

    def send(self, action: str, **typed: Any) -> str:
        """Fill in a form of this page and send it; the words of the page that follows."""
        answer = self.submit(action, typed)
        assert answer.status_code == 200, f"{action}: {answer.status_code}\n{self.words[:1500]}"
        return self.words

    def refused(self, action: str, *, status: int, **typed: Any) -> str:
        """Send a form that must not be taken; the words of the refusal."""
        answer = self.submit(action, typed)
        assert answer.status_code == status, f"{action}: {answer.status_code}\n{self.words[:1500]}"
        return self.words

    def take(self, document_id: int, slug: str, **typed: Any) -> str:
        """Open the step's own page, fill it in and send it; the words of the page that follows."""
        self.get(f"/van-ban/{document_id}/buoc/{slug}")
        return self.send(f"/buoc/{slug}", **typed)


class Stage:
    """`stage("lan")` is Lan; `stage.on(day)` sends everybody home and lets that day begin at nine."""

    def __init__(self, record: Record):
        self.record = record
        self.door = Door(open_app(record), record, kind=Visitor)

    def __call__(self, login: str) -> Visitor:
        found = self.door(login)
        assert isinstance(found, Visitor)
        return found

    def on(self, day: int, month: int, year: int, hour: int = 9, minute: int = 0) -> None:
        moment = datetime(year, month, day, hour, minute, tzinfo=VIETNAM)
        self.record.clock.now = moment.astimezone(UTC)
        self.door.seated.clear()

    def wait(self, **how: float) -> None:
        """Sessions last, unless it is an hour."""
        self.record.clock.forward(**how)

    def id_of(self, login: str) -> str:
        """The value by which a select offers this person."""
        return str(self.record.person(login))

    def tick(self) -> Ticked:
        return tick(self.record.engine)


def number_in(path: str) -> int:
    """The document that an address speaks of."""
    found = re.match(r"/van-ban/(\d+)(?:/|$)", path)
    assert found, path
    return int(found[1])


def table(page: str, caption: str) -> list[tuple[str, ...]]:
    """The words of each cell of the table with this caption, row by row."""
    for found in re.finditer(r"<table\b.*?</table>", page, re.DOTALL):
        if text_of((re.search(r"<caption.*?</caption>", found[0], re.DOTALL) or [""])[0]).startswith(caption):
            rows = re.findall(r"<tr\b.*?</tr>", found[0].partition("<tbody")[2], re.DOTALL)
            cells = (re.findall(r"<t[dh]\b.*?</t[dh]>", row, re.DOTALL) for row in rows)
            return [tuple(text_of(cell) for cell in row) for row in cells]
    raise AssertionError(f"no table “{caption}” on this page: {text_of(page)[:600]}")
