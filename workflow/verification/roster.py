"""Who is who and who may sign: the rows as they stand, against the digests that the acts on them left in the log."""

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from workflow.models import Entry
from workflow.roster import Row, all_digests
from workflow.verification.entries import part
from workflow.verification.report import Broken, Tally
from workflow.verification.rows import stream

FACT = "roster"
"""The fact of an entry that holds the digests of the rows it touched, by table and id."""


def check_roster(db: Connection, tally: Tally) -> None:
    """
    An agency that was set up by a release before these digests has no beginning in the log: of its rows only those
    are compared that were touched since.
    """
    last: dict[Row, tuple[str, int, str]] = {}
    begun: set[int] = set()
    acts = select(Entry.id, Entry.action, Entry.body).where(
        Entry.stream == "act", Entry.document_id.is_(None)
    )
    for entry in stream(db, acts.order_by(Entry.id)):
        touched = _touched(entry.body)
        for row, digest in touched.items():
            last[row] = (digest, entry.id, entry.action)
        if entry.action == "install_agency":
            begun |= {row_id for table, row_id in touched if table == "agency"}
    for row, owner, now in all_digests(db):
        known, where = last.pop(row, None), f"{row[0]} {row[1]}"
        if known is not None:
            said, entry_id, action = known
            fault = Broken("roster", entry_id, None, action, now, said, where)
            tally.add("roster", () if said == now else (fault,))
        elif owner in begun:
            tally.add("roster", (Broken("foreign", None, None, "", now, "", where),))
    for (table, row_id), (said, entry_id, action) in last.items():
        tally.add("roster", (Broken("missing", entry_id, None, action, "", said, f"{table} {row_id}"),))


def _touched(body: bytes) -> dict[Row, str]:
    """Nothing where the entry was tampered with: that is found where entries are checked."""
    try:
        tables = part(part(msgspec.json.decode(body, type=dict[str, Any]), "facts"), FACT)
        return {
            (table, int(row_id)): str(digest)
            for table in tables
            for row_id, digest in part(tables, table).items()
        }
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
        return {}
