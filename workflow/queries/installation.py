"""What an installation knows of itself: whether it is a demonstration, whether anything is in it yet."""

from sqlalchemy import select

from workflow.engine import Work
from workflow.models import Agency, Entry, Fact


def fact_of(w: Work, name: str) -> str | None:
    """The value of a fact, or None where it was never set."""
    return w.db.scalar(select(Fact.value).where(Fact.name == name))


def is_unused(w: Work) -> bool:
    """Whether nothing was ever recorded: no agency and no entry."""
    return w.db.scalar(select(Agency.id).limit(1)) is None and w.db.scalar(select(Entry.id).limit(1)) is None


def agency_codes(w: Work) -> frozenset[str]:
    """The agencies that were installed."""
    return frozenset(w.db.scalars(select(Agency.code)))
