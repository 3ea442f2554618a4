"""One entry of the log as a reader meets it: read from its stored bytes, never from the columns beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, and_, case, select

from workflow.engine import Work
from workflow.log.chain import GENESIS
from workflow.log.commitment import opens
from workflow.log.entry import BadEntry, entry_hash, parse_entry
from workflow.models import Document, Entry, EntryNote, Leaf
from workflow.queries.entry_visibility import document_open_to


@dataclass(frozen=True)
class Note:
    """Words behind a commitment. `erased`: the words are lawfully gone; `altered`: they are not the ones committed to."""

    state: Literal["kept", "erased", "altered"]
    text: str = ""
    commitment: str = ""


@dataclass(frozen=True)
class Event:
    """
    `number` is the public one: place in the tree, counted from 1; None in the moment before the seal.

    `intact` is whether the stored bytes give the recorded hash, `readable` whether they are an entry at all.
    `openable` says that the reader may open the document now.
    """

    entry_id: int
    number: int | None
    stream: str
    action: str
    at: datetime
    hash: str
    stored: bytes
    body: Mapping[str, Any]
    intact: bool
    readable: bool
    document_id: int | None
    subject: str
    reference_no: str
    openable: bool
    note: Note | None

    @property
    def label(self) -> str:
        return str(self.body.get("label") or self.action)

    @property
    def person(self) -> str:
        return str(self._actor.get("name") or "")

    @property
    def title(self) -> str:
        """The title held at that moment, as it was copied into the entry."""
        return str(self._actor.get("title") or "")

    @property
    def unit(self) -> str:
        return str(self._actor.get("unit") or "")

    @property
    def rule(self) -> str:
        return str(self._actor.get("rule") or "")

    @property
    def capacity(self) -> Mapping[str, Any]:
        """`kind`, `lines` and `basis`; empty for acts that need no capacity."""
        found = self.body.get("capacity")
        return found if isinstance(found, dict) else {}

    @property
    def facts(self) -> Mapping[str, Any]:
        found = self.body.get("facts")
        return found if isinstance(found, dict) else {}

    @property
    def digest(self) -> str:
        """Of the text the act was about; empty where there was none."""
        return str(self.facts.get("digest") or "")

    @property
    def revision(self) -> int | None:
        found = self.facts.get("revision")
        return found if isinstance(found, int) else None

    @property
    def prev(self) -> str:
        """Hash of the entry before it in its document's chain; empty for the first and outside chains."""
        found = str(self.body.get("prev") or "")
        return "" if found == GENESIS else found

    @property
    def _actor(self) -> Mapping[str, Any]:
        found = self.body.get("actor")
        return found if isinstance(found, dict) else {}


def event_rows(w: Work) -> Select[Any]:
    """What `event_of` reads, one row an entry, in one statement; the caller says which entries."""
    seen = case((document_open_to(w.actor), 1), else_=0)
    columns: tuple[Any, ...] = (
            Entry.id, Entry.stream, Entry.action, Entry.at, Entry.body, Entry.hash, Entry.document_id, Leaf.position,
            Document.subject, Document.reference_no, seen.label("openable"),
            EntryNote.salt, EntryNote.text,
        )  # fmt: skip
    return (
        select(*columns)
        .select_from(Entry)
        .outerjoin(Leaf, Leaf.entry_id == Entry.id)
        .outerjoin(Document, Document.id == Entry.document_id)
        .outerjoin(EntryNote, and_(EntryNote.entry_id == Entry.id, EntryNote.kind == "note"))
    )


def event_of(row: Row[Any]) -> Event:
    try:
        body = parse_entry(row.body)
        readable = True
    except BadEntry:
        body, readable = {}, False
    openable = bool(row.openable)
    after = body.get("after")
    number_then = after.get("reference_no") if isinstance(after, dict) else None
    return Event(
        entry_id=row.id,
        number=None if row.position is None else row.position + 1,
        stream=row.stream,
        action=row.action,
        at=row.at,
        hash=row.hash.hex(),
        stored=row.body,
        body=body,
        intact=entry_hash(row.body) == row.hash,
        readable=readable,
        document_id=row.document_id,
        subject=str(body.get("subject") or (row.subject if openable else "") or ""),
        reference_no=str((row.reference_no if openable else None) or number_then or ""),
        openable=openable,
        note=note_of(body.get("note"), row.salt, row.text),
    )


def note_of(commitment: object, salt: bytes | None, text: str | None) -> Note | None:
    """None where nothing was written in the first place."""
    if not isinstance(commitment, str):
        return None
    if text is None or salt is None:
        return Note("erased", commitment=commitment)
    if len(salt) != 32 or not opens(commitment, text, salt):
        return Note("altered", text, commitment)
    return Note("kept", text, commitment)
