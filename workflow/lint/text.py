"""The text under check with everything around it, looked through once for all checks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workflow.content import Content
from workflow.lint.codes import CODES
from workflow.lint.facts import AgencyFacts, PaperFacts
from workflow.lint.finding import Finding, Fix
from workflow.lint.places import Spot, spots
from workflow.parties import Party, resolve_parties
from workflow.patterns import expression
from workflow.reading.citations import Citation, spans

DIGIT = expression(r"\d")
MARKED = ("ngày", "/", "-")


@dataclass(frozen=True)
class Cited:
    """A citation with the place it stands in and the words that follow it there."""

    spot: Spot
    citation: Citation
    after: str


_LOOKED = ("spots", "spots_at", "parts", "whole", "citations", "_parties")
"""What a text keeps of itself; none of it hangs on what stands around it."""


@dataclass(frozen=True)
class Text:
    content: Content
    agency: AgencyFacts
    paper: PaperFacts

    def on_paper(self, paper: PaperFacts) -> "Text":
        """The same words with this around them; what was looked through is not looked for again."""
        found = Text(self.content, self.agency, paper)
        found.__dict__.update({name: self.__dict__[name] for name in _LOOKED if name in self.__dict__})
        return found

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
