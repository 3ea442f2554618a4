"""The files: bytes against the hash they are kept under, texts against the files they name, rows against the log."""

import hashlib
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from workflow.content import Attachment, parse
from workflow.models import StoredFile
from workflow.verification.copies import Rows, Told
from workflow.verification.entries import part
from workflow.verification.report import Broken, Tally
from workflow.verification.rows import AnyRow

CARRIES = b'"attachments":[{'
"""Stands in the stored bytes of every text that names a file: the keys of an object are sorted, nothing is spaced."""


def check_files(db: Connection, tally: Tally) -> None:
    """One file in memory at a time."""
    last = ""
    first = select(StoredFile.sha256, StoredFile.size, StoredFile.data).order_by(StoredFile.sha256).limit(1)
    while (row := db.execute(first.where(StoredFile.sha256 > last)).first()) is not None:
        last, computed = row.sha256, hashlib.sha256(row.data).hexdigest()
        faults = []
        if computed != row.sha256:
            faults.append(Broken("file", recorded=row.sha256, computed=computed, where="sha256"))
        if len(row.data) != row.size:
            faults.append(Broken("file", recorded=str(row.size), computed=str(len(row.data)), where="size"))
        tally.add("files", faults)


def attachment_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    """Every file of the document as the entry that first brought it says; every file a text names is there."""
    logged: dict[tuple[str, str], tuple[AnyRow, Any, Any]] = {}
    for row, body in told:
        brought = part(body, "facts").get("attached")
        for item in brought if isinstance(brought, list) else ():
            said = item if isinstance(item, dict) else {}
            key = (str(said.get("name")), str(said.get("sha256")))
            logged.setdefault(key, (row, said.get("size"), part(body, "actor").get("id")))
    found, held = [], set()
    for attachment in rows["attachments"]:
        held.add((attachment.name, attachment.sha256, attachment.size))
        known = logged.pop((attachment.name, attachment.sha256), None)
        if known is None:
            bad = Broken("foreign", None, document_id, "", attachment.sha256, "", "attachment")
            found.append([bad])
            continue
        row, size, person_id = known
        stands, wanted = (attachment.size, attachment.added_by), (size, person_id)
        wrong = stands != wanted or attachment.added_at > row.at
        bad = Broken("attachment", row.id, document_id, row.action, str(stands), str(wanted), attachment.name)
        found.append([bad] if wrong else [])
    found += [
        [Broken("missing", row.id, document_id, row.action, sha256, "", "attachment")]
        for (_, sha256), (row, _, _) in logged.items()
    ]
    for revision in rows["revisions"]:
        where = f"revision {revision.no}"
        found += [
            [] if (file.name, file.sha256, file.size) in held
            else [Broken("missing", None, document_id, "", file.sha256, "", where)]
            for file in _named(revision.content)
        ]  # fmt: skip
    return found


def _named(stored: bytes) -> tuple[Attachment, ...]:
    """Bytes that are no text are a finding of the revisions, not of the files."""
    if CARRIES not in stored:
        return ()
    try:
        return parse(stored).attachments
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ()
