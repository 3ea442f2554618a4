"""Secret addresses of calendars: made, revoked, noted as used. The address itself is kept nowhere."""

from datetime import timedelta

from sqlalchemy import func, insert, select, update

from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotYourStep
from workflow.models import Feed
from workflow.queries.reporting import REPORTERS

MOST = 10
USED_EVERY = timedelta(hours=12)


def make_feed(w: Work, *, token_hash: str, unit_id: int | None = None) -> int:
    """
    A calendar of the actor: of one unit he reports for, or of all he answers for. Returns its id.

    Raises NotYourStep for a unit that is not his, Invalid where he has MOST of them.
    """
    if unit_id is not None and w.actor.has(*REPORTERS, unit_id=unit_id) is None:
        raise NotYourStep("make_feed", REPORTERS)
    standing = select(func.count()).where(Feed.person_id == w.actor.person_id, Feed.revoked_at.is_(None))
    if (w.db.scalar(standing) or 0) >= MOST:
        raise Invalid([Fault("feed", "too_many_feeds", {"most": MOST})])
    values = {"person_id": w.actor.person_id, "unit_id": unit_id, "token_hash": token_hash}
    result = w.db.execute(insert(Feed).values(created_at=w.now, used_at=None, revoked_at=None, **values))
    feed_id: int = result.inserted_primary_key[0]  # type: ignore[index]
    return feed_id


def revoke_feed(w: Work, *, feed_id: int) -> None:
    """One of one's own ends at once; any other stays as it is."""
    his = (Feed.id == feed_id) & (Feed.person_id == w.actor.person_id) & Feed.revoked_at.is_(None)
    w.db.execute(update(Feed).where(his).values(revoked_at=w.now))


def note_used(w: Work, *, feed_id: int) -> None:
    """So that its owner sees whether anybody still reads it; asked at most every USED_EVERY."""
    w.db.execute(update(Feed).where(Feed.id == feed_id).values(used_at=w.now))
