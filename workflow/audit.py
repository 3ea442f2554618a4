"""The trail: who did what to which document, when, in which capacity. Rows are only ever added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, bindparam, cast, func, insert, literal, literal_column, select

from workflow.engine import Prepared, Work
from workflow.folding import fold
from workflow.log.chain import GENESIS
from workflow.log.commitment import commit, fresh_salt
from workflow.log.entry import entry_bytes, entry_hash
from workflow.models import Entry, EntryNote, Unsealed
from workflow.models.base import instant_text

# Statements of every step are built once: building them anew costs more than running them.
_ENTRY = Prepared(insert(Entry.__table__))
_NOTE = Prepared(insert(EntryNote.__table__))
_COLUMNS = [column for column in Entry.__table__.columns if column.name != "id"]

LAST_ENTRY = func.currval(literal_column("'entry_id_seq'"))
"""PostgreSQL: the id of the entry that this connection wrote last, for what goes with it in one round trip."""
_NOTE_OF_LAST = Prepared(insert(EntryNote.__table__).values(entry_id=LAST_ENTRY))


def entry_to_seal(change: Update | None = None, *, sure: bool = False) -> Prepared:
    """
    PostgreSQL: the entry and its place in the queue for the shared seal; with a change in the same round trip, and only
    where that changed a row. Where it is `sure` to, an entry without it is an error: it is left without its hash.
    """
    given: dict[str, ColumnElement[Any]] = {
        column.name: cast(bindparam(column.name, type_=column.type), column.type) for column in _COLUMNS
    }
    changed = None if change is None else change.returning(literal(1).label("one")).cte("changed")
    if changed is not None and sure:
        given["hash"] = select(given["hash"]).select_from(changed).scalar_subquery()
    values = select(*given.values())
    if changed is not None and not sure:
        values = values.select_from(changed)
    new = insert(Entry.__table__).from_select([column.name for column in _COLUMNS], values)
    written = Entry.__table__.c
    inserted = new.returning(written.id, written.hash, written.at).cte("inserted")
    columns = [column.name for column in Unsealed.__table__.columns]
    queued = insert(Unsealed.__table__).from_select(columns, select(inserted)).cte("queued")
    return Prepared(select(inserted.c.id).add_cte(queued))


_ENTRY_TO_SEAL = entry_to_seal()

CLOCK_STEP_BACK = timedelta(seconds=5)


@dataclass(frozen=True)
class Draft:
    """An entry that is composed but not yet written: its bytes, its hash, and the columns for finding it."""

    stored: bytes
    hash: bytes
    columns: Mapping[str, Any]
    secrets: tuple[tuple[str, bytes, str], ...]


@dataclass(frozen=True)
class About:
    """What an entry is about. All of it is copied into the entry as text, none of it is a reference."""

    action: str
    label: str
    agency_id: int | None = None
    document_id: int | None = None
    unit_id: int | None = None
    subject: str = ""
    version: int | None = None
    prev: str = GENESIS
    note: str = ""
    capacity: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] | None = None
    relation: str = ""
    not_before: datetime | None = None


def record(w: Work, about: About) -> tuple[int, bytes]:
    """Compose and write an entry of the stream `act`; returns its id and hash."""
    return write(w, compose(w, about))


def compose(w: Work, about: About, *, stream: str = "act") -> Draft:
    """Actor and time come from the Work: they cannot be forgotten and cannot differ."""
    at = max(w.now, about.not_before) if about.not_before else w.now
    agency = w.directory.agencies[about.agency_id] if about.agency_id else None
    body: dict[str, Any] = {
        "v": 1,
        "stream": stream,
        "action": about.action,
        "label": about.label,
        "at": instant_text(at),
        "actor": _actor(w, about),
        "prev": about.prev,
    }
    if agency is not None:
        body["agency"] = {"code": agency.code, "name": agency.name}
    if about.document_id is not None:
        body |= {"document": about.document_id, "subject": about.subject}
    if about.version is not None:
        body["version"] = about.version
    if w.clock != w.now:
        body["clock"] = instant_text(w.clock)
        if w.now - w.clock > CLOCK_STEP_BACK:
            body["clock_alarm"] = True
    if about.capacity:
        body["capacity"] = dict(about.capacity)
    if about.facts:
        body["facts"] = dict(about.facts)
    if about.after is not None:
        body["after"] = dict(about.after)
    if w.cause:
        body["caused_by"] = w.cause
    secrets = []
    for kind, text in (("note", about.note), ("ip", w.actor.ip), ("user_agent", w.actor.user_agent)):
        if text:
            salt = fresh_salt()
            body[kind] = commit(text, salt)
            secrets.append((kind, salt, text))
    stored = entry_bytes(body)
    columns = {
        "agency_id": about.agency_id,
        "document_id": about.document_id,
        "version": about.version,
        "stream": stream,
        "action": about.action,
        "at": at,
        "person_id": w.actor.person_id or None,
        "unit_id": about.unit_id,
        "capacity": (about.capacity or {}).get("kind", ""),
        "folded": fold(f"{w.actor.name} {about.subject} {(about.after or {}).get('reference_no') or ''}"),
    }
    return Draft(stored, entry_hash(stored), columns, tuple(secrets))


def write(w: Work, draft: Draft) -> tuple[int, bytes]:
    """Insert the entry, keep its erasable words beside it, and hand it to the seal."""
    if w.engine.database.is_sqlite:
        entry_id = _ENTRY.new_id(w.db, _values(draft))
    else:
        entry_id = _ENTRY_TO_SEAL.scalar(w.db, _values(draft))
    _keep_beside(w, entry_id, draft)
    return entry_id, draft.hash


def write_with(w: Work, draft: Draft, statement: Prepared, values: Mapping[str, Any]) -> int | None:
    """As `write`, by a statement that `entry_to_seal` made with a change; None where that changed nothing."""
    entry_id: int | None = statement.scalar(w.db, {**values, **_values(draft)})
    if entry_id is not None:
        _keep_beside(w, entry_id, draft)
    return entry_id


def write_later(w: Work, draft: Draft, statement: Prepared, values: Mapping[str, Any]) -> None:
    """As `write_with`, of a change that is sure: nobody waits for the entry, which is LAST_ENTRY until the next."""
    statement.later(w.db, {**values, **_values(draft)})
    _keep_beside(w, None, draft)


def _values(draft: Draft) -> dict[str, Any]:
    return {"body": draft.stored, "hash": draft.hash, **draft.columns}


def _keep_beside(w: Work, entry_id: int | None, draft: Draft) -> None:
    rows: list[dict[str, Any]] = [
        {"kind": kind, "salt": salt, "text": text} for kind, salt, text in draft.secrets
    ]
    if rows and entry_id is None:
        _NOTE_OF_LAST.run_all(w.db, rows)
    elif rows:
        _NOTE.run_all(w.db, [{"entry_id": entry_id, **row} for row in rows])
    w.to_seal.append((entry_id, draft.hash))


def note_access(
    w: Work,
    action: str,
    label: str,
    *,
    agency_id: int | None = None,
    document_id: int | None = None,
    subject: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """
    One entry of the stream `access`: a view, a download, a print, a refusal, a sign-in (decisions.md 25).

    Written in a Work of its own, after the page was rendered or the act was rolled back.
    """
    about = About(
        action=action,
        label=label,
        agency_id=agency_id,
        document_id=document_id,
        subject=subject,
        facts=facts or {},
    )
    write(w, compose(w, about, stream="access"))


def _actor(w: Work, about: About) -> dict[str, Any]:
    actor = w.actor
    if actor.is_system:
        return {"name": actor.name, "rule": actor.rule}
    seats = [
        seat for seat in actor.seats if about.agency_id is None or seat.post.agency_id == about.agency_id
    ]
    said: dict[str, Any] = {"id": actor.person_id, "name": actor.name, "channel": actor.channel}
    if seats:
        seat = next((seat for seat in seats if seat.unit.id == about.unit_id), seats[0])
        said |= {"title": seat.post.title, "unit": seat.unit.name}
    if about.relation:
        said["as"] = about.relation
    if actor.request_id:
        said["request"] = actor.request_id
    return said
