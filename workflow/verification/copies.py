"""The rows that repeat what an entry of their document says: approvals, numbers, voids, withdrawals, deliveries."""

from collections.abc import Mapping, Sequence
from typing import Any

from workflow.models.base import instant_text
from workflow.verification.entries import part
from workflow.verification.report import Broken
from workflow.verification.rows import AnyRow

Rows = Mapping[str, Sequence[AnyRow]]
"""Of one document, by the table they come from."""

Told = list[tuple[AnyRow, dict[str, Any]]]
"""The entries of one document with their bodies, in order."""

REGISTERED = (
    "number", "year", "series", "reference_no", "doc_type", "subject", "signer_name", "recipients", "archive_unit",
    "given_by",
)  # fmt: skip
"""What the entry of a numbering says of its row in the register, beside the two dates."""


def approval_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    logged = {row.id: (row, body) for row, body in told if "approves" in part(body, "facts")}
    found = []
    for approval in rows["approvals"]:
        row, body = logged.pop(approval.entry_id, (None, {}))
        if row is None:
            found.append([Broken("foreign", approval.entry_id, document_id, approval.step, where="approval")])
            continue
        said = _approval_as_logged(body)
        found.append(
            [
                Broken(
                    "approval",
                    row.id,
                    document_id,
                    row.action,
                    str(getattr(approval, name)),
                    str(value),
                    name,
                )
                for name, value in said.items()
                if getattr(approval, name) != value
            ]
        )
        if instant_text(approval.at) != body.get("at"):
            at = instant_text(approval.at)
            found[-1].append(
                Broken("approval", row.id, document_id, row.action, at, str(body.get("at")), "at")
            )
    found += [
        [Broken("missing", i, document_id, row.action, where="approval")] for i, (row, _) in logged.items()
    ]
    return found


def _approval_as_logged(body: Mapping[str, Any]) -> dict[str, Any]:
    facts, actor, capacity = part(body, "facts"), part(body, "actor"), part(body, "capacity")
    return {
        "kind": facts["approves"],
        "title": facts.get("title"),
        "step": body.get("action"),
        "from_state": facts.get("from"),
        "round": facts.get("round"),
        "revision_no": facts.get("revision"),
        "digest": facts.get("digest"),
        "signature_digest": facts.get("signature_digest", ""),
        "meaning": facts.get("meaning"),
        "person_id": actor.get("id"),
        "person_name": actor.get("name"),
        "capacity": capacity.get("kind", ""),
        "lines": capacity.get("lines", []),
        "basis": capacity.get("basis", ""),
        "definition_hash": part(facts, "definition").get("hash"),
        "needs": facts.get("needs"),
    }


def withdrawal_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    logged = {(i, row.id): row for row, body in told for i in _list(part(body, "facts").get("withdrawn"))}
    found = []
    for item in rows["withdrawals"]:
        entry = logged.pop((item.approval_id, item.entry_id), None)
        where = f"approval {item.approval_id}"
        bad = Broken("foreign", item.entry_id, document_id, "", "withdrawal", "", where)
        found.append([] if entry is not None else [bad])
    found += [[Broken("missing", row.id, document_id, row.action, "withdrawal", "", f"approval {i}")]
              for (i, _), row in logged.items()]  # fmt: skip
    return found


def number_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    facts = [(row, part(body, "facts")) for row, body in told]
    logged = [(row, part(item, "register")) for row, item in facts if "register" in item]
    found = []
    for item in rows["register"]:
        if not logged:
            found.append([Broken("foreign", None, document_id, "", item.reference_no, "", "register")])
            continue
        row, said = logged.pop(0)
        stands = {name: getattr(item, name) for name in REGISTERED}
        stands |= {"dated": item.dated.isoformat(), "given_at": instant_text(item.given_at)}
        wanted = {**said, "given_by": row.person_id}
        faults = [
            Broken("register", row.id, document_id, row.action, str(value), str(wanted.get(name)), name)
            for name, value in stands.items()
            if wanted.get(name) != value
        ]
        document = rows["documents"][0] if rows["documents"] else None
        if document is not None and document.number != item.number:
            faults.append(
                Broken(
                    "register",
                    row.id,
                    document_id,
                    row.action,
                    str(item.number),
                    str(document.number),
                    "document",
                )
            )
        found.append(faults)
    found += [[Broken("missing", row.id, document_id, row.action, str(said.get("reference_no")), "", "register")]
              for row, said in logged]  # fmt: skip
    return found


def void_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    facts = [(row, part(body, "facts")) for row, body in told]
    logged = {row.id: (row, item["voided"]) for row, item in facts if "voided" in item}
    found = []
    for item in rows["voids"]:
        row, reference_no = logged.pop(item.entry_id, (None, None))
        holds = row is not None and reference_no == item.reference_no
        bad = Broken("void", item.entry_id, document_id, "", item.reference_no, str(reference_no))
        found.append([] if holds else [bad])
    found += [
        [Broken("missing", i, document_id, row.action, str(no), "", "void")]
        for i, (row, no) in logged.items()
    ]
    return found


def delivery_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    facts = [(row, part(body, "facts")) for row, body in told]
    lists = [(row, item["recipients"]) for row, item in facts if "recipients" in item]
    row, wanted = lists[-1] if lists else (None, [])
    stands = [item.name for item in rows["deliveries"]]
    if row is None and not stands:
        return []
    bad = Broken(
        "delivery", row.id if row is not None else None, document_id, "issue", str(stands), str(wanted)
    )
    return [[] if stands == wanted else [bad]]


def _list(value: object) -> list[int]:
    return [item for item in value if isinstance(item, int)] if isinstance(value, list) else []
