"""The story of one document as its entries tell it: who, as what, over which text; names as of that moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, select

from workflow.engine import Asking, Prepared, Work
from workflow.log.entry import parse_entry
from workflow.models import Entry, EntryNote
from workflow.nudging import Nudge

HANDING_ON = ("reassign", "forward")
"""Steps that leave a document in its state, with somebody else."""


@dataclass(frozen=True)
class Line:
    """
    One act. `title`, `unit` and `capacity_lines` are text of that moment; `note_erased` where a comment was
    written and later lawfully removed.
    """

    entry_id: int
    version: int
    action: str
    label: str
    at: datetime
    person_id: int | None
    name: str
    title: str
    unit: str
    relation: str
    rule: str
    capacity: str
    capacity_lines: tuple[str, ...]
    basis: str
    from_state: str
    to_state: str
    digest: str
    revision: int | None
    note: str
    note_erased: bool
    hash: str
    prev: str
    facts: dict[str, Any]


_TRAIL = Prepared(
    select(Entry.id, Entry.version, Entry.at, Entry.person_id, Entry.body, Entry.hash, EntryNote.text)
    .outerjoin(EntryNote, and_(EntryNote.entry_id == Entry.id, EntryNote.kind == "note"))
    .where(Entry.document_id == bindparam("document_id"), Entry.stream == "act")
    .order_by(Entry.id)
)


def trail_of(w: Work, document_id: int) -> tuple[Line, ...]:
    """Oldest first, the stream of acts only. One statement; whoever asks has found the document visible."""
    statement, values = trail_asked(document_id)
    rows = statement.rows(w.db, values)
    return tuple(_noted(_line(*row), note) for *row, note in rows)


def trail_asked(document_id: int) -> Asking:
    """What `trail_of` asks."""
    return _TRAIL, {"document_id": document_id}


def of_present_wait(trail: Sequence[Line]) -> list[Line]:
    """The acts since the document came to lie where it does, the newest first."""
    found = []
    for line in reversed(trail):
        if line.to_state and (line.to_state != line.from_state or line.action in HANDING_ON):
            break
        found.append(line)
    return found


def last_nudge(trail: Sequence[Line]) -> Nudge | None:
    """The last time those it waits for now were reminded."""
    return next(
        (Nudge(line.name, line.at) for line in of_present_wait(trail) if line.action == "remind"), None
    )


def form_confirmed(trail: Sequence[Line], digest: str) -> Line | None:
    """Who last confirmed the form, if it was that of these words and the entry says what was found in them."""
    found = next((line for line in reversed(trail) if line.action == "check_format"), None)
    return found if found and found.digest == digest and found.facts.get("format_findings") else None


def signers_by_revision(trail: Sequence[Line]) -> dict[int, str]:
    """The name of the signer last chosen while each text was the present one; none where no entry names one."""
    found: dict[int, str] = {}
    chosen = ""
    for line in trail:
        if isinstance(line.facts.get("signer"), str):
            chosen = line.facts["signer"]
        if line.revision is not None and chosen:
            found[line.revision] = chosen
    return found


def _noted(line: Line, note: str | None) -> Line:
    """With its comment, which may be erased and is therefore not kept."""
    return line if note is None else replace(line, note=note, note_erased=False)


@lru_cache(maxsize=1024)
def _line(
    entry_id: int, version: int, at: datetime, person_id: int | None, stored: bytes, digest: bytes
) -> Line:
    """A pure function of what is stored, asked again whenever somebody looks; its facts are only read."""
    body = parse_entry(stored)
    actor, facts, capacity = body["actor"], body.get("facts", {}), body.get("capacity", {})
    return Line(
        entry_id=entry_id,
        version=version,
        action=body["action"],
        label=body["label"],
        at=at,
        person_id=person_id,
        name=actor["name"],
        title=actor.get("title", ""),
        unit=actor.get("unit", ""),
        relation=actor.get("as", ""),
        rule=actor.get("rule", ""),
        capacity=capacity.get("kind", ""),
        capacity_lines=tuple(capacity.get("lines", ())),
        basis=capacity.get("basis", ""),
        from_state=facts.get("from", ""),
        to_state=facts.get("to", ""),
        digest=facts.get("digest", ""),
        revision=facts.get("revision"),
        note="",
        note_erased="note" in body,
        hash=digest.hex(),
        prev=body["prev"],
        facts=facts,
    )
