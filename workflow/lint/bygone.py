"""
The bodies of a text that no longer exist on the day, for who looks at the text before it is stored.

The same rules as the checks of `units`; it gives what they find and nothing else of the lint.
"""

from collections.abc import Iterable

from workflow.content import Content, Node, Task
from workflow.lint.facts import AgencyFacts, PaperFacts
from workflow.lint.finding import Finding
from workflow.lint.text import Text
from workflow.lint.units import assigned, mentioned


def bygone_names(names: Iterable[str], agency: AgencyFacts) -> tuple[Finding, ...]:
    """Of names that are given something to do or to know: each body that ended, once."""
    asked = Content(sections=(Node(task=Task(leads=tuple(names))),))
    return tuple(assigned(Text(asked, agency, PaperFacts())))


def bygone_mentions(content: Content, agency: AgencyFacts) -> tuple[Finding, ...]:
    """Those that running text speaks of as bodies of today, once each."""
    return tuple(mentioned(Text(content, agency, PaperFacts())))
