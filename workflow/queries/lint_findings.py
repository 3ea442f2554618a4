"""The lint of a text of an agency, with what the record knows: its units on the day, the documents it cites."""

from dataclasses import replace

from workflow.content import Content
from workflow.engine import Work
from workflow.lint import Finding, PaperFacts, citations_of, facts_of_record, findings
from workflow.queries.known_documents import known_documents


def lint_findings(
    w: Work, content: Content, *, agency_id: int, paper: PaperFacts | None = None
) -> tuple[Finding, ...]:
    """As of today; at most one statement, none where the text cites nothing."""
    agency = facts_of_record(w.directory, agency_id, w.today)
    known = known_documents(w, citations_of(content, agency))
    return findings(content, agency, replace(paper or PaperFacts(), known=known))
