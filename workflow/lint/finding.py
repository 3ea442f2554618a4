"""What a check has found: which rule, where, on what facts, and how it could be mended; no words for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from workflow.lint.codes import CODES

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Fix:
    """A mending that needs no judgement: the words as they stand and as they would stand."""

    before: str
    after: str


@dataclass(frozen=True)
class Finding:
    """
    `place` names a position of the text as `workflow.lint.places` does ("subject", "bases/0",
    "sections/1/children/0"), or "signer" and "head" for what stands outside it. `ref` is the printed reference of
    that part ("II.1.a"), "" where it has none.
    """

    code: str
    place: str
    ref: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    fix: Fix | None = None

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    @property
    def article(self) -> str:
        """The rule it rests on, as one cites it; "" where it is the text that contradicts itself."""
        return CODES[self.code].article

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the command line and the log."""
        said: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity,
            "place": self.place,
            "ref": self.ref,
            "article": self.article,
            "facts": dict(self.facts),
            "fix": None,
        }
        if self.fix:
            said["fix"] = {"before": self.fix.before, "after": self.fix.after}
        return said
