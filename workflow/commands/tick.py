"""Acts that time brings about, by the system in the name of a rule; any number of nodes may run it at once."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workflow.case import DocumentFacts
from workflow.commands.escalating import escalate
from workflow.commands.foreseeing import foresee
from workflow.commands.instances import extend_instances, horizon, plans_lacking
from workflow.commands.keys import forget_old_keys
from workflow.commands.overdue import escalate_reports
from workflow.commands.reminders import remind
from workflow.commands.steps import follow_up, load_for_step
from workflow.commands.task_rows import continue_tasks, open_forgotten, plans_to_continue, plans_without_tasks
from workflow.engine import Engine, Identity, Work
from workflow.loading import document_columns, document_facts
from workflow.models import Checkpoint, Document, LogHead
from workflow.progress import progress_of

RULE = "tick"
AT_ONCE = 500
"""Plans looked at with one set of statements; a database takes only so many values in a list."""


@dataclass(frozen=True)
class Ticked:
    """What one run did; running it again at once does nothing."""

    reopened: tuple[int, ...]
    reported: tuple[int, ...]
    periods: int
    keys_forgotten: int
    reminded: int = 0
    tasks: int = 0
    foreseen: int = 0
    escalated: int = 0


def tick(engine: Engine) -> Ticked:
    """Each document in a Work of its own: a crash loses nothing that was done, and is made good by the next run."""
    engine.seal_leftovers()
    with engine.reading(Identity(rule=RULE)) as w:
        lacking = plans_without_tasks(w) | plans_to_continue(w)
        running, today = _with_work(w, lacking), w.today
    reopened, reported, made, tasks = [], [], 0, 0
    for plan in running:
        year = plan.report_year
        with engine.work(Identity(rule=RULE)) as w:
            made += extend_instances(w, [plan.id], until=horizon(today))
            if plan.id in lacking:
                tasks += open_forgotten(w, load_for_step(w, plan.id)) + continue_tasks(w, plan.id)
            if plan.state == "reported" and year is not None and today.year > year:
                if follow_up(w, plan.id, "open_period", cause=None):
                    reopened.append(plan.id)
            elif plan.state == "issued" and follow_up(w, plan.id, "mark_reported", cause=None):
                reported.append(plan.id)
    reminded = remind(engine)
    escalated = escalate(engine) + escalate_reports(engine)
    foreseen = foresee(engine)
    with engine.work(Identity(rule=RULE)) as w:
        forgotten = forget_old_keys(w)
        w.want_checkpoint = _has_grown(w)
    return Ticked(tuple(reopened), tuple(reported), made, forgotten, reminded, tasks, foreseen, escalated)


def _with_work(w: Work, lacking: set[int]) -> list[DocumentFacts]:
    """
    The plans under way for which time has brought something: a period to make, a year that is over or whole.
    Asked in a read, so that a quiet hour locks nothing.
    """
    plans = [
        document_facts(row)
        for row in w.db.execute(
            document_columns()
            .where(Document.definition_id == "ke_hoach", Document.state.in_(["issued", "reported"]))
            .order_by(Document.id)
        )
    ]
    due = {plan.id for at in range(0, len(plans), AT_ONCE) for plan in _due(w, plans[at : at + AT_ONCE])}
    return [plan for plan in plans if plan.id in due | lacking]


def _due(w: Work, plans: list[DocumentFacts]) -> list[DocumentFacts]:
    lacking = plans_lacking(w, [plan.id for plan in plans], until=horizon(w.today))
    progress = progress_of(w, plans)
    return [
        plan
        for plan in plans
        if plan.id in lacking
        or (plan.state == "reported" and progress[plan.id].next_year_due)
        or (plan.state == "issued" and progress[plan.id].year_settled)
    ]


def _has_grown(w: Work) -> bool:
    """Whether the tree is larger than the newest checkpoint says."""
    return (w.db.scalar(select(LogHead.size)) or 0) > (w.db.scalar(select(func.max(Checkpoint.size))) or 0)
