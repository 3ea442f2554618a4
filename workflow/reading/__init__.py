"""
A text becomes a Proposal: what it says, the words it was read from, and what a person has to look at.

It never fills a blank and never corrects a word; a value that cannot be told is None.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflow.reading.content_of import source_reference, to_content
    from workflow.reading.document import read, read_text
    from workflow.reading.intake import Intake, take_in
    from workflow.reading.proposal import DateParts, Proposal, Warn

__all__ = [
    "DateParts",
    "Intake",
    "Proposal",
    "Warn",
    "read",
    "read_text",
    "source_reference",
    "take_in",
    "to_content",
]

_HOMES = {
    "DateParts": "proposal",
    "Intake": "intake",
    "Proposal": "proposal",
    "Warn": "proposal",
    "read": "document",
    "read_text": "document",
    "source_reference": "content_of",
    "take_in": "intake",
    "to_content": "content_of",
}


def __getattr__(name: str) -> Any:
    # The child process that parses hostile files lives in this package too, and starts in milliseconds only
    # because nothing of the pipeline comes with it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
