"""The lint of a text of an agency, with what the record knows: its units on the day, who signs, what it cites."""

from dataclasses import dataclass, replace
from typing import Any

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
    unjudged,
)
from workflow.queries.known_documents import known_documents

MOST = 64
"""Texts whose findings are kept of one directory: those on somebody's desk this hour."""


def judged_text(
    w: Work, content: Content, *, agency_id: int, paper: PaperFacts | None = None, digest: str = ""
) -> Outcome:
    """
    As of today; at most one statement, none where the text cites nothing. With the digest of the stored words what was
    found is kept: the step that follows the page asks it again.
    """
    text, found = _judged(w, content, agency_id, paper, digest)
    return Outcome(found, unjudged(text, found))


def lint_findings(
    w: Work, content: Content, *, agency_id: int, paper: PaperFacts | None = None, digest: str = ""
) -> tuple[Finding, ...]:
    """Only what is wrong in it."""
    return _judged(w, content, agency_id, paper, digest)[1]


def _judged(
    w: Work, content: Content, agency_id: int, paper: PaperFacts | None, digest: str
) -> tuple[Text, tuple[Finding, ...]]:
    """Kept with the directory, by all that the findings follow from beside it."""
    kept: dict[Any, _Looked] = w.directory.kept.setdefault(_Looked, {})
    key = (digest, agency_id, w.today)
    looked = kept.get(key) if digest else None
    if looked is None:
        looked = _Looked(Text(content, facts_of_record(w.directory, agency_id, w.today), PaperFacts()))
        if digest:
            if len(kept) >= MOST:
                kept.clear()
            kept[key] = looked
    around = replace(paper or PaperFacts(), known=known_documents(w, cited_in(looked.text)))
    judged = looked.last  # another thread may put its own there at any moment
    if judged is None or judged[0].paper != around:
        text = looked.text.on_paper(around)
        judged = looked.last = text, findings_in(text)
    return judged


@dataclass
class _Looked:
    """A text that was looked through, and what was found in it the last time it was judged."""

    text: Text
    last: tuple[Text, tuple[Finding, ...]] | None = None


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
