"""The text under check with everything around it, looked through once for all checks."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workflow.content import Content
from workflow.lint.codes import CODES
from workflow.lint.facts import AgencyFacts, PaperFacts
from workflow.lint.finding import Finding, Fix
from workflow.lint.places import Spot, spots
from workflow.parties import Party, resolve_parties
from workflow.reading.citations import Citation, spans

DIGIT = re.compile(r"\d")
MARKED = ("ngày", "/", "-")


@dataclass(frozen=True)
class Cited:
    """A citation with the place it stands in and the words that follow it there."""

    spot: Spot
    citation: Citation
    after: str


@dataclass(frozen=True)
class Text:
    content: Content
    agency: AgencyFacts
    paper: PaperFacts

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        return spots(self.content)

    @cached_property
    def spots_at(self) -> dict[str, Spot]:
        return {spot.place: spot for spot in self.spots}

    @cached_property
    def parts(self) -> tuple[Spot, ...]:
        """The parts of the outline, closing ones too."""
        return tuple(spot for spot in self.spots if spot.node is not None)

    @cached_property
    def whole(self) -> str:
        """All words at once: a check that finds nothing here need not look at the places one by one."""
        return "\n".join(text for spot in self.spots for text in spot.texts)

    @cached_property
    def citations(self) -> tuple[Cited, ...]:
        """Every citation with a number or a date, in reading order."""
        found = []
        for spot in self.spots:
            for text in spot.texts:
                if DIGIT.search(text) and any(mark in text for mark in MARKED):
                    found += [Cited(spot, item, text[end:]) for _, end, item in spans(text)]
        return tuple(found)

    @cached_property
    def _parties(self) -> dict[str, tuple[Party, ...]]:
        return {}

    def parties(self, name: str) -> tuple[Party, ...]:
        """Whom these words name on the day; the same words are asked for many times in one text."""
        if name not in self._parties:
            self._parties[name] = resolve_parties(name, self.agency.known, on=self.agency.on)
        return self._parties[name]

    def found(self, code: str, spot: Spot | str, *, fix: Fix | None = None, **facts: Any) -> Finding:
        """KeyError for a code that is not in the list."""
        CODES[code]
        if isinstance(spot, str):
            return Finding(code, spot, "", facts, fix)
        return Finding(code, spot.place, spot.ref, facts, fix)
