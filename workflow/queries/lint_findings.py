"""The lint of a text of an agency, with what the record knows: its units on the day, who signs, what it cites."""

from workflow.authority import Signable, capacities
from workflow.content import Content
from workflow.engine import Work
from workflow.lint import (
    Finding,
    Outcome,
    PaperFacts,
    Text,
    cited_in,
    facts_of_record,
    findings_in,
    judge_text,
)
from workflow.queries.known_documents import known_documents


def judged_text(w: Work, content: Content, *, agency_id: int, paper: PaperFacts | None = None) -> Outcome:
    """As of today; at most one statement, none where the text cites nothing."""
    return judge_text(_text(w, content, agency_id, paper))


def lint_findings(
    w: Work, content: Content, *, agency_id: int, paper: PaperFacts | None = None
) -> tuple[Finding, ...]:
    """Only what is wrong in it."""
    return findings_in(_text(w, content, agency_id, paper))


def _text(w: Work, content: Content, agency_id: int, paper: PaperFacts | None) -> Text:
    text = Text(content, facts_of_record(w.directory, agency_id, w.today), paper or PaperFacts())
    return text.knowing(known_documents(w, cited_in(text)))


def paper_to_sign(
    w: Work, content: Content, *, agency_id: int, signer_id: int | None, document_id: int = 0
) -> PaperFacts:
    """The block as the chosen signer would sign it today; without lines where he may not, empty without one."""
    if signer_id is None or signer_id not in w.directory.people:
        return PaperFacts()
    signable = Signable(document_id, agency_id, content.doc_type, content.field)
    held = capacities(w.directory, signer_id, signable, w.today)
    return PaperFacts(
        signature_lines=held[0].lines if held else (), signer_name=w.directory.people[signer_id].name
    )
