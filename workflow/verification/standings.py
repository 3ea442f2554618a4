"""Where reports stand: what is kept beside each duty against what its reports say."""

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from workflow.models import Instance
from workflow.standing_kept import late_now, stands_now
from workflow.verification.report import Broken, Tally
from workflow.verification.rows import stream


def check_standings(db: Connection, tally: Tally) -> None:
    """Compared by the database; only those that differ are read."""
    stands, late = stands_now().label("now"), late_now().label("late")
    found = select(Instance.id, Instance.document_id, Instance.stands, Instance.came_late, stands, late)
    differs = or_(Instance.stands != stands_now(), Instance.came_late != late_now())
    askew = 0
    for row in stream(db, found.where(differs).order_by(Instance.id)):
        askew += 1
        recorded, computed = (f"{word}, {bool(late)}" for word, late in ((row[2], row[3]), (row[4], row[5])))
        fault = Broken("standing", None, row.document_id, "", recorded, computed, f"instance {row.id}")
        tally.add("standings", [fault])
    total = db.scalar(select(func.count()).select_from(Instance)) or 0
    if total > askew:
        tally.add_good("standings", total - askew)
