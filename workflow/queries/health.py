"""A few numbers that say whether the record is alive; nothing about anybody."""

from typing import Any

from sqlalchemy import func, select

from workflow.engine import Work
from workflow.models import Checkpoint, LogHead, Unsealed
from workflow.queries.mail import mail_counts


def health_of(w: Work) -> dict[str, Any]:
    """Entries in the tree, entries still waiting for it, size of the newest checkpoint, letters by their fate."""
    return {
        "entries_sealed": w.db.scalar(select(LogHead.size)),
        "entries_unsealed": w.db.scalar(select(func.count()).select_from(Unsealed)),
        "newest_checkpoint": w.db.scalar(select(func.max(Checkpoint.size))) or 0,
        "mail": mail_counts(w),
    }
