"""Reports that units owe, brought to mind on their days; each once, however many ticks run and die at it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from workflow.commands.notices import Telling, tell
from workflow.commands.unit_people import UnitPeople
from workflow.engine import Engine, Identity, Work
from workflow.models import Document, Instance, Notice, Obligation, Reminder
from workflow.models.base import Day
from workflow.progress import RUNNING
from workflow.queries.reporting import REPORT, first_approval, with_report
from workflow.reminding import LATE, next_reminder, stage_on
from workflow.succession import heir_of, taken_over

RULE = "remind"
LAST_DAY: Any = func.coalesce(Instance.extended_to, Instance.last_on_time, type_=Day)
"""SQL: the last day for a report: the one agreed for it, where there is one."""
PORTION = 1_000
"""Instances in one transaction: long enough to be fast, short enough that nobody waits for it."""

EARLIEST = timedelta(days=45)
"""No reminder lies further before its deadline: thirty days, moved over the longest holiday."""

Row = Any


def _claiming(dialect: Any) -> Any:
    added = dialect.insert(Reminder)
    return added.on_conflict_do_update(
        index_elements=["instance_id"],
        set_={name: added.excluded[name] for name in ("stage", "told_on", "next_on")},
        where=Reminder.next_on <= added.excluded.told_on,
    ).returning(Reminder.instance_id)


_CLAIM = {"sqlite": _claiming(sqlite), "postgresql": _claiming(postgresql)}
"""Given rows, not values: SQLAlchemy then writes a thousand of them into one statement that it builds once."""


def remind(engine: Engine) -> int:
    """
    Write today's reminders; returns for how many instances. Again at once, it does nothing.

    A portion is claimed by its rows of `reminder` and told in the same transaction, so that a run which is
    killed leaves either both or neither, and of several runs at once one tells.
    """
    with engine.reading(Identity(rule=RULE)) as w:
        today = w.today
        due = [row for row in w.db.execute(_owed(w)).all() if stage_on(today, row.last_on_time) is not None]
    told = 0
    for at in range(0, len(due), PORTION):
        with engine.work(Identity(rule=RULE)) as w:
            if w.today != today:  # midnight passed: the next run judges by its own day
                break
            told += _tell_of(w, due[at : at + PORTION])
    return told


def unanswered() -> Any:
    """
    SQL: instances of plans under way that nobody answered, waived or handed over, each with its `last_on_time`: the
    day that was agreed for a report sent back, where there is one. Joined and not asked one by one: PostgreSQL would
    look through all reports for each.
    """
    unsent = or_(
        REPORT.id.is_(None),
        REPORT.definition_id != "bao_cao_don_vi",
        and_(
            REPORT.state.not_in(("submitted", "accepted")),
            or_(Instance.extended_to.is_not(None), first_approval(REPORT).is_(None)),
        ),
    )
    statement: Any = (
        select(
            Instance.id,
            Instance.agency_id,
            Instance.unit_id,
            Instance.document_id,
            Instance.year,
            Instance.period,
            LAST_DAY.label("last_on_time"),
            taken_over().label("taken_over"),
            Obligation.tier,
            Obligation.receiver,
            Obligation.inclusive,
            Document.subject,
            Document.reference_no,
        )
        .join(Obligation, Obligation.id == Instance.obligation_id)
        .join(Document, Document.id == Instance.document_id)
        .where(
            Document.state.in_(sorted(RUNNING)),
            Instance.fulfilled_at.is_(None),
            Instance.waived_reason.is_(None),
            unsent,
        )
    )
    return with_report(statement).order_by(Instance.id)


def _owed(w: Work) -> Any:
    """Those of `unanswered` that have not been spoken of today."""
    return (
        unanswered()
        .outerjoin(Reminder, Reminder.instance_id == Instance.id)
        .where(
            or_(
                and_(Reminder.instance_id.is_(None), Instance.last_on_time <= w.today + EARLIEST),
                Reminder.next_on <= w.today,
            )
        )
    )


def _tell_of(w: Work, rows: Sequence[Row]) -> int:
    stages = {row.id: stage_on(w.today, row.last_on_time) for row in rows}
    mine = _claim(w, rows, stages)
    if not mine:
        return 0
    people = UnitPeople(w)
    tellings = [
        item for row in rows if row.id in mine for item in _tellings(w, people, row, stages[row.id] or LATE)
    ]
    tell(w, tellings)
    # One of these a person, unit and period is enough to know of: an older one that lies unread is over.
    newer = aliased(Notice)
    again = exists(
        select(newer.id).where(
            newer.instance_id == Notice.instance_id,
            newer.person_id == Notice.person_id,
            newer.id > Notice.id,
            newer.read_at.is_(None),
        )
    )
    over = update(Notice).where(Notice.instance_id.in_(mine), Notice.read_at.is_(None), again)
    w.db.execute(over.values(read_at=w.now))
    return len(mine)


def _claim(w: Work, rows: Sequence[Row], stages: Mapping[int, int | None]) -> set[int]:
    """Move each instance's reminder to today, unless another run did: the row itself is the lock."""
    values = [
        {
            "instance_id": row.id,
            "stage": stages[row.id],
            "told_on": w.today,
            "next_on": next_reminder(w.today, row.last_on_time),
        }
        for row in rows
    ]
    return set(w.db.scalars(_CLAIM["sqlite" if w.engine.database.is_sqlite else "postgresql"], values))


def _tellings(w: Work, people: UnitPeople, row: Row, stage: int) -> list[Telling]:
    kind = "late" if stage == LATE else "due"
    heir = heir_of(w.directory, row.unit_id, w.today) if row.taken_over else None
    about = f"{row.last_on_time}:{w.today if kind == 'late' else stage}"  # a new day begins the stages anew
    facts = {
        "plan": row.subject,
        "reference_no": row.reference_no or "",
        "unit": w.directory.units[row.unit_id].name,
        "receiver": row.receiver,
        "tier": row.tier,
        "year": row.year,
        "period": row.period,
        "last_on_time": row.last_on_time.isoformat(),
        "inclusive": row.inclusive,
        "told_on": w.today.isoformat(),
    }
    return [
        Telling(
            person_id, row.agency_id, kind, f"{kind}:{row.id}:{about}:{person_id}",
            document_id=row.document_id, instance_id=row.id, facts=facts,
        )
        for person_id in people.of(heir.id if heir else row.unit_id, late=kind == "late")
    ]  # fmt: skip
