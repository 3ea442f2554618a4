"""The one UPDATE that gives a document a new version, and the entry that goes with it; it asks no rule."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, select, update

from workflow import audit
from workflow.case import PROGRESSING, WATCHING, DocumentFacts
from workflow.engine import Prepared, Work
from workflow.errors import Stale
from workflow.models import Document, Entry
from workflow.people import StandIn
from workflow.search_index import SEARCHED, index_document


def move(w: Work, document: DocumentFacts, columns: Mapping[str, Any], draft: audit.Draft) -> int:
    """
    The conditional UPDATE and its entry: of several who saw the same version, the database lets one through.

    Returns the entry's id; raises Stale for the others. `columns` must raise the version.
    """
    names, values = _changes(document, columns, draft)
    entry_id: int | None = None
    if not w.engine.database.is_sqlite:
        entry_id = audit.write_with(w, draft, _update_and_entry(names), values)
    elif _update(names).run(w.db, values) == 1:
        entry_id, _ = audit.write(w, draft)
    if entry_id is None:
        raise Stale(version=document.version)
    _index(w, document, columns)
    return entry_id


def move_locked(
    w: Work, document: DocumentFacts, columns: Mapping[str, Any], draft: audit.Draft
) -> int | None:
    """
    As `move`, of a document that this Work has locked as it is: nobody else can have changed it. On PostgreSQL nobody
    waits for it then, and what goes with the entry knows it as `audit.LAST_ENTRY`; None is returned.
    """
    if w.engine.database.is_sqlite:
        return move(w, document, columns, draft)
    names, values = _changes(document, columns, draft)
    audit.write_later(w, draft, _update_and_entry(names, sure=True), values)
    _index(w, document, columns)
    return None


def _changes(
    document: DocumentFacts, columns: Mapping[str, Any], draft: audit.Draft
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The columns that change, and the values of the UPDATE."""
    changes = {**columns, "head_hash": draft.hash, "last_at": draft.columns["at"]}
    values = {f"new_{name}": value for name, value in changes.items()}
    values |= {"this_id": document.id, "this_version": document.version, "this_state": document.state}
    return tuple(sorted(changes)), values


def _index(w: Work, document: DocumentFacts, columns: Mapping[str, Any]) -> None:
    if any(name in columns and columns[name] != getattr(document, name) for name in SEARCHED):
        index_document(w, document.id)


@cache
def _update(names: tuple[str, ...]) -> Prepared:
    """The UPDATE that sets these columns; steps of one kind share one statement."""
    return Prepared(_change(names))


@cache
def _update_and_entry(names: tuple[str, ...], *, sure: bool = False) -> Prepared:
    """PostgreSQL: both in one round trip."""
    return audit.entry_to_seal(_change(names), sure=sure)


def _change(names: tuple[str, ...]) -> Update:
    table = Document.__table__
    return (
        update(Document.__table__)
        .where(
            table.c.id == bindparam("this_id"),
            table.c.version == bindparam("this_version"),
            table.c.state == bindparam("this_state"),
        )
        .values({name: bindparam(f"new_{name}") for name in names})
    )


def act_on(
    w: Work,
    document: DocumentFacts,
    *,
    action: str,
    label: str,
    columns: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
) -> int:
    """
    An act on a document that is no step of its procedure: it too takes a version and leaves an entry.

    Returns the entry's id. Never changes `state`.
    """
    changed = {**(columns or {}), "version": document.version + 1}
    after = replace(document, **facts_in(changed))
    about = audit.About(
        action=action,
        label=label,
        agency_id=document.agency_id,
        document_id=document.id,
        unit_id=document.unit_id,
        subject=after.subject,
        version=after.version,
        prev=document.head_hash.hex(),
        note=note,
        facts={"digest": after.digest, "revision": after.revision_no, "round": after.round, **(facts or {})},
        after=state_after(after),
        not_before=document.last_at,
    )
    return move(w, document, changed, audit.compose(w, about))


def unseen(w: Work, document: DocumentFacts, seen_version: int) -> bool:
    """
    Whether something was decided about the document after the page that showed `seen_version`.

    What units note about the tasks of a plan takes versions too, so that it stands in the plan's own chain; but a plan
    with fifty units would then never hold still, and no decision about it rests on those notes. Nor does one rest on
    somebody having been told that the document waits.
    """
    if document.version == seen_version:
        return False
    other = select(Entry.id).where(
        Entry.document_id == document.id,
        Entry.stream == "act",
        Entry.version > seen_version,
        Entry.action.not_in((*PROGRESSING, *WATCHING)),
    )
    return not 0 < seen_version < document.version or w.db.scalar(other.limit(1)) is not None


def state_after(document: DocumentFacts) -> dict[str, Any]:
    """What folding the log must give for this document (`audit.rebuild`)."""
    return {
        "state": document.state,
        "version": document.version,
        "round": document.round,
        "revision": document.revision_no,
        "digest": document.digest,
        "drafter": document.drafter_id,
        "signer": document.signer_id,
        "signed_by": document.signed_by,
        "numbered_by": document.numbered_by,
        "reference_no": document.reference_no,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "returned_to": document.returned_to,
        "sealed": document.sealed,
        "void_requested": document.void_requested,
        "format_check": document.format_check,
    }


def facts_in(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Of columns to be set, those that rules see, as `DocumentFacts` has them."""
    known = {key: value for key, value in columns.items() if key in DocumentFacts.__dataclass_fields__}
    if "signed_lines" in known:
        known["signed_lines"] = tuple(known["signed_lines"] or ())
    return known


def told_of(stand: StandIn) -> dict[str, Any]:
    """For the entry of an act that was taken for somebody away: who, and the absence it rests on."""
    absence = stand.absence
    return {
        "person": stand.name,
        "title": stand.title,
        "from": absence.first_day.isoformat(),
        "to": absence.last_day.isoformat(),
        "absence": absence.id,
    }
