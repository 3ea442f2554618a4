"""
The report of a unit with a seal of its own: signed, numbered and sealed on its own paper, brought here as a PDF.

It is another agency's document in all but name (domain.md 4.5): its number is the unit's, never one of our registers.
The lines of the form stay, for the office's report is drawn up from them.
"""

import re
import unicodedata
from datetime import date

from sqlalchemy import func, insert, select

from workflow.commands.attachments import Incoming, attach
from workflow.commands.done import Done
from workflow.commands.steps import load_for_step
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NeedUnmet
from workflow.models import Entry, NumberedReport

PDF = "application/pdf"
SEALED = "affiliated"
"""The kind of unit that has a seal of its own."""
NUMBERED = re.compile(r"[0-9]{1,6}/[^\W_][\w&.-]{1,39}")
"""As 45/BC-TTKT (NĐ 30/2020, Phụ lục I)."""


def upload_numbered(
    w: Work, *, document_id: int, seen_version: int, reference_no: str, dated: date | None, file: Incoming
) -> Done:
    """
    The PDF becomes a file of the report, its number and day are kept beside; another one takes its place.

    By whose turn it is to edit the report. Raises as `attachments.attach`; NeedUnmet "own_seal" for a unit without
    a seal of its own, Invalid: no number in the usual form, no day or one that is yet to come, no PDF.
    """
    document = load_for_step(w, document_id)
    unit = w.directory.units[document.unit_id]
    if document.definition_id != "bao_cao_don_vi" or unit.kind != SEALED:
        raise NeedUnmet("upload_numbered", "own_seal")
    number = unicodedata.normalize("NFC", "".join(reference_no.split()))
    day = _refuse_bad(w, number, dated, file)
    before = w.db.scalar(
        select(NumberedReport.sha256)
        .where(NumberedReport.document_id == document_id)
        .order_by(NumberedReport.id.desc())
        .limit(1)
    )
    said = {"reference_no": number, "dated": day.isoformat(), "sha256": file.sha256}
    done = attach(
        w,
        document_id=document_id,
        seen_version=seen_version,
        file=file,
        label=f"Gắn báo cáo số {number} đã ký, đóng dấu",
        instead_of=before or "",
        facts={"numbered": said},
    )
    entry_id = w.db.scalar(
        select(func.max(Entry.id)).where(Entry.document_id == document_id, Entry.version == done.version)
    )
    w.db.execute(
        insert(NumberedReport).values(
            document_id=document_id, entry_id=entry_id, reference_no=number, dated=day, sha256=file.sha256
        )
    )
    return done


def _refuse_bad(w: Work, number: str, dated: date | None, file: Incoming) -> date:
    faults = []
    if not number:
        faults.append(Fault("reference_no", "missing"))
    elif NUMBERED.fullmatch(number) is None:
        faults.append(Fault("reference_no", "form"))
    if dated is None:
        faults.append(Fault("dated", "missing"))
    elif dated > w.today:
        faults.append(Fault("dated", "future"))
    if file.media_type != PDF:
        faults.append(Fault("numbered", "not_pdf"))
    if faults or dated is None:
        raise Invalid(faults)
    return dated
