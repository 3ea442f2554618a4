"""The searches the actor keeps, by name; nobody sees another's."""

from dataclasses import dataclass

from sqlalchemy import select

from workflow.engine import Work
from workflow.models import SavedSearch


@dataclass(frozen=True)
class Saved:
    """`query` is the part of an address behind "?"."""

    id: int
    name: str
    query: str


def saved_searches(w: Work) -> tuple[Saved, ...]:
    his = select(SavedSearch.id, SavedSearch.name, SavedSearch.query).where(
        SavedSearch.person_id == w.actor.person_id
    )
    return tuple(Saved(*row) for row in w.db.execute(his.order_by(SavedSearch.name, SavedSearch.id)))
