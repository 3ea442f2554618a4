"""
The NĐ 30 lint: what in a text is not as the decree asks, or cannot be right; pure, and it never mends on its own.

`judge` looks at the text as it is printed and stored, and says what it could not judge; `mend` sets one finding right
where that takes no judgement.
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
from workflow.lint.citations import cited_days, cited_numbers
from workflow.lint.codes import CODES
from workflow.lint.facts import AgencyFacts, Asked, KnownDocument, PaperFacts, facts_of_file, facts_of_record
from workflow.lint.finding import Finding, Fix
from workflow.lint.letterhead import of_the_party
from workflow.lint.mending import mend
from workflow.lint.open_points import unjudged
from workflow.lint.outcome import Outcome, Unjudged
from workflow.lint.places import anchors
from workflow.lint.printed import day_of, paper_of
from workflow.lint.text import Text

__all__ = [
    "CODES", "AgencyFacts", "Asked", "Finding", "Fix", "KnownDocument", "Outcome", "PaperFacts", "Text", "Unjudged",
    "anchors", "cited_in", "day_of", "facts_of_file", "facts_of_record", "findings", "findings_in",
    "judge", "mend", "of_the_party", "paper_of", "unjudged",
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
    return findings_in(Text(content, agency, paper or PaperFacts()))


def findings_in(text: Text) -> tuple[Finding, ...]:
    """The same of a text that was looked through already."""
    found = [finding for check in CHECKS for finding in check(text)]
    return tuple(sorted(letterhead.judged(found), key=lambda finding: finding.severity != "error"))


def judge(content: Content, agency: AgencyFacts, paper: PaperFacts | None = None) -> Outcome:
    """The same findings with what could not be judged, and why."""
    text = Text(content, agency, paper or PaperFacts())
    found = findings_in(text)
    return Outcome(found, unjudged(text, found))


def cited_in(text: Text) -> Asked:
    """What of this text's citations is to be looked up for `PaperFacts.known`."""
    return Asked(cited_numbers(text), cited_days(text))
