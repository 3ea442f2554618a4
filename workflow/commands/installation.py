"""Facts about this installation. They say what it is for; they are no part of any document's history."""

from sqlalchemy import insert, update

from workflow.engine import Work
from workflow.models import Fact


def set_fact(w: Work, *, name: str, value: str) -> None:
    """Set or replace one fact."""
    changed = w.db.execute(update(Fact).where(Fact.name == name).values(value=value))
    if changed.rowcount == 0:
        w.db.execute(insert(Fact).values(name=name, value=value))
