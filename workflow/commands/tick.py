"""Acts that time brings about, by the system in the name of a rule; any number of nodes may run it at once."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workflow.commands.keys import forget_old_keys
from workflow.commands.obligations import extend_instances, horizon
from workflow.commands.steps import follow_up
from workflow.engine import Engine, Identity, Work
from workflow.models import Checkpoint, Document, LogHead

RULE = "tick"


@dataclass(frozen=True)
class Ticked:
    """What one run did; running it again at once does nothing."""

    reopened: tuple[int, ...]
    reported: tuple[int, ...]
    periods: int
    keys_forgotten: int


def tick(engine: Engine) -> Ticked:
    """Each document in a Work of its own: a crash loses nothing that was done, and is made good by the next run."""
    engine.seal_leftovers()
    with engine.reading(Identity(rule=RULE)) as w:
        running = w.db.execute(
            select(Document.id, Document.state, Document.report_year)
            .where(Document.definition_id == "ke_hoach", Document.state.in_(["issued", "reported"]))
            .order_by(Document.id)
        ).all()
        today = w.today
    reopened, reported, made = [], [], 0
    for document_id, state, year in running:
        with engine.work(Identity(rule=RULE)) as w:
            made += extend_instances(w, [document_id], until=horizon(today))
            if state == "reported" and year is not None and today.year > year:
                if follow_up(w, document_id, "open_period", cause=None):
                    reopened.append(document_id)
            elif state == "issued" and follow_up(w, document_id, "mark_reported", cause=None):
                reported.append(document_id)
    with engine.work(Identity(rule=RULE)) as w:
        forgotten = forget_old_keys(w)
        w.want_checkpoint = _has_grown(w)
    return Ticked(tuple(reopened), tuple(reported), made, forgotten)


def _has_grown(w: Work) -> bool:
    """Whether the tree is larger than the newest checkpoint says."""
    return (w.db.scalar(select(LogHead.size)) or 0) > (w.db.scalar(select(func.max(Checkpoint.size))) or 0)
