"""
A text becomes a Proposal: what it says, the words it was read from, and what a person has to look at.

It never fills a blank and never corrects a word; a value that cannot be told is None.
"""

from workflow.reading.content_of import source_reference, to_content
from workflow.reading.document import read, read_text
from workflow.reading.proposal import DateParts, Proposal, Warn

__all__ = ["DateParts", "Proposal", "Warn", "read", "read_text", "source_reference", "to_content"]
