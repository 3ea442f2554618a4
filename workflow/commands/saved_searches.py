"""Searches that a person keeps under a name. His own comfort: no act on the record, so no entry is written."""

from sqlalchemy import delete, func, insert, select, update

from workflow.engine import Work
from workflow.models import SavedSearch

MOST = 30
LONGEST_NAME = 80
LONGEST_QUERY = 8_000
"""A letter takes up to twelve signs of an address."""


def save_search(w: Work, *, name: str, query: str) -> bool:
    """
    Keep `query` (the part of an address behind "?") under `name`; an earlier one of that name is replaced.

    False where there are `MOST` already, and then nothing was kept. ValueError for an empty or a longer text
    than is kept: a page checks that first.
    """
    if not 0 < len(name) <= LONGEST_NAME or not 0 < len(query) <= LONGEST_QUERY:
        raise ValueError("a saved search has a name and a query, neither of them long")
    his = SavedSearch.person_id == w.actor.person_id
    changed = w.db.execute(update(SavedSearch).where(his, SavedSearch.name == name).values(query=query))
    if changed.rowcount:
        return True
    if (w.db.scalar(select(func.count()).select_from(SavedSearch).where(his)) or 0) >= MOST:
        return False
    row = {"person_id": w.actor.person_id, "name": name, "query": query, "created_at": w.now}
    w.db.execute(insert(SavedSearch).values(row))
    return True


def forget_search(w: Work, *, saved_id: int) -> None:
    """Of one's own; one that is not there, or somebody else's, stays as it is."""
    w.db.execute(
        delete(SavedSearch).where(SavedSearch.id == saved_id, SavedSearch.person_id == w.actor.person_id)
    )
