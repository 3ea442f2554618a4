"""What a step came to, and what of it is kept with its key."""

from dataclasses import dataclass, field
from typing import Any

from workflow.case import DocumentFacts


@dataclass(frozen=True)
class Done:
    """What a step came to; kept with its key, so that a repeated request gets the same answer."""

    document_id: int
    step: str
    state: str
    version: int
    reference_no: str | None = None
    entry_hash: str = ""
    repeated: bool = False
    left: DocumentFacts | None = field(default=None, compare=False, repr=False)
    """
    The document as this step left it, but for the head of its chain (`head_hash`, `last_at`). Not kept, and not known
    where the same Work went on with it.
    """

    def kept(self) -> dict[str, Any]:
        """What is kept with the key, and said at the console."""
        return {name: value for name, value in vars(self).items() if name != "left"}
