"""
The NĐ 30 lint: what in a text is not as the decree asks, or cannot be right; pure, and it never mends on its own.

`findings` judges the text as it is printed and stored; `mend` sets one finding right where that takes no judgement.
"""

from workflow.content import Content
from workflow.lint import (
    bases,
    citations,
    deadlines,
    head,
    letterhead,
    outline,
    recipients,
    signature,
    spelling,
    tasks,
    units,
)
from workflow.lint.citations import cited_numbers
from workflow.lint.codes import CODES
from workflow.lint.facts import AgencyFacts, KnownDocument, PaperFacts, facts_of_file, facts_of_record
from workflow.lint.finding import Finding, Fix
from workflow.lint.letterhead import of_the_party
from workflow.lint.mending import mend
from workflow.lint.places import anchors
from workflow.lint.printed import day_of, paper_of
from workflow.lint.text import Text

__all__ = [
    "CODES", "AgencyFacts", "Finding", "Fix", "KnownDocument", "PaperFacts", "anchors", "citations_of",
    "day_of", "facts_of_file", "facts_of_record", "findings", "mend", "of_the_party", "paper_of",
]  # fmt: skip

CHECKS = tuple(
    check
    for noun in (
        letterhead,
        head,
        bases,
        outline,
        tasks,
        deadlines,
        recipients,
        signature,
        spelling,
        citations,
        units,
    )
    for check in noun.CHECKS
)


def findings(content: Content, agency: AgencyFacts, paper: PaperFacts | None = None) -> tuple[Finding, ...]:
    """Errors first, then warnings, each in the order of the checks. The same text gives the same findings."""
    text = Text(content, agency, paper or PaperFacts())
    found = letterhead.judged([finding for check in CHECKS for finding in check(text)])
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))


def citations_of(content: Content, agency: AgencyFacts) -> frozenset[tuple[str, int]]:
    """The numbers this text cites with their years, for `PaperFacts.known`."""
    return cited_numbers(Text(content, agency, PaperFacts()))
