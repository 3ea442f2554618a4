"""The file a document goes out as: rendered once, for the step that issues it, and never again."""

import hashlib
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import insert

from workflow.case import Case
from workflow.commands.files import keep_file
from workflow.content import Content
from workflow.engine import Engine, Identity, Work
from workflow.errors import Unprintable
from workflow.models import IssuedFile
from workflow.queries.printed import issued_sheet, names_of_issuing, sheet_to_issue
from workflow.writing.ahead import typeset, typeset_ahead

PDF_TYPE = "application/pdf"

FileFacts = dict[str, str | int]


def typeset_before_step(engine: Engine, identity: Identity, *, document_id: int, step_id: str) -> None:
    """
    Set the paper that this step is about to issue, outside every transaction: typesetting takes tens of
    milliseconds, for a long plan hundreds, and others wait while a step holds the record. The step asks for
    the sheet it finds itself, so that a paper that changed meanwhile is set anew. `step_id` may be its slug.

    Nothing happens for any other step, or where the actor could not take it; what no font can show, the step
    itself refuses.
    """
    if step_id not in names_of_issuing(engine.flows.values()):
        return
    with engine.reading(identity) as w:
        sheet = sheet_to_issue(w, document_id, step_id)
    if sheet is not None:
        with suppress(Unprintable):
            typeset_ahead(sheet, font_dir=engine.settings.font_dir)


def keep_issued_pdf(w: Work, case: Case, content: Content) -> tuple[FileFacts, Callable[[Work, int], None]]:
    """
    Render and store the paper. Returns what the entry says of it ("mã tệp phát hành", design.md §6), and what
    is to be done once the entry has an id. Raises Unprintable.
    """
    sheet = issued_sheet(case, content, w.directory.units[case.document.unit_id])
    data = typeset(sheet, font_dir=w.engine.settings.font_dir)
    facts = keep(w, kind="pdf", data=data)
    return facts, hanging(case.document.id, facts)


def keep(w: Work, *, kind: str, data: bytes) -> FileFacts:
    digest = hashlib.sha256(data).hexdigest()
    keep_file(w, sha256=digest, media_type=PDF_TYPE, data=data)
    return {"kind": kind, "sha256": digest, "size": len(data)}


def hanging(document_id: int, facts: FileFacts) -> Callable[[Work, int], None]:
    """The row that ties the bytes to their document and to the entry that brought them."""

    def hang(w: Work, entry_id: int) -> None:
        row = {
            "document_id": document_id,
            "kind": facts["kind"],
            "sha256": facts["sha256"],
            "entry_id": entry_id,
        }
        w.db.execute(insert(IssuedFile).values(**row))

    return hang
