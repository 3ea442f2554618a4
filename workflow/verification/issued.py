"""The files a document went out as: each row as the entry that brought it says, and none missing."""

from workflow.verification.copies import Rows, Told
from workflow.verification.entries import part
from workflow.verification.report import Broken


def issued_file_faults(document_id: int, rows: Rows, told: Told) -> list[list[Broken]]:
    logged = {
        row.id: (row, part(part(body, "facts"), "file"))
        for row, body in told
        if "file" in part(body, "facts")
    }
    found = []
    for item in rows["issued_files"]:
        row, said = logged.pop(item.entry_id, (None, {}))
        if row is None:
            found.append([Broken("foreign", item.entry_id, document_id, "", item.sha256, "", "issued_file")])
            continue
        stands = {"kind": item.kind, "sha256": item.sha256, "size": item.size}
        found.append(
            [
                Broken("issued_file", row.id, document_id, row.action, str(value), str(said.get(name)), name)
                for name, value in stands.items()
                if said.get(name) != value
            ]
        )
    found += [
        [Broken("missing", row.id, document_id, row.action, str(said.get("sha256")), "", "issued_file")]
        for row, said in logged.values()
    ]
    return found
