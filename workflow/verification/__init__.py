"""
Whether the record still says what it said: every hash, chain, tree, signature and copy computed anew.

Reads only. It finds what was changed below a checkpoint that somebody keeps outside; it cannot find that
the newest entries were never there (guarantees.md, threat 1).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from workflow.engine import Work
from workflow.log import merkle
from workflow.models import Checkpoint
from workflow.verification.documents import check_documents
from workflow.verification.entries import check_loose_entries, check_notes
from workflow.verification.files import check_files
from workflow.verification.register import check_books
from workflow.verification.report import Broken, Count, Report, Tally
from workflow.verification.roster import check_roster
from workflow.verification.standings import check_standings
from workflow.verification.state import Difference, rebuild
from workflow.verification.tree import check_tree

__all__ = ["Broken", "Count", "Difference", "Report", "rebuild", "verify"]

SHARED_SLACK = timedelta(minutes=2)
"""Between an entry's time and its seal where several nodes write: the longest a Work may last."""


def verify(w: Work) -> Report:
    """
    Check the whole record, in memory that does not grow with it (but for one document's entries at a time).

    Needs a reading Work, whose one snapshot keeps a busy server from looking broken. Raises BadKey where there are
    checkpoints and no key to check them with.
    """
    if w.db.scalar(select(Checkpoint.id).limit(1)) is not None:
        w.engine.key.to_check(w.db)  # without it nothing is begun that would have to be left half read
    tally = Tally()
    codes = {agency.id: agency.code for agency in w.directory.agencies.values()}
    slack = timedelta(0) if w.engine.database.is_sqlite else SHARED_SLACK
    size, root = 0, merkle.EMPTY
    with _readable(tally, "documents"):
        check_documents(w.db, tally, codes)
    with _readable(tally, "entries"):
        check_loose_entries(w.db, tally, codes)
    with _readable(tally, "notes"):
        check_notes(w.db, tally)
    with _readable(tally, "files"):
        check_files(w.db, tally)
    with _readable(tally, "tree"):
        size, root = check_tree(w.db, tally, lambda: w.engine.key.to_check(w.db).public, slack)
    with _readable(tally, "register"):
        check_books(w.db, tally)
    with _readable(tally, "roster"):
        check_roster(w.db, tally)
    with _readable(tally, "standings"):
        check_standings(w.db, tally)
    return tally.report(size, root, w.now)


@contextmanager
def _readable(tally: Tally, where: str) -> Iterator[None]:
    """A column that holds no date where one belongs ends this pass, and is a finding, never a crash."""
    try:
        yield
    except (ValueError, TypeError) as error:
        tally.broken([Broken("unreadable", recorded=str(error), where=where)])
