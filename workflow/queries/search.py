"""Documents found by their words: what the actor may see, best matches first and the newest first among them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam

from workflow.definition import State
from workflow.engine import Work
from workflow.findable import BETWEEN, UNNUMBERED, folded_text
from workflow.models import Document, SearchText
from workflow.people import Actor, Unit
from workflow.queries.excerpts import Looked, Stretch, excerpt, marked
from workflow.queries.search_sql import HELD_BACK, Asked, Narrow, Shape, phrase_values, statement
from workflow.queries.search_terms import Terms, terms_of
from workflow.queries.search_tiers import Tier
from workflow.queries.search_years import last_of
from workflow.queries.titled import state_of_unit
from workflow.search_index import SOURCE, findable_of
from workflow.search_words import FACET

PAGE = 20
COUNTED_TO = 500
"""Counting stops here: "hơn 500" says enough, and a page has to come within its time."""

PHRASES_COUNTED_TO = 200
"""With a phrase the text of each document has to be opened for it, so the count says "hơn" sooner."""

NONE = "none"
"""A facet no document has."""

BEFORE_NUMBER = {"drafting", "review", "signing"}
"""The phases in which no document has a number yet."""

_ROWS = (
    SOURCE.add_columns(
        Document.subject, Document.doc_type, Document.definition_version, Document.state, SearchText.folded
    )
    .join(SearchText, SearchText.document_id == Document.id)
    .where(Document.id.in_(bindparam("ids", expanding=True)))
)


@dataclass(frozen=True)
class Sought:
    """What was asked for: words, and what they are narrowed by; None or "" narrows nothing."""

    text: str = ""
    year: int | None = None
    unit_id: int | None = None
    definition_id: str = ""
    state: str = ""
    field: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Sought(text=self.text) and not terms_of(self.text).words


@dataclass(frozen=True)
class Place:
    """Where a page ended: the tier and the id of its last document."""

    tier: int
    document_id: int


@dataclass(frozen=True)
class Hit:
    """One document that was found; the stretches that were looked for are told apart."""

    id: int
    title: tuple[Stretch, ...]
    number: tuple[Stretch, ...]
    excerpt: tuple[Stretch, ...]
    doc_type: str
    definition_id: str
    issued_on: date | None
    state: State
    unit: Unit
    drafter: str
    created_at: datetime


@dataclass(frozen=True)
class Found:
    """A page. `total` stops at `counted_to` + 1; `cut`: more was typed than was looked for."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    next_after: Place | None = None
    cut: bool = False
    counted_to: int = COUNTED_TO


def search(w: Work, sought: Sought, *, after: Place | None = None) -> Found:
    """
    At most twenty documents after the place; three statements, four on PostgreSQL, whatever is asked.

    Any text is fine; one without a word, and nothing to narrow by, finds nothing.
    """
    terms = terms_of(sought.text)
    if sought.is_empty:
        return Found(cut=terms.cut)
    newest = None
    if not w.engine.database.is_sqlite:
        newest = w.db.execute(HELD_BACK).one()[-1]
        if sought.year is not None:
            newest = last_of(w, sought.year, newest)
    asking = _Asking(w, sought, terms, newest)
    most = PHRASES_COUNTED_TO if terms.phrases else COUNTED_TO
    total = asking.count(most + 1)
    few = total <= most
    # All tiers are gone through before a page is found to end; that it ends is known where it is the first.
    wanted = min(PAGE + 1, total) if few and after is None else PAGE + 1
    places = asking.places(after, wanted, few=few)
    shown = sorted(places, key=lambda place: (place.tier, -place.document_id))[:PAGE]
    hits = _hits(w, terms, [place.document_id for place in shown])
    return Found(hits, total, shown[-1] if len(places) > PAGE else None, terms.cut, most)


