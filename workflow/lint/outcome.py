"""What the lint says of one text: what is wrong, what could not be judged and why; only the rest has passed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.lint.finding import Finding
from workflow.lint.points import POINTS


@dataclass(frozen=True)
class Unjudged:
    """A point, or a part of it, that was not checked; `why` is one of `open_points.WHYS`, no words for a reader."""

    point: str
    why: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the command line."""
        return {"point": self.point, "why": self.why, "facts": dict(self.facts)}


@dataclass(frozen=True)
class Outcome:
    """Errors first, then warnings, each in the order of the checks; the same text gives the same outcome."""

    findings: tuple[Finding, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()

    @property
    def passed(self) -> tuple[str, ...]:
        """The points that were judged whole and under which nothing was found, in their order."""
        codes = {finding.code for finding in self.findings}
        left = {one.point for one in self.unjudged}
        return tuple(point for point, its in POINTS.items() if point not in left and not codes & its)
