"""What several tests of the history need: statements counted, one byte changed behind the triggers, plain reading."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

from sqlalchemy import event, select

from tests.record import Record
from workflow.commands.steps import act_on, load_for_step
from workflow.engine import Engine, Identity
from workflow.models import Entry, Leaf


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement both doors of this engine send while the block runs."""
    sent: list[str] = []

    def listen(connection, cursor, statement, parameters, context, executemany):
        sent.append(statement)

    doors = {engine.database.read, engine.database.write}
    for door in doors:
        event.listen(door, "before_cursor_execute", listen)
    yield sent
    for door in doors:
        event.remove(door, "before_cursor_execute", listen)


def many_acts(record: Record, document_id: int, how_many: int, login: str = "hung") -> None:
    """So many acts on one document, in one Work, as its chain wants them."""
    with record.engine.work(record.who(login)) as w:
        for _ in range(how_many):
            act_on(w, load_for_step(w, document_id), action="edit", label="Sửa dự thảo")


def number_of(record: Record, action: str) -> int:
    """The public number of the newest event with this action."""
    with record.engine.reading(Identity(rule="test")) as w:
        statement = select(Leaf.position).join(Entry, Entry.id == Leaf.entry_id).where(Entry.action == action)
        return w.db.scalars(statement.order_by(Leaf.position.desc())).first() + 1


def change_one_byte(record: Record, number: int) -> None:
    """What an owner of the file can do: drop the trigger, change one letter of a stored event."""
    with sqlite3.connect(record.engine.database.write.url.database) as db:
        db.execute("DROP TRIGGER entry_no_update")
        entry_id, body = db.execute(
            "SELECT entry.id, body FROM entry JOIN leaf ON leaf.entry_id = entry.id WHERE position = ?",
            (number - 1,),
        ).fetchone()
        place = body.index(b'"label":"') + len(b'"label":"')
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        db.execute("UPDATE entry SET body = ? WHERE id = ?", (changed, entry_id))
    db.close()


def numbers_on(page: str) -> list[int]:
    """The events a history page shows, from the top."""
    return [int(number) for number in re.findall(r'id="sk-(\d+)"', page)]


def links_on(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<a\b[^>]*href="(/[^"]*)"', page)]
