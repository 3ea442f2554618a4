"""What the lint says of a text at the moment its format is confirmed: kept with the decision, never a bar to it."""

from typing import Any

from workflow.case import Case
from workflow.content import digest_of, parse
from workflow.engine import Work
from workflow.loading import stored_text
from workflow.queries.lint_findings import lint_findings, paper_to_sign


def format_findings(w: Work, case: Case) -> dict[str, Any]:
    """
    Codes with how often each was found, by gravity, for the entry of the step (NĐ 30/2020, Điều 12 khoản 2).

    The published procedures do not ask for a text without findings: whoever confirms answers for it, and the
    record says what he had before him.
    """
    stored = stored_text(w, case.document)
    content = parse(stored)
    told: dict[str, dict[str, int]] = {"errors": {}, "warnings": {}}
    agency_id, signer_id = case.document.agency_id, case.document.signer_id
    paper = paper_to_sign(w, content, agency_id=agency_id, signer_id=signer_id, document_id=case.document.id)
    found = lint_findings(w, content, agency_id=agency_id, paper=paper, digest=digest_of(stored))
    for finding in found:
        kind = told["errors" if finding.severity == "error" else "warnings"]
        kind[finding.code] = kind.get(finding.code, 0) + 1
    return {"format_findings": {name: dict(sorted(codes.items())) for name, codes in told.items()}}
