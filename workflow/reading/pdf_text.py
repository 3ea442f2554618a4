"""
The words of a PDF with a text layer, in reading order; in the child process only.

A scanned page is recognised as one and never read by guessing.
"""

from typing import Any

import pypdfium2_raw as pdfium

from workflow.errors import Unreadable
from workflow.reading.pdf_grids import barred
from workflow.reading.pdf_lines import in_columns, lines_of, without_furniture, without_repeated_heads
from workflow.reading.pdf_page import Page, read_page
from workflow.reading.pdf_paragraphs import paragraphs

MOST_PAGES = 300
MOST_LETTERS = 2_000_000
_STAMP = 400  # letters: what digital signatures print on the picture of a page


def read_pdf(data: bytes) -> tuple[str, list[dict[str, str]], str]:
    """
    (words, warnings, ""). Unreadable: encrypted_pdf, damaged, too_many_pages, text_too_large, scanned_pdf,
    pdf_letters (its letters have no names), empty.
    """
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        protected = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Unreadable("encrypted_pdf" if protected else "damaged", what="pdf")
    try:
        pages = _pages(document)
    finally:
        pdfium.FPDF_CloseDocument(document)
    scanned = _scanned(pages)
    lines = [lines_of(barred(page), number) for number, page in enumerate(pages)]
    text = paragraphs(in_columns(without_repeated_heads(without_furniture(pages, lines))))
    return text, [_pictured(scanned)] if scanned else [], ""


def _pages(document: Any) -> list[Page]:
    count = pdfium.FPDF_GetPageCount(document)
    if count > MOST_PAGES:
        raise Unreadable("too_many_pages", pages=count, limit=MOST_PAGES)
    found: list[Page] = []
    letters = 0
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            raise Unreadable("damaged", what="pdf_page")
        try:
            found.append(read_page(page))
        finally:
            pdfium.FPDF_ClosePage(page)
        letters += found[-1].letters
        if letters > MOST_LETTERS:
            raise Unreadable("text_too_large", letters=letters, limit=MOST_LETTERS)
    return found


def _scanned(pages: list[Page]) -> list[int]:
    """The numbers of pages that are pictures; a document of such pages only, or without a letter, is refused."""
    letters, unknown = sum(page.letters for page in pages), sum(page.unknown for page in pages)
    scanned = [
        number for number, page in enumerate(pages, 1) if page.pictured > 0.6 and page.letters < _STAMP
    ]
    drawn = any(page.pictured > 0 or page.rules for page in pages)
    if not letters and not drawn:
        raise Unreadable("empty")
    if not letters or (scanned and all(page.letters < _STAMP for page in pages)):
        raise Unreadable("scanned_pdf", pages=len(pages))
    if unknown * 5 > letters:
        raise Unreadable("pdf_letters")
    return scanned


def _pictured(scanned: list[int]) -> dict[str, str]:
    told = ", ".join(map(str, scanned[:12])) + (", …" if len(scanned) > 12 else "")
    return {
        "code": "pages_pictured",
        "message": f"Trang {told} chỉ có ảnh chụp nên không đọc được chữ; hãy gõ lại phần đó.",
        "raw": told,
    }
