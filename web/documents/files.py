"""The paper as a file: the one that went out, or the present text with its mark; and the scan văn thư hangs beside it."""

from urllib.parse import quote

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from web.documents.steps import BROKEN
from web.messages import sentence
from web.openings import DOWNLOADED, record_opening
from web.security import SEALED_OFF
from web.session import engine, reading, work
from workflow.commands.issued_files import LARGEST, hang_sealed_scan
from workflow.errors import Invalid, NotFound
from workflow.folding import fold
from workflow.queries.documents import DocumentView, document_view
from workflow.queries.issued_files import PAPER, SCAN, Held, issued_file
from workflow.queries.printed import sheet_of_version, sheet_of_view
from workflow.queries.report_stamp import ReportStamp, stamp_of
from workflow.queries.versions import Version, version_texts
from workflow.writing.docx import docx
from workflow.writing.typeset import pdf

WORD_DOWNLOADED = "Tải tệp Word"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SCAN_DOWNLOADED = "Tải bản quét đã đóng dấu"
BROKEN_FILE = "Tệp lưu không khớp mã tệp phát hành. Chưa tải tệp nào xuống; báo quản trị và thanh tra."


class ScanForm(FlaskForm):
    """Shape only; the command looks at the bytes."""

    file = FileField("Bản quét đã ký, đóng dấu (PDF)")


def paper_file(document_id: int) -> ResponseReturnValue:
    """What went out, byte for byte; before that the present text, with `sach` as the copy for signature and seal."""
    with reading() as w:
        view = document_view(w, document_id)
        sent = issued_file(w, document_id, PAPER)
        stamp = stamp_of(w, view.document)
    return _paper(view, sent, stamp, clean="sach" in request.args)


def version_file(document_id: int, no: int) -> ResponseReturnValue:
    """The present text as above; an earlier one set anew, with the mark of what it is."""
    with reading() as w:
        view = document_view(w, document_id)
        (text,) = version_texts(w, document_id, no)
        present = text.version.digest == view.document.digest
        sent = issued_file(w, document_id, PAPER) if present else None
        stamp = stamp_of(w, view.document) if present else None
    if present:
        return _paper(view, sent, stamp, version=text.version)
    if not text.holds:
        return broken(BROKEN)
    data = pdf(sheet_of_version(view, text), font_dir=engine().settings.font_dir)
    record_opening(view, action="download", label=DOWNLOADED, version=text.version, full_text=False)
    return as_attachment(data, f"van-ban-{document_id}-ban-{no}.pdf")


def _paper(
    view: DocumentView,
    sent: Held | None,
    stamp: ReportStamp | None,
    *,
    clean: bool = False,
    version: Version | None = None,
) -> ResponseReturnValue:
    if sent is not None:
        if not sent.holds:
            return broken(BROKEN_FILE)
        data = sent.data
    elif not view.text_holds:
        return broken(BROKEN)
    else:
        sheet = sheet_of_view(view, clean=clean, stamp=stamp.words if stamp else "")
        data = pdf(sheet, font_dir=engine().settings.font_dir)
    record_opening(view, action="download", label=DOWNLOADED, version=version, full_text=False)
    return as_attachment(data, file_name(view))


def word_file(document_id: int) -> ResponseReturnValue:
    """The present text to go on with in Word; of one that went out a working copy, which says that it is none."""
    with reading() as w:
        view = document_view(w, document_id)
        stamp = stamp_of(w, view.document)
    if not view.text_holds:
        return broken(BROKEN)
    clean, stamped = "sach" in request.args, stamp.words if stamp else ""
    data = docx(sheet_of_view(view, clean=clean, stamp=stamped, editable=True))
    record_opening(view, action="download", label=WORD_DOWNLOADED, full_text=False)
    return as_attachment(data, f"{file_name(view).removesuffix('.pdf')}.docx", WORD)


def scan_file(document_id: int) -> ResponseReturnValue:
    with reading() as w:
        view = document_view(w, document_id)
        scan = issued_file(w, document_id, SCAN)
    if scan is None:
        raise NotFound(f"document {document_id} has no scan")
    if not scan.holds:
        return broken(BROKEN_FILE)
    record_opening(view, action="download", label=SCAN_DOWNLOADED, full_text=False)
    return as_attachment(scan.data, f"{file_name(view).removesuffix('.pdf')}-ban-quet.pdf")


def hang_scan(document_id: int) -> ResponseReturnValue:
    form, seen = ScanForm(), request.form.get("seen_version", "")
    sent = request.files.get("file")
    data = sent.stream.read(LARGEST + 1) if sent else b""
    try:
        with work() as w:
            seen_version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
            hang_sealed_scan(w, document_id=document_id, seen_version=seen_version, data=data)
    except Invalid as error:
        with reading() as w:
            view = document_view(w, document_id)
        form.file.errors = [words := sentence(error)[1]]
        page = render_template("documents/scan.html", view=view, form=form, errors=[("file", words)])
        return page, sentence(error)[0]
    flash({"title": "Đã gắn bản quét.", "text": "Mã của tệp nằm trong lịch sử văn bản."}, "ok")
    return redirect(url_for("documents.show", document_id=document_id), 303)


def file_name(view: DocumentView) -> str:
    """52-KH-SKHCN.pdf once numbered, else by the number of the record and of the text."""
    document = view.document
    if document.reference_no:
        return f"{document.reference_no.replace('/', '-')}.pdf"
    return f"van-ban-{document.id}-ban-{document.revision_no}.pdf"


def as_attachment(data: bytes, name: str, kind: str = "application/pdf") -> Response:
    """Never shown inside our pages: an attachment, whose type nobody guesses (guarantees.md P10)."""
    plain = "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in fold_name(name))
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": SEALED_OFF}
    return Response(data, mimetype=kind, headers=headers)


def fold_name(name: str) -> str:
    """In letters any system takes; capitals stay."""
    return "".join(fold(sign).upper() if sign.isupper() else fold(sign) or sign for sign in name)


def broken(words: str) -> ResponseReturnValue:
    return render_template("refused.html", sentence=words, status=409), 409