@dataclass(frozen=True)
class _Asking:
    """`newest` is the last document that can be meant; SQLite need not know it."""

    w: Work
    sought: Sought
    terms: Terms
    newest: int | None

    def count(self, most: int) -> int:
        """How many documents there are, counted no further than `most`."""
        loosest = Asked(dict(enumerate(self.terms.loosest or (Tier(()),))), self._narrow())
        total: int = self._rows(loosest, most, counted=True)[0][0]
        return total

    def places(self, after: Place | None, most: int, *, few: bool) -> list[Place]:
        """As many as `most`, tier after tier; no tier is looked at once there are enough."""
        tiers = dict(enumerate(self.terms.tiers or (Tier(()),)))
        if after is not None:
            tiers = {number: tier for number, tier in tiers.items() if number >= after.tier}
        if not tiers or not most:
            return []
        before = after.document_id if after is not None and after.tier in tiers else None
        asked = Asked(tiers, self._narrow(), before)
        return [Place(*row) for row in self._rows(asked, most, few=few)]

    def _rows(self, asked: Asked, most: int, *, counted: bool = False, few: bool = False) -> Sequence[Any]:
        actor, on_sqlite = self.w.actor, self.newest is None
        shape = Shape(
            on_sqlite=on_sqlite,
            # Of the actor only what rights hang on, so that his next request finds the statement made.
            actor=Actor(
                actor.person_id,
                "",
                actor.agency_id,
                seats=actor.seats,
                stands_for=actor.stands_for,
                rule=actor.rule,
            ),
            tiers=tuple(asked.tiers) if on_sqlite else (),
            counted=counted,
            resumed=on_sqlite and asked.before is not None,
            phrases=len(self.terms.phrases),
            by_state=bool(self.sought.state),
        )
        if self.newest is None:
            given = asked.on_sqlite(most)
        else:
            few = few or self._has_no_number()
            given = asked.on_postgresql(most, self.newest, counted=counted, few=few)
        given |= phrase_values(self.terms.phrases)
        if shape.by_state:
            given["in_state"] = self.sought.state
        return self.w.db.execute(statement(shape), given).all()

    def _narrow(self) -> Narrow:
        """
        Rights are `visible_to` alone; the agencies only keep the index from going through those of others, as a unit
        does that lies in one of them.
        """
        sought, actor = self.sought, self.w.actor
        agencies = {seat.post.agency_id for seat in actor.seats}
        if actor.is_system:
            agencies = set(self.w.directory.agencies)
        groups = (
            [] if sought.unit_id else [tuple(f"a{agency_id}" for agency_id in sorted(agencies)) or (NONE,)]
        )
        for letter, value in (
            ("y", sought.year), ("u", sought.unit_id), ("d", sought.definition_id), ("f", sought.field),
        ):  # fmt: skip
            if value:
                facet = f"{letter}{value}"
                groups.append((facet if re.fullmatch(r"\w+", facet) else NONE,))
        if self._has_no_number():
            groups.append((UNNUMBERED,))
        return tuple(tuple(f"{FACET}{facet}" for facet in group) for group in groups)

    def _has_no_number(self) -> bool:
        """Where the state tells it; the drafts of an office are few among all it ever issued."""
        flows = self.w.engine.flows.values()
        meant = [
            flow.definition.states[self.sought.state]
            for flow in flows
            if self.sought.state in flow.definition.states
        ]
        return bool(meant) and all(state.phase in BEFORE_NUMBER for state in meant)


def _hits(w: Work, terms: Terms, ids: Sequence[int]) -> tuple[Hit, ...]:
    rows = {row.id: row for row in w.db.execute(_ROWS, {"ids": list(ids)})} if ids else {}
    looked = Looked(terms)
    return tuple(_hit(w, looked, rows[document_id]) for document_id in ids)


def _hit(w: Work, looked: Looked, row: Any) -> Hit:
    found = findable_of(w, row)
    folded = row.folded.split(BETWEEN)
    if len(folded) != len(found.parts):
        folded = folded_text(found).split(BETWEEN)
    number, title = (marked(part, folded[at], looked) for at, part in enumerate(found.parts[:2]))
    shown = any(each.found for each in (*number, *title))
    return Hit(
        id=row.id,
        title=title if row.subject else (),
        number=number,
        excerpt=excerpt(found.parts[2:], folded[2:], looked, besides=shown),
        doc_type=row.doc_type,
        definition_id=row.definition_id,
        issued_on=row.issued_on,
        state=state_of_unit(
            w.flow(row.definition_id, row.definition_version).definition.states[row.state],
            w.directory,
            row.unit_id,
            w.today,
        ),
        unit=w.directory.units[row.unit_id],
        drafter=w.directory.people[row.drafter_id].name,
        created_at=row.created_at,
    )
