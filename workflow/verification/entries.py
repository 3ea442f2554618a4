"""One entry by itself: its bytes against its hash, its columns against its bytes, its words against their commitments."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from workflow.folding import fold
from workflow.log.commitment import opens
from workflow.log.entry import BadEntry, entry_hash, parse_entry
from workflow.models import Entry, EntryNote
from workflow.models.base import instant_text
from workflow.verification.report import Broken, Tally
from workflow.verification.rows import AnyRow, stream


def check_loose_entries(db: Connection, tally: Tally, codes: Mapping[int, str]) -> None:
    """The entries outside every chain: the stream `access`, and acts on no document."""
    statement = select(Entry.__table__).where(or_(Entry.document_id.is_(None), Entry.stream != "act"))
    for row in stream(db, statement.order_by(Entry.id)):
        faults = []
        computed = entry_hash(row.body)
        if computed != row.hash:
            faults.append(_broken(row, "hash", row.hash.hex(), computed.hex()))
        try:
            body = parse_entry(row.body)
        except BadEntry as bad:
            faults.append(_broken(row, "unreadable", row.hash.hex(), computed.hex(), bad.reason))
        else:
            faults += column_faults(row, body, codes)
        tally.add("entries", faults)


def column_faults(row: AnyRow, body: Mapping[str, Any], codes: Mapping[int, str]) -> list[Broken]:
    """The columns are copies for finding; where one differs, a search would show another history."""
    actor, after = part(body, "actor"), part(body, "after")
    said = {
        "document_id": body.get("document"),
        "version": body.get("version"),
        "stream": body.get("stream"),
        "action": body.get("action"),
        "person_id": actor.get("id"),
        "capacity": part(body, "capacity").get("kind", ""),
        "folded": fold(f"{actor.get('name')} {body.get('subject', '')} {after.get('reference_no') or ''}"),
    }
    faults = [
        _broken(row, "columns", str(getattr(row, name)), str(value), name)
        for name, value in said.items()
        if getattr(row, name) != value
    ]
    if instant_text(row.at) != body.get("at"):
        faults.append(_broken(row, "columns", instant_text(row.at), str(body.get("at")), "at"))
    code = codes.get(row.agency_id) if row.agency_id is not None else None
    if code != part(body, "agency").get("code"):
        faults.append(_broken(row, "columns", str(code), str(body.get("agency")), "agency_id"))
    return faults


def part(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object under this name; an empty one where a changed body holds none, or something else."""
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def check_notes(db: Connection, tally: Tally) -> None:
    """The words beside an entry open its commitment. Erased words are lawful, and so is their whole row."""
    statement = (
        select(EntryNote.entry_id, EntryNote.kind, EntryNote.salt, EntryNote.text, Entry.document_id, Entry.action,
               Entry.body)
        .join(Entry, Entry.id == EntryNote.entry_id)
        .where(EntryNote.text.is_not(None))
        .order_by(EntryNote.entry_id)
    )  # fmt: skip
    for row in stream(db, statement):
        try:
            commitment = str(msgspec.json.decode(row.body).get(row.kind, ""))
        except (msgspec.DecodeError, UnicodeDecodeError, AttributeError):
            commitment = ""
        holds = opens(commitment, row.text, row.salt)
        bad = Broken("note", row.entry_id, row.document_id, row.action, commitment, "", row.kind)
        tally.add("notes", () if holds else (bad,))


def _broken(row: AnyRow, kind: str, recorded: str, computed: str, where: str = "") -> Broken:
    return Broken(kind, row.id, row.document_id, row.action, recorded, computed, where)
