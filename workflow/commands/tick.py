"""Acts that time brings about, by the system in the name of a rule; any number of nodes may run it at once."""

import logging
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import InterfaceError, OperationalError

from workflow.case import DocumentFacts
from workflow.commands.escalating import escalate
from workflow.commands.foreseeing import foresee
from workflow.commands.instances import extend_instances, horizon, plans_lacking
from workflow.commands.keys import forget_old_keys
from workflow.commands.overdue import escalate_reports
from workflow.commands.record_key import remember_key
from workflow.commands.reminders import remind
from workflow.commands.steps import follow_up, load_for_step
from workflow.commands.task_rows import continue_tasks, open_forgotten, plans_to_continue, plans_without_tasks
from workflow.engine import Engine, Identity, Work
from workflow.errors import OutcomeUnknown, TooBusy
from workflow.loading import document_columns, document_facts
from workflow.models import Checkpoint, Document, LogHead
from workflow.progress import progress_of

log = logging.getLogger("trinhky.tick")

RULE = "tick"
AT_ONCE = 500
"""Plans looked at with one set of statements; a database takes only so many values in a list."""


@dataclass(frozen=True)
class Ticked:
    """What one run did; running it again at once does nothing. `left` are plans that an error kept it from."""

    reopened: tuple[int, ...]
    reported: tuple[int, ...]
    periods: int
    keys_forgotten: int
    reminded: int = 0
    tasks: int = 0
    foreseen: int = 0
    escalated: int = 0
    left: tuple[int, ...] = ()


@dataclass
class _Plans:
    """What the plans of one run came to."""

    reopened: list[int] = field(default_factory=list)
    reported: list[int] = field(default_factory=list)
    periods: int = 0
    tasks: int = 0
    left: list[int] = field(default_factory=list)


def tick(engine: Engine) -> Ticked:
    """Each document in a Work of its own: a crash loses nothing that was done, and is made good by the next run."""
    engine.seal_leftovers()
    done = _bring_about(engine)
    reminded = remind(engine)
    escalated = escalate(engine) + escalate_reports(engine)
    foreseen = foresee(engine)
    with engine.work(Identity(rule=RULE)) as w:
        forgotten = forget_old_keys(w)
        w.want_checkpoint = _has_grown(w)
        if w.want_checkpoint:
            remember_key(w)
    return Ticked(
        reopened=tuple(done.reopened),
        reported=tuple(done.reported),
        periods=done.periods,
        keys_forgotten=forgotten,
        reminded=reminded,
        tasks=done.tasks,
        foreseen=foreseen,
        escalated=escalated,
        left=tuple(done.left),
    )


def _bring_about(engine: Engine) -> _Plans:
    """
    Periods, tasks and years of the plans under way. A plan whose text or rows are broken is logged and left: the
    others must not wait for its repair. What is wrong with the database itself ends the run.
    """
    with engine.reading(Identity(rule=RULE)) as w:
        lacking = plans_without_tasks(w) | plans_to_continue(w)
        running, today = _with_work(w, lacking), w.today
    done = _Plans()
    for plan in running:
        try:
            _advance(engine, plan, today, done, lacking=plan.id in lacking)
        except (InterfaceError, OperationalError, OutcomeUnknown, TooBusy):
            raise
        except Exception:
            log.exception("plan %s was left as it is", plan.id)
            done.left.append(plan.id)
    return done


def _advance(engine: Engine, plan: DocumentFacts, today: date, done: _Plans, *, lacking: bool) -> None:
    year = plan.report_year
    reopened = reported = False
    with engine.work(Identity(rule=RULE)) as w:
        periods = extend_instances(w, [plan.id], until=horizon(today))
        tasks = open_forgotten(w, load_for_step(w, plan.id)) + continue_tasks(w, plan.id) if lacking else 0
        if plan.state == "reported" and year is not None and today.year > year:
            reopened = bool(follow_up(w, plan.id, "open_period", cause=None))
        elif plan.state == "issued":
            reported = bool(follow_up(w, plan.id, "mark_reported", cause=None))
    # Counted once it stands: a transaction that broke off did nothing.
    done.periods += periods
    done.tasks += tasks
    done.reopened += [plan.id] if reopened else []
    done.reported += [plan.id] if reported else []


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
