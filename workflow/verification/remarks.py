"""Remarks and that they were settled: each row as its entry says. Their words are checked with the notes."""

from typing import Any

from workflow.verification.copies import Rows, Told
from workflow.verification.entries import part
from workflow.verification.report import Broken
from workflow.verification.rows import AnyRow


def remark_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    logged = {row.id: (row, body) for row, body in told if row.action in ("remark", "ask")}
    quotes = {remark.id: remark.quote for remark in rows["remarks"]}
    found = []
    for remark in rows["remarks"]:
        row, body = logged.pop(remark.entry_id, (None, {}))
        if row is None:
            found.append([Broken("foreign", remark.entry_id, document_id, "remark", where="remark")])
            continue
        facts = part(body, "facts")
        said = {
            "answers_id": facts.get("answers"),
            "revision_no": facts.get("on_revision"),
            "place": facts.get("place"),
            # An answer says nothing of its own about the paragraph: it stands where the remark stands.
            "quote": facts.get("quote", quotes.get(remark.answers_id)),
            "must_settle": facts.get("must_settle", False),
            "author_id": part(body, "actor").get("id"),
            "asked_id": part(facts, "asked").get("id"),
        }
        found.append(_differing(remark, said, row, document_id, late=remark.created_at > row.at))
    return found + _missing(document_id, logged, "remark")


def settled_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    logged = {row.id: (row, body) for row, body in told if row.action == "settle_remark"}
    found = []
    for settled in rows["settled"]:
        row, body = logged.pop(settled.entry_id, (None, {}))
        if row is None:
            found.append([Broken("foreign", settled.entry_id, document_id, "settle_remark", where="remark")])
            continue
        said = {
            "remark_id": part(body, "facts").get("settles"),
            "settled_by": part(body, "actor").get("id"),
        }
        found.append(_differing(settled, said, row, document_id, late=settled.settled_at > row.at))
    return found + _missing(document_id, logged, "remark_settled")


def _differing(
    stored: AnyRow, said: dict[str, Any], row: AnyRow, document_id: int, *, late: bool
) -> list[Broken]:
    faults = [
        Broken("remark", row.id, document_id, row.action, str(getattr(stored, name)), str(value), name)
        for name, value in said.items()
        if getattr(stored, name) != value
    ]
    return [*faults, Broken("remark", row.id, document_id, row.action, where="at")] if late else faults


def _missing(document_id: int, logged: dict[int, tuple[AnyRow, Any]], where: str) -> list[list[Broken]]:
    return [[Broken("missing", row.id, document_id, row.action, where=where)] for row, _ in logged.values()]
