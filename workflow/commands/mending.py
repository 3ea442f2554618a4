"""Mending what the lint found: the person asks for it, a new revision holds it, the trail names him."""

from dataclasses import dataclass

from workflow.commands.done import Done
from workflow.commands.drafting import save_revision
from workflow.commands.steps import load_for_step
from workflow.engine import Work
from workflow.lint import mend
from workflow.loading import load_content
from workflow.queries.lint_findings import lint_findings

EVERYWHERE = "*"


@dataclass(frozen=True)
class Mended:
    """`count` places were mended; with none, nothing was stored."""

    done: Done
    count: int


def mend_text(w: Work, *, document_id: int, seen_version: int, code: str, place: str) -> Mended:
    """
    Mend one finding of the stored text, or with EVERYWHERE all of this code, and store it as a revision.

    Raises as `save_revision` does. A finding that is gone by now changes nothing.
    """
    document = load_for_step(w, document_id)
    content = load_content(w, document)
    found = [
        finding
        for finding in lint_findings(w, content, agency_id=document.agency_id)
        if finding.fix is not None and finding.code == code and place in (EVERYWHERE, finding.place)
    ]
    # From the end backwards, so that no mending moves the place of another.
    for finding in reversed(found):
        content = mend(content, finding)
    done = save_revision(
        w,
        document_id=document_id,
        seen_version=seen_version,
        content=content,
        signer_id=document.signer_id,
    )
    return Mended(done, len(found))
