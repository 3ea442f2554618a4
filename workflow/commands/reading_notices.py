"""A person puts notices away as seen; his own comfort, so no entry is written."""

from sqlalchemy import Update, update

from workflow.engine import Work
from workflow.models import Notice


def mark_seen(w: Work, *, notice_id: int) -> None:
    """One of one's own; one that is not there, or somebody else's, stays as it is."""
    w.db.execute(_unread(w).where(Notice.id == notice_id).values(read_at=w.now))


def mark_all_seen(w: Work, *, upto: int) -> int:
    """All of one's own up to the newest that the page showed: what came meanwhile stays unread. Returns how many."""
    return w.db.execute(_unread(w).where(Notice.id <= upto).values(read_at=w.now)).rowcount


def _unread(w: Work) -> Update:
    return update(Notice).where(Notice.person_id == w.actor.person_id, Notice.read_at.is_(None))
