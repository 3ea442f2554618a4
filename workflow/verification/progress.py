"""What was noted of tasks: each row as its entry says. The words are checked with the notes, the files with the files."""

from workflow.verification.copies import Rows, Told
from workflow.verification.entries import part
from workflow.verification.report import Broken


def progress_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    logged = {row.id: (row, body) for row, body in told if row.action == "note_progress"}
    found = []
    for item in rows["progress"]:
        row, body = logged.pop(item.entry_id, (None, {}))
        if row is None:
            found.append(
                [Broken("foreign", item.entry_id, document_id, "note_progress", where="task_progress")]
            )
            continue
        facts = part(body, "facts")
        brought = facts.get("attached")
        file = brought[0] if isinstance(brought, list) and brought and isinstance(brought[0], dict) else {}
        said = {
            "task_id": facts.get("task"),
            "stands": facts.get("stands"),
            "figure": facts.get("figure"),
            "file_name": file.get("name", ""),
            "sha256": file.get("sha256"),
            "noted_by": part(body, "actor").get("id"),
        }
        faults = [
            Broken("progress", row.id, document_id, row.action, str(getattr(item, name)), str(value), name)
            for name, value in said.items()
            if getattr(item, name) != value
        ]
        if item.noted_at > row.at:
            faults.append(Broken("progress", row.id, document_id, row.action, where="at"))
        found.append(faults)
    return found + [
        [Broken("missing", row.id, document_id, row.action, where="task_progress")]
        for row, _ in logged.values()
    ]


def numbered_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    """The numbers of units' own reports, as the entries that brought them say."""
    facts = [(row, part(body, "facts")) for row, body in told]
    logged = {row.id: (row, part(item, "numbered")) for row, item in facts if "numbered" in item}
    found = []
    for item in rows["numbered"]:
        row, said = logged.pop(item.entry_id, (None, {}))
        if row is None:
            found.append([Broken("foreign", item.entry_id, document_id, "edit", where="numbered_report")])
            continue
        stands = {"reference_no": item.reference_no, "dated": item.dated.isoformat(), "sha256": item.sha256}
        found.append(
            [
                Broken("numbered", row.id, document_id, row.action, value, str(said.get(name)), name)
                for name, value in stands.items()
                if said.get(name) != value
            ]
        )
    return found + [
        [Broken("missing", row.id, document_id, row.action, where="numbered_report")]
        for row, _ in logged.values()
    ]
