"""What goes beside a document on paper: phiếu trình for its signer, biên bản of its approvals."""

from flask.typing import ResponseReturnValue

from web.documents.files import as_attachment, broken, file_name
from web.documents.steps import BROKEN
from web.openings import record_opening
from web.session import engine, reading
from workflow.errors import NotFound
from workflow.queries.certificate import certificate
from workflow.queries.documents import document_view
from workflow.queries.submission_slip import submission_slip
from workflow.writing.typeset import slip_pdf

SLIP_DOWNLOADED = "Tải phiếu trình"
CERTIFICATE_DOWNLOADED = "Tải biên bản phê duyệt"
UNSIGNED = "bao_cao_don_vi"


def submission_slip_file(document_id: int) -> ResponseReturnValue:
    """404 for what goes to no signer: the report of a unit."""
    with reading() as w:
        view = document_view(w, document_id)
        if view.document.definition_id == UNSIGNED:
            raise NotFound(f"document {document_id} has no submission slip")
        slip = submission_slip(w, view) if view.text_holds else None
    if slip is None:
        return broken(BROKEN)
    data = slip_pdf(slip, font_dir=engine().settings.font_dir)
    record_opening(view, action="download", label=SLIP_DOWNLOADED, full_text=False)
    return as_attachment(data, f"phieu-trinh-{document_id}-ban-{view.document.revision_no}.pdf")


def certificate_file(document_id: int) -> ResponseReturnValue:
    """Also of a text that no longer holds: then the certificate is what says so."""
    with reading() as w:
        view = document_view(w, document_id)
        slip = certificate(w, view)
    data = slip_pdf(slip, font_dir=engine().settings.font_dir)
    record_opening(view, action="download", label=CERTIFICATE_DOWNLOADED, full_text=False)
    return as_attachment(data, f"bien-ban-{file_name(view)}")
