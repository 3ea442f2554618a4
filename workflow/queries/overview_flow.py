"""Where documents on their way stand and since when; it names steps, and people only to their heads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from workflow.definition import PHASES, Definition, State
from workflow.engine import Work
from workflow.models import Document, Waiting
from workflow.people import Seat, Unit
from workflow.queries.awaited import awaited_ids
from workflow.queries.overview_scope import Scope, in_scope, names_person
from workflow.workdays import add_workdays, vn_date


@dataclass(frozen=True)
class Stopped:
    """One document where it stands. `due_on` is the last day its step should take; None where none is set."""

    id: int
    subject: str
    reference_no: str | None
    definition: Definition
    state: State
    since: datetime
    unit: Unit
    now: datetime

    @property
    def waited(self) -> timedelta:
        return self.now - self.since

    @property
    def due_on(self) -> date | None:
        days = self.state.due_workdays
        return None if days is None else add_workdays(vn_date(self.since), days)

    @property
    def overdue(self) -> bool:
        return self.due_on is not None and vn_date(self.now) > self.due_on


@dataclass(frozen=True)
class Step:
    """All that stand at one step. `key` is the state's id."""

    key: str
    label: str
    items: tuple[Stopped, ...]

    @property
    def oldest(self) -> timedelta:
        return max(item.waited for item in self.items)

    @property
    def overdue(self) -> tuple[Stopped, ...]:
        return tuple(item for item in self.items if item.overdue)


def stopped(w: Work, scope: Scope) -> list[Stopped]:
    """Every document on its way, the longest wait first; what was never trình, or ended, is not. One statement."""
    rows = w.db.execute(_open(w.actor.person_id, w.actor.seats, scope, _waiting_states(w)))
    found = [
        Stopped(
            id=row.id,
            subject=row.subject,
            reference_no=row.reference_no,
            definition=definition,
            state=definition.states[row.state],
            since=row.state_since,
            unit=w.directory.units[row.unit_id],
            now=w.now,
        )
        for row in rows
        for definition in (w.flow(row.definition_id, row.definition_version).definition,)
        if row.state != definition.initial and definition.states[row.state].waits_for
    ]
    return sorted(found, key=lambda item: (item.since, item.id))


def steps_of(items: Iterable[Stopped]) -> list[Step]:
    """In the order of the way. States of different procedures with one label are one step."""
    found: dict[tuple[str, str], list[Stopped]] = {}
    for item in items:
        found.setdefault((item.state.id, item.state.label), []).append(item)
    steps = [
        Step(f"{key}-{mine[0].definition.id}", label, tuple(mine)) for (key, label), mine in found.items()
    ]
    return sorted(steps, key=_place)


def _place(step: Step) -> tuple[int, int, str]:
    first = step.items[0]
    return PHASES.index(first.state.phase), list(first.definition.states).index(first.state.id), step.label


def whom_they_wait_for(w: Work, items: Sequence[Stopped]) -> dict[int, str]:
    """
    Of those documents whose present holder has this reader as his head, his name; others are not in it.

    Three statements.
    """
    row_of = aliased(Waiting)
    ids = [item.id for item in items]
    rows = w.db.execute(
        select(row_of.document_id, row_of.post_id, row_of.person_id)
        .where(row_of.document_id.in_(ids), row_of.left_at.is_(None))
        .order_by(row_of.id)
    ).all()
    able = awaited_ids(w, (row.document_id for row in rows))
    told: dict[int, list[str]] = {}
    for document_id, post_id, person_id in rows:
        post = w.directory.posts[post_id]
        if not names_person(w.actor, unit_id=post.unit_id, roles=post.roles):
            continue
        people = [w.directory.people[person_id]] if person_id else w.directory.holders([post], w.today)
        told.setdefault(document_id, []).extend(
            person.name for person in people if person.id in able[document_id]
        )
    return {document_id: ", ".join(dict.fromkeys(names)) for document_id, names in told.items() if names}


def _waiting_states(w: Work) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                state.id
                for flow in w.engine.flows.values()
                for state in flow.definition.states.values()
                if state.waits_for and state.id != flow.definition.initial
            }
        )
    )


# Statements are built once for each reader: building them costs more than running them.


@lru_cache(maxsize=256)
def _open(person_id: int, seats: tuple[Seat, ...], scope: Scope, states: tuple[str, ...]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Document.id, Document.subject, Document.reference_no, Document.definition_id, Document.definition_version,
        Document.state, Document.state_since, Document.unit_id,
    )  # fmt: skip
    return select(*columns).where(in_scope(person_id, seats, scope), Document.state.in_(states))
