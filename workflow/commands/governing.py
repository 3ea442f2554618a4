"""Acts on how an agency is ordered (people, rights, units, settings): who may, and the entry that makes it count."""

from collections.abc import Mapping

from sqlalchemy import update

from workflow import audit
from workflow.engine import Work
from workflow.errors import NotYourStep
from workflow.models import DirectoryVersion
from workflow.roster import Row, digests


def admin_only(w: Work, agency_id: int, act: str, *, about: int | None = None) -> None:
    """The installation itself (setting up, the command line) or the agency's administrator, never on himself."""
    if w.actor.is_system:
        return
    if w.actor.person_id == about or w.actor.has("admin", agency_id=agency_id) is None:
        raise NotYourStep(act, ("admin",))


def reorder(
    w: Work,
    action: str,
    label: str,
    agency_id: int,
    facts: Mapping[str, object],
    *,
    touched: tuple[Row, ...] = (),
    note: str = "",
) -> None:
    """
    The entry of the change, with a digest of each row it `touched`; the directory is read anew from the next
    transaction on, on every node.
    """
    w.db.execute(update(DirectoryVersion).values(version=DirectoryVersion.version + 1))
    w.directory_changed = True
    told = {**facts, "roster": digests(w.db, touched)} if touched else facts
    audit.record(w, audit.About(action=action, label=label, agency_id=agency_id, facts=told, note=note))
