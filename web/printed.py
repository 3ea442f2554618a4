"""What the paper shows beside its text: issuer, number, signature block, and the mark of what it is not yet."""

from typing import Any

from workflow.queries.documents import DocumentView
from workflow.queries.versions import Version

OUT = ("issued", "reported", "closed", "submitted", "accepted")
MARKS = {
    "signed": "ĐÃ KÝ, CHƯA CẤP SỐ",
    "numbered": "CHƯA PHÁT HÀNH",
    "rejected": "KHÔNG BAN HÀNH",
    "cancelled": "ĐÃ HỦY DỰ THẢO",
    "voided": "ĐÃ HỦY SỐ",
}


def paper_facts(view: DocumentView, version: Version | None = None) -> dict[str, Any]:
    """For the macro `paper`; with `version`, for an earlier text, which was neither signed nor numbered as such."""
    document, agency = view.document, view.agency
    unit_report = document.definition_id == "bao_cao_don_vi"
    facts: dict[str, Any] = {
        "parent_name": agency.printed_name if unit_report else agency.printed_parent,
        "agency_name": view.unit.name if unit_report else agency.printed_name,
        "signature_lines": view.signature_lines,
        "signer_name": view.signer,
        "issued": document.state in OUT,
        "mark": MARKS.get(document.state, ""),
    }
    if version is not None and version.digest != document.digest:
        return facts | {"issued": False, "mark": f"BẢN {version.no}, ĐÃ CÓ BẢN MỚI"}
    if document.number is not None:
        facts |= {"number": document.number, "date": document.issued_on}
    if view.signature is not None:
        facts |= {"signed_at": view.signature.at, "signed_digest": view.signature.digest}
    return facts
